"""What the team tells a reporter, and the consent that it may."""

from datetime import date

from django.db import transaction

from households import access
from households import actions as household_actions
from households.models import Consent, Resident
from partners.models import Professional
from signals import workflow
from signals.actions.mails import mail_message_waits
from signals.models import Message, Signal
from signals.sentences import Sentence, consents, ground_of, offered
from signals.workflow import Status


class ReporterWrote(ValueError):
    """The reporter wrote something that the colleague has not seen yet."""


@transaction.atomic
def give_feedback(
    *,
    signal: Signal,
    sentence: Sentence,
    by: Professional,
    answers: dict[str, str] | None = None,
    seen: int | None = None,
) -> Message:
    """Tell the reporter a standard sentence, on the ground that allows it at this moment. `answers` holds a text for
    each thing that the sentence asks.

    Raises PermissionError when the sentence needs a consent that is not there, workflow.NotAllowed when nobody has taken
    the signal up or it is closed, ReporterWrote when there is a message after `seen`, the last one that was read."""
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    check_seen(signal, seen)
    if fresh.status in (Status.RECEIVED, Status.CLOSED):
        raise workflow.NotAllowed(fresh.status)
    given = consents(signal)
    if sentence not in offered(signal, given):
        raise PermissionError(sentence.code)
    answers = answers or {}
    ground = ground_of(sentence, given, read_aloud_on=answers.get("read_aloud_on", ""))
    reference = ground.partition(";")[0][:120]  # what was typed about reading aloud stays out of the log
    access.record(action=access.Action.SHARE, event="give feedback", about=signal, by=by, basis=reference)
    return say(signal, sentence, by=by, ground=ground, **answers)


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
    signal: Signal, sentence: Sentence, *, by: Professional, ground: str = "MESSAGE_ONLY", **answers: str
) -> Message:
    """Write a message to the reporter and mail that it waits."""
    message = Message.objects.create(
        signal=signal,
        direction=Message.Direction.OURS,
        body=sentence.filled(signal, colleague=by.first_name, **answers),
        level=sentence.level,
        ground=ground,
        sentence=sentence.code,
        sentence_version=sentence.version,
        tells_outcome=sentence.outcome,
        author=by,
    )
    Signal.objects.filter(pk=signal.pk, first_answer_at=None).update(first_answer_at=message.sent_at)
    mail_message_waits(signal)
    return message


def check_seen(signal: Signal, seen: int | None) -> None:
    """Nobody answers or closes over the head of a reporter who just wrote. None: there was nobody to see anything."""
    if seen is not None and signal.messages.filter(direction=Message.Direction.THEIRS, pk__gt=seen).exists():
        raise ReporterWrote
