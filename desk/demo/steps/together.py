"""What everybody keeps to, and what is agreed about safety."""

from dataclasses import dataclass

from desk.demo.steps.households import Member
from desk.demo.steps.stage import Stage
from plans import actions


@dataclass(frozen=True)
class AgreedOn:
    what: str
    who: str
    how_told: str = ""

    def play(self, stage: Stage) -> None:
        plan = stage.household.plans.open().get()
        actions.agree_on(plan=plan, what=self.what, who=self.who, how_told=self.how_told, by=stage.coordinator)


@dataclass(frozen=True)
class Safety:
    """Only the coordinator reads it."""

    about: tuple[Member, ...]
    unsafe: str
    agreed: str
    keeps_safe: str
    whom_to_call: str
    check: int
    early_signs: str = ""

    def play(self, stage: Stage) -> None:
        names = ("unsafe", "agreed", "keeps_safe", "whom_to_call", "early_signs")
        actions.write_safety_plan(
            household=stage.household,
            about=[stage.person(member) for member in self.about],
            check_on=stage.days[self.check],
            by=stage.coordinator,
            **{name: getattr(self, name) for name in names},
        )
