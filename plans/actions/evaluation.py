"""Everybody looked back, and the next time is planned."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from households import access
from households.models import Resident
from partners.models import Professional
from plans.actions.states import hold
from plans.models import Evaluation, Goal, GoalResult, ResidentMark, SupportPlan


class GoalsMissing(ValueError):
    """Of a goal of this plan nothing was said, or a goal is of another plan."""


class NothingToLookBackOn(ValueError):
    """The plan has no goal, or is closed."""


Said = tuple[str, str]  # a result, and the words for it
Given = tuple[int | None, str]  # a mark, or None for who did not want to give one; and the words for it


@transaction.atomic
def evaluate(
    *,
    plan: SupportPlan,
    held_on: date,
    present: str,
    results: Mapping[Goal, Said],
    marks: Mapping[Resident, Given],
    by: Professional,
    keep: str = "",
    change: str = "",
    next_on: date | None = None,
) -> Evaluation:
    """Write down what was said of every goal, and plan the next time. Without `next_on` this was the last one. Raises
    GoalsMissing, NothingToLookBackOn."""
    held = hold(plan.pk)
    wanted = set(Goal.objects.filter(plan=held))
    if not wanted or held.status == SupportPlan.Status.CLOSED:
        raise NothingToLookBackOn
    if wanted != set(results):
        raise GoalsMissing
    evaluation = Evaluation.objects.create(
        plan=held, held_on=held_on, present=present, keep=keep, change=change, next_on=next_on, last=next_on is None,
        written_by=by,
    )  # fmt: skip
    GoalResult.objects.bulk_create(
        GoalResult(evaluation=evaluation, goal=goal, result=result, words=words)
        for goal, (result, words) in results.items()
    )
    ResidentMark.objects.bulk_create(
        ResidentMark(evaluation=evaluation, resident=resident, mark=mark, refused=mark is None, words=words)
        for resident, (mark, words) in marks.items()
    )
    held.evaluate_on = plan.evaluate_on = next_on
    held.save(update_fields=["evaluate_on"])
    access.record(action=access.Action.CREATE, event="evaluate", about=evaluation, by=by)
    return evaluation
