"""The functional manager decides who works here and with which role, and sees nothing of a household."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from desk.demo import people as cast_of
from households import access
from households.models import AccessLogEntry, Household
from partners import actions
from partners.models import Organisation, Professional, Team, TeamMembership
from partners.permissions import Role
from tests.helpers import Page, mails, sql
from tests.test_logging_in import log_in

PEOPLE = reverse("desk:people")
NEW = {
    "first_name": "Nienke",
    "last_name": "Aardema",
    "email": "Nienke@Wilgenrade.example",
    "function": "regisseur",
    "phone": "000-000 01 99",
    "role": "COORDINATOR",
}


@pytest.fixture
def marleen(as_) -> Client:
    return as_("marleen")


@pytest.fixture
def team(db) -> Team:
    return Team.objects.get(name=cast_of.TEAM["name"])


def at(name: str, person: Professional, *more: int) -> str:
    return reverse(f"desk:{name}", args=[person.pk, *more])


def add(marleen: Client, into: Team, **changes: str):
    return marleen.post(reverse("desk:add_person"), NEW | {"team": str(into.pk)} | changes)


def roles(person: Professional) -> list[str]:
    return sorted(person.memberships.values_list("role", flat=True))


# ---- the list


def test_the_manager_comes_in_on_this_page_and_finds_it_in_the_menu(marleen):
    assert marleen.get("/").headers["Location"] == PEOPLE
    menu = marleen.get(PEOPLE).content.decode()
    assert f'href="{PEOPLE}" aria-current="page"' in menu
    assert "Mijn dag" not in menu


def test_the_list_has_who_works_here_and_nobody_of_elsewhere(marleen, cast, small_team):
    words = Page(marleen.get(PEOPLE)).text
    for person in cast_of.STAFF:
        assert person.name in words
    for other in (cast.dennis, small_team.anna):
        assert str(other) not in words
        assert marleen.get(at("person", other)).status_code == 404
        assert marleen.post(at("close_account", other)).status_code == 404


def test_nothing_of_a_household_stands_on_these_pages(marleen, cast, bakelaar):
    for address in (PEOPLE, at("person", cast.jolanda), reverse("desk:add_person")):
        page = marleen.get(address).content.decode()
        for home in Household.objects.all():
            assert home.name not in page
            assert home.number not in page


def test_a_longer_list_asks_the_database_no_more(marleen, team, django_assert_num_queries):
    marleen.get(PEOPLE)  # the session begins
    with django_assert_num_queries(6):
        assert marleen.get(PEOPLE).status_code == 200
    for number in range(30):
        person = Professional.objects.create(first_name=f"N{number}", last_name="Nul", organisation=team.organisation)
        TeamMembership.objects.create(team=team, professional=person)
    with django_assert_num_queries(6):
        assert marleen.get(PEOPLE).status_code == 200


# ---- somebody new


def test_a_new_colleague_chooses_a_password_and_comes_in(marleen, team):
    assert add(marleen, team).status_code == 302
    nienke = Professional.objects.get(email="nienke@wilgenrade.example")
    assert (roles(nienke), nienke.organisation, nienke.has_usable_password()) == (
        ["COORDINATOR"],
        team.organisation,
        False,
    )
    (mail,) = mails(nienke.email)
    for secret in ("Nienke", "Aardema", "regisseur", "Lindehof", "Marleen"):
        assert secret not in mail
    address = re.search(r"https?://[^/]+(/wachtwoord/\S+)", mail)
    assert address
    visitor, words = Client(), {"password1": "een-heel-nieuw-woord", "password2": "een-heel-nieuw-woord"}
    page = visitor.get(address[1], follow=True)
    assert visitor.post(page.request["PATH_INFO"], words).status_code == 302
    assert log_in(visitor, nienke.email, "een-heel-nieuw-woord").status_code == 302
    assert "Nienke" in visitor.get("/").content.decode()
    assert Client().get(address[1], follow=True).status_code == 200, "the link is used up"
    assert "al gebruikt of te oud" in Client().get(address[1], follow=True).content.decode()


def test_who_was_invited_gets_no_password_by_asking_but_a_new_mail_from_the_manager(marleen, team):
    add(marleen, team)
    nienke = Professional.objects.get(email="nienke@wilgenrade.example")
    Client().post(reverse("account_reset_password"), {"email": nienke.email})
    assert len(mails(nienke.email)) == 1
    assert marleen.post(at("send_way_in", nienke)).status_code == 302
    assert len(mails(nienke.email)) == 2
    nienke.set_password("een-heel-nieuw-woord")
    nienke.save()
    log_in(Client(), nienke.email, "een-heel-nieuw-woord")
    assert marleen.post(at("send_way_in", nienke)).status_code == 404, "was here already"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"first_name": ""}, "Schrijf een voornaam op."),
        ({"last_name": ""}, "Schrijf een achternaam op."),
        ({"email": "nienke"}, "Dit e-mailadres is niet compleet."),
        ({"email": "JOLANDA@wilgenrade.example"}, "Jolanda Terpstra staat al in de lijst."),
        ({"email": cast_of.DENNIS.email}, "Dit adres hoort bij iemand met een andere naam."),
        ({"role": ""}, "Kies een rol."),
        ({"role": "KING"}, "Kies een rol."),
        ({"team": "999999"}, "Kies een team."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(marleen, team, changes, sentence):
    before = Professional.objects.count()
    answer = add(marleen, team, **changes)
    assert answer.status_code == 422
    page = Page(answer)
    assert sentence in page.text
    assert page.fields["phone"] == NEW["phone"]
    assert Professional.objects.count() == before
    assert not mails("nienke@wilgenrade.example")


def test_a_partner_who_comes_to_work_here_stays_the_same_person(marleen, team, cast):
    dennis = cast.dennis
    add(marleen, team, first_name="Dennis", last_name="achterkamp", email=dennis.email.upper())
    assert roles(dennis) == ["COORDINATOR"]
    dennis.refresh_from_db()
    assert (dennis.last_name, dennis.organisation.name) == ("Achterkamp", cast_of.DEBT_HELP)
    assert "/wachtwoord/" in mails(dennis.email)[-1]


def test_an_address_belongs_to_one_person_also_with_other_capitals(cast, team):
    with pytest.raises(DatabaseError):
        Professional.objects.create(
            first_name="J", last_name="T", email="JOLANDA@wilgenrade.example", organisation=team.organisation
        )


# ---- roles and accounts


def test_a_role_is_given_and_taken_away_at_once(marleen, as_, cast, team):
    bart = as_("bart")
    assert bart.get("/signalen/").status_code == 403
    assert marleen.post(at("give_role", cast.bart), {"team": team.pk, "role": "MEMBER"}).status_code == 302
    assert bart.get("/signalen/").status_code == 200
    held = cast.bart.memberships.get(role="MEMBER")
    assert marleen.post(at("take_role", cast.bart, held.pk)).status_code == 302
    assert bart.get("/signalen/").status_code == 403
    assert marleen.post(at("take_role", cast.bart, held.pk)).status_code == 404
    assert marleen.post(at("give_role", cast.bart), {"team": team.pk, "role": ""}).status_code == 422


def test_nobody_gives_a_role_in_a_team_of_others(marleen, cast, small_team):
    assert marleen.post(at("give_role", cast.bart), {"team": small_team.team.pk, "role": "LEAD"}).status_code == 422
    held = TeamMembership.objects.create(team=small_team.team, professional=cast.bart, role=Role.LEAD)
    assert marleen.post(at("take_role", cast.bart, held.pk)).status_code == 404
    assert small_team.team.name not in marleen.get(at("person", cast.bart)).content.decode()


def test_nobody_changes_the_own_roles_or_closes_the_own_account(marleen, cast, team):
    own = cast.marleen
    held = own.memberships.get()
    page = Page(marleen.get(at("person", own)))
    assert "Je eigen account sluit je niet zelf." in page.text
    for address, words in (
        (at("take_role", own, held.pk), {}),
        (at("give_role", own), {"team": team.pk, "role": "LEAD"}),
        (at("close_account", own), {}),
        (at("reset_second_factor", own), {}),
    ):
        assert address not in [attrs.get("action") for _tag, attrs in page.elements]
        assert marleen.post(address, words).status_code == 403
    own.refresh_from_db()
    assert (own.is_active, roles(own)) == (True, ["MANAGER"])
    for deed in (
        lambda: actions.close_account(professional=own, by=own),
        lambda: actions.take_role(membership=held, by=own),
        lambda: actions.give_role(professional=own, team=team, role=Role.LEAD, by=own),
        lambda: actions.reset_second_factor(professional=own, by=own),
    ):
        with pytest.raises(actions.NotYourself):
            deed()


def test_a_closed_account_is_out_at_the_next_request_and_can_come_back(marleen, as_, cast):
    amir = as_("amir")
    assert marleen.post(at("close_account", cast.amir)).status_code == 302
    assert amir.get("/").status_code == 302
    assert "account_inactive" not in log_in(Client(), cast.amir.email).headers.get("Location", "")
    assert log_in(Client(), cast.amir.email).headers["Location"] == reverse("account_inactive")
    assert "account gesloten" in Page(marleen.get(at("person", cast.amir))).text
    marleen.post(at("open_account", cast.amir))
    assert log_in(Client(), cast.amir.email).headers["Location"] == "/"


@pytest.mark.parametrize("away", ["close_account", "take_role"])
def test_the_page_says_how_many_households_wait_when_a_coordinator_is_gone(marleen, cast, away):
    jolanda = cast.jolanda
    hers = Household.objects.open().filter(coordinator=jolanda).count()
    assert hers
    assert f"Jolanda Terpstra is regisseur van {hers} huishouden" in Page(marleen.get(at("person", jolanda))).text
    more = [jolanda.memberships.get().pk] if away == "take_role" else []
    marleen.post(at(away, jolanda, *more))
    for address in (at("person", jolanda), PEOPLE):
        assert re.search(rf"\b{hers} huishoudens? wacht(en)? op een andere regisseur", Page(marleen.get(address)).text)
    home = Household.objects.open().filter(coordinator=jolanda).first()
    home.coordinator = cast.amir
    home.save()
    assert access.waiting_for_handover([jolanda]) == ({jolanda.pk: hers - 1} if hers > 1 else {})


def test_a_lost_phone_is_set_up_anew_and_its_owner_hears_it(marleen, cast):
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=cast.amir, type=kind, data={})
    assert "Tweede stap weghalen" in Page(marleen.get(at("person", cast.amir))).text
    marleen.post(at("reset_second_factor", cast.amir))
    assert not Authenticator.objects.filter(user=cast.amir).exists()
    assert "Je tweede stap is weggehaald" in mails(cast.amir.email)[-1]
    assert "Tweede stap weghalen" not in Page(marleen.get(at("person", cast.amir))).text


def test_details_are_changed_and_the_address_is_not(marleen, cast):
    new = {"first_name": "Jolanda", "last_name": "Terpstra-Vos", "function": "regisseur", "phone": "000-000 01 98"}
    assert marleen.post(at("person", cast.jolanda), new | {"email": "other@wilgenrade.example"}).status_code == 302
    assert (cast.jolanda.last_name, cast.jolanda.phone) == ("Terpstra-Vos", "000-000 01 98")
    assert marleen.post(at("person", cast.jolanda), new | {"last_name": ""}).status_code == 422


# ---- what is written down


def deeds(marleen: Client, cast, team: Team) -> dict[str, Callable]:
    held = cast.bart.memberships.get()
    details = {"first_name": "Bart", "last_name": "H", "function": "", "phone": ""}
    return {
        "add person": lambda: add(marleen, team),
        "change person": lambda: marleen.post(at("person", cast.bart), details),
        "give role": lambda: marleen.post(at("give_role", cast.bart), {"team": team.pk, "role": "CONNECTOR"}),
        "take role": lambda: marleen.post(at("take_role", cast.bart, held.pk)),
        "reset second factor": lambda: marleen.post(at("reset_second_factor", cast.bart)),
        "close account": lambda: marleen.post(at("close_account", cast.bart)),
        "open account": lambda: marleen.post(at("open_account", cast.bart)),
        "send way in": lambda: marleen.post(at("send_way_in", cast.fadoua)),
    }


def test_each_change_is_one_line_in_the_log(marleen, cast, team):
    for event, deed in deeds(marleen, cast, team).items():
        last = AccessLogEntry.objects.latest("pk").pk
        assert deed().status_code == 302, event
        (line,) = AccessLogEntry.objects.filter(pk__gt=last)
        assert (line.event, line.actor, line.actor_role, line.object_type, line.household) == (
            event,
            cast.marleen,
            "MANAGER",
            "professional",
            None,
        )
        assert str(line.told) != event, "it has words"


def test_without_its_line_nothing_changes(marleen, cast, team, monkeypatch):
    def broken(**_facts):
        raise DatabaseError("no log")

    def everybody() -> list:
        return [
            sql("SELECT * FROM partners_professional ORDER BY id"),
            sql("SELECT * FROM partners_teammembership ORDER BY id"),
            sql("SELECT * FROM post_office_email ORDER BY id"),
            sql("SELECT * FROM mfa_authenticator ORDER BY id"),
        ]

    Authenticator.objects.create(user=cast.bart, type=Authenticator.Type.TOTP, data={})
    before = everybody()
    monkeypatch.setattr(access, "record", broken)
    for event, deed in deeds(marleen, cast, team).items():
        with pytest.raises(DatabaseError, match="no log"):
            deed()
        assert everybody() == before, event


def test_history_keeps_who_had_which_role_and_no_password(marleen, cast, team):
    marleen.post(at("give_role", cast.bart), {"team": team.pk, "role": "MEMBER"})
    marleen.post(at("take_role", cast.bart, cast.bart.memberships.get(role="MEMBER").pk))
    kept = sql(
        "SELECT e.pgh_label, c.metadata->>'user' FROM partners_teammembershipevent e"
        " JOIN pghistory_context c ON c.id = e.pgh_context_id"
        " WHERE e.professional_id = %s AND e.role = 'MEMBER' ORDER BY e.pgh_id",
        cast.bart.pk,
    )
    assert kept == [("insert", str(cast.marleen.pk)), ("delete", str(cast.marleen.pk))]
    columns = sql("SELECT column_name FROM information_schema.columns WHERE table_name = 'partners_professionalevent'")
    assert {"is_active", "email", "organisation_id"} <= {name for (name,) in columns}
    assert not {"password", "last_login"} & {name for (name,) in columns}


# ---- where the groups of the municipality decide


def test_with_groups_the_roles_can_only_be_read(marleen, cast, team, settings):
    settings.OIDC_SERVER, settings.OIDC_NAME = "https://login.wilgenrade.example", "Gemeente Wilgenrade"
    settings.OIDC_GROUPS = {"sg-regisseurs": ["COORDINATOR", team.name]}
    for address in (PEOPLE, at("person", cast.bart)):
        page = Page(marleen.get(address))
        assert "De groepen van Gemeente Wilgenrade bepalen wie welke rol heeft." in page.text
        for _tag, attrs in page.elements:
            assert "/rollen/" not in attrs.get("action", "")
            assert "/nieuw/" not in attrs.get("href", "")
    held = cast.bart.memberships.get()
    for address, words in (
        (reverse("desk:add_person"), NEW),
        (at("give_role", cast.bart), {"team": team.pk, "role": "LEAD"}),
        (at("take_role", cast.bart, held.pk), {}),
    ):
        assert marleen.post(address, words).status_code == 404
    assert roles(cast.bart) == ["POLICY"]
    assert marleen.post(at("close_account", cast.bart)).status_code == 302


def test_where_nobody_has_a_password_the_mail_leads_to_the_login(marleen, team, settings):
    settings.OIDC_SERVER, settings.LOCAL_LOGIN = "https://login.wilgenrade.example", False
    add(marleen, team)
    (mail,) = mails("nienke@wilgenrade.example")
    assert f"{settings.BASE_URL}/inloggen/" in mail
    assert "/wachtwoord/" not in mail


def test_two_first_logins_at_once_are_one_person(cast, team):
    facts = {"first_name": "N", "last_name": "A", "email": "n@wilgenrade.example", "organisation": team.organisation}
    assert actions.add_arrival(**facts) == actions.add_arrival(**facts)
    wanted = [(team, Role.MEMBER), (team, Role.LEAD)]
    person = Professional.objects.get(email=facts["email"])
    assert actions.follow_groups(professional=person, roles=wanted) == (2, 0)
    assert actions.follow_groups(professional=person, roles=wanted[:1]) == (0, 1)
    assert roles(person) == ["MEMBER"]


def test_a_manager_of_one_team_looks_after_all_teams_of_the_organisation(marleen, cast, team):
    second = Team.objects.create(name="Sociaal team Oude Haven", organisation=team.organisation, phone="1")
    elsewhere = Organisation.objects.create(name="Elders")
    other = Team.objects.create(name="Team Elders", organisation=elsewhere, phone="2")
    assert set(Team.objects.managed_by(cast.marleen)) == {team, second}
    assert not Team.objects.managed_by(cast.pascal).exists()
    assert other not in Team.objects.managed_by(cast.marleen)


# ---- the first one


BEGIN = {
    "organisation": "Gemeente Nieuwerkerk", "team": "Sociaal team Nieuwerkerk", "phone": "000-000 08 00",
    "days": "maandag tot en met vrijdag", "hours": "9.00 tot 17.00 uur", "manager": "Fenna@nieuwerkerk.example",
    "first_name": "Fenna", "last_name": "Oldersma",
}  # fmt: skip


@pytest.mark.django_db
def test_a_new_team_begins_with_its_functional_manager_who_chooses_a_password():
    call_command("new_team", **BEGIN)
    fenna = Professional.objects.with_address("fenna@nieuwerkerk.example")
    assert fenna is not None
    assert [(one.team.name, one.role) for one in fenna.memberships.all()] == [(BEGIN["team"], "MANAGER")]
    (mail,) = mails("fenna@nieuwerkerk.example")
    way_in = re.search(r"https?://\S+", mail)
    assert way_in
    page = Client().get(urlsplit(way_in[0]).path, follow=True)
    assert "wachtwoord" in Page(page).text.lower()
    lines = AccessLogEntry.objects.filter(event__in=["add team", "add person"], actor=None)
    assert {line.actor_role for line in lines} == {"TECHNICAL_MANAGER"}
    client = Client()
    client.force_login(fenna)
    assert Page(client.get(PEOPLE)).text.count("Oldersma") == 1
    assert "Terpstra" not in Page(client.get(PEOPLE)).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"manager": "fenna"}, "no e-mail address"),
        ({"team": cast_of.TEAM["name"]}, "with this name already"),
        ({"manager": cast_of.JOLANDA.email}, "somebody with another name"),
    ],
)
def test_a_team_does_not_begin_with_what_is_wrong(wrong, says):
    with pytest.raises(CommandError, match=says):
        call_command("new_team", **BEGIN | wrong)
    assert not Team.objects.filter(name=BEGIN["team"]).exists()
