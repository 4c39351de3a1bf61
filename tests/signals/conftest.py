"""A signal on its way: just received, taken up, linked to a household, and people who agree."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from desk.demo import people
from households import actions as household_actions
from households.models import Consent, Household, Resident
from signals import actions
from signals.models import Signal
from tests.helpers import link_of


@pytest.fixture
def receive(db):
    def signal(organisation: str = people.HOUSING, **seen: object) -> Signal:
        facts = {
            "observation": "De gang staat vol dozen.",
            "discussed": "AGREED",
            "danger_now": False,
            "about_name": "Familie Zonnedauw",
            "reporter_name": "Kees Mandemaker",
            "reporter_email": "kees@sleutelbrug.example",
        }
        return actions.receive(link=link_of(organisation), submission=uuid.uuid4(), **facts | seen)

    return signal


@pytest.fixture
def signal(receive) -> Signal:
    return receive()


@pytest.fixture
def taken_up(signal, cast) -> Signal:
    actions.take_up(signal=signal, by=cast.jolanda)
    return signal


@pytest.fixture
def household(cast) -> Household:
    """A new household of Jolanda, with nobody in it yet."""
    jolanda = cast.jolanda
    return household_actions.make_household(name="Zonnedauw", team=jolanda.teams.get(), coordinator=jolanda, by=jolanda)


@pytest.fixture
def linked(taken_up, household, cast) -> Signal:
    actions.link_to_household(signal=taken_up, household=household, by=cast.jolanda)
    return taken_up


@pytest.fixture
def lives_there(household, cast):
    """Add somebody of this age to the household: in whole years, or None when nobody knows."""

    def resident(name: str, age: int | None, *, birthday_is: int = -1) -> Resident:
        """`birthday_is`: how many days from today that age is reached."""
        born = None
        if age is not None:
            day = timezone.localdate() + timedelta(days=birthday_is)
            leap_day = (day.month, day.day) == (2, 29) and age % 4
            born = date(day.year - age, 3, 1) if leap_day else day.replace(year=day.year - age)
        return household_actions.add_resident(household=household, by=cast.jolanda, first_name=name, birth_date=born)

    return resident


@pytest.fixture
def agree(linked, cast):
    """These residents agree that the reporter hears that there is contact."""

    def consent(*residents: Resident, signal: Signal = linked, **facts: object) -> list[Consent]:
        facts = {"given_on": timezone.localdate()} | facts
        actions.record_feedback_consent(signal=signal, residents=list(residents), by=cast.jolanda, **facts)
        return list(signal.consents.order_by("pk"))

    return consent
