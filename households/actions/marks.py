"""The marks that residents give their own life."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from households import access
from households.models import HouseholdMember, OwnMark, OwnPage
from partners.models import Professional


@transaction.atomic
def give_own_marks(*, page: OwnPage, marks: Mapping[str, int]) -> list[OwnMark]:
    """Keep the marks from 0 to 10 that the resident of this own page gave just now, by side of the life. There is no `by`:
    nobody else comes through this door."""
    given = keep(page.member, marks, timezone.now(), page=page)
    access.record(
        action=access.Action.CREATE,
        event="give own marks",
        about=page,
        household=page.member.household,
        subjects=[page.member.resident_id],
        by=None,
        role=access.RESIDENT,
    )
    return given


@transaction.atomic
def note_own_marks(
    *, member: HouseholdMember, marks: Mapping[str, int], said_on: date, by: Professional
) -> list[OwnMark]:
    """Keep the marks that this resident said on that day, today or before, as noted by who heard it."""
    now = timezone.localtime()
    given = keep(member, marks, now - (now.date() - said_on), noted_by=by)
    access.record(
        action=access.Action.CREATE,
        event="note own marks",
        about=member,
        household=member.household,
        subjects=[member.resident_id],
        by=by,
    )
    return given


def keep(
    member: HouseholdMember,
    marks: Mapping[str, int],
    given_at: datetime,
    *,
    page: OwnPage | None = None,
    noted_by: Professional | None = None,
) -> list[OwnMark]:
    return OwnMark.objects.bulk_create(
        OwnMark(
            household_id=member.household_id, resident_id=member.resident_id, page=page, noted_by=noted_by, side=side,
            mark=mark, given_at=given_at,
        )
        for side, mark in marks.items()
    )  # fmt: skip
