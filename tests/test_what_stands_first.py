"""Pages of somebody with a lot to do: what can wait least stands there, and where the rest is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.day import SIGNALS
from desk.views.pages import ON_A_PAGE, SHOWN
from households import actions
from households.models import Household
from plans import actions as plan_actions
from signals import actions as signal_actions
from tests.helpers import Page
from tests.test_speed import posted


@pytest.fixture
def anna(small_team) -> Client:
    client = Client()
    client.force_login(small_team.anna)
    return client


def a_household(world, name: str = "Telraam") -> Household:
    return actions.make_household(name=name, team=world.team, coordinator=world.anna, by=world.anna)


def about(world, home: Household) -> str:
    signal = posted(world)
    signal_actions.take_up(signal=signal, by=world.anna)
    signal_actions.link_to_household(signal=signal, household=home, by=world.anna)
    return signal.number


def address(number: str) -> str:
    return reverse("signals:signal", args=[number])


def links(page: Page) -> set[str]:
    return {given.get("href", "") for tag, given in page.elements if tag == "a"}


def test_households_come_in_pages_in_the_order_of_their_names(anna, small_team):
    for number in range(ON_A_PAGE + 1):
        a_household(small_team, f"Telraam {number:03}")
    first = Page(anna.get(reverse("desk:households")))
    assert f"{ON_A_PAGE + 1} huishoudens" in first.text
    assert "Telraam 000" in first.text
    assert "Telraam 050" not in first.text
    second = Page(anna.get(reverse("desk:households") + "?blad=2"))
    assert "Telraam 050" in second.text
    assert "Telraam 049" not in second.text
    assert "Volgende bladzijde" in first.text
    assert "Volgende bladzijde" not in second.text


def test_more_than_a_hundred_households_are_not_counted(anna, small_team, monkeypatch):
    monkeypatch.setattr("config.listing.UpTo.__init__.__defaults__", (3,))
    monkeypatch.setattr("config.listing.MOST", 3)
    monkeypatch.setattr("config.prepared.KNOWN", {})
    for number in range(4):
        a_household(small_team, f"Telraam {number}")
    assert "2+ huishoudens" in Page(anna.get(reverse("desk:households"))).text


def test_a_household_shows_the_newest_open_signals_and_where_the_others_are(anna, small_team):
    home = a_household(small_team)
    numbers = [about(small_team, home) for _ in range(SHOWN)]
    shown = Page(anna.get(reverse("desk:household", args=[home.number])))
    assert set(map(address, numbers)) <= links(shown)
    assert "Alle signalen staan in de tijdlijn" not in shown.text
    about(small_team, home)
    shown = Page(anna.get(reverse("desk:household", args=[home.number])))
    assert "Alle signalen staan in de tijdlijn" in shown.text
    assert address(numbers[0]) not in links(shown)


def test_at_a_glance_five_goals_that_need_somebody_are_open(anna, small_team):
    home = a_household(small_team)
    plan = plan_actions.make_plan(household=home, by=small_team.anna)
    resident = actions.add_resident(household=home, by=small_team.anna, first_name="Roos")
    for number in range(6):
        goal = plan_actions.add_goal(plan=plan, by=small_team.anna, domain="HOUSING", title=f"Doel {number}", about=[])
        due = timezone.localdate() + timedelta(days=7)
        plan_actions.add_action(goal=goal, what=f"Ding {number}", owner=resident, due_on=due, by=small_team.anna)
    page = anna.get(reverse("desk:household", args=[home.number])).content.decode()
    assert "Ding 4" in page
    assert "Ding 5" not in page
    assert page.count("Vraagt iemand") == 1
    assert "Ding 5" in anna.get(reverse("plans:plan", args=[home.number])).content.decode()


def test_when_all_that_stands_there_is_danger_the_inbox_stands_with_it(anna, small_team):
    for _ in range(SIGNALS + 1):
        posted(small_team, danger_now=True)
    day = Page(anna.get("/")).text
    assert day.index("Dit kan niet wachten") < day.index("In de inbox wachten nog meer signalen") < day.index("Vandaag")


def test_a_day_with_many_signals_leads_to_the_inbox(anna, small_team):
    for _ in range(SIGNALS):
        posted(small_team)
    assert "In de inbox wachten nog meer signalen" not in Page(anna.get("/")).text
    posted(small_team)
    day = Page(anna.get("/"))
    assert "In de inbox wachten nog meer signalen" in day.text
    assert day.text.count("Nieuw signaal van") == 2 * SIGNALS  # the button says it too, to who does not see it
