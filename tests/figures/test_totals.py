"""Who makes policy sees totals of ten or more, and nothing from which a smaller one can be computed."""

import itertools
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from desk.periods import Period, closed_periods
from desk.totals import figure
from households.domains import LifeDomain
from households.models import AccessLogEntry, Household
from partners.models import Organisation
from plans.models import Action, Goal
from tests.figures.working import FEW, HIDDEN, INSIDE, QUARTER, TODAY, households, in_file, seen, signals
from tests.helpers import Page, put_household, sql

# ---- nine, ten, eleven


@pytest.mark.parametrize(("number", "words"), [(0, FEW), (1, FEW), (9, FEW), (10, "10"), (11, "11")])
def test_every_number_starts_at_ten(number, words, world):
    signals(world, number)
    households(world, number)
    page = seen(world)
    assert page["Doelen bereikt"] == {"Doelen bereikt": words}
    assert page["Antwoorden aan melders"]["Op tijd antwoord gekregen"] == words
    assert page["Huishoudens die hulp krijgen"] == {"Huishoudens": words}
    assert page["Signalen per soort organisatie"]["Kraamzorg"] == words
    assert page["Acties die klaar zijn"]["Door bewoners zelf"] == words
    assert page["Huishoudens per leefgebied"]["Geld"] == words
    assert {row[1]: value for row, value in in_file(world).items()}["Kraamzorg"] == words


def test_what_was_reached_comes_first(world):
    assert list(seen(world)) == [
        "Doelen bereikt", "Antwoorden aan melders", "Huishoudens die hulp krijgen", "Signalen per soort organisatie",
        "Acties die klaar zijn", "Huishoudens per leefgebied",
    ]  # fmt: skip


def test_each_thing_is_counted_as_what_it_is(world):
    households(world, 10, done="OWN")
    households(world, 11, done="CLOSE", domain="HOUSING")
    households(world, 12, done="PROFESSIONAL", domain="PARENTING")
    households(world, 13, moment=datetime(2026, 9, 30, 22, 30, tzinfo=UTC))  # half past twelve here: after the quarter
    signals(world, 14)
    signals(world, 15, kind="SCHOOL", late=True)
    signals(world, 16, kind="SCHOOL", moment=datetime(2026, 5, 1, tzinfo=UTC))  # before the quarter
    page = seen(world)
    assert page["Doelen bereikt"] == {"Doelen bereikt": "33"}
    assert page["Huishoudens die hulp krijgen"] == {"Huishoudens": "33"}
    assert page["Acties die klaar zijn"] == {
        "Door bewoners zelf": "10", "Door naasten": "11", "Door professionals en vrijwilligers": "12", "Samen": "33",
    }  # fmt: skip
    assert page["Antwoorden aan melders"] == {
        "Op tijd antwoord gekregen": "14", "Te laat of nog geen antwoord": "15", "Samen": "29",
    }  # fmt: skip
    kinds = page["Signalen per soort organisatie"]
    assert (kinds["Kraamzorg"], kinds["School"], kinds["Bibliotheek"]) == ("14", "15", FEW)
    domains = page["Huishoudens per leefgebied"]
    assert len(domains) == len(LifeDomain)
    assert (domains["Geld"], domains["Wonen"], domains["Opvoeden en opgroeien"]) == ("10", "11", "12")


def test_a_goal_with_an_open_action_is_not_reached(world):
    households(world, 11)
    for goal in Goal.objects.all()[:2]:
        Action.objects.create(goal=goal, what="Nog iets", due_on=TODAY.date(), owner_professional=world.omar,
                              proposed_by=world.anna)  # fmt: skip
    assert seen(world)["Doelen bereikt"] == {"Doelen bereikt": FEW}


