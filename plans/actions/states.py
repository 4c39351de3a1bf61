"""One step of an action, and the order in which rows are held: first the plan, then what is in it."""

from django.utils import timezone

from plans import workflow
from plans.models import Action, SupportPlan
from plans.workflow import Status


def hold(plan: int) -> SupportPlan:
    """The plan, for this transaction alone: what is written in it at the same moment waits. So two changes that clash with
    each other see each other."""
    return SupportPlan.objects.select_for_update(no_key=True).get(pk=plan)


def step(action: Action, to: Status, *, because: str = "") -> None:
    """Raises workflow.NotAllowed, also when somebody else was just first."""
    fresh = Action.objects.select_for_update().get(pk=action.pk)
    workflow.check(fresh.status, to)
    Action.objects.filter(pk=action.pk).update(
        status=to, declined_because=because, handed_to="", changed_at=timezone.now()
    )
    action.status, action.declined_because, action.handed_to = to, because, ""
