"""How well the loop closes, per organisation and per district: of ten and more, and nothing smaller can be computed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from desk.loop import covered, loops, share
from desk.periods import Period
from partners.models import Professional, Team, TeamMembership
from partners.permissions import Role
from signals.models import Message, Signal
from tests.figures.working import FEW, HIDDEN, INSIDE, QUARTER, in_file, signals

ORGANISATIONS, DISTRICTS = "Signalen en antwoorden per organisatie", "Signalen en antwoorden per wijk"


@pytest.fixture
def pascal(world):
    world.pascal = Professional.objects.create(
        email="pascal@elders.example", first_name="Pascal", last_name="Voorop", organisation=world.team.organisation
    )
    TeamMembership.objects.create(team=world.team, professional=world.pascal, role=Role.LEAD)
    client = Client()
    client.force_login(world.pascal)
    return client


def rows(response, title: str = ORGANISATIONS) -> dict[str, tuple[str, str, str, str]]:
    assert response.status_code == 200
    found = next(loop for loop in response.context["loops"] if loop.title == title)
    return {row.label: (row.signals.words, row.median, row.in_time, row.closed) for row in found.rows}


def figures(world, period: str = QUARTER):
    return world.browser.get(reverse("desk:figures"), {"periode": period})


def close_all(world) -> None:
    for signal in Signal.objects.filter(closed_at=None):
        Message.objects.create(
            signal=signal, direction="OURS", body="Klaar.", level="F1", ground="MESSAGE_ONLY", author=world.anna,
            tells_outcome=True, sent_at=signal.first_answer_at,
        )  # fmt: skip
        Signal.objects.filter(pk=signal.pk).update(status="CLOSED", closed_at=signal.first_answer_at)


def test_what_a_row_says(world):
    signals(world, 30)
    signals(world, 20, late=True)
    Signal.objects.filter(pk__in=Signal.objects.values("pk")[:5]).update(first_answer_at=INSIDE + timedelta(days=1))
    close_all(world)
    assert rows(figures(world)) == {"Partner MATERNITY": ("50", "7,0 dagen", "60 %", "100 %")}
    assert rows(figures(world), DISTRICTS) == {
        "Niet gekoppeld aan een huishouden": ("50", "7,0 dagen", "60 %", "100 %")
    }
    assert in_file(world)[ORGANISATIONS, "Partner MATERNITY: Op tijd antwoord gekregen"] == "60 %"


def test_nothing_below_ten_is_shown(world):
    signals(world, 9)
    assert rows(figures(world)) == {"Partner MATERNITY": (FEW,) * 4}
    assert rows(figures(world, "2026-2")) == {"Partner MATERNITY": (FEW,) * 4}


def test_a_small_row_can_not_be_subtracted(world):
    signals(world, 40, kind="SCHOOL")
    signals(world, 12, kind="LIBRARY")
    signals(world, 5, kind="WORK")
    found = rows(figures(world))
    assert found["Partner SCHOOL"][0] == "40"
    assert (
        found["Partner WORK"] == found["Partner LIBRARY"] == (HIDDEN,) * 4
    )  # 57 are known together, and 57 - 40 - 12 would be five


def test_a_share_does_not_tell_how_few_were_late(world):
    signals(world, 37)
    signals(world, 3, late=True)
    assert rows(figures(world))["Partner MATERNITY"][2] == "78 % of meer"
    signals(world, 7, late=True)
    signals(world, 30, kind="SCHOOL")
    signals(world, 20, kind="SCHOOL", late=True)
    found = rows(figures(world))
    assert (found["Partner MATERNITY"][2], found["Partner SCHOOL"][2]) == ("79 %", "60 %")


def test_only_signals_of_this_period_count(world):
    signals(world, 20)
    signals(world, 30, moment=INSIDE.replace(month=5))
    assert rows(figures(world))["Partner MATERNITY"][0] == "20"
    assert rows(figures(world, "2026-2"))["Partner MATERNITY"][0] == "30"


def test_a_year_does_not_tell_a_quarter_of_an_organisation(world):
    for month, number in ((2, 10), (5, 11), (8, 12), (11, 9)):
        signals(world, number, moment=INSIDE.replace(year=2025, month=month, day=10))
    assert rows(figures(world, "2025"))["Partner MATERNITY"][0] == HIDDEN
    signals(world, 1, moment=INSIDE.replace(year=2025, month=11, day=10))
    assert rows(figures(world, "2025"))["Partner MATERNITY"][0] == "43"


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_no_hidden_row_can_be_computed_from_all_together(numbers):
    """Who knows the sum and what is shown knows the sum of what is hidden, and no part of it."""
    shown = covered(numbers, [True] * len(numbers))
    assert all(number >= 10 for number, seen in zip(numbers, shown, strict=True) if seen)
    hidden = [number for number, seen in zip(numbers, shown, strict=True) if not seen]
    if hidden and any(shown):
        assert len(hidden) > 1
        assert sum(hidden) >= 10
        assert sum(hidden) != 9 * len(hidden)
    assert all(shown) or min(numbers) < 10


@pytest.mark.parametrize(
    ("part", "whole", "exact", "words"),
    [(30, 50, True, "60 %"), (50, 50, False, "82 % of meer"), (41, 50, False, "82 % of meer"), (10, 10, False, HIDDEN),
     (3, 50, False, HIDDEN)],
)  # fmt: skip
def test_a_hidden_part_tells_nothing_but_that_it_is_small(part, whole, exact, words):
    assert share(part, whole, exact=exact) == words


# ---- the page


def test_the_lead_sees_the_own_team_and_no_colleague(world, pascal):
    signals(world, 20)
    other = Team.objects.create(
        name="Ander team", organisation=world.team.organisation, phone="0", days="ma", hours="9"
    )
    signals(world, 20, kind="SCHOOL")
    Signal.objects.filter(organisation__kind="SCHOOL").update(team=other)
    page = pascal.get(reverse("desk:team_figures"), {"periode": QUARTER})
    assert set(rows(page)) == {"Partner MATERNITY"}
    said = page.content.decode()
    for name in ("Anna", "Omar", "Kees", "Partner SCHOOL", "/signalen/2"):
        assert name not in said
    assert said.count('<svg class="hp-chart') == 2
    assert said.count("<desc") == said.count("<table") == 2
    assert pascal.get(reverse("desk:figures")).status_code == 403
    assert 'href="/cijfers/team/" aria-current="page"' in said


def test_the_tables_ask_as_much_for_one_as_for_many(world):
    def asked(period: Period) -> int:
        with CaptureQueriesContext(connection) as queries:
            loops(period)
        return len(queries)

    signals(world, 1)
    one = asked(Period(2026, 3)), asked(Period(2026))
    for kind in ("SCHOOL", "LIBRARY", "WORK"):
        signals(world, 12, kind=kind)
    assert (one, (asked(Period(2026, 3)), asked(Period(2026)))) == ((2, 4), (2, 4))
