"""The door of a resident: given by the coordinator, opened with a code from the mail."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config import mail
from config.crypto import new_token, token_hash
from config.one_time_codes import Knock, knock, mail_code
from households import access
from households.models import HouseholdMember, OwnPage
from partners.models import Professional


class CanNotHaveOwnPage(ValueError):
    """A child under 12, or somebody without a mail address: they read the plan on paper."""


@transaction.atomic
def give_own_page(*, member: HouseholdMember, by: Professional, token: str | None = None) -> OwnPage:
    """Mail a resident the address of the own page. An earlier address stops working. The mail names nobody.

    Raises CanNotHaveOwnPage."""
    if not member.email or not member.resident.may_have_own_page:
        raise CanNotHaveOwnPage
    HouseholdMember.objects.select_for_update().get(pk=member.pk)
    member.own_pages.filter(ended_at=None).update(ended_at=timezone.now())
    token = token or new_token()
    page = member.own_pages.create(
        token=token,
        token_hash=token_hash(token),
        ends_on=timezone.localdate() + timedelta(days=settings.OWN_PAGE_DAYS),
        given_by=by,
    )
    mail.queue(
        to=member.email,
        subject=_("Your own page"),
        body=_(
            "You can read your plan here:\n%(address)s\n\n"
            "Each time you first get a code by mail. The address works until %(until)s. Questions? Call %(phone)s."
        )
        % {
            "address": settings.BASE_URL + reverse("desk:own_page", args=[token]),
            "until": f"{page.ends_on:%d-%m-%Y}",
            "phone": member.household.team.phone,
        },
    )
    log(page, access.Action.SHARE, "give own page", by=by)
    return page


@transaction.atomic
def end_own_page(*, member: HouseholdMember, by: Professional | None) -> None:
    """From the next click on nobody reads with this address. Without `by` it was done in another household."""
    for page in member.own_pages.filter(ended_at=None):
        page.ended_at = timezone.now()
        page.save(update_fields=["ended_at"])
        log(page, access.Action.UPDATE, "end own page", by=by, role="" if by else access.ELSEWHERE)


@transaction.atomic
def send_own_code(*, page: OwnPage) -> None:
    """Mail the resident a code; a door that is locked sends none. Earlier codes stop working."""
    if mail_code(page, to=page.member.email):
        log(page, access.Action.CREATE, "ask code")


@transaction.atomic
def open_own_page(*, page: OwnPage, typed: str) -> bool:
    """Does this code open the page? Wrong ones are counted, so the caller must not roll back."""
    came = knock(page, typed)
    if came.refused:
        log(page, access.Action.DENIED, came.refused)
    return came is Knock.OPEN


def log(
    page: OwnPage, action: access.Action, event: str, *, by: Professional | None = None, role: str = access.RESIDENT
) -> None:
    access.record(
        action=action,
        event=event,
        about=page,
        household=page.member.household,
        subjects=[page.member.resident_id],
        by=by,
        role="" if by else role,
    )
