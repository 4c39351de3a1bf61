"""What the pages of the plan share."""

from django.http import Http404
from django.urls import reverse

from households.models import Household
from partners.models import Team
from partners.permissions import Permission
from partners.requests import TeamRequest
from plans.models import Goal, SupportPlan

GOALS = Goal.objects.select_related("plan__household__coordinator")


def own_team(request: TeamRequest) -> Team:
    """The first team whose questions, examples and aims this person writes. Raises Http404 when there is none."""
    team = request.user.teams_with(Permission.WRITE_QUESTIONS).order_by("pk").first()
    if team is None:
        raise Http404
    return team


def open_plan(household: Household) -> SupportPlan | None:
    return SupportPlan.objects.filter(household=household).open().in_full().first()


def card(goal: Goal) -> dict:
    """What the card of a goal shows, read anew."""
    return {"household": goal.household, "goal": Goal.objects.in_full().get(pk=goal.pk), "open": True}


def home(household: Household) -> str:
    return reverse("desk:household", args=[household.number])


def place(goal: Goal) -> str:
    return f"{home(goal.household)}#doel-{goal.pk}"