def test_a_household_that_was_closed_before_the_last_day_is_not_helped_any_more(world):
    households(world, 11)
    for home in Household.objects.all()[:2]:
        put_household(home, Household.Status.CLOSED)
    sql(
        "UPDATE households_householdevent SET pgh_created_at = %s WHERE status = 'CLOSED'",
        datetime(2026, 9, 1, tzinfo=UTC),
    )
    assert seen(world)["Huishoudens die hulp krijgen"] == {"Huishoudens": FEW}
    sql(
        "UPDATE households_householdevent SET pgh_created_at = %s WHERE status = 'CLOSED'",
        datetime(2026, 10, 2, tzinfo=UTC),
    )
    assert seen(world)["Huishoudens die hulp krijgen"] == {"Huishoudens": "11"}


# ---- nothing can be computed


def test_a_total_is_there_only_when_every_number_above_it_is(world):
    households(world, 40, done="OWN")
    households(world, 20, done="CLOSE")
    households(world, 9, done="PROFESSIONAL")
    table = seen(world)["Acties die klaar zijn"]
    assert table == {
        "Door bewoners zelf": "40", "Door naasten": "20", "Door professionals en vrijwilligers": FEW, "Samen": HIDDEN,
    }  # fmt: skip
    assert ("Acties die klaar zijn", "Samen") in in_file(world)
    assert in_file(world)["Acties die klaar zijn", "Samen"] == HIDDEN


IN_QUARTER = [datetime(2025, month, 10, tzinfo=UTC) for month in (2, 5, 8, 11)]


@pytest.mark.parametrize(
    ("quarters", "shown"),
    [
        ((10, 11, 12, 13), "46"),
        ((10, 11, 12, 9), HIDDEN),  # 42 - 33 is nine
        ((10, 11, 5, 4), HIDDEN),  # nine in half a year
        ((10, 11, 5, 5), "31"),
        ((10, 11, 9, 9), HIDDEN),  # only nine and nine are eighteen
        ((10, 11, 0, 0), HIDDEN),
        ((3, 4, 3, 2), "12"),
        ((9, 9, 9, 9), HIDDEN),
        ((2, 2, 2, 2), FEW),
    ],
)
def test_a_year_does_not_tell_a_quarter(quarters, shown, world):
    for number, moment in zip(quarters, IN_QUARTER, strict=True):
        signals(world, number, moment=moment)
    found = [seen(world, f"2025-{quarter}")["Signalen per soort organisatie"]["Kraamzorg"] for quarter in (1, 2, 3, 4)]
    assert found == [FEW if number < 10 else f"{number}" for number in quarters]
    assert seen(world, "2025")["Signalen per soort organisatie"]["Kraamzorg"] == shown


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_no_quarter_can_be_computed_from_what_is_shown(quarters):
    """Everything that fits what is shown, tried out: each hidden quarter keeps more than one possible number, and the
    hidden ones together are never fewer than ten."""
    year = figure("", sum(quarters), quarters).number
    hidden = [number for number in quarters if number < 10]
    if year is None or not hidden:
        return
    rest = year - sum(number for number in quarters if number >= 10)
    assert rest >= 10
    fitting = [guess for guess in itertools.product(range(10), repeat=len(hidden)) if sum(guess) == rest]
    assert all(len({guess[place] for guess in fitting}) > 1 for place in range(len(hidden)))


def test_only_what_is_over_has_numbers(world):
    """What grows from day to day would tell who came in today."""
    signals(world, 30, moment=datetime(2026, 10, 20, tzinfo=UTC))
    assert [period.code for period in closed_periods(date(2026, 11, 24))] == [
        "2026-3", "2026-2", "2026-1", "2025", "2025-4", "2025-3", "2025-2", "2025-1", "2024", "2024-4", "2024-3", "2024-2",
        "2024-1",
    ]  # fmt: skip
    offered = Page(world.browser.get(reverse("desk:figures"))).options["periode"]
    assert "2026" not in offered
    for asked in ("2026-4", "2026", "9999", "x' OR 1=1", ""):
        response = world.browser.get(reverse("desk:figures"), {"periode": asked})
        assert response.context["period"] == Period(2026, 3), asked
        assert "30" not in {row.words for table in response.context["tables"] for row in table.every}


