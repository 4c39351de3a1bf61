"""Who looks at one household never waits for who looks at another, and lines at the same moment make one whole chain."""

from collections.abc import Callable
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connections, transaction

from households import access, chain
from households import actions as household_actions
from households.models import AccessLogEntry, Household
from signals import actions as signal_actions
from tests.helpers import at_once, sql
from tests.log.working import look


@pytest.fixture
def two_households(team_of_their_own):
    world = team_of_their_own
    return [
        household_actions.make_household(name=name, team=world.team, coordinator=world.anna, by=world.anna)
        for name in ("Vooraan", "Achteraan")
    ]


@contextmanager
def meanwhile(deed: Callable[[], Any]):
    """Somebody else did this on another connection, and is not ready yet."""
    done, ready = Event(), Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                deed()
                done.set()
                ready.wait(10)
        finally:
            done.set()
            connections.close_all()

    other = Thread(target=hold)
    other.start()
    assert done.wait(10)
    try:
        yield
    finally:
        ready.set()
        other.join()


def impatiently(deed: Callable[[], Any]) -> None:
    with transaction.atomic():
        sql("SET LOCAL lock_timeout = '300ms'")
        deed()


def test_who_logs_one_household_does_not_hold_up_another(two_households, team_of_their_own):
    first, second = two_households
    anna = team_of_their_own.anna
    with meanwhile(lambda: look(first, anna)):
        impatiently(lambda: look(second, anna))
        with pytest.raises(OperationalError, match="lock timeout"):
            impatiently(lambda: look(first, anna))  # this one waits, so the test above is about something
    assert chain.check().breaks == []


def test_one_reporter_does_not_wait_for_another(team_of_their_own):
    world = team_of_their_own

    def post() -> None:
        signal_actions.receive(
            link=world.link, submission=uuid4(), observation="Iets.", discussed="AGREED", danger_now=False,
            reporter_name="Kees", reporter_phone="000-000 03 02",
        )  # fmt: skip

    def in_log() -> None:
        made = AccessLogEntry(action="CREATE", event="receive signal", object_type="signal", actor_role="REPORTER")
        made.object_id = 10**9
        made.save(force_insert=True)

    with meanwhile(in_log):
        impatiently(post)
    newest = AccessLogEntry.objects.filter(event="receive signal").order_by("-pk")[:2]
    assert len({line.chain for line in newest}) == 2


def test_looks_at_the_same_moment_make_one_whole_chain(two_households, team_of_their_own):
    first, _second = two_households
    anna, omar = team_of_their_own.anna, team_of_their_own.omar
    before = AccessLogEntry.objects.filter(household=first).count()

    def many(by) -> Callable[[], None]:
        return lambda: [look(first, by) for _ in range(25)] and None

    assert at_once(*(many(by) for by in (anna, omar, anna, omar))) == [None] * 4
    ranks = AccessLogEntry.objects.filter(household=first).order_by("rank").values_list("rank", flat=True)
    assert list(ranks) == list(range(1, before + 101))
    assert chain.check().breaks == []


def test_searches_at_the_same_moment_never_wait_in_a_circle(two_households, team_of_their_own):
    """They find the same households, ordered by name; the other way round by key."""
    world = team_of_their_own
    for number in range(8):
        household_actions.make_household(
            name=f"Aaneen {9 - number}", team=world.team, coordinator=world.anna, by=world.anna
        )

    def search(by, word: str) -> Callable[[], int]:
        return lambda: sum(len(access.search_team(by, word)) for _ in range(15))

    def write() -> None:
        for household in Household.objects.order_by("-pk"):
            look(household, world.omar)

    found = at_once(search(world.anna, "Aaneen"), search(world.omar, "Aaneen"), search(world.anna, "Aaneen"), write)
    assert found == [120, 120, 120, None]
    assert chain.check().breaks == []


def test_the_check_goes_on_while_lines_come_in(two_households, team_of_their_own):
    first, _second = two_households

    def write() -> None:
        for _ in range(60):
            look(first, team_of_their_own.anna)

    def checks() -> int:
        return sum(chain.check().broken for _ in range(12))

    assert at_once(write, write, checks) == [None, None, 0]


def test_the_line_of_a_change_that_failed_leaves_no_gap(bakelaar, cast):
    def fails() -> None:
        with transaction.atomic():
            look(bakelaar, cast.jolanda)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    look(bakelaar, cast.jolanda)
    assert chain.check().breaks == []
