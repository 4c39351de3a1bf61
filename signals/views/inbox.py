"""The inbox of the team."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from config.forms import SearchForm
from households import access
from partners.permissions import Permission
from partners.requests import TeamRequest, needs
from signals.models import Signal
from signals.views.signal import SIGNALS
from signals.workflow import Status

TABS = {"open": gettext_lazy("Open"), "mij": gettext_lazy("Waiting for me"), "afgerond": gettext_lazy("Closed")}


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_SIGNALS)
def inbox(request: TeamRequest) -> HttpResponse:
    """Lines of the team's signals, in order of harm. What was seen is behind a click, and the click is logged.

    Searching is a POST, so that no name ever stands in an address."""
    signals = access.reach(request, SIGNALS)
    lists = {
        "open": signals.open(),
        "mij": signals.filter(pk__in=Signal.objects.waiting_for(request.user)),
        "afgerond": signals.filter(status=Status.CLOSED),
    }
    tab = request.GET.get("lijst", "open")
    rows = lists.get(tab, lists["open"]).in_order_of_harm()
    if tab == "afgerond":
        rows = rows.order_by("-closed_at")
    sought = SearchForm.words(request.POST)
    if sought:
        access.record(action=access.Action.SEARCH, event="search signals", by=request.user)
        rows = rows.filter(
            Q(number__icontains=sought) | Q(reporter_name__icontains=sought) | Q(organisation__name__icontains=sought)
        )
    page = Paginator(rows, 50).get_page(request.GET.get("blad"))
    tabs = [(key, label, lists[key].count() if key != "afgerond" else None) for key, label in TABS.items()]
    return render(request, "signals/inbox.html", {"page": page, "tabs": tabs, "tab": tab, "q": sought})
