"""The inbox of the team."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from config.forms import SearchForm
from households import access
from partners.permissions import Permission
from partners.requests import TeamRequest, needs
from signals.forms import FilterForm
from signals.models import Signal
from signals.models.inbox import MOST
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


@dataclass
class Part:
    """One page of a list of which nobody counts the whole."""

    rows: list[Signal]
    number: int
    more: bool


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_SIGNALS)
def inbox(request: TeamRequest) -> HttpResponse:
    """Lines of the team's signals, in order of harm. What was seen is behind a click, and the click is logged.

    Searching is a POST, so that no name ever stands in an address. The list asks by itself whether something changed; as
    long as that is not so the answer is empty."""
    known = request.GET.get("sinds", "")
    if known and request.htmx and known == Signal.objects.newest_of(request.user):
        return HttpResponse(status=204)
    lists = lists_of(request)
    tab = request.GET.get("lijst", "open")
    tab = tab if tab in lists else "open"
    form = FilterForm(request.GET, professional=request.user)
    rows, sought = narrowed(request, lists[tab], form.chosen), SearchForm.words(request.POST)
    if sought:
        access.record(action=access.Action.SEARCH, event="search signals", by=request.user)
        rows = rows.filter(
            Q(number__icontains=sought) | Q(reporter_name__icontains=sought) | Q(organisation__name__icontains=sought)
        )
    asked = {key: lists[key] for key in NUMBERED}
    if rows is not asked.get(tab):  # narrowed, or the tab that has no number
        asked["shown"] = rows
    if known:
        asked["new"] = new_since(rows, known)
    counts, newest = Signal.objects.counted(asked, by=request.user)
    total = counts.get("shown", counts.get(tab, 0))
    request.waiting = counts["mij"]  # type: ignore[attr-defined]  # the menu says it too
    context = {
        "part": page_of(rows, request.GET.get("blad", "")),
        "tabs": [(key, label, shown(counts[key]) if key in NUMBERED else None) for key, label in TABS.items()],
        "tab": tab,
        "q": sought,
        "form": form,
        "total": total,
        "shown": shown(total),
        "new": counts.get("new", 0),
        "newest": newest,
        "query": "&".join(filter(None, [f"lijst={tab}", form.query])),
    }
    fragment = known and request.htmx
    return render(request, "signals/inbox.html#list" if fragment else "signals/inbox.html", context)


def lists_of(request: TeamRequest) -> dict[str, Any]:
    """What each tab holds."""
    signals = access.reach(request, Signal.objects)
    lists = {
        "open": signals.open(),
        "ongezien": signals.unseen(),
        "mij": signals.waiting_for(request.user),
        "wacht": signals.waiting_for_reporter(),
        "laat": signals.late_or_unseen(),
    }
    ordered = {key: rows.in_order_of_harm() for key, rows in lists.items()}
    return ordered | {"afgerond": signals.filter(status=Status.CLOSED).order_by("-closed_at")}


def narrowed(request: TeamRequest, rows: Any, chosen: dict[str, str]) -> Any:
    """Only those of one organisation, on one subject, or about own households in one district: where the household of a colleague is, is
    told to nobody."""
    if chosen["organisatie"]:
        rows = rows.filter(organisation=chosen["organisatie"])
    if chosen["onderwerp"]:
        rows = rows.filter(category=chosen["onderwerp"])
    if chosen["wijk"]:
        rows = rows.visible_to(request.user).filter(household__district=chosen["wijk"])
    return rows


def new_since(rows: Any, known: str) -> Any:
    """What came into this list after the newest signal that was on the screen."""
    newest = known.rpartition("-")[2]
    return rows.filter(pk__gt=int(newest)) if newest.isdecimal() and len(newest) < 18 else rows.none()


def page_of(rows: Any, asked: str) -> Part:
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 5 else 1
    first = (number - 1) * ON_A_PAGE
    keys = list(rows.values_list("pk", flat=True)[first : first + ON_A_PAGE + 1])  # nothing else is read to find them
    found = LINES.in_bulk(keys[:ON_A_PAGE])
    return Part([found[pk] for pk in keys if pk in found], number, len(keys) > ON_A_PAGE)


def shown(count: int) -> str:
    return f"{MOST - 1}+" if count >= MOST else str(count)
