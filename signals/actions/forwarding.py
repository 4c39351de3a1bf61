"""Asking another organisation to take a signal over, and what that answers."""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from config.crypto import new_token, token_hash
from config.one_time_codes import Knock, knock, mail_code
from config.workdays import add_workdays
from households import access
from partners.models import Organisation, Professional
from signals import workflow
from signals.actions.feedback import say
from signals.actions.mails import mail_forward, mail_leads
from signals.actions.steps import step
from signals.forwarding import MESSAGE_ONLY, ground_to_name
from signals.models import Forward, Message, Signal
from signals.sentences import ground_of, grounds_of, sentences
from signals.workflow import Status

WANDERS_AFTER = 2  # times forwarded; then the team lead looks too


class NotAgreed(ValueError):
    """Nobody agreed that people are named to this organisation."""


class AlreadyForwarded(ValueError):
    """Another organisation was asked and has not answered yet."""


class NotAsked(ValueError):
    """It was answered or taken back already: nobody is asked any more."""


@transaction.atomic
def forward(
    *,
    signal: Signal,
    organisation: Organisation,
    email: str,
    what: Forward.What,
    message: str,
    by: Professional,
    name: str = "",
    with_reporter: bool = False,
    token: str | None = None,
) -> Forward:
    """Ask somebody of another organisation to take this over, by a mail that names nobody. Until the answer the signal
    stays where it is. Who forwards for the second time has the team lead look too.

    Raises NotAgreed, AlreadyForwarded, and workflow.NotAllowed when the signal is not ours to pass on."""
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    workflow.check(fresh.status, Status.FORWARDED, question=fresh.is_question)
    ground = ground_to_name(fresh, organisation) if what == Forward.What.WITH_NAMES else MESSAGE_ONLY
    if not ground:
        raise NotAgreed
    token, today = token or new_token(), timezone.localdate()
    try:
        with transaction.atomic():
            asked = Forward.objects.create(
                signal=fresh,
                organisation=organisation,
                name=name,
                email=email,
                what=what,
                message=message,
                with_reporter=with_reporter,
                ground=ground,
                token=token,
                token_hash=token_hash(token),
                forwarded_by=by,
                answer_by=add_workdays(today, settings.FORWARD_WITHIN_WORKING_DAYS),
                ends_on=today + timedelta(days=settings.FORWARD_DAYS),
            )
    except IntegrityError as clash:
        raise AlreadyForwarded from clash
    mail_forward(asked)
    if fresh.forwards.count() >= WANDERS_AFTER:
        mail_leads(fresh)
    access.record(action=access.Action.SHARE, event="forward signal", about=fresh, by=by, basis=ground)
    return asked


@transaction.atomic
def take_back_forward(*, forward: Forward, by: Professional) -> None:
    """Ask no longer: from the next click on nobody reads with that address. Raises NotAsked."""
    locked = still_open(forward)
    locked.taken_back_at = timezone.now()
    locked.save(update_fields=["taken_back_at"])
    access.record(action=access.Action.UPDATE, event="take back forward", about=locked.signal, by=by)


@transaction.atomic
def accept_forward(*, forward: Forward) -> None:
    """The other organisation takes it over, and the reporter hears that. Raises NotAsked."""
    asked = still_open(forward)
    asked.accepted_at = timezone.now()
    asked.save(update_fields=["accepted_at"])
    step(asked.signal, Status.FORWARDED)
    if asked.signal.part_of_id:
        tell_of_part(asked.signal)
    else:
        tell_accepted(asked)
    log(asked, access.Action.UPDATE, "accept forward")


def tell_accepted(asked: Forward) -> None:
    """When the reporter wrote and nobody answered that yet, this is no outcome: a colleague still has to read it."""
    signal, by = asked.signal, asked.forwarded_by
    grounds = grounds_of(signal)
    by_name = bool(grounds.consents) and asked.with_reporter  # the sentence says that they can call
    sentence = sentences()["DOORGEZET_NAAM" if by_name else "DOORGEZET"]
    level, ground = ground_of(sentence, signal, grounds)
    answers = {"organisation": asked.organisation.name} if by_name else {}
    say(
        signal,
        replace(sentence, outcome=not unheard(signal)),
        by=by,
        facts={"level": level, "ground": ground},
        **answers,
    )


def tell_of_part(part: Signal) -> None:
    """The reporter hears that a part went on, not which and not to whom: that would tell which families there are. It is
    no answer about the whole, which somebody still gives, so the system says it."""
    whole = Signal.objects.select_related("team").get(parts=part)
    if whole.may_be_followed:
        say(whole, sentences()["DOORGEZET_DEEL"], by=None)


@transaction.atomic
def return_forward(*, forward: Forward, because: str) -> None:
    """The other organisation does not take it over, and says why. Raises NotAsked."""
    asked = still_open(forward)
    asked.returned_at, asked.returned_because = timezone.now(), because
    asked.save(update_fields=["returned_at", "returned_because"])
    log(asked, access.Action.UPDATE, "return forward")


@transaction.atomic
def send_forward_code(*, forward: Forward) -> None:
    """Mail a code to who was asked; a door that is locked sends none. Earlier codes stop working."""
    if mail_code(forward, to=forward.email):
        log(forward, access.Action.CREATE, "ask code")


@transaction.atomic
def open_forward(*, forward: Forward, typed: str) -> bool:
    """Does this code open the door? Wrong ones are counted, so the caller must not roll back."""
    came = knock(forward, typed)
    if came.refused:
        log(forward, access.Action.DENIED, came.refused)
    return came is Knock.OPEN


def still_open(forward: Forward) -> Forward:
    """This question, with its signal locked, as long as nobody answered it or took it back. Raises NotAsked."""
    signal = Signal.objects.select_for_update().get(pk=forward.signal_id)
    asked = Forward.objects.open().filter(pk=forward.pk).select_related("organisation", "forwarded_by").first()
    if asked is None:
        raise NotAsked
    asked.signal = signal
    return asked


def unheard(signal: Signal) -> bool:
    """Did the reporter write after our last answer?"""
    last = signal.messages.exclude(direction=Message.Direction.OURS, author=None).order_by("pk").last()
    return last is not None and last.direction == Message.Direction.THEIRS


def log(forward: Forward, action: access.Action, event: str) -> None:
    access.record(
        action=action,
        event=event,
        about=forward.signal,
        by=None,
        role=access.RECEIVER,
        organisation=forward.organisation,
        basis=forward.ground,
    )
