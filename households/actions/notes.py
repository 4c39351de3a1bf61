"""Writing down what happened along the way."""

from datetime import date

from django.db import IntegrityError, transaction

from households import access
from households.models import Household, Note, Resident
from partners.models import Professional


class CorrectedAlready(ValueError):
    """Something else stands in the place of this note by now."""


@transaction.atomic
def write_note(
    *,
    household: Household,
    kind: str,
    occasion: str,
    happened_on: date,
    text: str,
    by: Professional,
    said_by: str = "",
    about: list[Resident] | None = None,
    corrects: Note | None = None,
) -> Note:
    """Keep a contact or an observation; `about` nobody means the whole household. With `corrects` it stands in the place
    of that note, which stays as it was. Raises CorrectedAlready."""
    note = Note(
        household=household,
        kind=kind,
        occasion=occasion,
        happened_on=happened_on,
        text=text,
        said_by=said_by,
        written_by=by,
    )
    if corrects:
        note.original_id, note.version = corrects.original_id or corrects.pk, corrects.version + 1
    try:
        with transaction.atomic():
            note.save(force_insert=True)
    except IntegrityError:
        if corrects is None:
            raise
        raise CorrectedAlready from None
    note.about.set(about or [])
    event = "correct note" if corrects else "write note"
    access.record(action=access.Action.UPDATE if corrects else access.Action.CREATE, event=event, about=note, by=by)
    return note
