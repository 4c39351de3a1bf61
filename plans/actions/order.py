"""What comes first in a plan.

An order says nothing about who does what or when, so nobody has to agree again when it changes: it is no part of what two
versions are compared on. That an action goes to another goal is, and shows as a change since the newest version.

Each time one thing is put in front of another, in the order as it stands by then. So two people who do this at once each get
what they asked, and a button that is pressed twice does it once."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from households import access
from partners.models import Professional
from plans.actions.clash import NotTogether, keep_up
from plans.actions.states import hold
from plans.models import Action, Goal


@transaction.atomic
def order_goal(*, goal: Goal, before: Goal | None, by: Professional) -> None:
    """Put a goal in front of another one, or without `before` at the end. Raises NotTogether when that one is of another plan."""
    plan = hold(goal.plan_id)
    if before and before.plan_id != plan.pk:
        raise NotTogether
    number(in_front(goal, before, list(Goal.objects.filter(plan=plan))))
    access.record(action=access.Action.UPDATE, event="order goal", about=goal, by=by)


@transaction.atomic
def order_action(*, action: Action, goal: Goal, before: Action | None, by: Professional) -> None:
    """Put an action in front of another one under this goal; at the end without `before`, or when a colleague just took that
    one away. What they do themselves stays first, then what people close to them do: it goes as far as its own kind does.
    Raises NotTogether when they are not all of one plan."""
    plan = hold(action.goal.plan_id)
    if {plan.pk} != {goal.plan_id} | ({before.goal.plan_id} if before else set()):
        raise NotTogether
    moved = Action.objects.filter(pk=action.pk).exclude(goal=goal).update(goal=goal, changed_at=timezone.now())
    action.goal = goal
    rows = in_front(action, before, list(Action.objects.filter(goal=goal)))
    number([one for one in rows if one.kind == action.kind])
    if moved:
        keep_up(plan, by=by)
    event = "change action" if moved else "order action"
    access.record(action=access.Action.UPDATE, event=event, about=action, by=by)


def in_front(one: Any, before: Any, rows: Sequence[Any]) -> list[Any]:
    """These rows, as they are now, with `one` in front of `before`. In front of itself is where it is."""
    if one == before:
        return list(rows)
    rest = [row for row in rows if row != one]
    place = rest.index(before) if before in rest else len(rest)
    return [*rest[:place], rows[rows.index(one)], *rest[place:]]


def number(rows: Sequence[Any]) -> None:
    for rank, row in enumerate(rows, start=1):
        if row.rank != rank:
            type(row).objects.filter(pk=row.pk).update(rank=rank)
