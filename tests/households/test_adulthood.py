"""The way to eighteen: three moments, five parts, and nobody becomes 18 without it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from desk.day import day_of
from households import actions
from households.adulthood import Part
from households.models import AdulthoodPart, Household
from tests.helpers import Page, put_household
from tests.test_speed import queries

BORN = date(2010, 2, 14)
MOMENTS = (date(2026, 8, 14), date(2027, 2, 14), date(2027, 8, 14))
EIGHTEEN = date(2028, 2, 14)
DAY = timedelta(days=1)
LIST = {f"{part}-state": "OPEN" for part in Part}
READY = {f"{part}-state": "ARRANGED" for part in Part}


@pytest.fixture
def noor(home, lives_in):
    return lives_in(home.household, "Noor", birth_date=BORN)


@pytest.fixture
def the_list(home, noor):
    return reverse("households:adulthood", args=[home.household.number, noor.resident_id])


def tasks(somebody, on: date) -> list[tuple[str, str]]:
    """What stands in the day of this coordinator about growing up, and how pressing it is."""
    with travel(f"{on}T10:00+01:00", tick=False):
        day = day_of(somebody)
    return [(task.title, task.kind) for task in day.can_not_wait + day.today + day.soon if "18" in task.title]


@pytest.fixture
def walk_through(the_list, small_team):
    """Anna fills in the list on this day."""

    def walk_through(on: date, **facts: str) -> None:
        with travel(f"{on}T10:00+01:00", tick=False):
            browser = Client()
            browser.force_login(small_team.anna)
            answer = browser.post(the_list, LIST | facts)
        assert answer.headers["Location"].endswith("#bewoners")

    return walk_through


# ---- when


@pytest.mark.parametrize(
    ("born", "moments"),
    [
        (BORN, list(MOMENTS)),
        (date(2008, 2, 29), [date(2024, 8, 29), date(2025, 2, 28), date(2025, 8, 29)]),
        (date(2009, 8, 31), [date(2026, 2, 28), date(2026, 8, 31), date(2027, 2, 28)]),
        (date(2009, 12, 31), [date(2026, 6, 30), date(2026, 12, 31), date(2027, 6, 30)]),
    ],
)
def test_the_three_moments(born, moments, noor):
    noor.resident.birth_date = born
    assert noor.resident.moments == moments


@pytest.mark.parametrize(
    ("on", "title", "kind"),
    [
        (MOMENTS[0] - DAY, None, None),
        (MOMENTS[0], "Noor wordt 18: loop de lijst door", "warning"),
        (MOMENTS[2] + 30 * DAY, "Noor wordt 18: loop de lijst door", "warning"),
        (EIGHTEEN - DAY, "Noor wordt 18: loop de lijst door", "warning"),
        (EIGHTEEN, "Noor is 18: wat is er geregeld?", "danger"),
        (date(2029, 2, 13), "Noor is 18: wat is er geregeld?", "danger"),
        (date(2029, 2, 14), None, None),
    ],
)
def test_the_task_stands_in_the_day_of_the_coordinator_alone(on, title, kind, noor, small_team):
    assert tasks(small_team.anna, on) == ([(title, kind)] if title else [])
    assert tasks(small_team.omar, on) == []


def test_without_a_birth_date_or_in_a_closed_household_there_is_no_task(home, noor, small_team):
    noor.resident.birth_date = None
    noor.resident.save()
    assert tasks(small_team.anna, MOMENTS[0]) == []
    noor.resident.birth_date = BORN
    noor.resident.save()
    assert tasks(small_team.anna, MOMENTS[0])
    put_household(home.household, Household.Status.CLOSED)
    assert tasks(small_team.anna, MOMENTS[0]) == []


def test_who_walked_through_it_is_asked_again_at_the_next_moment(walk_through, small_team):
    walk_through(MOMENTS[0] + 3 * DAY)
    assert [bool(tasks(small_team.anna, day)) for day in (MOMENTS[0] + 3 * DAY, MOMENTS[1] - DAY, MOMENTS[1])] == [
        False, False, True,
    ]  # fmt: skip


def test_nobody_becomes_18_with_something_open(walk_through, small_team):
    """From 17.5 on, only what is arranged or not needed takes the task away."""
    almost = READY | {f"{Part.CARE}-state": "OPEN"}
    walk_through(MOMENTS[2], **almost)
    assert tasks(small_team.anna, MOMENTS[2])
    assert tasks(small_team.anna, EIGHTEEN)
    walk_through(MOMENTS[2] + DAY, **almost | {f"{Part.CARE}-state": "NOT_NEEDED"})
    assert tasks(small_team.anna, MOMENTS[2] + DAY) == tasks(small_team.anna, EIGHTEEN) == []


def test_what_was_arranged_early_is_never_asked_again(walk_through, small_team):
    walk_through(MOMENTS[0], **READY)
    assert [tasks(small_team.anna, day) for day in (*MOMENTS, EIGHTEEN)] == [[]] * 4


# ---- the list


@pytest.fixture
def now(noor):
    """Noor is seventeen today."""
    today = timezone.localdate()
    noor.resident.birth_date = date(today.year - 17, today.month, min(today.day, 28))
    noor.resident.save()


WRITTEN = {
    "HOME-state": "OPEN", "HOME-who": "Noor en haar tante", "HOME-by_when": f"{timezone.localdate() + 60 * DAY}",
    "HOME-note": "Zij wil op “kamers”.", "CARE-state": "NOT_NEEDED", "WORK-state": "ARRANGED", "INCOME-state": "OPEN", "NETWORK-state": "OPEN",
}  # fmt: skip


def test_what_was_written_stands_in_the_list_and_how_far_it_is_on_the_card(home, now, the_list, anna):
    assert anna.post(the_list, WRITTEN).status_code == 302
    assert Page(anna.get(the_list)).still_holds(WRITTEN)
    card = Page(anna.get(reverse("desk:household", args=[home.household.number]))).text
    assert "Op weg naar 18: 2 van de 5 geregeld." in card
    assert anna.post(the_list, WRITTEN | {"HOME-state": "ARRANGED"}).status_code == 302
    assert AdulthoodPart.objects.count() == 5


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"HOME-by_when": "0001-01-01"}, "Kies een dag tussen 2000 en 2100."),
        ({"HOME-by_when": "straks"}, "Schrijf de datum als dag, maand en jaar"),
        ({"CARE-state": ""}, "Kies hoe het staat."),
        ({"CARE-state": "BIJNA"}, "Selecteer een geldige keuze"),
    ],
)
def test_a_mistake_loses_nothing(wrong, said, now, the_list, anna):
    refused = anna.post(the_list, WRITTEN | wrong)
    page = Page(refused)
    assert (refused.status_code, AdulthoodPart.objects.count()) == (422, 0)
    assert said in page.text
    assert page.still_holds(
        {name: value for name, value in (WRITTEN | wrong).items() if name not in wrong or "by" in name}
    )


def test_what_must_still_be_arranged_is_not_for_a_day_that_has_been(now, the_list, anna):
    yesterday, tomorrow = (f"{timezone.localdate() + days * DAY}" for days in (-1, 1))
    refused = anna.post(the_list, LIST | {"INCOME-by_when": yesterday})
    assert refused.status_code == 422
    assert "Kies vandaag of een latere dag." in Page(refused).text
    assert anna.post(the_list, READY | {"INCOME-by_when": yesterday}).status_code == 302
    assert (
        anna.post(the_list, LIST | {"INCOME-by_when": yesterday}).status_code == 302
    )  # late already: no mistake of today
    assert anna.post(the_list, LIST | {"INCOME-by_when": tomorrow}).status_code == 302


def test_there_is_no_list_for_a_child_and_for_an_adult(home, lives_in, anna):
    today = timezone.localdate()
    for name, born in (("Pip", today - 12 * 365 * DAY), ("Bas", today - 30 * 365 * DAY), ("Til", None)):
        member = lives_in(home.household, name, birth_date=born)
        address = reverse("households:adulthood", args=[home.household.number, member.resident_id])
        assert anna.get(address).status_code == 404


def test_the_list_of_one_home_is_not_that_of_the_other(home, noor, now, the_list, make, small_team, anna, omar):
    other = make("Elders", by=small_team.omar)
    actions.add_resident(household=other, by=small_team.omar, known=noor.resident)
    anna.post(the_list, WRITTEN)
    theirs = reverse("households:adulthood", args=[other.number, noor.resident_id])
    assert "tante" not in omar.get(theirs).content.decode()
    assert omar.get(the_list).status_code == 403


def test_my_day_asks_no_more_for_thirty(home, now, lives_in, noor, anna):
    one = queries(anna, "/")
    for number in range(29):
        lives_in(home.household, f"Noor {number}", birth_date=noor.resident.birth_date)
    assert queries(anna, "/") == one
