"""What a reporter does: post a signal, open the door to the own answers, write back."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from config.crypto import new_token, token_hash
from config.numbers import next_number
from config.one_time_codes import Knock, knock, mail_code
from config.workdays import add_workdays
from households import access
from partners.models import PartnerLink
from signals import workflow
from signals.actions.mails import mail_receipt, mail_safeguarding_leads
from signals.models import Message, Signal, Talk
from signals.sentences import sentences
from signals.workflow import Status

NUMBERS = "signals_numbers"
REPORTER = "REPORTER"


@transaction.atomic
def receive(*, link: PartnerLink, submission: UUID, code: str | None = None, **seen: Any) -> Signal:
    """Accept a signal: the signal, its receipt and the mail about it, or nothing at all.

    `seen` holds the fields of the form. The same form twice is one signal; the same `submission` with other words is a
    signal of its own, so that nothing that was typed is lost."""
    if earlier := Signal.objects.filter(submission=submission).first():
        return earlier if is_repeat(earlier, link, seen) else receive(link=link, submission=uuid4(), **seen)
    code = code or new_token()
    today = timezone.localdate()
    signal = Signal(
        number=next_number(NUMBERS, width=4),
        team=link.team,
        organisation=link.organisation,
        link=link,
        submission=submission,
        code=code,
        code_hash=token_hash(code),
        read_by=add_workdays(today, settings.READ_WITHIN_WORKING_DAYS),
        answer_by=add_workdays(today, settings.FEEDBACK_WITHIN_WORKING_DAYS),
        **seen,
    )
    pin = pin_of(signal)
    signal.pin_hash = make_password(pin) if pin else ""
    try:
        with transaction.atomic():
            signal.save(force_insert=True)
    except IntegrityError:
        if not Signal.objects.filter(submission=submission).exists():
            raise
        return receive(link=link, submission=submission, **seen)  # sent twice at the same moment: the first one counts
    PartnerLink.objects.filter(pk=link.pk).count_use()
    receipt = sentences()["ONTVANGEN"]
    Message.objects.create(
        signal=signal,
        direction=Message.Direction.OURS,
        body=receipt.filled(signal),
        level=receipt.level,
        ground="RECEIPT",
        sentence=receipt.code,
        sentence_version=receipt.version,
    )
    access.record(action=access.Action.CREATE, event="receive signal", about=signal, by=None, role=REPORTER)
    mail_receipt(signal)
    if signal.danger_now:
        mail_safeguarding_leads(signal)
    return signal


def is_repeat(earlier: Signal, link: PartnerLink, seen: dict[str, object]) -> bool:
    """Was exactly this sent before, through the same link?"""
    return earlier.link_id == link.pk and all(getattr(earlier, field) == value for field, value in seen.items())


@transaction.atomic
def send_code(*, signal: Signal) -> None:
    """Mail the reporter a code for reading; a door that is locked sends none. Earlier codes stop working."""
    if mail_code(signal, to=signal.reporter_email):
        access.record(action=access.Action.CREATE, event="ask code", about=signal, by=None, role=REPORTER)


@transaction.atomic
def open_door(*, signal: Signal, typed: str) -> bool:
    """Does this one-time code, or pin, belong to the signal? Wrong ones are counted, so the caller must not roll back."""
    came = knock(signal, typed, pin_hash=signal.pin_hash)
    if came.refused:
        access.record(action=access.Action.DENIED, event=came.refused, about=signal, by=None, role=REPORTER)
    return came is Knock.OPEN


@transaction.atomic
def hear_reporter(*, signal: Signal, body: str) -> Message:
    """Keep what the reporter wrote. Raises workflow.NotAllowed when the signal is closed: it takes no more."""
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    if fresh.status == Status.CLOSED:
        raise workflow.NotAllowed(fresh.status)
    message = Message.objects.create(signal=signal, direction=Message.Direction.THEIRS, body=body)
    access.record(action=access.Action.CREATE, event="reporter writes", about=signal, by=None, role=REPORTER)
    return message


@transaction.atomic
def answer_talk(*, signal: Signal, talk: Talk, answer: Talk.Answer, words: str) -> Message:
    """What the reporter says to the proposal to talk together, in the thread too. Raises workflow.NotAllowed when it was
    answered before, or the signal is closed."""
    fresh = Talk.objects.select_for_update().get(pk=talk.pk)
    if fresh.answer:
        raise workflow.NotAllowed(fresh.answer)
    talk.answer, talk.chosen, talk.answered_at = answer, words, timezone.now()
    talk.save(update_fields=["answer", "chosen", "answered_at"])
    said = str(talk.get_answer_display())
    return hear_reporter(signal=signal, body=f"{said}: {words}" if words else f"{said}.")


def pin_of(signal: Signal) -> str:
    """The six digits with which somebody without an e-mail address reads; empty for who can be mailed a code.

    Made from the form that was sent, which only its sender knows: who presses twice and sees the second answer only,
    still gets the pin."""
    if signal.reporter_email:
        return ""
    return (
        f"{int(salted_hmac('signals.pin', str(signal.submission), algorithm='sha256').hexdigest(), 16) % 1_000_000:06}"
    )
