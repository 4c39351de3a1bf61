from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from households import actions
from households.models import Conversation
from tests.circle.working import aged


@pytest.fixture
def home(small_team) -> SimpleNamespace:
    """A household of Anna with Roos and Pip, where nothing was said yet."""
    anna = small_team.anna
    household = actions.make_household(name="Zonnedauw", team=small_team.team, coordinator=anna, by=anna)
    roos = actions.add_resident(
        household=household, by=anna, first_name="Roos", last_name="Zonnedauw", birth_date=aged(40)
    )
    pip = actions.add_resident(
        household=household, by=anna, first_name="Pip", last_name="Zonnedauw", birth_date=aged(13)
    )
    browser = Client()
    browser.force_login(anna)
    return SimpleNamespace(household=household, roos=roos, pip=pip, anna=anna, omar=small_team.omar, team=small_team.team,
                           browser=browser, address=f"/huishoudens/{household.number}/gesprek/")  # fmt: skip


@pytest.fixture
def talk(home) -> Conversation:
    """An open talk with the household."""
    return actions.begin_conversation(
        household=home.household, held_on=timezone.localdate(), present="Roos en Pip", by=home.anna
    )
