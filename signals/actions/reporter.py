"""What a reporter does: post a signal, open the door to the own answers, write back."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from config import together
from config.crypto import new_token, token_hash
from config.numbers import next_number_and_key
from config.one_time_codes import Knock, knock, mail_code
from config.workdays import add_workdays
from households import access
from partners.models import PartnerLink
from signals import workflow
from signals.actions.mails import mail_safeguarding_leads, receipt_mail
from signals.actions.twice import just_said
from signals.models import Message, Signal, Talk
from signals.sentences import sentences
from signals.workflow import Status

NUMBERS = "signals_numbers"
REPORTER = "REPORTER"


def sent_once(verb: Callable[..., Signal]) -> Callable[..., Signal]:
    """The same form twice is one signal, also at the same moment; the same `submission` with other words is a signal of
    its own, so that nothing that was typed is lost.

    Whether it came before is not asked but found out by the unique key: the first time, nearly always, costs nothing."""

    @wraps(verb)
    def receive(*, link: PartnerLink, submission: UUID, **seen: Any) -> Signal:
        try:
            return verb(link=link, submission=submission, **seen)
        except IntegrityError:
            if (earlier := Signal.objects.filter(submission=submission).first()) is None:
                raise
        return earlier if is_repeat(earlier, link, seen) else receive(link=link, submission=uuid4(), **seen)

    return receive


@sent_once
@transaction.atomic
def receive(*, link: PartnerLink, submission: UUID, code: str | None = None, **seen: Any) -> Signal:
    """Accept a signal: the signal, its receipt and the mail about it, or nothing at all. `seen` holds the fields of the
    form.

    All of it in one round trip to the database. The link is written last but one: whoever posts through it waits from
    there until the transaction ends."""
    code = code or new_token()
    today = timezone.localdate()
    number, key = next_number_and_key(NUMBERS, Signal, width=4)
    signal = Signal(
        pk=key,
        number=number,
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
    signal.pin_hash = hash_of_pin(signal, pin_of(signal))
    rows = [signal, receipt_of(signal), *receipt_mail(signal)]
    access.record(
        action=access.Action.CREATE,
        event="receive signal",
        about=signal,
        by=None,
        role=REPORTER,
        after=[*map(together.insert, rows), PartnerLink.objects.filter(pk=link.pk).use()],
    )
    if signal.danger_now:
        mail_safeguarding_leads(signal)
    return signal


def receipt_of(signal: Signal) -> Message:
    """The first thing that we say, by itself."""
    receipt = sentences()["ONTVANGEN"]
    return Message(
        signal=signal,
        direction=Message.Direction.OURS,
        body=receipt.filled(signal),
        level=receipt.level,
        ground="RECEIPT",
        sentence=receipt.code,
        sentence_version=receipt.version,
    )


def is_repeat(earlier: Signal, link: PartnerLink, seen: dict[str, object]) -> bool:
    """Was exactly this sent before, through the same link?"""
    said = {field: value for field, value in seen.items() if field != "code"}
    return earlier.link_id == link.pk and all(getattr(earlier, field) == value for field, value in said.items())


@transaction.atomic
def send_code(*, signal: Signal) -> None:
    """Mail the reporter a code for reading; a door that is locked sends none. Earlier codes stop working."""
    if mail_code(signal, to=signal.reporter_email):
        access.record(action=access.Action.CREATE, event="ask code", about=signal, by=None, role=REPORTER)


@transaction.atomic
def open_door(*, signal: Signal, typed: str) -> bool:
    """Does this one-time code, or pin, belong to the signal? Wrong ones are counted, so the caller must not roll back."""
    came = knock(signal, typed, pin_fits=partial(pin_fits, signal))
    if came.refused:
        access.record(action=access.Action.DENIED, event=came.refused, about=signal, by=None, role=REPORTER)
    return came is Knock.OPEN


@transaction.atomic
def hear_reporter(*, signal: Signal, body: str) -> Message:
    """Keep what the reporter wrote; the same words twice are one message. Raises workflow.NotAllowed when the signal is
    closed: it takes no more."""
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    if (earlier := just_said(fresh, body=body, by=None)) is not None:
        return earlier
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


def pin_fits(signal: Signal, pin: str) -> bool:
    return bool(signal.pin_hash) and constant_time_compare(hash_of_pin(signal, pin), signal.pin_hash)


def hash_of_pin(signal: Signal, pin: str) -> str:
    """What the database keeps of a pin. A slow hash does not protect a million possibilities, and costs each reporter
    without mail a part of a second; the personal code does: 130 random bits that stand in the database only sealed. At
    the door wrong ones are counted."""
    return token_hash(f"{signal.code} {pin}") if pin else ""


def pin_of(signal: Signal) -> str:
    """The six digits with which somebody without an e-mail address reads; empty for who can be mailed a code.

    Made from the form that was sent, which only its sender knows: who presses twice and sees the second answer only,
    still gets the pin."""
    if signal.reporter_email:
        return ""
    return (
        f"{int(salted_hmac('signals.pin', str(signal.submission), algorithm='sha256').hexdigest(), 16) % 1_000_000:06}"
    )
