"""One question to a professional of a partner: asked, answered, taken back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from config.crypto import new_token, token_hash
from config.one_time_codes import Knock, knock, mail_code
from households import access
from households.deciding import fitting_for
from households.models import Consent
from partners.models import Professional
from signals.actions.mails import mail_observation, mail_observation_reminder
from signals.models import Observation

PARTNER = "PARTNER"  # the role in the log of who did not show to be the one who was asked


class NoConsent(ValueError):
    """Nobody agreed to share this with this professional, or not any more."""


class AnsweredAlready(ValueError):
    """There is an answer, and there is one only."""


class NotAnswered(ValueError):
    """There is nothing to read yet."""


@transaction.atomic
def ask_observation(
    *,
    consent: Consent,
    item: str,
    asked: Professional,
    question: str,
    answer_by: date,
    by: Professional,
    in_mail: bool = False,
    token: str | None = None,
) -> Observation:
    """Mail this professional that a question waits. It shows that the household is known, so it needs a complete consent.
    Raises NoConsent."""
    if not fitting_for([consent], professional=asked, item=item):
        raise NoConsent
    token = token or new_token()
    observation = Observation.objects.create(
        household=consent.household,
        resident=consent.resident,
        item=item,
        asked=asked,
        question=question,
        in_mail=in_mail,
        answer_by=answer_by,
        asked_by=by,
        token=token,
        token_hash=token_hash(token),
    )
    observation.consents.add(consent)
    mail_observation(observation)
    basis = f"CONSENT {consent.pk}"
    access.record(action=access.Action.SHARE, event="ask observation", about=observation, by=by, basis=basis)
    return observation


@transaction.atomic
def send_observation_code(*, observation: Observation) -> None:
    """Mail a code for reading; a door that is locked sends none. Earlier codes stop working."""
    if mail_code(observation, to=str(observation.asked.email)):
        log(observation, access.Action.CREATE, "ask code")


@transaction.atomic
def open_observation(*, observation: Observation, typed: str) -> bool:
    """Does this code open the question? Wrong ones are counted, so the caller must not roll back."""
    came = knock(observation, typed)
    if came.refused:
        log(observation, access.Action.DENIED, came.refused)
    return came is Knock.OPEN


def read_observation(*, observation: Observation, event: str) -> None:
    """Who was asked reads it, after a mailed code: a line in the log."""
    log(observation, access.Action.VIEW, event, by=observation.asked)


@transaction.atomic
def answer_observation(
    *, observation: Observation, answer: Observation.Answer, remark: str = "", by: Professional | None
) -> None:
    """Keep the answer. `by` is who was asked, once a mailed code showed that; asking to be called needs no code. Raises
    AnsweredAlready, NoConsent."""
    fresh = locked(observation)
    if fresh.answered_at is not None:
        raise AnsweredAlready
    if fresh.stopped_at is not None or not fresh.grounds:
        raise NoConsent
    observation.answer, observation.remark, observation.answered_at = answer, remark, timezone.now()
    observation.save(update_fields=["answer", "remark", "answered_at"])
    log(observation, access.Action.UPDATE, "answer observation", by=by)


@transaction.atomic
def stop_observation(*, observation: Observation, by: Professional) -> None:
    """The coordinator takes the question back: from the next click on nobody reads it. What was answered stays."""
    observation.stopped_at = observation.stopped_at or timezone.now()
    observation.save(update_fields=["stopped_at"])
    access.record(action=access.Action.UPDATE, event="stop observation", about=observation, by=by)


@transaction.atomic
def keep_observation(*, observation: Observation, by: Professional) -> None:
    """The coordinator read the answer: it leaves her day. Raises NotAnswered."""
    if locked(observation).answered_at is None:
        raise NotAnswered
    observation.read_at = timezone.now()
    observation.save(update_fields=["read_at"])
    access.record(action=access.Action.UPDATE, event="keep observation", about=observation, by=by)


@transaction.atomic
def remind_observation(*, observation: Observation) -> bool:
    """One mail, once, and only while the consent stands. Says whether it went out."""
    fresh = locked(observation)
    if fresh.reminded_at is not None or fresh.answered_at is not None or not fresh.grounds:
        return False
    observation.reminded_at = timezone.now()
    observation.save(update_fields=["reminded_at"])
    mail_observation_reminder(observation)
    log(observation, access.Action.CREATE, "remind observation", role=access.SYSTEM)
    return True


def locked(observation: Observation) -> Observation:
    return Observation.objects.select_for_update(of=("self",)).select_related("asked").get(pk=observation.pk)


def log(
    observation: Observation,
    action: access.Action,
    event: str,
    *,
    by: Professional | None = None,
    role: str = PARTNER,
) -> None:
    """A line for what happens on the side of the partner, with the consent that the question stands on."""
    keys = ", ".join(str(consent.pk) for consent in observation.consents.all())
    access.record(
        action=action, event=event, about=observation, by=by, role="" if by else role, basis=f"CONSENT {keys}"
    )
