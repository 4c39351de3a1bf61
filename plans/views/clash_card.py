"""What does not fit together, at a glance."""

from django.db import models

from households.models import Household
from plans.models import ActionConflict


def open_clashes(household: Household) -> models.QuerySet[ActionConflict]:
    """For the page of a household, in one query."""
    clashes = ActionConflict.objects.filter(plan__household=household).open().of_running_plans()
    return clashes.select_related("resident", "raised_by")
