"""Who coordinates, who stands in, and who looks in for a day when that can not wait."""

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config import mail
from households import access
from households.actions.household import CanNotCoordinate
from households.models import EmergencyAccess, Handover, Household
from households.models.household import OPEN_FOR
from partners.models import Professional
from partners.permissions import Permission

DEPUTY = ["deputy", "deputy_from", "deputy_until"]


class AlreadyAsked(ValueError):
    """Somebody else was asked and has not answered yet."""


class AlreadyADeputy(ValueError):
    """Somebody stands in already, or will. `deputy` is that colleague."""

    def __init__(self, deputy: Professional):
        super().__init__()
        self.deputy = deputy


@transaction.atomic
def break_glass(*, household: Household, reason: str, by: Professional) -> EmergencyAccess:
    """Open a household of a colleague for a day, to read. Its coordinator and the privacy officers are told.

    Raises PermissionError when this person may not do that for the team of the household."""
    if not by.may(household.opened_with, team=household.team):
        raise PermissionError
    now = timezone.now()
    opened = EmergencyAccess.objects.create(
        household=household, professional=by, reason=reason, opened_at=now, expires_at=now + OPEN_FOR
    )
    access.record(
        action=access.Action.OVERRIDE, event="break glass", about=opened, by=by, reason=f"EMERGENCY {opened.pk}"
    )
    officers = Professional.objects.overseeing(household.team)
    told = {household.coordinator, *officers} - {by}
    for professional in sorted(told, key=lambda one: one.pk):
        if professional.email:
            mail.queue(
                to=professional.email,
                subject=_("A household was opened with a reason"),
                body=_(
                    "A colleague opened a household that is not hers or his, with a reason. You read it here:\n%(address)s"
                )
                % {"address": settings.BASE_URL + reverse("desk:my_day")},
            )
    return opened


@transaction.atomic
def propose_handover(*, household: Household, to: Professional, note: str, by: Professional) -> Handover:
    """Ask a colleague to become the coordinator. Nothing changes before the colleague accepts.

    Raises CanNotCoordinate, and AlreadyAsked while an earlier question is open."""
    if to == household.coordinator or not to.may(Permission.COORDINATE, team=household.team):
        raise CanNotCoordinate
    try:
        with transaction.atomic():
            handover = Handover.objects.create(household=household, to=to, note=note, proposed_by=by)
    except IntegrityError as clash:
        raise AlreadyAsked from clash
    access.record(action=access.Action.SHARE, event="propose handover", about=handover, by=by)
    if to.email:
        mail.queue(
            to=to.email,
            subject=_("A colleague asks you to take over"),
            body=_("You are asked to become the coordinator of a household. You read it here:\n%(address)s")
            % {"address": settings.BASE_URL + reverse("desk:my_day")},
        )
    return handover


@transaction.atomic
def accept_handover(*, handover: Handover, by: Professional) -> None:
    """The household has a new coordinator from now on. Raises CanNotCoordinate when this person no longer can, or is not
    the one who was asked, or the question was answered already."""
    fresh = Handover.objects.asked_of(by).select_for_update().filter(pk=handover.pk).first()
    household = handover.household
    if fresh is None or not by.may(Permission.COORDINATE, team=household.team):
        raise CanNotCoordinate
    handover.accepted_at = timezone.now()
    handover.save(update_fields=["accepted_at"])
    household.coordinator, household.coordinator_since = by, timezone.localdate()
    household.deputy = household.deputy_from = household.deputy_until = None  # was named by who coordinated before
    household.save(update_fields=["coordinator", "coordinator_since", *DEPUTY])
    access.record(action=access.Action.UPDATE, event="accept handover", about=handover, by=by)
    tell_who_asked(handover)


@transaction.atomic
def decline_handover(*, handover: Handover, reason: str, by: Professional) -> None:
    """It stays as it was, and who asked reads why. Raises CanNotCoordinate when the question was answered already."""
    if not Handover.objects.asked_of(by).select_for_update().filter(pk=handover.pk).exists():
        raise CanNotCoordinate
    handover.declined_at, handover.declined_because = timezone.now(), reason
    handover.save(update_fields=["declined_at", "declined_because"])
    access.record(action=access.Action.UPDATE, event="decline handover", about=handover, by=by)
    tell_who_asked(handover)


def tell_who_asked(handover: Handover) -> None:
    if handover.proposed_by.email:
        mail.queue(
            to=handover.proposed_by.email,
            subject=_("A colleague answered whether to take over"),
            body=_("You asked a colleague to take over, and there is an answer. You read it here:\n%(address)s")
            % {"address": settings.BASE_URL + reverse("desk:my_day")},
        )


@transaction.atomic
def take_back_handover(*, handover: Handover, by: Professional) -> None:
    """The question is not asked any more; it stays as it was. Raises CanNotCoordinate when it was just answered."""
    if not Handover.objects.open().select_for_update().filter(pk=handover.pk).exists():
        raise CanNotCoordinate
    handover.taken_back_at = timezone.now()
    handover.save(update_fields=["taken_back_at"])
    access.record(action=access.Action.UPDATE, event="take back handover", about=handover, by=by)


@transaction.atomic
def name_deputy(
    *, household: Household, deputy: Professional, until: date, by: Professional, since: date | None = None
) -> None:
    """A colleague does what the coordinator does, up to and including a day. The coordinator stays who it is.

    Raises CanNotCoordinate, and AlreadyADeputy as long as another one stands in."""
    fresh = Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    if fresh.deputy is not None and (fresh.deputy_until or date.min) >= timezone.localdate():
        raise AlreadyADeputy(fresh.deputy)
    if deputy.pk == fresh.coordinator_id or not fresh.is_open or not deputy.may(Permission.COORDINATE, team=fresh.team):
        raise CanNotCoordinate
    household.deputy, household.deputy_from, household.deputy_until = deputy, since or timezone.localdate(), until
    household.save(update_fields=DEPUTY)
    access.record(action=access.Action.SHARE, event="name deputy", about=household, by=by)
    if deputy.email:
        mail.queue(
            to=deputy.email,
            subject=_("You stand in for a colleague"),
            body=_("You stand in for the coordinator of a household. You read it here:\n%(address)s")
            % {"address": settings.BASE_URL + reverse("desk:my_day")},
        )


@transaction.atomic
def end_deputy(*, household: Household, by: Professional) -> None:
    """At the very next request the deputy sees nothing of it any more. Without a deputy nothing happens."""
    fresh = Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    if fresh.deputy_id is None:
        return
    household.deputy = household.deputy_from = household.deputy_until = None
    household.save(update_fields=DEPUTY)
    access.record(action=access.Action.SHARE, event="end deputy", about=household, by=by)
