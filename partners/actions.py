"""Every write about who works here. Who calls a verb writes it in the access log, which is a room above this one."""

from collections.abc import Iterable
from datetime import date, timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import DateField, Value
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config import mail
from config.crypto import new_token, token_hash
from partners.categories import preset
from partners.models import CalendarKey, District, Organisation, PartnerLink, Professional, Team, TeamMembership
from partners.permissions import Role

LINK_LASTS = timedelta(days=365)


class NotYourself(ValueError):
    """Nobody changes the own roles or closes the own account; another functional manager does that."""


@transaction.atomic
def make_link(
    *,
    organisation: Organisation,
    team: Team,
    by: Professional,
    expires_on: date | None = None,
    token: str | None = None,
) -> PartnerLink:
    """Give an organisation an address to post to a team, for a year unless said otherwise. What it offers to choose from
    follows from the kind of organisation."""
    token = token or new_token()
    return PartnerLink.objects.create(
        organisation=organisation,
        team=team,
        token=token,
        token_hash=token_hash(token),
        expires_on=expires_on or timezone.localdate() + LINK_LASTS,
        categories=preset(organisation.kind),
        made_by=by,
    )


@transaction.atomic
def add_organisation(*, name: str, kind: str) -> Organisation:
    """A partner that was not known yet. Two at the same moment are one."""
    return Organisation.objects.get_or_create(name=name, defaults={"kind": kind})[0]


@transaction.atomic
def renew_link(*, link: PartnerLink) -> bool:
    """The same address works for at least a year from today, so that a poster can stay. False when it was revoked."""
    a_year_on = Value(timezone.localdate() + LINK_LASTS, output_field=DateField())
    renewed = PartnerLink.objects.filter(pk=link.pk, revoked_at=None).update(
        expires_on=Greatest("expires_on", a_year_on)
    )
    return bool(renewed)


@transaction.atomic
def offer_categories(*, link: PartnerLink, categories: list[str]) -> None:
    """What a reporter can choose from behind this address."""
    PartnerLink.objects.filter(pk=link.pk).update(categories=categories)


@transaction.atomic
def revoke_link(*, link: PartnerLink) -> None:
    """Close an address. It never opens again."""
    PartnerLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def make_calendar_key(*, professional: Professional) -> CalendarKey:
    """An address for a calendar app. An older one stops working."""
    token = new_token()
    facts = {"token": token, "token_hash": token_hash(token), "made_at": timezone.now(), "read_on": None}
    return CalendarKey.objects.update_or_create(professional=professional, defaults=facts)[0]


@transaction.atomic
def end_calendar_key(*, professional: Professional) -> None:
    CalendarKey.objects.filter(professional=professional).delete()


@transaction.atomic
def read_calendar(*, key: CalendarKey) -> bool:
    """Write down that an app came for it today. Says whether this was the first time of the day."""
    today = timezone.localdate()
    return bool(CalendarKey.objects.filter(pk=key.pk).exclude(read_on=today).update(read_on=today))


@transaction.atomic
def add_professional(
    *, first_name: str, last_name: str, organisation: str, function: str = "", phone: str = "", email: str = ""
) -> Professional:
    """Write down somebody of another organisation. Without a password: this is a name in the plan, not a login.

    Somebody with that address is that person, and so is somebody of that organisation with the same name."""
    if email and (known := Professional.objects.filter(email__iexact=email).first()):
        return known
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


# ---- teams


@transaction.atomic
def make_team(*, organisation: Organisation, districts: Iterable[str] = (), **facts: str) -> Team:
    """A team with its `facts`: name, phone, days, hours, address."""
    team = Team.objects.create(organisation=organisation, **facts)
    team.districts.set(districts_named(districts))
    return team


@transaction.atomic
def change_team(*, team: Team, districts: Iterable[str], **facts: str) -> None:
    """A district that it leaves stays that of the households that live there."""
    Team.objects.filter(pk=team.pk).update(**facts)
    team.districts.set(districts_named(districts))


def districts_named(names: Iterable[str]) -> list[District]:
    """Each by its name, capitals or not; new ones are made."""
    known = {one.name.casefold(): one for one in District.objects.all()}
    return [known.get(name.casefold()) or District.objects.get_or_create(name=name)[0] for name in names]


# ---- colleagues: who works in a team