@pytest.mark.parametrize(
    ("day", "newest"),
    [
        (date(2026, 9, 30), "2026-2"),
        (date(2026, 10, 1), "2026-3"),
        (date(2026, 12, 31), "2026-3"),
        (date(2027, 1, 1), "2026"),
    ],
)
def test_a_period_opens_the_day_after_its_last(day, newest):
    assert closed_periods(day)[0].code == newest


# ---- the page


def test_the_page_names_nobody(world):
    households(world, 12)
    signals(world, 12)
    said = (
        world.browser.get(reverse("desk:figures")).content.decode()
        + world.browser.get(reverse("desk:figures_csv")).content.decode()
    )
    for word in (
        "Telraam",
        "Roos",
        "Til",
        "Anna",
        "Omar",
        "Duinhof",
        "Kees",
        "Tellen",
        "/huishoudens/",
        "/signalen/",
    ):
        assert word not in said
    assert said.count("<caption") == said.count("<table") == 8


@pytest.mark.parametrize("period", [QUARTER, "2025"])
def test_the_page_asks_as_much_for_one_as_for_many(period, world):
    def asked() -> int:
        seen(world, period)
        with CaptureQueriesContext(connection) as queries:
            seen(world, period)
        return len(queries)

    moment = INSIDE if period == QUARTER else INSIDE.replace(year=2025)
    households(world, 1, moment=moment)
    signals(world, 1, moment=moment)
    one = asked()
    households(world, 30, moment=moment)
    for kind in Organisation.Kind:
        signals(world, 15, kind=kind, moment=moment)
    assert (one, asked()) == ((10, 10) if period == QUARTER else (12, 12))


def test_a_download_is_a_line_in_the_log(world):
    response = world.browser.get(reverse("desk:figures_csv"), {"periode": "2025"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="cijfers-2025.csv"'
    line = AccessLogEntry.objects.latest("pk")
    assert (line.event, line.actor, line.household) == ("download totals", world.bart, None)


# ---- who makes policy


def test_policy_makers_start_at_the_figures_and_reach_nothing_else(as_):
    bart = as_("bart")
    assert bart.get("/").headers["Location"] == reverse("desk:figures")
    menu = bart.get(reverse("desk:figures")).content.decode()
    assert "Mijn dag" not in menu
    assert "/signalen/" not in menu
    links = {
        given["href"].partition("?")[0] for tag, given in Page(bart.get(reverse("desk:figures"))).elements if tag == "a"
    }
    assert links <= {
        "#inhoud",
        "/",
        "/cijfers/",
        "/cijfers/cijfers.csv",
        "/uitloggen/",
        "/mijn-account/",
        "/demo/postvak/",
    }


@pytest.mark.parametrize("visitor", ["jolanda", "amir", "pascal", "fadoua", "els", "dennis", "stranger"])
def test_figures_are_for_policy_makers_only(visitor, as_):
    client = as_(visitor)
    for name in ("desk:figures", "desk:figures_csv"):
        assert client.get(reverse(name)).status_code == 403
    assert 'href="/cijfers/"' not in client.get("/").content.decode()


def test_what_is_too_small_stands_in_one_line_before_the_total(world):
    signals(world, 12, kind="SCHOOL")
    said = Page(world.browser.get(reverse("desk:figures"), {"periode": QUARTER})).texts
    few = next(text for text in said if text.startswith("Gemeente, Kraamzorg, Woningcorporatie"))
    at = said.index(few)
    assert said[at - 2 : at + 4] == ["School", "12", few, "elk minder dan 10", "Samen", HIDDEN]
    assert "School" not in few
    assert in_file(world)["Signalen per soort organisatie", "Kraamzorg"] == FEW
