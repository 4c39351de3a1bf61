"""A plan of their own is offered, chosen, made, and taken over in the plan."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from config import scans
from households import access
from households.models import Household
from partners.models import Professional
from plans.actions.goal import add_goal
from plans.actions.schemes import NoPlan
from plans.models import Goal, OwnPlan, OwnPlanPaper, SupportPlan
from plans.own_plan import Choice, check


class OfferedAlready(ValueError):
    """It was offered, and what they choose or make is still waited for."""


@transaction.atomic
def offer_own_plan(
    *, household: Household, kind: OwnPlan.Kind, offered_on: date, told_by: str, until: date, by: Professional
) -> OwnPlan:
    """They heard that they can make a plan of their own, and say something until a day. Raises OfferedAlready."""
    not_waiting(household, kind)
    own_plan = OwnPlan.objects.create(
        household=household, kind=kind, offered_on=offered_on, told_by=told_by, until=until, recorded_by=by
    )
    access.record(action=access.Action.CREATE, event="offer own plan", about=own_plan, by=by)
    return own_plan


@transaction.atomic
def do_not_offer(*, household: Household, because: str, by: Professional) -> OwnPlan:
    """A family group plan is not offered, because it would harm the child (Jeugdwet 4.1.2). Raises OfferedAlready."""
    not_waiting(household, OwnPlan.Kind.FAMILY)
    own_plan = OwnPlan.objects.create(
        household=household, kind=OwnPlan.Kind.FAMILY, choice=Choice.HARM, not_offered_because=because, recorded_by=by
    )
    access.record(action=access.Action.CREATE, event="do not offer own plan", about=own_plan, by=by)
    return own_plan


@transaction.atomic
def choose_own_plan(
    *, own_plan: OwnPlan, choice: Choice, they_say: str, chosen_on: date, by: Professional, until: date | None = None
) -> None:
    """What they want, with until when it waits when they make one or do not know yet. Raises workflow.NotAllowed."""
    fresh = held(own_plan, choice)
    fresh.choice, fresh.they_say, fresh.chosen_on = choice, they_say, chosen_on
    fresh.until = until if choice in (Choice.WAITS, Choice.YES) else None
    fresh.recorded_by, fresh.recorded_at = by, timezone.now()
    fresh.save()
    access.record(action=access.Action.UPDATE, event="choose own plan", about=fresh, by=by)


@transaction.atomic
def hand_in_own_plan(
    *, own_plan: OwnPlan, made_on: date, made_by: str, text: str, by: Professional, file: bytes | None = None
) -> None:
    """Their plan, in their words or as they wrote it on paper. Raises scans.NotTaken and workflow.NotAllowed."""
    fresh = held(own_plan, Choice.MADE)
    fresh.choice, fresh.until = Choice.MADE, None
    fresh.made_on, fresh.made_by, fresh.text = made_on, made_by, text
    fresh.recorded_by, fresh.recorded_at = by, timezone.now()
    fresh.save()
    if file:
        clean, kind = scans.cleaned(file)
        OwnPlanPaper.objects.filter(own_plan=fresh).delete()
        paper = OwnPlanPaper(own_plan=fresh, kind=kind, kept_by=by)
        paper.file = clean  # type: ignore[assignment]  # the field takes bytes
        paper.save()
    access.record(action=access.Action.UPDATE, event="hand in own plan", about=fresh, by=by)


@transaction.atomic
def take_over_goals(*, own_plan: OwnPlan, goals: Sequence[tuple[str, str]], by: Professional) -> list[Goal]:
    """Goals of their plan become goals of the plan, word for word: each the words and the life domain. Raises NoPlan."""
    plan = SupportPlan.objects.filter(household=own_plan.household_id, light=False).open().first()
    if plan is None:
        raise NoPlan
    return [add_goal(plan=plan, title=words, domain=domain, taken_from=own_plan, by=by) for words, domain in goals]


def not_waiting(household: Household, kind: str) -> None:
    Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    if household.own_plans.waiting().filter(kind=kind).exists():
        raise OfferedAlready


def held(own_plan: OwnPlan, wanted: Choice) -> OwnPlan:
    """For this transaction alone, when `wanted` can follow."""
    fresh = OwnPlan.objects.select_for_update(of=("self",)).select_related("household").get(pk=own_plan.pk)
    check(fresh.choice, wanted)
    return fresh
