"""What the team tells a reporter, and the consent that it may."""

from datetime import date
from typing import Any

from django.db import transaction

from households import access
from households import actions as household_actions
from households.models import Consent, Resident
from partners.models import Professional
from signals import workflow
from signals.actions.mails import mail_message_waits
from signals.actions.twice import just_said
from signals.models import Message, Signal, Talk
from signals.sentences import Grounds, Sentence, ground_of, grounds_of, offered
from signals.workflow import Status


class ReporterWrote(ValueError):
    """The reporter wrote something that the colleague has not seen yet."""


class CorrectedAlready(ValueError):
    """This message was corrected before: correct that correction."""


@transaction.atomic
def give_feedback(
    *,
    signal: Signal,
    sentence: Sentence,
    by: Professional,
    answers: dict[str, str] | None = None,
    answer_by: date | None = None,
    corrects: Message | None = None,
    seen: int | None = None,
) -> Message:
    """Tell the reporter a standard sentence, on the ground that allows it at this moment. `answers` holds a text for
    each thing that the sentence asks; `answer_by` is the day before which a question waits for an answer. The same words
    twice are one message.

    Raises PermissionError when the sentence needs a ground that is not there, workflow.NotAllowed when nobody has taken
    the signal up, it is closed or it is a part of another one, ReporterWrote when there is a message after `seen`, the
    last one that was read, CorrectedAlready when `corrects` was corrected before."""
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    check_seen(signal, seen)
    if fresh.status in (Status.RECEIVED, Status.CLOSED) or fresh.part_of_id:
        raise workflow.NotAllowed(fresh.status)
    grounds = grounds_of(signal)
    if sentence not in offered(signal, grounds, correcting=corrects is not None):
        raise PermissionError(sentence.code)
    if corrects is not None and Message.objects.filter(corrects=corrects).exists():
        raise CorrectedAlready
    answers = answers or {}
    said = sentence.filled(signal, colleague=by.first_name, **answers)
    if corrects is None and (earlier := just_said(fresh, body=said, by=by)) is not None:
        return earlier
    level, ground = ground_of(sentence, signal, grounds, read_aloud_on=answers.get("read_aloud_on", ""))
    record_telling(signal, grounds, level, ground, by=by)
    facts = {"level": level, "ground": ground, "answer_by": answer_by, "corrects": corrects}
    message = say(signal, sentence, by=by, facts=facts, **answers)
    if "moments" in sentence.asks:
        Talk.objects.create(proposal=message, moments=answers["moments"], place=answers["place"])
    return message


def record_telling(signal: Signal, grounds: Grounds, level: str, ground: str, *, by: Professional) -> None:
    """The line in the log: what was told without consent is told as such, and concerns whom the override is about."""
    reference = ground.partition(";")[0][:120]  # what was typed about reading aloud stays out of the log
    if level == Message.Level.FS and grounds.override is not None:
        access.record(
            action=access.Action.OVERRIDE,
            event="tell for safety",
            about=signal,
            by=by,
            basis=reference,
            subjects=grounds.override.about,
        )
    else:
        access.record(action=access.Action.SHARE, event="give feedback", about=signal, by=by, basis=reference)


@transaction.atomic
def record_feedback_consent(
    *,
    signal: Signal,
    residents: list[Resident],
    by: Professional,
    given_on: date,
    form: Consent.Form = Consent.Form.ORAL,
    valid_until: date | None = None,
) -> None:
    """Write down that these residents are fine with this reporter hearing that there is contact."""
    assert signal.household is not None
    Signal.objects.select_for_update().get(pk=signal.pk)  # before the log is locked, as every other verb does
    consents = household_actions.record_consent(
        household=signal.household,
        residents=residents,
        kind=Consent.Kind.FEEDBACK_TO_REPORTER,
        recipient=signal.organisation,
        by=by,
        given_on=given_on,
        form=form,
        valid_until=valid_until,
    )
    signal.consents.add(*consents)


def say(
    signal: Signal, sentence: Sentence, *, by: Professional | None, facts: dict[str, Any] | None = None, **answers: str
) -> Message:
    """Write a message to the reporter and mail that it waits. Without `by` the system itself says it."""
    message = Message.objects.create(
        **{"level": sentence.level, "ground": "MESSAGE_ONLY"} | (facts or {}),
        signal=signal,
        direction=Message.Direction.OURS,
        body=sentence.filled(signal, colleague=by.first_name if by else "", **answers),
        sentence=sentence.code,
        sentence_version=sentence.version,
        tells_outcome=sentence.outcome and by is not None,
        author=by,
    )
    if by is not None:
        Signal.objects.filter(pk=signal.pk, first_answer_at=None).update(first_answer_at=message.sent_at)
    mail_message_waits(signal)
    return message


def check_seen(signal: Signal, seen: int | None) -> None:
    """Nobody answers or closes over the head of a reporter who just wrote. None: there was nobody to see anything."""
    if seen is not None and signal.messages.filter(direction=Message.Direction.THEIRS, pk__gt=seen).exists():
        raise ReporterWrote