@transaction.atomic
def add_colleague(
    *,
    first_name: str,
    last_name: str,
    email: str,
    function: str,
    phone: str,
    team: Team,
    role: Role,
    by: Professional | None,
    password: str | None = None,
) -> Professional:
    """Somebody who comes to work in a team, with a mail that says how to come in. Who is known by this address already,
    such as a partner in a plan, keeps the own details. A `password` is only for the very first one."""
    colleague = Professional.objects.filter(email__iexact=email).first()
    if colleague is None:
        colleague = Professional(
            first_name=first_name,
            last_name=last_name,
            email=email.lower(),
            function=function,
            phone=phone,
            organisation=team.organisation,
        )
        colleague.set_password(password)
        colleague.save()
    give_role(professional=colleague, team=team, role=role, by=by)
    send_way_in(professional=colleague)
    return colleague


@transaction.atomic
def add_arrival(*, first_name: str, last_name: str, email: str, organisation: Organisation) -> Professional:
    """Somebody who came in through the login of the municipality, and whom nobody had written down yet."""
    facts = {"first_name": first_name, "last_name": last_name, "organisation": organisation}
    arrival, new = Professional.objects.get_or_create(email=email, defaults=facts)  # two logins at once are one person
    if new:
        arrival.set_unusable_password()
        arrival.save(update_fields=["password"])
    return arrival


@transaction.atomic
def send_way_in(*, professional: Professional) -> None:
    """Mail how to come in. Who has no password gets a link to choose the first one: asking for it by itself gives none."""
    address, days = settings.BASE_URL + reverse("account_login"), settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)
    body = _("You can work in Huisplan from now on. You log in here:\n%(address)s")
    if settings.LOCAL_LOGIN and not professional.has_usable_password():
        key = f"{user_pk_to_url_str(professional)}-{default_token_generator.make_token(professional)}"
        address = get_adapter().get_reset_password_from_key_url(key)
        body = ngettext(
            "You can work in Huisplan from now on. Choose a password here. The link works for %(days)s day:\n%(address)s",
            "You can work in Huisplan from now on. Choose a password here. The link works for %(days)s days:\n%(address)s",
            days,
        )
    mail.queue(
        to=professional.email or "",
        subject=_("You can come in to Huisplan"),
        body=body % {"address": address, "days": days},
    )


@transaction.atomic
def change_details(*, professional: Professional, first_name: str, last_name: str, function: str, phone: str) -> None:
    """What others see of somebody. The address stays: who comes in by it is this person and nobody else."""
    professional.first_name, professional.last_name = first_name, last_name
    professional.function, professional.phone = function, phone
    professional.save(update_fields=["first_name", "last_name", "function", "phone"])


@transaction.atomic
def give_role(*, professional: Professional, team: Team, role: Role, by: Professional | None) -> None:
    """Without `by` it is the technical manager. Raises NotYourself: who looks after people does not let himself in to
    households."""
    if professional == by:
        raise NotYourself
    TeamMembership.objects.get_or_create(professional=professional, team=team, role=role)


@transaction.atomic
def take_role(*, membership: TeamMembership, by: Professional) -> None:
    """Raises NotYourself. What only this role could see is closed from the next request on."""
    if membership.professional_id == by.pk:
        raise NotYourself
    membership.delete()


@transaction.atomic
def follow_groups(*, professional: Professional, roles: Iterable[tuple[Team, Role]]) -> tuple[int, int]:
    """Exactly these roles, as the groups of the municipality say. Returns how many were given and taken away."""
    wanted = {(team.pk, role.value) for team, role in roles}
    known = {(one.team_id, one.role): one.pk for one in professional.memberships.select_for_update()}
    new = [
        TeamMembership(professional=professional, team_id=team, role=role)
        for team, role in sorted(wanted - known.keys())
    ]
    TeamMembership.objects.bulk_create(new, ignore_conflicts=True)  # of two logins at once
    old = [known[one] for one in known.keys() - wanted]
    TeamMembership.objects.filter(pk__in=old).delete()
    return len(new), len(old)


@transaction.atomic
def close_account(*, professional: Professional, by: Professional) -> None:
    """This person is out from the next request on, by every door. Raises NotYourself."""
    if professional == by:
        raise NotYourself
    professional.is_active = False
    professional.save(update_fields=["is_active"])


@transaction.atomic
def open_account(*, professional: Professional) -> None:
    professional.is_active = True
    professional.save(update_fields=["is_active"])


@transaction.atomic
def reset_second_factor(*, professional: Professional, by: Professional) -> None:
    """For who lost a phone: the next time the second factor is set up anew. This person hears it by mail, so that nobody
    does it unseen. Raises NotYourself."""
    if professional == by:
        raise NotYourself
    Authenticator.objects.filter(user=professional).delete()
    if professional.email:
        mail.queue(
            to=professional.email,
            subject=_("Your second step was taken away"),
            body=_(
                "Your functional manager took away the second step of your login in Huisplan. The next time you set it up "
                "anew. Did you not ask for this? Call at once: %(phone)s."
            )
            % {"phone": settings.PHONE},
        )
