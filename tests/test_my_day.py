"""My day: what a household as a whole asks of its coordinator, and how much there is in the team of a lead."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from households import actions
from households.models import Household
from partners.models import TeamMembership
from partners.permissions import Role
from plans import actions as plan_actions
from tests.helpers import Page


@pytest.fixture
def anna(small_team) -> Client:
    return browser_of(small_team.anna)


def browser_of(professional) -> Client:
    client = Client()
    client.force_login(professional)
    return client


@pytest.fixture
def home(small_team) -> Household:
    return actions.make_household(
        name="Telraam", team=small_team.team, coordinator=small_team.anna, by=small_team.anna,
        next_step="Bellen", next_step_on=timezone.localdate() + timedelta(days=40),
    )  # fmt: skip


def day(client: Client) -> str:
    return Page(client.get("/")).text


def test_a_household_without_a_next_step_asks_for_one(anna, home, small_team):
    assert "Plan de volgende stap van Telraam" not in day(anna)
    actions.change_household(household=home, by=small_team.anna, next_step="", next_step_on=None)
    assert "Plan de volgende stap van Telraam" in day(anna)


def test_a_plan_is_looked_back_on_in_time(anna, home, small_team):
    plan_actions.make_plan(household=home, by=small_team.anna, evaluate_on=timezone.localdate() + timedelta(days=15))
    assert "Terugkijken op het plan van Telraam" not in day(anna)
    with time_machine.travel(timezone.localtime() + timedelta(days=1)):
        assert "Terugkijken op het plan van Telraam" in day(browser_of(small_team.anna))


def test_a_household_where_nothing_happens_for_four_weeks_is_silent(home, small_team):
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=27)):
        assert "vier weken stil" not in day(browser_of(small_team.anna))
    with time_machine.travel(now + timedelta(days=28, hours=1)):
        anna = browser_of(small_team.anna)
        anna.get(f"/huishoudens/{home.number}/")  # a look is nothing
        assert "Telraam: vier weken stil" in day(anna)
        actions.write_note(
            household=home, by=small_team.anna, kind="FACT", occasion="PHONE", happened_on=timezone.localdate(),
            text="Gebeld.", about=[],
        )  # fmt: skip
        assert "vier weken stil" not in day(anna)


def test_a_lead_hears_which_household_is_silent_and_whom_to_ask_but_not_its_name(home, small_team):
    pia = lead_of(small_team)
    with time_machine.travel(timezone.localtime() + timedelta(days=29)):
        page = day(browser_of(pia))
    assert f"Huishouden {home.number}: vier weken stil" in page
    assert "Vraag het aan Anna Wolkers-Tan" in page
    assert "Telraam" not in page


def test_a_lead_sees_the_load_in_the_order_of_the_alphabet(anna, home, small_team):
    assert "Wat het team heeft" not in day(anna)
    load = browser_of(lead_of(small_team)).get("/").context["day"].load
    rows = [(str(one.colleague), one.households, one.silent, one.late) for one in load]
    assert rows == [("Omar Duinhof", 0, 0, 0), ("Pia Lantman", 0, 0, 0), ("Anna Wolkers-Tan", 1, 0, 0)]


def lead_of(team):
    pia = type(team.anna).objects.create(
        email="pia@elders.example", first_name="Pia", last_name="Lantman", organisation=team.anna.organisation
    )
    TeamMembership.objects.create(team=team.team, professional=pia, role=Role.LEAD)
    return pia
