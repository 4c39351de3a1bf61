"""A page asks a fixed, small number of queries, whatever there is to show. The numbers stand here on purpose."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from households import actions as household_actions
from plans import actions as plan_actions
from signals import actions as signal_actions
from signals.models import Signal


def posted(world) -> Signal:
    signal_actions.receive(
        link=world.link,
        submission=(submission := uuid4()),
        observation="Er brandt nooit licht.",
        danger_now=False,
        discussed=Signal.Discussed.AGREED,
        reporter_name="Iemand",
        reporter_email="iemand@elders.example",
    )
    return Signal.objects.get(submission=submission)


def household(world, *, actions: int):
    """A household with members, people close, signals and a plan with this many goals of three actions."""
    made = household_actions.make_household(
        name="Familie Telraam", team=world.team, coordinator=world.anna, by=world.anna, address="Rekenpad 1",
        next_step="Bellen", next_step_on=timezone.localdate(),
    )  # fmt: skip
    signal = posted(world)
    signal_actions.take_up(signal=signal, by=world.anna)
    signal_actions.link_to_household(signal=signal, household=made, by=world.anna)
    residents = [
        household_actions.add_resident(household=made, by=world.anna, first_name=f"Bewoner {number}")
        for number in range(actions)
    ]
    contact = household_actions.add_contact(household=made, by=world.anna, name="Tante Til", relation="tante")
    plan = plan_actions.make_plan(household=made, by=world.anna)
    for resident in residents:
        goal = plan_actions.add_goal(plan=plan, by=world.anna, domain="MONEY", title="Wij tellen samen.")
        for owner in (resident, contact, world.omar):
            plan_actions.add_action(
                goal=goal, what="Tellen", owner=owner, due_on=timezone.localdate() + timedelta(days=7), by=world.anna
            )
    return made


def queries(client: Client, address: str) -> int:
    client.get(address)  # what is asked once per process does not count
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.fixture
def anna(small_team) -> Client:
    client = Client()
    client.force_login(small_team.anna)
    return client


@pytest.mark.parametrize(("name", "expected"), [("signals:inbox", 11), ("desk:households", 9), ("desk:my_day", 16)])
def test_a_list_of_thirty_asks_as_much_as_a_list_of_one(name, expected, anna, small_team):
    household(small_team, actions=1)
    posted(small_team)
    one = queries(anna, reverse(name))
    for _ in range(29):
        household(small_team, actions=1)
        posted(small_team)
    assert (one, queries(anna, reverse(name))) == (expected, expected)


def test_the_page_of_a_large_household_asks_as_much_as_that_of_a_small_one(anna, small_team):
    small, large = household(small_team, actions=1), household(small_team, actions=30)
    asked = [queries(anna, reverse("desk:household", args=[one.number])) for one in (small, large)]
    assert asked == [19, 19]
