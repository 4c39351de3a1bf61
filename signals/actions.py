"""Every write about a signal. Each verb is one transaction: the change, its message, its mail and its line in the log."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from config import mail
from config.crypto import new_token, token_hash
from config.numbers import next_number
from config.one_time_codes import Knock, knock, mail_code
from config.workdays import add_workdays
from households import access
from households import actions as household_actions
from households.models import Consent, Household, Resident
from partners.models import PartnerLink, Professional
from signals import workflow
from signals.models import Message, Signal
from signals.sentences import Sentence, consents, ground_of, offered, sentences
from signals.workflow import Status

NUMBERS = "signals_numbers"
REPORTER = "REPORTER"


class NoAnswerYet(ValueError):
    """The reporter does not know yet what became of the signal, or wrote after our last answer."""


class ReporterWrote(ValueError):
    """The reporter wrote something that the colleague has not seen yet."""


class WrongTeam(ValueError):
    """The household belongs to another team than the signal: nobody could read it any more."""


class TakenUpBy(ValueError):
    """A colleague was just first. `colleague` is who."""

    def __init__(self, colleague: Professional | None):
        super().__init__()
        self.colleague = colleague


# ---- from the reporter


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
    """Mail the reporter a code for reading. Earlier codes stop working."""
    mail_code(signal, to=signal.reporter_email)
    access.record(action=access.Action.CREATE, event="ask code", about=signal, by=None, role=REPORTER)


@transaction.atomic
def open_door(*, signal: Signal, typed: str) -> bool:
    """Does this one-time code, or pin, belong to the signal? Wrong ones are counted, so the caller must not roll back."""
    came = knock(signal, typed, pin_hash=signal.pin_hash)
    if came is Knock.WRONG:
        access.record(action=access.Action.DENIED, event="wrong code", about=signal, by=None, role=REPORTER)
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


# ---- from the team


@transaction.atomic
def take_up(*, signal: Signal, by: Professional) -> None:
    """This colleague looks into it. Raises TakenUpBy when another was just first, workflow.NotAllowed otherwise."""
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    if fresh.status == Status.TAKEN_UP:
        raise TakenUpBy(fresh.taken_up_by)
    step(signal, Status.TAKEN_UP, taken_up_by=by, taken_up_at=timezone.now(), declined_because="")
    access.record(action=access.Action.UPDATE, event="take up signal", about=signal, by=by)


@transaction.atomic
def link_to_household(*, signal: Signal, household: Household, by: Professional) -> None:
    """From now on the signal belongs to this household, and only its coordinator reads it. Raises WrongTeam."""
    if household.team_id != signal.team_id:
        raise WrongTeam
    step(signal, Status.LINKED, household=household)
    access.record(action=access.Action.UPDATE, event="link signal", about=signal, by=by)


@transaction.atomic
def decline(*, signal: Signal, reason: Signal.Decline, by: Professional, seen: int | None = None) -> Message:
    """We do not go on with it, and the reporter hears why. Who declines keeps it until it is closed."""
    check_seen(signal, seen)
    step(signal, Status.DECLINED, declined_because=reason, taken_up_by=signal.taken_up_by or by)
    sentence = sentences()["NIET_OPGEPAKT"]
    access.record(action=access.Action.UPDATE, event="decline signal", about=signal, by=by)
    return say(signal, sentence, by=by, reason=sentence.reasons[reason])


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
def close(*, signal: Signal, by: Professional, seen: int | None = None) -> None:
    """Put a signal away. Raises NoAnswerYet (the database refuses it too, whoever asks) and ReporterWrote."""
    Signal.objects.select_for_update().get(pk=signal.pk)  # now nothing can come in any more
    check_seen(signal, seen)
    if not may_be_closed(signal):
        raise NoAnswerYet
    step(signal, Status.CLOSED, closed_at=timezone.now())
    access.record(action=access.Action.UPDATE, event="close signal", about=signal, by=by)


def may_be_closed(signal: Signal) -> bool:
    """Does the reporter know what became of it, and did nothing come in after that?"""
    outcomes = signal.messages.filter(tells_outcome=True, author__isnull=False)
    if signal.taken_up_at:
        outcomes = outcomes.filter(sent_at__gte=signal.taken_up_at)  # what was told before starts anew
    told = outcomes.order_by("pk").last()
    heard = signal.messages.filter(direction=Message.Direction.THEIRS).order_by("pk").last()
    return told is not None and (heard is None or heard.pk < told.pk)


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


# ---- what the verbs share


def check_seen(signal: Signal, seen: int | None) -> None:
    """Nobody answers or closes over the head of a reporter who just wrote. None: there was nobody to see anything."""
    if seen is not None and signal.messages.filter(direction=Message.Direction.THEIRS, pk__gt=seen).exists():
        raise ReporterWrote


def step(signal: Signal, to: Status, **facts: object) -> None:
    """One step of the workflow, on a locked row."""
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    workflow.check(fresh.status, to)
    for field, value in facts.items():
        setattr(signal, field, value)
    signal.status = to
    signal.save(update_fields=["status", *facts])


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


def pin_of(signal: Signal) -> str:
    """The six digits with which somebody without an e-mail address reads; empty for who can be mailed a code.

    Made from the form that was sent, which only its sender knows: who presses twice and sees the second answer only,
    still gets the pin."""
    if signal.reporter_email:
        return ""
    return (
        f"{int(salted_hmac('signals.pin', str(signal.submission), algorithm='sha256').hexdigest(), 16) % 1_000_000:06}"
    )


def follow_address(signal: Signal) -> str:
    return settings.BASE_URL + reverse("signals:follow", args=[signal.code])


def mail_receipt(signal: Signal) -> None:
    if signal.reporter_email:
        mail.queue(
            to=signal.reporter_email,
            subject=_("We have received your message"),
            body=_(
                "Thank you. We have received your message. Your number is %(number)s.\n\n"
                "You read our answer with your personal code here:\n%(address)s\n\n"
                "Do not give this code to others. Questions? Call %(phone)s."
            )
            % {"number": signal.number, "address": follow_address(signal), "phone": signal.team.phone},
        )


def mail_message_waits(signal: Signal) -> None:
    if signal.reporter_email:
        mail.queue(
            to=signal.reporter_email,
            subject=_("A message is waiting for you"),
            body=_(
                "A new message is waiting for you. You read it with your personal code here:\n%(address)s\n\n"
                "Do not give the code to others. Questions? Call %(phone)s."
            )
            % {"address": follow_address(signal), "phone": signal.team.phone},
        )


def mail_safeguarding_leads(signal: Signal) -> None:
    """Somebody must know at once. What it is about stays behind the login."""
    for lead in Professional.objects.active().filter(
        memberships__team=signal.team, memberships__role="SAFEGUARDING_LEAD", email__isnull=False
    ):
        mail.queue(
            to=str(lead.email),
            subject=_("An urgent signal came in"),
            body=_("A reporter says that there is danger now. Look in the inbox of the team:\n%(address)s")
            % {"address": settings.BASE_URL + reverse("signals:inbox")},
        )
