"""A day in a team of which only what a test makes is counted."""

import pytest
import time_machine
from django.test import Client

from partners.models import Professional, TeamMembership
from partners.permissions import Role
from tests.figures.working import TODAY
from tests.helpers import sql


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def world(small_team):
    """The small team with nothing else: what the example did is not counted."""
    sql("TRUNCATE signals_signal, households_household, households_resident CASCADE")
    small_team.bart = Professional.objects.create(
        email="bart@elders.example", first_name="Bart", last_name="Beleid", organisation=small_team.team.organisation
    )
    TeamMembership.objects.create(team=small_team.team, professional=small_team.bart, role=Role.POLICY)
    small_team.browser = Client()
    small_team.browser.force_login(small_team.bart)
    return small_team
