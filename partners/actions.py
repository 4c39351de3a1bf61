"""Every write about who works here."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from config.crypto import new_token, token_hash
from partners.models import Organisation, PartnerLink, Professional, Team

LINK_LASTS = timedelta(days=365)


@transaction.atomic
def make_link(
    *,
    organisation: Organisation,
    team: Team,
    by: Professional,
    expires_on: date | None = None,
    token: str | None = None,
) -> PartnerLink:
    """Give an organisation an address to post to a team, for a year unless said otherwise."""
    token = token or new_token()
    return PartnerLink.objects.create(
        organisation=organisation,
        team=team,
        token=token,
        token_hash=token_hash(token),
        expires_on=expires_on or timezone.localdate() + LINK_LASTS,
        made_by=by,
    )


@transaction.atomic
def revoke_link(*, link: PartnerLink) -> None:
    """Close an address. It never opens again."""
    PartnerLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def add_professional(
    *, first_name: str, last_name: str, organisation: str, function: str = "", phone: str = "", email: str = ""
) -> Professional:
    """Write down somebody of another organisation. Without a password: this is a name in the plan, not a login.

    Somebody of that organisation with the same name is that same person."""
    home = Organisation.objects.filter(name__iexact=organisation).first() or Organisation.objects.create(
        name=organisation
    )
    known = home.professionals.active().filter(first_name__iexact=first_name, last_name__iexact=last_name).first()
    if known:
        return known
    professional = Professional(
        first_name=first_name,
        last_name=last_name,
        organisation=home,
        function=function,
        phone=phone,
        email=email.lower() or None,  # as the login library looks for it
    )
    professional.set_unusable_password()
    professional.save()
    return professional
