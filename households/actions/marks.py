"""The marks that residents give their own life."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from households import access
from households.models import OwnMark, OwnPage


@transaction.atomic
def give_own_marks(*, page: OwnPage, marks: Mapping[str, int]) -> list[OwnMark]:
    """Keep the marks from 0 to 10 that the resident of this own page gave just now, by side of the life. Nobody else gives
    them, so there is no `by`."""
    member, now = page.member, timezone.now()
    given = [
        OwnMark(
            household_id=member.household_id, resident_id=member.resident_id, page=page, side=side, mark=mark, given_at=now
        )
        for side, mark in marks.items()
    ]  # fmt: skip
    OwnMark.objects.bulk_create(given)
    access.record(
        action=access.Action.CREATE,
        event="give own marks",
        about=page,
        household=member.household,
        subjects=[member.resident_id],
        by=None,
        role=access.RESIDENT,
    )
    return given
