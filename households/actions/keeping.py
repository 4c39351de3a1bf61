"""What stops that a file is destroyed, and the answer to who asks for it."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from households import access
from households.models import ErasureRequest, Hold, Household, Resident
from partners.models import Professional


class AskedAlready(ValueError):
    """The same person asked this, and waits for an answer."""


class AnsweredAlready(ValueError):
    """A colleague did so just now."""


@transaction.atomic
def place_hold(*, household: Household, kind: str, reason: str, by: Professional) -> Hold:
    """From now on nobody can destroy this file, whatever its term."""
    hold = Hold.objects.create(household=household, kind=kind, reason=reason, placed_by=by)
    access.record(action=access.Action.CREATE, event="place hold", about=hold, by=by)
    return hold


@transaction.atomic
def lift_hold(*, hold: Hold, reason: str, by: Professional) -> None:
    """What stopped it is over. Raises AnsweredAlready."""
    if not Hold.objects.open().select_for_update().filter(pk=hold.pk).exists():
        raise AnsweredAlready
    hold.lifted_at, hold.lifted_by, hold.lifted_because = timezone.now(), by, reason
    hold.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    access.record(action=access.Action.UPDATE, event="lift hold", about=hold, by=by)


@transaction.atomic
def register_erasure_request(
    *, household: Household, resident: Resident, wish: str, received_on: date, answer_by: date, by: Professional
) -> ErasureRequest:
    """Somebody asks to destroy the file. Raises AskedAlready."""
    try:
        with transaction.atomic():
            asked = ErasureRequest.objects.create(
                household=household,
                resident=resident,
                wish=wish,
                received_on=received_on,
                answer_by=answer_by,
                recorded_by=by,
            )
    except IntegrityError as twice:
        raise AskedAlready from twice
    access.record(action=access.Action.CREATE, event="register erasure request", about=asked, by=by)
    return asked


@transaction.atomic
def answer_erasure_request(
    *, asked: ErasureRequest, granted: bool, answer: str, ground: str = "", by: Professional
) -> None:
    """Granted, or refused on a ground. Nothing is destroyed by this alone. Raises AnsweredAlready."""
    if not ErasureRequest.objects.open().select_for_update().filter(pk=asked.pk).exists():
        raise AnsweredAlready
    asked.granted, asked.refused_on_ground, asked.answer = granted, ground, answer
    asked.answered_by, asked.answered_at = by, timezone.now()
    asked.save(update_fields=["granted", "refused_on_ground", "answer", "answered_by", "answered_at"])
    access.record(action=access.Action.UPDATE, event="answer erasure request", about=asked, by=by)
