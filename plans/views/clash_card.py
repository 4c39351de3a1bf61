"""What does not fit together, at a glance."""

from households.models import Household
from plans.models import ActionConflict


def open_clashes(household: Household) -> list[ActionConflict]:
    """For the page of a household, in one query."""
    clashes = ActionConflict.objects.filter(plan__household=household).open().of_running_plans()
    return list(clashes.select_related("resident", "raised_by"))
