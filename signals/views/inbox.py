"""The inbox of the team."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from config.forms import SearchForm
from config.listing import keys_and_rows, number_of, part_of, shown
from config.prepared import Prepared
from households import access
from partners.models import Professional
from partners.permissions import Permission
from partners.requests import TeamRequest, needs
from signals.forms import FilterForm
from signals.models import Signal
from signals.models.inbox import as_text
from signals.views.signal import LINES
from signals.workflow import Status

TABS = {
    "open": gettext_lazy("Open"),
    "ongezien": gettext_lazy("Not seen yet"),
    "mij": gettext_lazy("Waiting for me"),
    "wacht": gettext_lazy("Waiting for the reporter"),
    "laat": gettext_lazy("Late"),
    "afgerond": gettext_lazy("Closed"),
}
NUMBERED = [tab for tab in TABS if tab != "afgerond"]  # nobody wants to know how many are behind us
ON_A_PAGE = 50


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_SIGNALS)
def inbox(request: TeamRequest) -> HttpResponse:
    """Lines of the team's signals, in order of harm. What was seen is behind a click, and the click is logged.

    Searching is a POST, so that no name ever stands in an address. The list asks by itself whether something changed; as
    long as that is not so the answer is empty."""
    known = request.GET.get("sinds", "")
    if known and request.htmx and known == Signal.objects.newest_of(request.user):
        return HttpResponse(status=204)
    asked = request.GET.get("lijst", "open")
    tab = asked if asked in TABS else "open"
    form, page = FilterForm(request.GET, professional=request.user), number_of(request.GET.get("blad", ""))
    sought = SearchForm.words(request.POST)
    if sought:
        access.record(action=access.Action.SEARCH, event="search signals", by=request.user)
    if sought or known or form.query:
        found = shown_in.once(request.user, tab=tab, page=page, chosen=form.chosen, sought=sought, known=known)
    else:
        found = shown_in(request.user, tab=tab, page=page)
    (counts,) = found["numbers"]
    total = counts.get("shown", counts.get(tab, 0))
    request.waiting = counts["mij"]  # type: ignore[attr-defined]  # the menu says it too
    context = {
        "part": part_of(found["keys"], found["lines"], page=page, on_a_page=ON_A_PAGE),
        "tabs": [(key, label, shown(counts[key]) if key in NUMBERED else None) for key, label in TABS.items()],
        "tab": tab,
        "q": sought,
        "form": form,
        "total": total,
        "shown": shown(total),
        "new": counts.get("new", 0),
        "newest": as_text(counts),
        "query": "&".join(filter(None, [f"lijst={tab}", form.query])),
    }
    fragment = known and request.htmx
    return render(request, "signals/inbox.html#list" if fragment else "signals/inbox.html", context)


@Prepared
def shown_in(
    professional: Professional,
    *,
    tab: str,
    page: int,
    chosen: dict[str, str] | None = None,
    sought: str = "",
    known: str = "",
) -> dict[str, QuerySet]:
    """The numbers of all tabs, and one page of this tab: its keys, for which nothing else is read, and its lines."""
    lists = lists_of(professional)
    rows = lists[tab]
    if chosen:
        rows = narrowed(professional, rows, chosen)
    if sought:
        rows = rows.filter(
            Q(number__icontains=sought) | Q(reporter_name__icontains=sought) | Q(organisation__name__icontains=sought)
        )
    counted = {key: lists[key] for key in NUMBERED}
    if rows is not counted.get(tab):  # narrowed, or the tab that has no number
        counted["shown"] = rows
    if known:
        counted["new"] = new_since(rows, known)
    keys, on_this_page = keys_and_rows(rows, page=page, on_a_page=ON_A_PAGE)
    return {
        "numbers": Signal.objects.counted(counted, by=professional),
        "keys": keys,
        "lines": LINES.filter(pk__in=on_this_page),
    }


def lists_of(professional: Professional) -> dict[str, Any]:
    """What each tab holds."""
    signals = access.reach(professional, Signal.objects)
    lists = {
        "open": signals.open(),
        "ongezien": signals.unseen(),
        "mij": signals.waiting_for(professional),
        "wacht": signals.waiting_for_reporter(),
        "laat": signals.late_or_unseen(),
    }
    ordered = {key: rows.in_order_of_harm() for key, rows in lists.items()}
    return ordered | {"afgerond": signals.filter(status=Status.CLOSED).order_by("-closed_at")}


def narrowed(professional: Professional, rows: Any, chosen: dict[str, str]) -> Any:
    """Only those of one organisation, on one subject, or about own households in one district: where the household of a colleague is, is
    told to nobody."""
    if chosen["organisatie"]:
        rows = rows.filter(organisation=chosen["organisatie"])
    if chosen["onderwerp"]:
        rows = rows.filter(category=chosen["onderwerp"])
    if chosen["wijk"]:
        rows = rows.visible_to(professional).filter(household__district=chosen["wijk"])
    return rows


def new_since(rows: Any, known: str) -> Any:
    """What came into this list after the newest signal that was on the screen."""
    newest = known.rpartition("-")[2]
    return rows.filter(pk__gt=int(newest)) if newest.isdecimal() and len(newest) < 18 else rows.none()
