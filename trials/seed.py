"""python -m trials.seed [NUMBER]      the little that everything else is made from, through the application itself

Tells, as JSON, the link to post through, and who is logged in; with a number also so many colleagues, each with five
households."""

import json
import sys
import time
from typing import Any
from uuid import uuid4

import django

django.setup()

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from households import actions as households
from partners.actions import make_link
from partners.models import District, Organisation, Professional, Team, TeamMembership
from partners.permissions import Role
from signals import actions as signals
from signals.models import Signal


def main() -> None:
    municipality = Organisation.objects.create(name="Gemeente Telstad", kind=Organisation.Kind.MUNICIPALITY)
    partner = Organisation.objects.create(name="Kraamzorg Telstad", kind=Organisation.Kind.MATERNITY)
    team = Team.objects.create(
        name="Sociaal team Telstad",
        organisation=municipality,
        phone="000-000 09 00",
        days="maandag tot en met vrijdag",
        hours="9.00 tot 17.00 uur",
    )
    team.districts.add(*(District.objects.get_or_create(name=f"Wijk {number}")[0] for number in range(1, 11)))
    anna = Professional.objects.create(
        email="anna@telstad.example", first_name="Anna", last_name="Telman", organisation=municipality
    )
    TeamMembership.objects.create(team=team, professional=anna, role=Role.COORDINATOR)
    link = make_link(organisation=partner, team=team, by=anna)
    home = households.make_household(
        name="Familie Telraam",
        team=team,
        coordinator=anna,
        by=anna,
        address="Rekenpad 1",
        district=team.districts.first(),
    )
    households.add_resident(household=home, by=anna, first_name="Roos", last_name="Telraam")
    signals.receive(
        link=link,
        submission=uuid4(),
        observation="Er brandt nooit licht, en de gang staat vol dozen.",
        about_name="Familie Telraam",
        about_address="Rekenpad 1",
        danger_now=False,
        discussed=Signal.Discussed.AGREED,
        reporter_name="Ilse Waanders",
        reporter_email="ilse@kraamzorg.example",
    )
    told = {"link": reverse("signals:post", args=[link.token]), "session": logged_in(anna), "team": team.pk}
    if len(sys.argv) > 1:
        told["colleagues"] = [colleague(team, rank) for rank in range(int(sys.argv[1]))]
    print(json.dumps(told))


def colleague(team: Team, rank: int) -> dict[str, Any]:
    """Somebody who coordinates."""
    who = Professional.objects.create(
        email=f"collega-{rank}@telstad.example",
        first_name="Collega",
        last_name=f"{rank}",
        organisation=team.organisation,
    )
    TeamMembership.objects.create(team=team, professional=who, role=Role.COORDINATOR)
    homes = [
        households.make_household(name=f"Familie Tel-{rank}-{one}", team=team, coordinator=who, by=who, address="")
        for one in range(5)
    ]
    for home in homes:
        households.add_resident(household=home, by=who, first_name="Roos", last_name=f"Tel-{rank}")
    return {"session": logged_in(who), "households": [home.number for home in homes]}


def logged_in(who: Professional) -> dict[str, str]:
    """The cookies of somebody of the team, who showed a second factor."""
    Authenticator.objects.create(user=who, type=Authenticator.Type.TOTP, data={})
    client = Client()
    client.force_login(who)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()
    assert client.get("/").status_code == 200
    return {name: morsel.value for name, morsel in client.cookies.items()}


if __name__ == "__main__":
    main()
