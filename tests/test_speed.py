"""A page asks a fixed, small number of queries, whatever there is to show. The numbers stand here on purpose."""

from datetime import timedelta
from uuid import uuid4

import pghistory
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config import together
from households import actions as household_actions
from households.models import Household
from partners.models import TeamMembership
from plans import actions as plan_actions
from signals import actions as signal_actions
from signals.models import Forward, Signal


def posted(world, *, danger_now: bool = False) -> Signal:
    signal_actions.receive(
        link=world.link,
        submission=(submission := uuid4()),
        observation="Er brandt nooit licht.",
        danger_now=danger_now,
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


@pytest.fixture(autouse=True)
def nobody_is_away_for_long(monkeypatch):
    """Once in ten seconds a page writes down that somebody is there: not just now."""
    monkeypatch.setattr("config.sessions.every", lambda: 3600)


@pytest.fixture
def anna(small_team) -> Client:
    client = Client()
    client.force_login(small_team.anna)
    return client


@pytest.mark.parametrize(("name", "expected"), [("signals:inbox", 4), ("desk:households", 4), ("desk:my_day", 3)])
def test_a_list_of_thirty_asks_as_much_as_a_list_of_one(name, expected, anna, small_team):
    household(small_team, actions=1)
    posted(small_team)
    one = queries(anna, reverse(name))
    for _ in range(29):
        household(small_team, actions=1)
        posted(small_team)
    assert (one, queries(anna, reverse(name))) == (expected, expected)


def clocks(world) -> None:
    """One of everything that a clock can put in the day of a coordinator who leads the team."""
    today = timezone.localdate()
    left, taken_up = posted(world), posted(world)
    signal_actions.take_up(signal=taken_up, by=world.anna)
    for _ in range(2):
        asked = signal_actions.forward(
            signal=taken_up, organisation=world.partner, email="loket@elders.example", message="Iets.",
            what=Forward.What.WITHOUT_NAMES, by=world.anna,
        )  # fmt: skip
        signal_actions.return_forward(forward=asked, because="Nee.")
    signal_actions.start_wmo(signal=taken_up, notified_on=today, by=world.anna)
    for coordinator in (world.anna, world.omar):
        made = household_actions.make_household(name="Klok", team=world.team, coordinator=coordinator, by=coordinator)
        told = posted(world)
        signal_actions.take_up(signal=told, by=coordinator)
        signal_actions.link_to_household(signal=told, household=made, by=coordinator)
        Signal.objects.filter(pk=told.pk).update(inform_due=today - timedelta(days=1))
    Signal.objects.filter(pk=left.pk).update(read_by=today - timedelta(days=1))


def test_a_day_full_of_clocks_asks_as_much_as_one_with_few(anna, small_team):
    TeamMembership.objects.create(team=small_team.team, professional=small_team.anna, role="LEAD")
    clocks(small_team)
    one = queries(anna, reverse("desk:my_day"))
    for _ in range(29):
        clocks(small_team)
    assert (one, queries(anna, reverse("desk:my_day"))) == (9, 9)
    day = anna.get(reverse("desk:my_day")).context["day"]
    assert len(day.can_not_wait) >= 60
    assert len(day.today) >= 90


def test_the_page_of_a_large_household_asks_as_much_as_that_of_a_small_one(anna, small_team):
    small, large = household(small_team, actions=1), household(small_team, actions=30)
    asked = [queries(anna, reverse("desk:household", args=[one.number])) for one in (small, large)]
    assert asked == [6, 6]


def test_putting_a_large_plan_in_order_asks_as_much_as_a_small_one(anna, small_team):
    small, large = household(small_team, actions=1), household(small_team, actions=30)
    assert [queries(anna, reverse("plans:order", args=[one.number])) for one in (small, large)] == [7, 7]


def test_what_is_read_together_is_what_each_finds_alone(small_team):
    made = household(small_team, actions=2)

    def three():
        return made.members.select_related("resident"), Household.objects.none(), made.plans.values_list("goals__title")

    with CaptureQueriesContext(connection) as asked:
        read = three()
        together.read(*read)
        assert [len(one) for one in read] == [2, 0, 2]
    assert len(asked) == 1
    assert [list(one) for one in read] == [list(one) for one in three()]
    assert read[0].filter(resident__first_name="Bewoner 1").count() == 1
    with pghistory.context(why="test"):  # which reads every answer on to the last
        changing = three()
        together.read(*changing)
        assert [list(one) for one in changing] == [list(one) for one in read]
