"""What is agreed about safety, and who may read that. A line in the log says no more of it than that somebody worked on
the household: who reads the log may be the one from whom it protects."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from households import access
from households.actions.circle import grounds, look_twice, rest_on
from households.domains import LifeDomain
from households.models import Household, HouseholdMember, OverrideDisclosure, Participant, Resident
from partners.models import Professional
from plans.models import SafetyGrant, SafetyPlan, SafetyReader


class NotOfThisHousehold(ValueError):
    """This person has nothing to do with the household of this safety plan."""


@transaction.atomic
def write_safety_plan(
    *, household: Household, about: Iterable[Resident], by: Professional, **facts: object
) -> SafetyPlan:
    """Nobody but the coordinator reads it until it is shown."""
    plan = SafetyPlan.objects.create(household=household, written_by=by, **facts)
    plan.about.set(about)
    access.record(action=access.Action.CREATE, event="write safety plan", about=plan, by=by)
    return plan


@transaction.atomic
def change_safety_plan(
    *, safety_plan: SafetyPlan, about: Iterable[Resident], by: Professional, **facts: object
) -> None:
    safety_plan.about.set(about)
    for field, value in facts.items():
        setattr(safety_plan, field, value)
    safety_plan.written_by, safety_plan.written_at = by, timezone.now()
    safety_plan.save()
    access.record(action=access.Action.UPDATE, event="write safety plan", about=safety_plan, by=by)


@transaction.atomic
def end_safety_plan(*, safety_plan: SafetyPlan, by: Professional) -> None:
    """From the next request on nobody reads it any more but the coordinator, as something of the past."""
    safety_plan.ended_at = timezone.now()
    safety_plan.save(update_fields=["ended_at"])
    access.record(action=access.Action.UPDATE, event="write safety plan", about=safety_plan, by=by)


@transaction.atomic
def show_safety_plan(
    *, safety_plan: SafetyPlan, participant: Participant, by: Professional, override: OverrideDisclosure | None = None
) -> SafetyGrant:
    """Show it to somebody in the circle. Raises NoConsent as sharing a life domain does, and NotOfThisHousehold."""
    if participant.household_id != safety_plan.household_id or participant.volunteer:
        raise NotOfThisHousehold
    look_twice(LifeDomain.SAFETY_JUSTICE, participant, sure=True)  # who comes here has chosen this one thing
    consents = grounds(participant, LifeDomain.SAFETY_JUSTICE, override=override)
    grant, _made = SafetyGrant.objects.get_or_create(
        participant=participant, safety_plan=safety_plan, ended_at=None, defaults={"shared_by": by}
    )
    rest_on(grant, consents, override=override, by=by)
    return grant


@transaction.atomic
def show_to_resident(*, safety_plan: SafetyPlan, member: HouseholdMember, by: Professional) -> SafetyReader:
    """On the own page of this resident. Raises NotOfThisHousehold."""
    if member.household_id != safety_plan.household_id:
        raise NotOfThisHousehold
    reader, _made = SafetyReader.objects.get_or_create(
        safety_plan=safety_plan, member=member, ended_at=None, defaults={"shown_by": by}
    )
    access.record(
        action=access.Action.SHARE, event="share safety plan", about=reader, household=safety_plan.household, by=by
    )
    return reader


@transaction.atomic
def hide_safety_plan(*, shown: SafetyGrant | SafetyReader, household: Household, by: Professional) -> None:
    """Gone at the very next request."""
    shown.ended_at = timezone.now()
    shown.save(update_fields=["ended_at"])
    access.record(action=access.Action.SHARE, event="share safety plan", about=shown, household=household, by=by)
