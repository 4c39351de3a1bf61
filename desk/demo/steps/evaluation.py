"""They look back on the plan."""

from dataclasses import dataclass

from django.utils import timezone

from desk.demo.steps.households import Member
from desk.demo.steps.stage import Stage
from plans import actions
from plans.models import GoalResult

Result = GoalResult.Result


@dataclass(frozen=True)
class LookedBack:
    """Of each goal, in the order of the plan, how far it has come and their words for it; and the marks they give."""

    present: str
    results: tuple[tuple[GoalResult.Result, str], ...]
    marks: tuple[tuple[Member, int | None, str], ...]
    again_on: int
    keep: str = ""
    change: str = ""

    def play(self, stage: Stage) -> None:
        plan = stage.household.plans.open().get()
        actions.evaluate(
            plan=plan,
            held_on=timezone.localdate(),
            present=self.present,
            results=dict(zip(plan.goals.all(), self.results, strict=True)),
            marks={stage.person(member): (mark, words) for member, mark, words in self.marks},
            keep=self.keep,
            change=self.change,
            next_on=stage.days[self.again_on],
            by=stage.coordinator,
        )
