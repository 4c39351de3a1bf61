"""Two who write about one household at the same moment wait for each other, and never both at once."""

from threading import Event

import pytest
from django.db import transaction
from django.utils import timezone

from households import actions
from households.models import Household
from tests.helpers import at_once

SECONDS = 0.5  # as long as the second one needs to reach the log


def tell(household, by):
    actions.tell_story(
        household=household, text="Wij gaan.", told_by="Roos", told_on=timezone.localdate(), by=by
    )  # fmt: skip


def change(household, by):
    actions.change_household(household=household, by=by, name="Morgendauw")


@pytest.mark.parametrize("second", [tell, change])
def test_who_tells_and_who_adds_somebody_close_do_not_wait_for_each_other_for_ever(second, team_of_their_own):
    """A key is looked at when everything was written, so when the log of the household is locked already."""
    anna = team_of_their_own.anna
    household = actions.make_household(name="Zonnedauw", team=team_of_their_own.team, coordinator=anna, by=anna)
    in_the_log, told = Event(), Event()

    def adds():
        with transaction.atomic():
            actions.add_contact(household=household, by=anna, name="Karin", relation="zus", quality="STRONG")
            in_the_log.set()
            told.wait(SECONDS)

    def tells():
        assert in_the_log.wait(10)
        second(Household.objects.get(pk=household.pk), anna)
        told.set()

    assert at_once(adds, tells) == [None, None]
    assert household.network.count() == 1
