"""What a meeting is about: made from what is open in the plan, so that nobody types it. What is extra protected stands on no
agenda: that is talked about when they bring it up themselves."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from households.domains import LifeDomain
from plans.models import Action, ActionConflict, Goal, Meeting, SupportPlan
from plans.workflow import OPEN, Status


@dataclass(frozen=True)
class Point:
    """One point, and why it stands there."""

    title: str
    why: str


@dataclass(frozen=True)
class Agenda:
    own: list[str]
    points: list[Point]
    left_out: int  # of goals about what is extra protected


def agenda_of(meeting: Meeting, plan: SupportPlan | None) -> Agenda:
    """Of a plan `in_full()`. Three queries when there is a plan, else none."""
    own = [line.strip().lstrip("-*•").strip() for line in meeting.points.splitlines() if line.strip()]
    if plan is None:
        return Agenda(own, [], 0)
    goals = list(plan.goals.all())
    open_to_all = [goal for goal in goals if not LifeDomain(goal.domain).extra_protected]
    return Agenda(own, [*of_clashes(plan), *of_goals(open_to_all)], len(goals) - len(open_to_all))


def of_clashes(plan: SupportPlan) -> list[Point]:
    clashes = ActionConflict.objects.filter(plan=plan).open().in_full()
    return [
        Point(" / ".join(side.what for side in clash.sides.all()), _("Does not fit together"))
        for clash in clashes
        if not any(LifeDomain(side.goal.domain).extra_protected for side in clash.sides.all())
    ]


def of_goals(goals: list[Goal]) -> list[Point]:
    points = []
    for goal in goals:
        actions: list[Action] = list(goal.actions.all())
        if not any(action.status in OPEN | {Status.DONE} for action in actions):
            points.append(Point(goal.title, _("Nobody does anything for this yet")))
        for action in actions:
            if action.is_overdue:
                points.append(Point(action.what, _("Should have been done")))
            elif action.status == Status.PROPOSED:
                points.append(Point(action.what, _("Not accepted yet")))
            elif action.status == Status.DECLINED:
                points.append(Point(action.what, _("Somebody said no")))
            elif action.status == Status.HELD:
                points.append(Point(action.what, _("On hold")))
    return points
