"""Which household a signal is about."""

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.forms import SearchForm
from households import access
from households import actions as household_actions
from households.alike import Wanted
from households.models import Household
from partners.requests import TeamRequest
from signals import actions, workflow
from signals.forms import HouseholdForm, HouseholdSearchForm
from signals.models import Signal
from signals.views.signal import LINES, SIGNALS
from signals.workflow import Status

EARLIER = 10


@require_http_methods(["GET", "POST"])
def link(request: TeamRequest, number: str) -> HttpResponse:
    """Which household is this about? An existing one of the team, or a new one with its one coordinator."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    if signal.is_question:
        messages.warning(request, _("This is a question without a name. It never belongs to a household."))
        return redirect("signals:signal", number=number)
    if signal.status != Status.TAKEN_UP:
        messages.warning(request, _("Take the signal up first."))
        return redirect("signals:signal", number=number)
    searching, choosing = "q" in request.POST, "household" in request.POST
    if choosing:
        reach = access.reach(request.user, Household.objects).filter(team=signal.team)
        household = reach.filter(number=SearchForm.words(request.POST, "household")).first()
        if household is not None:
            return linked(request, signal, lambda: household)
        messages.warning(request, _("This household is not there any more. Search again."))
    making = request.method == "POST" and not searching and not choosing
    form = HouseholdForm(request.POST if making else None, signal=signal, by=request.user)
    if making and form.is_valid():
        facts = form.facts() | {"resident": form.resident()}
        return linked(
            request, signal, lambda: household_actions.make_household(team=signal.team, by=request.user, **facts)
        )
    search = HouseholdSearchForm(request.POST if searching else None)
    found, earlier = look(request, signal, search)
    context = {
        "signal": signal,
        "form": form,
        "found": found,
        "earlier": earlier,
        "search": search,
        "searching": searching,
    }
    return render(request, "signals/link.html", context, status=422 if form.errors or search.errors else 200)


def look(request: TeamRequest, signal: Signal, search: HouseholdSearchForm) -> tuple[list[Household], list[Signal]]:
    """Households, and earlier signals that this colleague may read, like what was searched for; unasked like what the
    reporter wrote. When the very words are not found, what looks like them."""
    wanted, found = Wanted(signal.about_name, signal.shown_address), []
    if search.is_bound:
        if not search.is_valid():
            return [], []
        words, born = search.cleaned_data["q"], search.cleaned_data["born"]
        wanted = Wanted(words, words, born)
        found = access.search_team(request.user, words, team=signal.team)
        if found and not born:
            return found, []
    others = LINES.visible_to(request.user).filter(team=signal.team).exclude(pk=signal.pk)
    earlier = list(others.like(wanted)[:EARLIER])
    known = {household.pk for household in found}
    alike = access.suggest_households(request.user, wanted, team=signal.team, beside=earlier)
    return found + [household for household in alike if household.pk not in known], earlier


def linked(request: TeamRequest, signal: Signal, find: Callable[[], Household]) -> HttpResponse:
    """Link to what `find` gives. The coordinator then goes to the household, somebody else back to the inbox."""
    try:
        with transaction.atomic():  # a household that was made for nothing does not stay
            household = find()
            actions.link_to_household(signal=signal, household=household, by=request.user)
    except workflow.NotAllowed:
        messages.warning(request, _("This signal has moved on in the meantime."))
        return redirect("signals:signal", number=signal.number)
    if household.coordinator == request.user:
        messages.success(request, _("Linked. You are the coordinator of this household."))
        return redirect("desk:household", number=household.number)
    messages.success(
        request, _("Linked. %(name)s is the coordinator and goes on with it.") % {"name": household.coordinator}
    )
    return redirect("signals:inbox")
