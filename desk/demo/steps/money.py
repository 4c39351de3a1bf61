"""Schemes that there are, and money for what fits no rule."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from desk.demo.people import Person
from desk.demo.steps.stage import Stage
from households.domains import LifeDomain
from plans import actions
from plans.models import BudgetLine
from plans.models.scheme import SchemeState
from plans.schemes import Said


@dataclass(frozen=True)
class Asked:
    purpose: str
    domain: LifeDomain
    amount: str
    motivation: str
    decider: Person
    second: Person | None = None
    split: tuple[tuple[str, str], ...] = ()
    otherwise: str = ""
    they_say: str = ""

    def play(self, stage: Stage) -> None:
        stage.cast[self] = actions.ask_budget(
            household=stage.household,
            by=stage.coordinator,
            purpose=self.purpose,
            domain=self.domain,
            amount=Decimal(self.amount),
            split={frame: Decimal(part) for frame, part in self.split},
            motivation=self.motivation,
            otherwise=self.otherwise,
            they_say=self.they_say,
            decider=stage.cast[self.decider],
            second=stage.cast[self.second] if self.second else None,
        )


@dataclass(frozen=True)
class Granted:
    """By who was asked first."""

    asked: Asked
    reason: str

    def play(self, stage: Stage) -> None:
        line: BudgetLine = stage.cast[self.asked]
        actions.decide_budget(line=line, granted=True, reason=self.reason, by=line.decider)


@dataclass(frozen=True)
class Paid:
    """And told."""

    asked: Asked

    def play(self, stage: Stage) -> None:
        line, today = stage.cast[self.asked], timezone.localdate()
        actions.pay_budget(line=line, paid_on=today, by=stage.coordinator)
        actions.tell_budget(line=line, told_on=today, by=stage.coordinator)


@dataclass(frozen=True)
class LookedAtSchemes:
    """Each by its key in the list, with how far it is and what is good to know."""

    said: tuple[tuple[str, SchemeState, str], ...]

    def play(self, stage: Stage) -> None:
        said = {key: Said(state, remark) for key, state, remark in self.said}
        actions.check_schemes(household=stage.household, said=said, on=timezone.localdate(), by=stage.coordinator)
