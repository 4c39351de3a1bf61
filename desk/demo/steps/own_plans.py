"""What the law asks after a report for the Wmo, and a plan that people can make themselves."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from desk.demo.people import Person
from desk.demo.steps.signals import Seen
from desk.demo.steps.stage import Stage
from plans import actions as plan_actions
from plans.models import OwnPlan
from plans.own_plan import Choice
from signals import actions

Kind = OwnPlan.Kind


@dataclass(frozen=True)
class WmoReported:
    """A signal is a report for the Wmo too. They are told so, and that a personal plan can be handed in."""

    signal: Seen
    by: Person

    def play(self, stage: Stage) -> None:
        today, by = timezone.localdate(), stage.cast[self.by]
        report = actions.start_wmo(signal=stage.cast[self.signal], notified_on=today, by=by)
        actions.do_wmo_step(notification=report, step="confirmed_on", done_on=today, by=by)
        actions.offer_personal_plan(
            notification=report, household=stage.household, offered_on=today, told_by=self.by.name, by=by
        )


@dataclass(frozen=True)
class Inquired:
    signal: Seen

    def play(self, stage: Stage) -> None:
        report, today = stage.cast[self.signal].wmo, timezone.localdate()
        actions.do_wmo_step(notification=report, step="inquired_on", done_on=today, by=stage.coordinator)


@dataclass(frozen=True)
class FamilyPlanOffered:
    by: Person

    def play(self, stage: Stage) -> None:
        today = timezone.localdate()
        plan_actions.offer_own_plan(
            household=stage.household, kind=Kind.FAMILY, offered_on=today, told_by=self.by.name,
            until=today + timedelta(days=14), by=stage.coordinator,
        )  # fmt: skip


@dataclass(frozen=True)
class RatherNot:
    """They make no plan of their own."""

    kind: OwnPlan.Kind
    they_say: str

    def play(self, stage: Stage) -> None:
        plan_actions.choose_own_plan(
            own_plan=stage.household.own_plans.waiting().get(kind=self.kind), choice=Choice.NO,
            they_say=self.they_say, chosen_on=timezone.localdate(), by=stage.coordinator,
        )  # fmt: skip
