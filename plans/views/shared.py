"""What the pages of the plan share."""

from django.urls import reverse

from households.models import Household
from plans.models import Goal, SupportPlan

GOALS = Goal.objects.select_related("plan__household__coordinator")


def open_plan(household: Household) -> SupportPlan | None:
    return SupportPlan.objects.filter(household=household).open().in_full().first()


def card(goal: Goal) -> dict:
    """What the card of a goal shows, read anew."""
    return {"household": goal.household, "goal": Goal.objects.in_full().get(pk=goal.pk), "open": True}


def home(household: Household) -> str:
    return reverse("desk:household", args=[household.number])


def place(goal: Goal) -> str:
    return f"{home(goal.household)}#doel-{goal.pk}"
