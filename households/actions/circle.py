"""Who helps in a household, and what is shown to whom."""

from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config import mail
from config.crypto import new_token, token_hash
from households import access
from households.deciding import fitting
from households.domains import LifeDomain
from households.models import Consent, Grant, Household, OverrideDisclosure, Participant, Sharing
from partners.models import Organisation, Professional

INVITATION_LASTS = timedelta(days=14)


class AlreadyInCircle(ValueError):
    """This person takes part already, or was invited."""


class NotYoursToTake(ValueError):
    """The invitation is for somebody else, was used, or is over."""


class NoConsent(ValueError):
    """Nobody who decides agreed to share this with this organisation, or not everybody was asked."""


class SecondLook(ValueError):
    """This is extra protected, or can have consequences for an income: it is shared only on purpose."""


@transaction.atomic
def invite(
    *,
    household: Household,
    professional: Professional,
    purpose: str,
    added_value: str,
    household_agrees_on: date,
    ends_on: date,
    by: Professional,
    volunteer: bool = False,
    starts_on: date | None = None,
    token: str | None = None,
) -> Participant:
    """Ask somebody into the circle, for a purpose and until a day. The mail names nobody. Raises AlreadyInCircle."""
    token = token or new_token()
    try:
        with transaction.atomic():
            participant = Participant.objects.create(
                household=household,
                professional=professional,
                volunteer=volunteer,
                purpose=purpose,
                added_value=added_value,
                household_agrees_on=household_agrees_on,
                starts_on=starts_on or timezone.localdate(),
                ends_on=ends_on,
                invited_by=by,
                token=token,
                token_hash=token_hash(token),
                invitation_until=timezone.now() + INVITATION_LASTS,
            )
    except IntegrityError as clash:
        raise AlreadyInCircle from clash
    access.record(action=access.Action.SHARE, event="invite", about=participant, by=by)
    mail_invitation(participant)
    return participant


@transaction.atomic
def invite_again(*, participant: Participant, by: Professional) -> None:
    """A fresh invitation; the earlier address stops working."""
    participant.token = new_token()
    participant.token_hash = token_hash(participant.token)
    participant.invitation_until = timezone.now() + INVITATION_LASTS
    participant.save(update_fields=["token", "token_hash", "invitation_until"])
    access.record(action=access.Action.SHARE, event="invite", about=participant, by=by)
    mail_invitation(participant)


def mail_invitation(participant: Participant) -> None:
    """An invitation says who to call, and nothing about whom it is."""
    if participant.professional.email:
        mail.queue(
            to=participant.professional.email,
            subject=_("You are invited to help"),
            body=_(
                "A social team asks you to help. You read for whom and with what here:\n%(address)s\n\n"
                "First you get a code by mail. The address works once, until %(until)s. Questions? Call %(phone)s."
            )
            % {
                "address": invitation_address(participant),
                "until": f"{timezone.localdate(participant.invitation_until):%d-%m-%Y}",
                "phone": participant.household.team.phone,
            },
        )


def invitation_address(participant: Participant) -> str:
    return settings.BASE_URL + reverse("desk:invitation", args=[participant.token])


@transaction.atomic
def accept_invitation(*, participant: Participant, by: Professional) -> None:
    """From now on the participant sees the own actions. Raises NotYoursToTake."""
    fresh = Participant.objects.asked_of(by).select_for_update(of=("self",)).filter(pk=participant.pk).first()
    if fresh is None:
        raise NotYoursToTake
    participant.accepted_at = timezone.now()
    participant.save(update_fields=["accepted_at"])
    access.record(action=access.Action.UPDATE, event="accept invitation", about=participant, by=by)


@transaction.atomic
def end_participation(*, participant: Participant, by: Professional) -> None:
    """Out of the circle: nothing is visible any more at the very next request."""
    participant.ended_at, participant.ended_by = timezone.now(), by
    participant.save(update_fields=["ended_at", "ended_by"])
    access.record(action=access.Action.SHARE, event="end participation", about=participant, by=by)


@transaction.atomic
def say_contribution(*, participant: Participant, contribution: str, by: Professional) -> None:
    """What this participant does here, in one line of his own."""
    participant.contribution = contribution
    participant.save(update_fields=["contribution"])
    access.record(action=access.Action.UPDATE, event="say contribution", about=participant, by=by)


@transaction.atomic
def share(
    *,
    participant: Participant,
    by: Professional,
    domain: str = "",
    sure: bool = False,
    override: OverrideDisclosure | None = None,
) -> Grant:
    """Show a participant a whole life domain, or without one the story.

    Raises NoConsent, and SecondLook when it needs a second look and nobody said `sure`."""
    kind = Grant.Kind.DOMAIN if domain else Grant.Kind.STORY
    if domain:
        look_twice(LifeDomain(domain), participant, sure=sure)
    consents = grounds(participant, domain or kind, override=override)
    grant, _made = Grant.objects.get_or_create(
        participant=participant, kind=kind, domain=domain, ended_at=None, defaults={"shared_by": by}
    )
    rest_on(grant, consents, override=override, by=by)
    return grant


def look_twice(domain: LifeDomain, participant: Participant, *, sure: bool) -> None:
    """Health and justice; and whoever decides about an income hears only about work, unless that is meant (doelbinding,
    Participatiewet 17 and 64)."""
    income = participant.professional.organisation.kind == Organisation.Kind.WORK and domain != LifeDomain.WORK_EDU
    if (domain.extra_protected or income) and not sure:
        raise SecondLook


def grounds(participant: Participant, item: str, *, override: OverrideDisclosure | None) -> list[Consent]:
    """What `item` may be shown on. Raises NoConsent when there is nothing."""
    if override is not None:
        fits = override.recipient_id == participant.professional.organisation_id and item in override.items
        if not (fits and override.household_id == participant.household_id and hasattr(override, "approval")):
            raise NoConsent
        return []
    consents = Consent.objects.valid().filter(household=participant.household_id).in_full()
    if found := fitting(consents, participant=participant, item=item):
        return found
    raise NoConsent


def rest_on(
    sharing: Sharing, consents: list[Consent], *, override: OverrideDisclosure | None, by: Professional
) -> None:
    """Let something shared rest on these, and write that down."""
    sharing.consents.set(consents)
    sharing.override = override
    sharing.save(update_fields=["override"])
    basis = f"OVERRIDE {override.pk}" if override else "CONSENT " + ", ".join(str(one.pk) for one in consents)
    household = sharing.participant.household  # type: ignore[attr-defined]  # every kind of sharing has one
    access.record(
        action=access.Action.SHARE, event="share", about=sharing, household=household, by=by, reason=basis[:120]
    )


@transaction.atomic
def stop_sharing(*, sharing: Sharing, household: Household, by: Professional) -> None:
    """Take back what was shown. It is gone at the very next request."""
    sharing.ended_at, sharing.ended_by = timezone.now(), by
    sharing.save(update_fields=["ended_at", "ended_by"])
    access.record(action=access.Action.SHARE, event="stop sharing", about=sharing, household=household, by=by)
