"""What waits for a plan of their own, and for a decision, at a glance."""

from typing import Any

from households.models import Household
from plans.waiting import with_waits


def waits_of(household: Household) -> Any:
    """For the page of a household, in one query: one row."""
    names = ("family_plan_due", "own_plan_by", "decide_by")
    return with_waits(Household.objects.filter(pk=household.pk)).values(*names)
