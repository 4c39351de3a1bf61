"""An action is written, taken further, and handed on."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from households import access
from partners.models import Professional
from plans import workflow
from plans.actions.owners import Owner, owned_by
from plans.models import Action, Goal, SupportPlan
from plans.workflow import Status


@transaction.atomic
def add_action(
    *,
    goal: Goal,
    what: str,
    owner: Owner,
    due_on: date,
    by: Professional,
    rhythm: str = "",
    practical: str = "",
) -> Action:
    """Propose an action to its one owner. It runs at once when the owner is the proposer; others say yes first."""
    action = Action.objects.create(
        goal=goal,
        what=what,
        due_on=due_on,
        rhythm=rhythm,
        practical=practical,
        proposed_by=by,
        status=Action.Status.ACCEPTED if owner == by else Action.Status.PROPOSED,
        **owned_by(owner),
    )
    access.record(action=access.Action.CREATE, event="add action", about=action, by=by)
    return action


@transaction.atomic
def change_action(
    *,
    action: Action,
    what: str,
    owner: Owner,
    due_on: date,
    by: Professional,
    rhythm: str = "",
    practical: str = "",
) -> None:
    """Write an action anew. Another owner has not accepted it yet."""
    action.status = Action.objects.select_for_update().get(pk=action.pk).status  # somebody may just have moved it
    if owner != action.owner:
        action.status = Action.Status.ACCEPTED if owner == by else Action.Status.PROPOSED
        action.proposed_by = by
    action.what, action.due_on, action.rhythm, action.practical = what, due_on, rhythm, practical
    action.changed_at = timezone.now()
    for field, value in owned_by(owner).items():
        setattr(action, field, value)
    action.save()
    access.record(action=access.Action.UPDATE, event="change action", about=action, by=by)


@transaction.atomic
def move_action(*, action: Action, to: Status, by: Professional, because: str = "") -> None:
    """Take an action one step further; who says no may say why in `because`. Until somebody says yes it stays with the
    proposer. Raises workflow.NotAllowed, also when somebody else was just first."""
    fresh = Action.objects.select_for_update().get(pk=action.pk)
    workflow.check(fresh.status, to)
    Action.objects.filter(pk=action.pk).update(
        status=to, declined_because=because, handed_to="", changed_at=timezone.now()
    )
    if to == Action.Status.ACCEPTED:
        SupportPlan.objects.filter(pk=action.goal.plan_id, status=SupportPlan.Status.DRAFT).update(
            status=SupportPlan.Status.ACTIVE
        )
    action.status, action.declined_because, action.handed_to = to, because, ""
    access.record(action=access.Action.UPDATE, event=f"action {to.lower()}", about=action, by=by)


@transaction.atomic
def hand_on(*, action: Action, to: str, by: Professional) -> None:
    """Somebody goes on with this action when we do not look after it any more. Raises workflow.NotAllowed."""
    fresh = Action.objects.select_for_update().get(pk=action.pk)
    if fresh.status not in workflow.HANDED_ON_FROM:
        raise workflow.NotAllowed(f"{fresh.status} → {Status.HANDED_ON}")
    Action.objects.filter(pk=action.pk).update(status=Status.HANDED_ON, handed_to=to, changed_at=timezone.now())
    action.status, action.handed_to = Status.HANDED_ON, to
    access.record(action=access.Action.UPDATE, event="hand on action", about=action, by=by)
