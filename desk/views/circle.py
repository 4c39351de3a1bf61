"""The circle of a household: who is in it, and what each sees."""

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from config.forms import key_in
from desk.forms.circle import GOAL, InviteForm, ShareForm
from households import access, actions
from households.deciding import covered
from households.models import Grant, Household, Participant
from households.models.consent import STORY
from households.terms import terms
from partners.requests import TeamRequest
from plans import actions as plan_actions
from plans.models import Goal, GoalGrant
from plans.sharing import parts


@require_GET
def circle(request: TeamRequest, number: str) -> HttpResponse:
    household = access.load_household(request, number, event="circle")
    return page(request, household)


@require_POST
def invite(request: TeamRequest, number: str) -> HttpResponse:
    """Ask somebody into the circle. Without a purpose, an added value, their yes and an end there is no invitation."""
    household = access.work_on_household(request, number, event="circle")
    form = InviteForm(request.POST, household=household)
    if not form.is_valid():
        return page(request, household, invite_form=form)
    try:
        with transaction.atomic():
            professional = form.chosen()
            actions.invite(household=household, professional=professional, by=request.user, **form.facts())
    except actions.AlreadyInCircle:
        form.add_error("who", _("This person is in the circle already."))
        return page(request, household, invite_form=form)
    messages.success(request, _("%(name)s gets a mail without names, with a link.") % {"name": professional})
    return redirect("desk:circle", number=number)


@require_POST
def share(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """Show one thing to one participant: the story, a life domain or a goal."""
    household, participant = in_circle(request, number, pk)
    form = ShareForm(request.POST, participant=participant, goals=goals_of(household), auto_id=auto_id(participant))
    if form.is_valid():
        what, sure = form.cleaned_data["what"], form.cleaned_data["sure"]
        override = form.overrides.get(form.cleaned_data["without_consent"])
        try:
            if what.startswith(GOAL):
                plan_actions.share_goal(
                    goal=form.goals[what], participant=participant, sure=sure, override=override, by=request.user
                )
            else:
                domain = "" if what == STORY else what
                actions.share(participant=participant, domain=domain, sure=sure, override=override, by=request.user)
        except actions.SecondLook:
            form.add_error("sure", second_look(form))
        except actions.NoConsent:
            form.add_error("what", _("There is no consent for this yet. Write down first who agreed."))
        else:
            messages.success(request, _("Shared with %(name)s.") % {"name": participant})
            return redirect("desk:circle", number=number)
    return page(request, household, sharing_with=participant.pk, share_form=form)


@require_POST
def stop(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """Take back what was shared: a goal, or the story or a life domain."""
    household = access.work_on_household(request, number, event="circle")
    kind, _dash, key = request.POST.get("what", "").partition("-")
    here = {"pk": key_in(key), "participant": pk, "participant__household": household}
    shared: QuerySet = GoalGrant.objects.open() if kind == "goalgrant" else Grant.objects.open()
    found = shared.filter(**here).first()
    if found is None:
        raise Http404
    actions.stop_sharing(sharing=found, household=household, by=request.user)
    messages.success(request, _("No longer shared."))
    return redirect("desk:circle", number=number)


@require_POST
def end(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    _household, participant = in_circle(request, number, pk)
    actions.end_participation(participant=participant, by=request.user)
    messages.success(request, _("%(name)s sees nothing of this household any more.") % {"name": participant})
    return redirect("desk:circle", number=number)


@require_POST
def again(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """Send a fresh invitation to who has not come yet."""
    _household, participant = in_circle(request, number, pk)
    if not participant.has_come:
        actions.invite_again(participant=participant, by=request.user)
        messages.success(request, _("%(name)s gets a mail without names, with a link.") % {"name": participant})
    return redirect("desk:circle", number=number)


# ---- what the views share


def in_circle(request: TeamRequest, number: str, pk: int) -> tuple[Household, Participant]:
    household = access.work_on_household(request, number, event="circle")
    found = household.circle.open().select_related("professional__organisation").filter(pk=pk).first()
    if found is None:
        raise Http404
    found.household = household
    return household, found


def goals_of(household: Household) -> list[Goal]:
    return list(Goal.objects.filter(plan__in=household.plans.open()).in_full())


def auto_id(participant: Participant) -> str:
    return f"deel-{participant.pk}-%s"


def second_look(form: ShareForm) -> str:
    if form.income:
        return _("What you tell can have consequences for an income. Talk about it with the resident, then tick this.")
    return _("This is extra protected: health, or police and justice. Tick this when they really agreed to it.")


def page(request: TeamRequest, household: Household, *, sharing_with: int = 0, **forms: object) -> HttpResponse:
    """Everybody in the circle with what each sees; a refused form stands in the place of the empty one."""
    everybody = list(household.circle.open().with_grants())
    for participant in everybody:
        participant.household = household
    goals = goals_of(household)
    single: dict[int, list[GoalGrant]] = {}
    open_ones = GoalGrant.objects.open().filter(participant__in=everybody).select_related("goal")
    for grant in open_ones:
        single.setdefault(grant.participant_id, []).append(grant)
    rows = [
        {
            "participant": seen.participant,
            "part": seen,
            "grants": [
                {"grant": grant, "dead": not covered(grant, seen.participant, item=grant.item)}
                for grant in seen.participant.grants.all()
            ],
            "goals": [
                {"grant": grant, "dead": grant.goal_id not in {goal.pk for goal in seen.goals}}
                for grant in single.get(seen.participant.pk, [])
            ],
            "form": forms.get("share_form")
            if seen.participant.pk == sharing_with
            else ShareForm(participant=seen.participant, goals=goals, auto_id=auto_id(seen.participant)),
            "open": seen.participant.pk == sharing_with,
        }
        for seen in parts(everybody)
    ]
    context = {
        "household": household,
        "works": request.user.pk in household.worked_on_by,
        "rows": rows,
        "handover": household.handovers.open().select_related("to").first(),
        "coordinators": terms(household),
        "emergencies": household.emergencies.select_related("professional")[:5],
        "invite_form": InviteForm(household=household),
    } | forms
    return render(request, "desk/circle.html", context, status=422 if forms else 200)
