"""The search box: households of the own team, by what somebody remembers of them, also while typing."""

import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from households import access, actions
from households.alike import phone_key
from households.models import AccessLogEntry, finding
from partners.models import Team, TeamMembership
from partners.permissions import Role
from tests.helpers import Page, everything

TYPING = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def team(small_team):
    """Anna's two households and one of Omar's."""
    for name, coordinator, address, first, last, phone in (
        ("Boukhari", "anna", "Kadestraat 12-b", "Yasmina", "Boukhari", "06-00 00 12 34"),
        ("Van den Berg", "anna", "Rietgorslaan 3", "Wim", "van den Berg", ""),
        ("Bergkamp", "omar", "Kadestraat 21", "Mirjam", "Bergkamp", "+31 6 00001299"),
    ):
        by = getattr(small_team, coordinator)
        home = actions.make_household(name=name, team=by.teams.get(), coordinator=by, by=by, address=address)
        actions.add_resident(household=home, by=by, first_name=first, last_name=last, phone=phone)
        setattr(small_team, f"home_{name.split()[-1].lower()}", home)
    small_team.browser = Client()
    small_team.browser.force_login(small_team.anna)
    return small_team


def found(team, words: str, **how: str) -> list[str]:
    answer = team.browser.post("/zoeken/", {"q": words}, **how)
    assert answer.status_code == 200
    return [text for text in Page(answer).texts if text in ("Boukhari", "Van den Berg", "Bergkamp")]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("boukh", ["Boukhari"]),  # a beginning
        ("Boekhari", ["Boukhari"]),  # another spelling
        ("bouhkari", ["Boukhari"]),  # a typing error
        ("jasmina", ["Boukhari"]),
        ("v.d. Berg", ["Van den Berg", "Bergkamp"]),  # the own one first
        ("wim van den berg", ["Van den Berg"]),
        ("Kadestraat", ["Boukhari", "Bergkamp"]),
        ("kadestraat 12", ["Boukhari"]),
        ("kadestaat 12b", ["Boukhari"]),
        ("0600001234", ["Boukhari"]),
        ("+31 600001234", ["Boukhari"]),
        ("06-000012", ["Boukhari", "Bergkamp"]),
        ("06-00", []),  # half a city has that
        ("ka", []),
        ("zeppelin", []),
    ],
)
def test_a_household_is_found_by_what_one_remembers(words, names, team):
    assert found(team, words) == names
    assert found(team, words, **TYPING) == names


def test_a_household_is_found_by_its_number(team):
    assert found(team, team.home_boukhari.number) == ["Boukhari"]


def test_while_typing_only_a_part_of_the_page_comes(team):
    answer = team.browser.post("/zoeken/", {"q": "boukh"}, **TYPING).content.decode()
    assert "<html" not in answer
    assert "1 huishouden gevonden" in answer


def test_no_more_than_ten_come_while_typing(team):
    for number in range(12):
        actions.make_household(
            name=f"Tapuit {number}", team=team.team, coordinator=team.anna, by=team.anna, address=f"Tapuitweg {number}"
        )
    assert team.browser.post("/zoeken/", {"q": "tapuit"}, **TYPING).content.count(b"Tapuitweg") == 10
    assert team.browser.post("/zoeken/", {"q": "tapuit"}).content.count(b"Tapuitweg") == 12


def test_of_more_than_fit_the_own_ones_come_first_and_a_second_word_is_asked_for(team, monkeypatch):
    monkeypatch.setattr(finding, "ENOUGH", 12)
    elsewhere = Team.objects.create(name="Ander team", organisation=team.team.organisation)
    TeamMembership.objects.create(team=elsewhere, professional=team.omar, role=Role.COORDINATOR)
    who_has_it = [(elsewhere, team.omar)] * 15 + [(team.team, team.omar)] * 15 + [(team.team, team.anna)]
    for rank, (of, who) in enumerate(who_has_it):
        actions.make_household(name=f"Tapuit {rank}", team=of, coordinator=who, by=who, address="Rietweg 1")
    answer = Page(team.browser.post("/zoeken/", {"q": "tapuit"}, **TYPING)).text
    assert "De eerste 10 huishoudens. Met een tweede woord, zoals de straat, vind je het goede." in answer
    assert re.findall(r"Tapuit \d+", answer)[0] == "Tapuit 30"
    assert answer.count("Omar Duinhof") == 9
    assert not re.search(r"Tapuit (\d|1[0-4])\b", answer), "of the other team"


def test_of_a_household_of_a_colleague_only_whose_it_is_is_told(team):
    answer = team.browser.post("/zoeken/", {"q": "Bergkamp"}).content.decode()
    assert "Omar Duinhof" in answer
    assert "Kadestraat" not in answer
    assert "Mirjam" not in answer


def test_a_protected_address_is_not_found_in_any_spelling(team):
    actions.change_household(
        household=team.home_boukhari, by=team.anna, name="Boukhari", address="Kadestraat 12-b", address_protected=True
    )
    for words in ("kadestraat 12", "kadestaat", "Kadestr"):
        assert "Boukhari" not in found(team, words)


@pytest.mark.parametrize("words", ["boukhari", "bouhkari", "0600001234", "kadestraat 12", "nobody at all"])
def test_another_team_and_nobody_at_all_get_the_same_answer(words, team, as_):
    """And ask the database the same."""
    asked = as_("jolanda").post("/zoeken/", {"q": words}, **TYPING).content.decode()
    assert "Boukhari" not in asked
    assert "Niets gevonden" in asked


def test_a_search_asks_few_statements(team):
    """One for what is as typed, two more for what is spelled differently (the household itself, and then who lives there),
    and one for the lines."""
    for words, number in (("Berg", 4), ("Berg 3", 4), ("06-00001234", 2), ("", 0)):
        with CaptureQueriesContext(connection) as asked:
            access.search_team(team.anna, words)
        assert len(asked) == number


def test_the_words_are_kept_nowhere(team):
    found(team, "Boekhari", **TYPING)
    line = AccessLogEntry.objects.filter(event="search", household=None).latest("pk")
    assert (line.actor, line.hits) == (team.anna, 1)
    assert [table for table, rows in everything().items() if "Boekhari" in rows] == []


def test_who_searches_very_often_waits_a_minute(team):
    with time_machine.travel(timezone.now(), tick=False):  # in one minute, whatever the clock says
        for _ in range(60):
            team.browser.post("/zoeken/", {"q": "zz"}, **TYPING)
        assert "Wacht één minuut" in team.browser.post("/zoeken/", {"q": "boukhari"}, **TYPING).content.decode()


@pytest.mark.parametrize("typed", ["06-00 00 12 34", "+31 (0)6 0000 1234", "0031600001234", "+31600001234"])
def test_one_phone_number_can_be_written_in_many_ways(typed):
    assert phone_key(typed) == "0600001234"
