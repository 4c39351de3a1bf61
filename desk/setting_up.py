"""An empty Huisplan begins with one team and its functional manager, who brings in everybody else in the browser."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import connection, transaction
from django.urls import reverse

from households import access
from partners import actions
from partners.models import Organisation, Professional
from partners.permissions import Role

CODE_LASTS = timedelta(hours=24)
signer = TimestampSigner(salt="huisplan.set-up")


def is_empty() -> bool:
    """Nobody was ever written down here."""
    return not Professional.objects.exists()


def new_address() -> str:
    """Where the first manager comes in. Nothing is kept of it: the signature is the code, and the first use closes the
    page for every code that there is."""
    return settings.BASE_URL + reverse("desk:set_up", args=[signer.sign("first")])


def opens(code: str) -> bool:
    """Is this a code that we made less than a day ago, and is there still nobody?"""
    try:
        signer.unsign(code, max_age=CODE_LASTS)
    except BadSignature:
        return False
    return is_empty()


@transaction.atomic
def begin_as_first(**facts) -> bool:
    """The same as `begin_team`, for the first manager. False when somebody else was first, also at the same moment."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE partners_professional IN SHARE ROW EXCLUSIVE MODE")
    if not is_empty():
        return False
    begin_team(**facts)
    return True


@transaction.atomic
def begin_team(
    *,
    organisation: str,
    name: str,
    phone: str,
    days: str,
    hours: str,
    first_name: str,
    last_name: str,
    email: str,
    address: str = "",
    districts: Iterable[str] = (),
    password: str | None = None,
) -> None:
    """A team of the municipality, or of who runs the team for it, with its functional manager, who gets a mail."""
    home, _new = Organisation.objects.get_or_create(
        name=organisation, defaults={"kind": Organisation.Kind.MUNICIPALITY}
    )
    team = actions.make_team(
        organisation=home, districts=districts, name=name, phone=phone, days=days, hours=hours, address=address
    )
    manager = actions.add_colleague(
        first_name=first_name, last_name=last_name, email=email, function="functioneel beheerder", phone=phone, team=team,
        role=Role.MANAGER, by=None, password=password,
    )  # fmt: skip
    for event, about in (("add team", team), ("add person", manager)):
        access.record(action=access.Action.CREATE, event=event, about=about, by=None, role="TECHNICAL_MANAGER")
