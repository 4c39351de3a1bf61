"""An empty Huisplan begins in the browser, once, for who has the code; from then on that page is not there."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk import setting_up
from desk.demo import people as cast_of
from households.models import AccessLogEntry
from partners.models import District, Organisation, Professional, Team
from tests.helpers import Page, at_once, mails, sql
from tests.test_logging_in import log_in

FENNA, PASSWORD = "fenna@nieuwerkerk.example", "een-heel-nieuw-woord"
BEGIN = {
    "organisation": "Gemeente Nieuwerkerk", "name": "Sociaal team Nieuwerkerk", "phone": "000-000 08 00",
    "address": "Raadhuisplein 1", "days": "maandag tot en met vrijdag", "hours": "9.00 tot 17.00 uur",
    "districts": "Dorp\r\nde Polder\n\n DORP \n", "first_name": "Fenna", "last_name": "Oldersma", "email": FENNA,
    "password": PASSWORD, "password_again": PASSWORD,
}  # fmt: skip


@pytest.fixture
def empty(db) -> None:
    make_empty()


def make_empty() -> None:
    """As right after `migrate`. The rules of the database hold again before anything else happens."""
    tables = ", ".join(
        connection.ops.quote_name(table)
        for (table,) in sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')")
    )  # fmt: skip
    with transaction.atomic():
        sql("SET LOCAL session_replication_role = replica")
        sql(f"TRUNCATE {tables}")
        sql("SET LOCAL session_replication_role = DEFAULT")


@pytest.fixture
def address(empty, capsys) -> str:
    call_command("set_up")
    return urlsplit(capsys.readouterr().out.strip()).path


def test_the_first_manager_makes_the_team_and_comes_in_with_a_second_factor(address, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    visitor = Client()
    page = Page(visitor.get(address))
    assert page.fields["organisation"] == settings.MUNICIPALITY
    answer = visitor.post(address, BEGIN)
    assert answer.headers["Location"] == reverse("account_login")
    team = Team.objects.get()
    assert (team.name, team.organisation.name, team.organisation.kind) == (
        BEGIN["name"],
        BEGIN["organisation"],
        "MUNICIPALITY",
    )
    assert sorted(one.name for one in team.districts.all()) == ["DORP", "de Polder"]
    fenna = Professional.objects.get()
    assert (fenna.email, [one.role for one in fenna.memberships.all()]) == (FENNA, ["MANAGER"])
    assert log_in(visitor, FENNA, PASSWORD).status_code == 302
    assert visitor.get(reverse("desk:people")).headers["Location"] == reverse("mfa_index")
    Authenticator.objects.create(user=fenna, type=Authenticator.Type.TOTP, data={})
    stranger = Client()
    assert log_in(stranger, FENNA, PASSWORD).headers["Location"] == reverse("mfa_authenticate")
    assert stranger.get(reverse("desk:people")).status_code == 302
    lines = AccessLogEntry.objects.filter(event__in=["add team", "add person"])
    assert [(line.actor, line.actor_role) for line in lines] == [(None, "TECHNICAL_MANAGER")] * 2
    (mail,) = mails(FENNA)
    assert PASSWORD not in mail
    assert "Nieuwerkerk" not in mail


def test_the_page_is_gone_as_soon_as_anybody_is_there(address):
    assert Client().post(address, BEGIN).status_code == 302
    other = setting_up.new_address().removeprefix(settings.BASE_URL)
    for method in (Client().get, Client().post):
        for late in (address, other):
            assert method(late, BEGIN | {"email": "ander@elders.example"}).status_code == 404
    assert Professional.objects.count() == Team.objects.count() == 1
    with pytest.raises(CommandError, match="people here already"):
        call_command("set_up")


def test_even_a_name_without_a_login_closes_the_page(address):
    Professional.objects.create(first_name="A", last_name="B", organisation=Organisation.objects.create(name="C"))
    assert Client().get(address).status_code == 404


def test_a_code_lasts_a_day_and_a_changed_one_never_works(address):
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert Client().get(address).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert Client().get(address).status_code == 404
        assert Client().post(address, BEGIN).status_code == 404
    changed = address[:-2] + ("A" if address[-2] != "A" else "B") + "/"
    assert Client().get(changed).status_code == 404
    assert Client().get(reverse("desk:set_up", args=["first"])).status_code == 404
    assert not Professional.objects.exists()


def test_with_people_there_is_no_page_for_any_code(db):
    assert Client().get(setting_up.new_address().removeprefix(settings.BASE_URL)).status_code == 404


def test_of_two_at_the_same_moment_one_is_the_first(transactional_db):
    make_empty()
    address = setting_up.new_address().removeprefix(settings.BASE_URL)
    forms = [
        BEGIN | {"email": f"{name}@nieuwerkerk.example", "name": f"Team {name}"} for name in ("een", "twee", "drie")
    ]
    answers = at_once(*(lambda form=form: Client().post(address, form).status_code for form in forms))
    assert sorted(answers) == [302, 404, 404]
    assert Professional.objects.count() == Team.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"organisation": ""}, "Schrijf de naam van de organisatie op."),
        ({"name": " "}, "Schrijf de naam van het team op."),
        ({"phone": ""}, "Schrijf het telefoonnummer van het team op."),
        ({"districts": "x" * 81}, "De naam van een wijk is hoogstens 80 tekens."),
        ({"first_name": ""}, "Schrijf een voornaam op."),
        ({"email": "fenna"}, "Dit e-mailadres is niet compleet."),
        ({"password": ""}, "Kies een wachtwoord."),
        ({"password": "kort", "password_again": "kort"}, "12"),
        ({"password": "fenna@nieuwerkerk.example", "password_again": "fenna@nieuwerkerk.example"}, "lijkt te veel op"),
        ({"password_again": "iets-heel-anders-dan"}, "Dit is niet hetzelfde wachtwoord."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost_but_the_password(address, changes, sentence):
    answer = Client().post(address, BEGIN | changes)
    page = Page(answer)
    assert (answer.status_code, Professional.objects.count(), Team.objects.count()) == (422, 0, 0)
    assert sentence in page.text
    shown = {name: text for name, text in (BEGIN | changes).items() if "password" not in name and name != "districts"}
    assert page.still_holds(shown)
    assert PASSWORD not in answer.content.decode()


def test_where_only_the_municipality_logs_in_nobody_chooses_a_password(address, settings):
    settings.LOCAL_LOGIN = False
    assert "password" not in Page(Client().get(address)).fields
    facts = {name: text for name, text in BEGIN.items() if "password" not in name}
    assert Client().post(address, facts).status_code == 302
    assert not Professional.objects.get().has_usable_password()


# ---- the teams after that


@pytest.fixture
def marleen(as_) -> Client:
    return as_("marleen")


TEAM = {name: BEGIN[name] for name in ("name", "phone", "address", "days", "hours", "districts")}


def test_a_manager_adds_a_team_of_the_same_organisation(marleen, cast):
    assert marleen.post(reverse("desk:add_team"), TEAM).status_code == 302
    team = Team.objects.get(name=TEAM["name"])
    assert team.organisation == cast.marleen.teams.first().organisation
    line = AccessLogEntry.objects.latest("pk")
    assert (line.event, line.action, line.object_type, line.object_id) == ("add team", "CREATE", "team", team.pk)
    assert TEAM["name"] in Page(marleen.get(reverse("desk:teams"))).text


def test_a_manager_changes_a_team_and_a_known_district_stays_the_same(marleen, cast):
    team = cast.marleen.teams.get()
    known = team.districts.first()
    address = reverse("desk:team", args=[team.pk])
    assert known.name in Page(marleen.get(address)).fields["districts"]
    before = District.objects.count()
    assert marleen.post(address, TEAM | {"districts": f"{known.name.upper()}\nVerre Kant"}).status_code == 302
    team.refresh_from_db()
    assert (team.name, team.phone, team.address) == (TEAM["name"], TEAM["phone"], TEAM["address"])
    assert {one.name for one in team.districts.all()} == {known.name, "Verre Kant"}
    assert District.objects.count() == before + 1
    assert AccessLogEntry.objects.latest("pk").event == "change team"


def test_two_teams_never_have_one_name_and_others_teams_do_not_exist(marleen, small_team):
    assert marleen.get(reverse("desk:team", args=[small_team.team.pk])).status_code == 404
    answer = marleen.post(reverse("desk:add_team"), TEAM | {"name": cast_of.TEAM["name"].upper()})
    assert answer.status_code == 422
    assert "Er is al een team met deze naam." in Page(answer).text
    assert small_team.team.name not in Page(marleen.get(reverse("desk:teams"))).text


def test_more_teams_ask_the_database_no_more(marleen, cast, django_assert_num_queries):
    marleen.get(reverse("desk:teams"))
    with django_assert_num_queries(4):
        marleen.get(reverse("desk:teams"))
    for number in range(20):
        team = Team.objects.create(name=f"Team {number}", organisation=cast.marleen.organisation, phone="1")
        team.districts.add(District.objects.create(name=f"Wijk {number}"))
    with django_assert_num_queries(4):
        marleen.get(reverse("desk:teams"))
