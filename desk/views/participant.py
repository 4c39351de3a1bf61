"""The side of somebody in a circle: the invitation, and the one page with what the household shares."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.crypto import normal_token
from config.limits import too_many
from desk.forms.circle import ContributionForm, DeclineActionForm, DoesNotFitForm
from households import access, actions
from households.models import Participant
from partners.models import PartnerLink
from partners.requests import TeamRequest
from plans import actions as plan_actions
from plans import workflow
from plans.models import Action
from plans.sharing import Part, parts
from plans.sharing_clashes import heard

OWN_ACTIONS = Action.objects.with_owner().select_related("goal__plan__household")


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The address in an invitation. A code goes to the mail address that was invited; before that nothing is told, not even
    whom it was for. After it, the invitation waits on the own page."""
    found = Participant.objects.by_token(normal_token(token)).select_related("professional", "household__team").first()
    somebody_else = request.user.is_authenticated and found is not None and request.user != found.professional
    if found is None or somebody_else:
        return render(request, "desk/no_invitation.html", status=404)
    if request.user.is_authenticated:
        return redirect("desk:my_families")
    professional = found.professional
    context = {"team": found.household.team, "colleague": professional.memberships.exists()}
    if request.method == "POST" and not context["colleague"]:
        if too_many(request, what="invitation", rate="5/m", of=str(found.pk)):
            return render(request, "desk/invitation.html", context | {"slow_down": True}, status=429)
        LoginCodeVerificationProcess.initiate(request=request, user=professional, email=professional.email)
        return redirect("account_confirm_login_code")
    return render(request, "desk/invitation.html", context)


@require_POST
def accept(request: TeamRequest, pk: int) -> HttpResponse:
    """Say yes to an invitation."""
    participants = Participant.objects.select_related("household")
    found = access.load(request, participants, rule="asked_of", event="read invitation", pk=pk)
    try:
        actions.accept_invitation(participant=found, by=request.user)
        messages.success(request, _("Good that you help. This is what you need for it."))
    except actions.NotYoursToTake:
        messages.warning(request, _("This has changed in the meantime."))
    return redirect("desk:my_families")


@require_GET
def my_families(request: TeamRequest) -> HttpResponse:
    """Own actions and what was shared, per household. Each household shown is a line in its log."""
    return page(request)


@require_POST
def own_step(request: TeamRequest, pk: int) -> HttpResponse:
    """Say yes to an own action, or no with a reason, or that it is done."""
    action = access.load(request, OWN_ACTIONS, rule="owned_in_circle_by", event="own action", pk=pk)
    to = request.POST.get("to", "")
    allowed = to in workflow.OWN_STEPS.get(workflow.Status(action.status), set())
    form = DeclineActionForm(request.POST if to == workflow.Status.DECLINED else None, auto_id=f"nee-{action.pk}-%s")
    if allowed and to == workflow.Status.DECLINED and not form.is_valid():
        return page(request, declining=action.pk, decline_form=form)
    try:
        if not allowed:
            raise workflow.NotAllowed(to)
        because = form.cleaned_data["because"] if to == workflow.Status.DECLINED else ""
        plan_actions.move_action(action=action, to=workflow.Status(to), because=because, by=request.user)
        messages.success(request, _("Saved."))
    except workflow.NotAllowed:
        messages.warning(request, _("This action has changed in the meantime."))
    return redirect("desk:my_families")


@require_POST
def does_not_fit(request: TeamRequest, pk: int) -> HttpResponse:
    """Somebody in the circle sees that an own action does not fit with something else."""
    action = access.load(request, OWN_ACTIONS, rule="owned_in_circle_by", event="own action", pk=pk)
    form = DoesNotFitForm(request.POST, auto_id=f"past-niet-{action.pk}-%s")
    if not form.is_valid():
        return page(request, misfit=action.pk, misfit_form=form)
    plan_actions.raise_clash(plan=action.goal.plan, said=form.cleaned_data["said"], sides=[action], by=request.user)
    messages.success(request, _("Thank you. The coordinator reads it."))
    return redirect("desk:my_families")


@require_POST
def contribution(request: TeamRequest, pk: int) -> HttpResponse:
    """One line of the participant about the own part."""
    participants = Participant.objects.select_related("household")
    found = access.load(request, participants, rule="mine", event="circle page", pk=pk)
    form = ContributionForm(request.POST)
    if form.is_valid():
        actions.say_contribution(participant=found, contribution=form.cleaned_data["contribution"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("desk:my_families")
    return page(request, contributing=found.pk, contribution_form=form)


# ---- what the views share


def page(request: TeamRequest, **refused: object) -> HttpResponse:
    mine = access.my_participations(request.user)
    links = PartnerLink.objects.open().filter(organisation=request.user.organisation_id)
    doors = {link.team_id: link for link in links}
    invitations = access.my_invitations(request.user)
    context = {
        "invitations": invitations,
        "families": families(parts(mine), doors),
        "decline_form": DeclineActionForm(),
        "contribution_form": ContributionForm(),
    } | refused
    return render(request, "desk/my_families.html", context, status=422 if refused else 200)


def families(seen: list[Part], doors: dict[int, PartnerLink]) -> list[dict]:
    clashes = heard(seen)
    return [
        family(part, doors.get(part.participant.household.team_id)) | {"clashes": clashes[part.participant.pk]}
        for part in seen
    ]


def family(part: Part, door: PartnerLink | None) -> dict:
    """One household as its participant sees it."""
    household = part.participant.household
    return {
        "part": part,
        "participant": part.participant,
        "coordinator": household.coordinator,
        "deputy": household.deputy if household.has_deputy else None,
        "deputy_until": household.deputy_until,
        "phone": household.called_today.phone or household.team.phone,
        "days": household.team.days,
        "door": door,
        "open": [action for action in part.actions if action.status in workflow.OPEN],
        "done": [action for action in part.actions if action.status == "DONE"],
    }
