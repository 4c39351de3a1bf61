"""Meetings about a household: planned, held, and what was decided."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import printing
from config.forms import key_in
from households import access
from partners.requests import TeamRequest
from plans import actions
from plans.agenda import agenda_of
from plans.forms.meeting import DecisionForm, MeetingForm
from plans.meeting_paper import meeting_paper
from plans.models import Meeting
from plans.whole import open_plan

MEETINGS = Meeting.objects.in_full().select_related("household__coordinator", "household__team")


@require_GET
def meetings(request: TeamRequest, number: str) -> HttpResponse:
    household = access.load_household(request, number, event="meetings")
    found = list(Meeting.objects.filter(household=household).in_full())
    context = {
        "household": household,
        "to_come": [one for one in found if one.is_to_come][::-1],
        "others": [one for one in found if not one.is_to_come],
    }
    return render(request, "plans/meetings/all.html", context)


@require_http_methods(["GET", "POST"])
def plan_meeting(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="meetings")
    form = MeetingForm(request.POST or None, household=household)
    if request.method == "POST" and form.is_valid():
        found = actions.plan_meeting(household=household, by=request.user, **form.facts())
        messages.success(request, _("Planned. Ask each of them, in the way that they like to be reached."))
        return redirect("plans:meeting", number, found.pk)
    context = {"household": household, "form": form}
    return render(request, "plans/meetings/form.html", context, status=422 if form.errors else 200)


@require_GET
def meeting(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    found = access.load(request, MEETINGS, pk=pk, household__number=number, event="meetings")
    context = {
        "household": found.household,
        "meeting": found,
        "agenda": agenda_of(found, open_plan(found.household)) if found.is_to_come else None,
    }
    return render(request, "plans/meetings/meeting.html", context)


@require_POST
def hold_meeting(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """Who were there. It may be written again."""
    found = work_on(request, number, pk)
    here = {one.pk for one in found.invitees.all()}
    came = {key_in(one) for one in request.POST.getlist("came")}
    try:
        actions.hold_meeting(meeting=found, came=came & here, by=request.user)
        messages.success(request, _("Saved."))
    except actions.NotToCome:
        messages.warning(request, _("This meeting was cancelled."))
    return redirect("plans:meeting", number, pk)


@require_http_methods(["GET", "POST"])
def decide(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    found = work_on(request, number, pk)
    form = DecisionForm(request.POST or None, meeting=found, plan=open_plan(found.household))
    if request.method == "POST" and form.is_valid():
        actions.decide(meeting=found, by=request.user, **form.facts())
        messages.success(request, _("Saved."))
        return redirect("plans:meeting", number, pk)
    context = {"household": found.household, "meeting": found, "form": form}
    return render(request, "plans/meetings/decide.html", context, status=422 if form.errors else 200)


@require_POST
def make_actions(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """All decisions that say who does it, in one go."""
    found = work_on(request, number, pk)
    with transaction.atomic():
        made = len(actions.make_actions(meeting=found, by=request.user))
    messages.success(
        request,
        ngettext("%(total)s action stands in the plan.", "%(total)s actions stand in the plan.", made)
        % {"total": made},
    )
    return redirect("plans:meeting", number, pk)


@require_POST
def cancel_meeting(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    found = work_on(request, number, pk)
    try:
        actions.cancel_meeting(meeting=found, by=request.user)
        messages.success(request, _("Cancelled. Tell everybody who was asked."))
    except actions.NotToCome:
        messages.warning(request, _("This has changed in the meantime."))
    return redirect("plans:meetings", number)


@require_GET
def meeting_pdf(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """Before it is held the agenda; after it the list of who does what."""
    found = access.load(
        request, MEETINGS, action=access.Action.PRINT, pk=pk, household__number=number, event="print meeting"
    )
    file = meeting_paper(found, open_plan(found.household))
    return printing.answer(file, f"overleg-{number}")


def work_on(request: TeamRequest, number: str, pk: int) -> Meeting:
    return access.load(request, MEETINGS, rule="changeable_by", pk=pk, household__number=number, event="meetings")
