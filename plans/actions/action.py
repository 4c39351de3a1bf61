"""An action is written, taken further, and handed on."""

from copy import copy
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from households import access
from partners.models import Professional
from plans import workflow
from plans.actions.clash import NotTogether, keep_up, wait_for
from plans.actions.owners import Owner, owned_by
from plans.actions.states import hold, step
from plans.actions.written import together
from plans.models import Action, Aim, Appointment, Goal, SupportPlan
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
    tier: str = "",
    frame: str = "",
    aim: Aim | None = None,
    waits_for: Action | None = None,
    appointment: dict[str, Any] | None = None,
) -> Action:
    """Propose an action to its one owner. It runs at once when the owner is the proposer; others say yes first. Raises NotTogether when `waits_for` is of another plan."""
    plan = hold(goal.plan_id)
    action = Action.objects.create(
        goal=goal,
        what=what,
        due_on=due_on,
        rhythm=rhythm,
        practical=practical,
        tier=tier,
        frame=frame,
        aim=aim,
        rank=at_the_end(goal),
        proposed_by=by,
        status=Action.Status.ACCEPTED if owner == by else Action.Status.PROPOSED,
        **owned_by(owner),
    )
    if waits_for:
        wait_for(action, waits_for)
    if appointment:
        Appointment.objects.create(action=action, **appointment)
    keep_up(plan, by=by)
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
    tier: str = "",
    frame: str = "",
    aim: Aim | None = None,
    waits_for: Action | None = None,
    appointment: dict[str, Any] | None = None,
    goal: Goal | None = None,
    seen: dict[str, str] | None = None,
) -> None:
    """Write an action anew, under another goal of this plan when that is given. Another owner has not accepted it yet. `seen`
    is as in `change_goal`, of `as_action_stands`. Raises NotTogether when `goal` or `waits_for` is of another plan, or they
    would wait for each other; and WrittenMeanwhile."""
    plan, known = hold(action.goal.plan_id), action.goal.plan
    if goal and goal.plan_id != plan.pk:
        raise NotTogether
    fresh = as_it_is_now(action)
    mine = {
        "what": what, "owner": owner, "due_on": due_on, "rhythm": rhythm, "practical": practical, "tier": tier,
        "frame": frame, "aim": aim, "waits_for": waits_for, "appointment": appointment, "goal": goal or fresh.goal,
    }  # fmt: skip
    kept = together(mine=mine, theirs=as_action_stands(fresh), seen=seen)
    owner, waits_for, appointment = (kept.pop(name) for name in ("owner", "waits_for", "appointment"))
    action.status = fresh.status  # somebody may just have moved it
    if owner != fresh.owner:
        action.status = Action.Status.ACCEPTED if owner == by else Action.Status.PROPOSED
        action.proposed_by = by
    action.changed_at = timezone.now()
    for field, value in (kept | owned_by(owner)).items():
        setattr(action, field, value)
    action.goal.plan = known
    action.save()
    if waits_for != fresh.waits_for:
        wait_for(action, waits_for)
    if appointment or hasattr(fresh, "appointment"):
        put_appointment(action, appointment)
    keep_up(plan, by=by)
    access.record(action=access.Action.UPDATE, event="change action", about=action, by=by)


def as_it_is_now(action: Action) -> Action:
    """Held. What goes with it is read again only when somebody changed it since `action` was read."""
    fresh = Action.objects.select_for_update().get(pk=action.pk)
    if fresh.changed_at == action.changed_at:
        return copy(action)
    return Action.objects.with_owner().select_related("goal", "aim").get(pk=action.pk)


def as_action_stands(action: Action) -> dict[str, Any]:
    names = ("what", "owner", "due_on", "rhythm", "practical", "tier", "frame", "aim", "waits_for", "goal")
    meeting = action.appointment.facts if hasattr(action, "appointment") else None
    return {name: getattr(action, name) for name in names} | {"appointment": meeting}


@transaction.atomic
def reword_action(*, action: Action, by: Professional, what: str | None = None, rhythm: str | None = None) -> None:
    """Other words for the same action; None leaves them as they are."""
    plan = hold(action.goal.plan_id)
    typed = {name: text for name, text in (("what", what), ("rhythm", rhythm)) if text is not None}
    for name, text in typed.items():
        setattr(action, name, text)
    action.changed_at = timezone.now()
    action.save(update_fields=[*typed, "changed_at"])
    keep_up(plan, by=by)
    access.record(action=access.Action.UPDATE, event="change action", about=action, by=by)


@transaction.atomic
def move_action(*, action: Action, to: Status, by: Professional, because: str = "") -> None:
    """Take an action one step further; who says no may say why in `because`. Until somebody says yes it stays with the
    proposer. Raises workflow.NotAllowed, also when somebody else was just first."""
    plan = hold(action.goal.plan_id)
    step(action, to, because=because)
    if to == Action.Status.ACCEPTED:
        SupportPlan.objects.filter(pk=plan.pk, status=SupportPlan.Status.DRAFT).update(status=SupportPlan.Status.ACTIVE)
    keep_up(plan, by=by)
    access.record(action=access.Action.UPDATE, event=f"action {to.lower()}", about=action, by=by)


@transaction.atomic
def hand_on(*, action: Action, to: str, by: Professional) -> None:
    """Somebody goes on with this action when we do not look after it any more. Raises workflow.NotAllowed."""
    plan = hold(action.goal.plan_id)
    fresh = Action.objects.select_for_update().get(pk=action.pk)
    if fresh.status not in workflow.HANDED_ON_FROM:
        raise workflow.NotAllowed(f"{fresh.status} → {Status.HANDED_ON}")
    Action.objects.filter(pk=action.pk).update(status=Status.HANDED_ON, handed_to=to, changed_at=timezone.now())
    action.status, action.handed_to = Status.HANDED_ON, to
    keep_up(plan, by=by)
    access.record(action=access.Action.UPDATE, event="hand on action", about=action, by=by)


def at_the_end(goal: Goal) -> int:
    """As long as nobody chose an order, the first date comes first."""
    last = goal.actions.aggregate(last=Max("rank"))["last"]
    return last + 1 if last else 0


def put_appointment(action: Action, facts: dict[str, Any] | None) -> None:
    if facts is None:
        Appointment.objects.filter(action=action).delete()
    else:
        Appointment.objects.update_or_create(action=action, defaults=facts)
