"""Everybody around one table: it is planned, it was held, and what was decided becomes action."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from households import access
from households.models import Household, NetworkContact, Resident
from partners.models import Professional
from plans.actions.action import add_action
from plans.actions.owners import Owner
from plans.actions.states import hold
from plans.models import Action, Decision, DecisionVoice, Goal, Invitee, Meeting


class WithoutTheHousehold(ValueError):
    """A round table to which nobody of the household is asked needs a written reason."""


class NotToCome(ValueError):
    """This meeting was held or cancelled already."""


class NobodyAsked(ValueError):
    """A meeting is with somebody; a voice is of somebody who was asked."""


@transaction.atomic
def plan_meeting(
    *,
    household: Household,
    kind: str,
    starts_at: datetime,
    purpose: str,
    people: Iterable[Owner],
    by: Professional,
    place: str = "",
    points: str = "",
    without_household_because: str = "",
) -> Meeting:
    """Raises WithoutTheHousehold, NobodyAsked."""
    people = list(people)
    if not people:
        raise NobodyAsked
    with_household = any(isinstance(one, Resident) for one in people)
    if kind == Meeting.Kind.ROUND_TABLE and not with_household and not without_household_because:
        raise WithoutTheHousehold
    meeting = Meeting.objects.create(
        household=household, kind=kind, starts_at=starts_at, purpose=purpose, place=place, points=points,
        with_household=with_household, made_by=by,
        without_household_because="" if with_household else without_household_because,
    )  # fmt: skip
    Invitee.objects.bulk_create(Invitee(meeting=meeting, **seat(one)) for one in people)
    access.record(action=access.Action.CREATE, event="plan meeting", about=meeting, by=by)
    return meeting


def seat(person: Owner | None) -> dict[str, Owner | None]:
    kinds = {"resident": Resident, "contact": NetworkContact, "professional": Professional}
    return {name: person if isinstance(person, kind) else None for name, kind in kinds.items()}


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: Professional) -> None:
    """Raises NotToCome."""
    meeting.cancelled_at = to_come(meeting)
    meeting.save(update_fields=["cancelled_at"])
    access.record(action=access.Action.UPDATE, event="cancel meeting", about=meeting, by=by)


@transaction.atomic
def hold_meeting(*, meeting: Meeting, came: Collection[int], by: Professional) -> None:
    """It was held; `came` are the keys of the invitees who were there. Written again, it is the newest that counts. Raises
    NotToCome when it was cancelled."""
    fresh = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if fresh.cancelled_at:
        raise NotToCome
    meeting.held_at = fresh.held_at or timezone.now()
    meeting.save(update_fields=["held_at"])
    for one in Invitee.objects.filter(meeting=meeting):
        one.attended = one.pk in came
        one.save(update_fields=["attended"])
    access.record(action=access.Action.UPDATE, event="hold meeting", about=meeting, by=by)


@transaction.atomic
def decide(
    *,
    meeting: Meeting,
    what: str,
    voices: Mapping[Invitee, tuple[str, str]],
    by: Professional,
    interests: str = "",
    goal: Goal | None = None,
    owner: Owner | None = None,
    due_on: date | None = None,
) -> Decision:
    """What was decided, and what each thinks of it. Raises NobodyAsked when a voice is of somebody who was not asked."""
    if any(one.meeting_id != meeting.pk for one in voices):
        raise NobodyAsked
    decision = Decision.objects.create(
        meeting=meeting, what=what, interests=interests, goal=goal if owner else None, due_on=due_on if owner else None,
        written_by=by, **seat(owner),
    )  # fmt: skip
    DecisionVoice.objects.bulk_create(
        DecisionVoice(decision=decision, invitee=one, says=says, remark=remark)
        for one, (says, remark) in voices.items()
    )
    access.record(action=access.Action.CREATE, event="decide", about=meeting, by=by)
    return decision


@transaction.atomic
def make_actions(*, meeting: Meeting, by: Professional) -> list[Action]:
    """All that was decided and says who does it becomes an action of the plan, in one go. Twice is once."""
    waiting = Decision.objects.select_for_update(of=("self",)).filter(
        meeting=meeting, action=None, goal__isnull=False, due_on__isnull=False
    )
    made = []
    for decision in waiting.exclude(goal__plan__status="CLOSED").with_owner().select_related("goal__plan"):
        hold(decision.goal.plan_id)
        decision.action = add_action(
            goal=decision.goal, what=decision.what, owner=decision.person, due_on=decision.due_on, by=by,
        )  # fmt: skip
        decision.save(update_fields=["action"])
        made.append(decision.action)
    access.record(action=access.Action.UPDATE, event="make actions", about=meeting, by=by)
    return made


def to_come(meeting: Meeting) -> datetime:
    """The moment of now, when it was neither held nor cancelled. Raises NotToCome."""
    fresh = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if not fresh.is_to_come:
        raise NotToCome
    return timezone.now()
