"""Opening a household that is not yours, handing one over, and standing in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from desk.closing import open_actions
from desk.forms.circle import DeputyForm, HandoverForm, ReasonForm
from households import access, actions
from households.models import Handover, Household
from partners.permissions import Permission
from partners.requests import TeamRequest, needs

HANDOVERS = Handover.objects.select_related("household__coordinator", "household__team", "proposed_by")


@require_http_methods(["GET", "POST"])
@needs(Permission.BREAK_GLASS)
def break_glass(request: TeamRequest, number: str) -> HttpResponse:
    """A household of a colleague: first the reason, then a day to read in it. The coordinator and the privacy officer hear it."""
    households = Household.objects.select_related("team", "coordinator")
    household = access.load(request, households, rule="within_reach", event="ask to open", number=number)
    if Household.objects.visible_to(request.user).filter(pk=household.pk).exists():
        return redirect("desk:household", number=number)
    if not request.user.may(household.opened_with, team=household.team):
        raise PermissionDenied  # closed: for who leads the team
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.break_glass(household=household, reason=form.cleaned_data["reason"], by=request.user)
        except PermissionError:
            raise Http404 from None
        return redirect("desk:household", number=number)
    context = {"household": household, "form": form}
    return render(request, "desk/break_glass.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def hand_over(request: TeamRequest, number: str) -> HttpResponse:
    """Ask a colleague to take over: by the coordinator, or by the team lead when there is nobody else to do it."""
    household = access.load_household(request, number, rule="handed_over_by", event="hand over")
    form = HandoverForm(request.POST or None, household=household)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data["to"]
        try:
            actions.propose_handover(household=household, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("%(name)s is asked. Until the answer is yes, nothing changes.") % {"name": asked}
            )
        except actions.AlreadyAsked:
            messages.warning(request, _("Somebody was asked already. Wait for that answer."))
        return redirect("desk:my_day")
    context = {
        "household": household,
        "form": form,
        "works": household.coordinator_id == request.user.pk,
        "asked": household.handovers.open().select_related("to").first(),
    }
    return render(request, "desk/hand_over.html", context, status=422 if form.errors else 200)


@require_POST
def take_back_handover(request: TeamRequest, pk: int) -> HttpResponse:
    """The question is not asked any more, as long as there is no answer."""
    found = access.load(request, HANDOVERS, rule="taken_back_by", event="take back handover", pk=pk)
    try:
        actions.take_back_handover(handover=found, by=request.user)
        messages.success(request, _("Taken back. It stays as it was."))
    except actions.CanNotCoordinate:
        messages.warning(request, _("This has changed in the meantime."))
    return redirect("desk:hand_over", number=found.household.number)


@require_http_methods(["GET", "POST"])
def deputy(request: TeamRequest, number: str) -> HttpResponse:
    """Name a colleague who stands in until a day: by the coordinator, or by the team lead."""
    household = access.load_household(request, number, rule="handed_over_by", event="hand over")
    if not household.is_open:
        messages.warning(request, _("This household is closed. Open it again first."))
        return redirect("desk:my_day")
    form = DeputyForm(request.POST or None, household=household)
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_deputy(household=household, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                _("%(name)s stands in. It ends by itself after the last day.") % {"name": form.cleaned_data["deputy"]},
            )
            return redirect(
                "desk:circle" if household.coordinator_id == request.user.pk else "desk:deputy", number=number
            )
        except actions.AlreadyADeputy as clash:
            form.add_error(
                "deputy", _("%(name)s stands in already. End that first, then choose anew.") % {"name": clash.deputy}
            )
        except actions.CanNotCoordinate:
            form.add_error("deputy", _("This colleague can not stand in here any more. Choose another one."))
    context = {"household": household, "form": form, "works": household.coordinator_id == request.user.pk}
    return render(request, "desk/deputy.html", context, status=422 if form.errors else 200)


@require_POST
def end_deputy(request: TeamRequest, number: str) -> HttpResponse:
    household = access.load_household(request, number, rule="handed_over_by", event="hand over")
    actions.end_deputy(household=household, by=request.user)
    messages.success(request, _("Ended. Only the coordinator works on this household now."))
    return redirect("desk:deputy", number=number)


@require_http_methods(["GET", "POST"])
def handover(request: TeamRequest, pk: int) -> HttpResponse:
    """Who was asked reads the note, and says yes or no."""
    found: Handover = access.load(request, HANDOVERS, rule="asked_of", event="read handover", pk=pk)
    accepts = "accept" in request.POST
    form = ReasonForm(request.POST if request.method == "POST" and not accepts else None)
    if accepts:
        try:
            before = found.household.coordinator
            actions.accept_handover(handover=found, by=request.user)
            messages.success(request, _("You are the coordinator now."))
            theirs = open_actions(found.household)
            if any(action.owner_professional_id == before.pk for action in theirs):
                messages.warning(
                    request, _("In the plan %(name)s still does something. Ask who does that now.") % {"name": before}
                )
            return redirect("desk:household", number=found.household.number)
        except actions.CanNotCoordinate:
            messages.warning(request, _("This has changed in the meantime."))
            return redirect("desk:my_day")
    if form.is_valid():
        try:
            actions.decline_handover(handover=found, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("You said no. It stays as it was."))
        except actions.CanNotCoordinate:
            messages.warning(request, _("This has changed in the meantime."))
        return redirect("desk:my_day")
    return render(
        request,
        "desk/handover.html",
        {"handover": found, "household": found.household, "form": form},
        status=422 if form.errors else 200,
    )
