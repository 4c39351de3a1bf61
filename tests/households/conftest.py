"""A small team where everything can be made, and the browsers of its two coordinators."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from households import actions
from households.models import Household, HouseholdMember
from partners.models import Professional


@pytest.fixture
def anna(small_team) -> Client:
    return browser_of(small_team.anna)


@pytest.fixture
def omar(small_team) -> Client:
    return browser_of(small_team.omar)


def browser_of(somebody: Professional) -> Client:
    browser = Client()
    browser.force_login(somebody)
    return browser


@pytest.fixture
def make(small_team):
    """A household of Anna, or of somebody else of the team."""

    def make(name: str = "Zonnedauw", *, by: Professional | None = None, **facts: object) -> Household:
        who = by or small_team.anna
        return actions.make_household(name=name, team=small_team.team, coordinator=who, by=who, **facts)

    return make


@pytest.fixture
def lives_in(small_team):
    """Somebody lives in this household."""

    def lives_in(
        household: Household, first_name: str, last_name: str = "Zonnedauw", **facts: object
    ) -> HouseholdMember:
        resident = actions.add_resident(
            household=household, by=household.coordinator, first_name=first_name, last_name=last_name, **facts
        )
        return household.members.get(resident=resident)

    return lives_in


@pytest.fixture
def home(make, lives_in, small_team) -> SimpleNamespace:
    """The household of Roos, at an address."""
    household = make(address="Kadestraat 12B")
    return SimpleNamespace(
        household=household, by=small_team.anna, roos=lives_in(household, "Roos"), today=timezone.localdate()
    )
