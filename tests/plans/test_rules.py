"""What does not fit together: each rule by itself, on plans as they are described, and on generated ones."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans import rules
from plans.described import first_week, telling
from plans.rules import Described, Rule, Side, Slot, Standing, find, week_of

TODAY = date(2026, 11, 24)  # a Tuesday
MONDAY, TUESDAY, WEDNESDAY, FRIDAY = 0, 1, 2, 4
RUUD, SAMIRA = 1, 2
GREET, HETTY, DENNIS = "P11", "P12", "P13"
LIBRARY, WORKSHOP, DEBT_HELP = 21, 22, 23
LOOK_FOR_WORK, BUILD_UP, REST = 31, 32, 33


def at(weekday: int, starts: str, ends: str, *, every: int = 1, from_on: date = TODAY, place: str = "") -> Slot:
    hours = [int(part.split(".")[0]) * 60 + int(part.split(".")[1]) for part in (starts, ends)]
    return Slot(weekday, *hours, first=first_week(from_on, weekday), every=every, place=place)


def a_side(key: int, owner: str = GREET, organisation: int | None = LIBRARY, **facts) -> Side:
    known = {
        "residents": frozenset({RUUD}), "domain": "WORK_EDU", "due_on": TODAY + timedelta(days=60),
    }  # fmt: skip
    return Side(key=key, owner=owner, organisation=organisation, **known | facts)


def a_plan(*sides: Side, **facts) -> Described:
    return Described(sides=sides, today=TODAY, **facts)


def found(*sides: Side, **facts) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.rule, one.sides) for one in find(a_plan(*sides, **facts))]


LESSON = a_side(1, slot=at(TUESDAY, "10.00", "11.30"))
MORNING = a_side(2, HETTY, WORKSHOP, domain="NETWORK_PART", slot=at(TUESDAY, "9.00", "12.00"))


# ---- two appointments


def test_the_lesson_and_the_morning_in_the_workshop_are_both_on_tuesday():
    assert found(LESSON, MORNING) == [("SAME_TIME", (1, 2))]


@pytest.mark.parametrize(
    "other",
    [
        {"slot": at(WEDNESDAY, "9.00", "12.00")},
        {"slot": at(TUESDAY, "11.30", "12.00")},  # just after it
        {"slot": at(TUESDAY, "8.00", "10.00")},
        {"residents": frozenset({SAMIRA})},
        {"standing": Standing.HELD},
        {"standing": Standing.STOPPED},
        {"standing": Standing.OVER},
        {"waits_for": 1},
        {
            "slot": at(TUESDAY, "9.00", "12.00", from_on=TODAY + timedelta(days=70)),
            "due_on": TODAY + timedelta(days=99),
        },
        {"slot": None},
    ],
)
def test_no_clash_when_they_are_not_at_one_time_or_not_of_one_person(other):
    assert found(LESSON, replace(MORNING, **other)) == []


def test_somebody_is_not_in_two_places_as_the_owner_either():
    of_others = replace(MORNING, owner=GREET, organisation=LIBRARY, residents=frozenset({SAMIRA}))
    assert found(LESSON, of_others) == [("SAME_TIME", (1, 2))]


def test_who_comes_every_other_week_meets_who_comes_in_the_same_weeks_only():
    this, next_week = (
        replace(MORNING, slot=at(TUESDAY, "9.00", "12.00", every=2, from_on=TODAY + timedelta(days=7 * weeks)))
        for weeks in (0, 1)
    )
    every_other = replace(LESSON, slot=at(TUESDAY, "10.00", "11.30", every=2))
    assert found(every_other, this) == [("SAME_TIME", (1, 2))]
    assert found(every_other, next_week) == []
    assert found(LESSON, next_week) == [("SAME_TIME", (1, 2))]  # every week meets any
    every_third = replace(LESSON, slot=at(TUESDAY, "10.00", "11.30", every=3))
    assert found(every_third, next_week) == [("SAME_TIME", (1, 2))]  # in three weeks


def test_what_is_late_goes_on_meanwhile():
    late = replace(MORNING, due_on=TODAY - timedelta(days=3), slot=replace(MORNING.slot, first=week_of(TODAY) - 5))
    assert found(LESSON, late) == [("SAME_TIME", (1, 2))]


@pytest.mark.parametrize(
    ("starts", "places", "clashes"),
    [
        ("11.45", ("taalhuis", "werkplaats"), True),
        ("11.30", ("taalhuis", "werkplaats"), True),
        ("12.00", ("taalhuis", "werkplaats"), False),  # thirty minutes is enough
        ("11.45", ("taalhuis", "taalhuis"), False),
        ("11.45", ("taalhuis", ""), False),
    ],
)
def test_there_is_time_to_get_from_one_place_to_the_other(starts, places, clashes):
    first = replace(LESSON, slot=at(TUESDAY, "10.00", "11.30", place=places[0]))
    second = replace(MORNING, slot=at(TUESDAY, starts, "13.00", place=places[1]))
    assert found(first, second) == ([("TOO_CLOSE", (1, 2))] if clashes else [])


# ---- two organisations


SCHULDEN = a_side(1, DENNIS, DEBT_HELP, domain="MONEY", words=telling("Een overzicht maken van alle schulden."))


@pytest.mark.parametrize(
    ("other", "clashes"),
    [
        ({"words": telling("Alle schulden op een rij: een overzicht.")}, True),
        ({"words": telling("Een regeling voor de huur.")}, False),
        ({"words": telling("Een regeling voor de huur."), "aim": REST}, False),
        ({"words": SCHULDEN.words, "domain": "HOUSING"}, False),
        ({"words": SCHULDEN.words, "residents": frozenset({SAMIRA})}, False),
        ({"words": SCHULDEN.words, "organisation": DEBT_HELP}, False),  # colleagues know of each other
        ({"words": SCHULDEN.words, "organisation": None, "owner": "R1"}, False),
        ({"words": SCHULDEN.words, "waits_for": 1}, False),
        ({"words": SCHULDEN.words, "standing": Standing.OVER}, False),
    ],
)
def test_two_organisations_do_the_same(other, clashes):
    second = replace(a_side(2, GREET, LIBRARY, domain="MONEY"), **other)
    assert found(SCHULDEN, second) == ([("SAME_HELP", (1, 2))] if clashes else [])


def test_the_same_aim_is_the_same_help_whatever_the_words():
    one, other = (a_side(key, f"P{key}", key, aim=REST, words=telling(f"Iets {key}")) for key in (1, 2))
    assert found(one, other) == [("SAME_HELP", (1, 2))]


# ---- opposite aims


AGAINST = frozenset({frozenset({LOOK_FOR_WORK, BUILD_UP})})


@pytest.mark.parametrize(
    ("other", "clashes"),
    [({}, True), ({"residents": frozenset({SAMIRA})}, False), ({"aim": REST}, False), ({"waits_for": 1}, False),
     ({"standing": Standing.HELD}, True), ({"standing": Standing.STOPPED}, False)],
)  # fmt: skip
def test_a_full_week_of_looking_for_work_works_against_building_up(other, clashes):
    looking = a_side(1, DENNIS, DEBT_HELP, domain="MONEY", aim=LOOK_FOR_WORK)
    building = replace(a_side(2, HETTY, WORKSHOP, domain="NETWORK_PART", aim=BUILD_UP), **other)
    assert found(looking, building, opposites=AGAINST) == ([("OPPOSITE", (1, 2))] if clashes else [])
    assert found(looking, building) == []  # the table of the team decides


# ---- too much in a week


def test_a_resident_can_do_so_much_in_one_week():
    appointments = [a_side(key, f"P{key}", key, slot=at(key % 5, "9.00", "9.30")) for key in range(1, 4)]
    own = a_side(9, f"R{RUUD}", None, due_on=TODAY)
    assert found(*appointments, own, most_in_a_week=4) == []
    assert found(*appointments, own, most_in_a_week=3) == [("TOO_MANY", (1, 2, 3, 9))]
    (clash,) = find(a_plan(*appointments, own, most_in_a_week=3))
    assert (clash.resident, clash.key) == (RUUD, "TOO_MANY:R1")


def test_what_professionals_must_do_is_no_burden_of_the_resident():
    assert found(*(a_side(key, due_on=TODAY) for key in range(1, 9)), most_in_a_week=3) == []


# ---- waiting


@pytest.mark.parametrize(
    ("standing", "clashes"),
    [(Standing.RUNS, False), (Standing.HELD, True), (Standing.STOPPED, True), (Standing.OVER, False)],
)
def test_waiting_for_what_does_not_go_on(standing, clashes):
    awaited, waiting = a_side(1, standing=standing), a_side(2, waits_for=1)
    assert found(awaited, waiting) == ([("STALLED", (1, 2))] if clashes else [])
    assert found(awaited, replace(waiting, standing=Standing.OVER)) == []


def test_who_waits_far_behind_is_in_turn_too_and_a_circle_does_no_harm():
    between = a_side(3, f"R{RUUD}", None, waits_for=1)
    assert found(LESSON, between, replace(MORNING, waits_for=3)) == []
    round_and_round = [replace(LESSON, waits_for=2), replace(MORNING, waits_for=1)]
    assert found(*round_and_round) == []


# ---- generated plans

SLOTS = st.builds(
    Slot,
    weekday=st.integers(0, 6), starts=st.integers(480, 900), ends=st.integers(901, 1200),
    first=st.integers(week_of(TODAY) - 8, week_of(TODAY) + 8), every=st.integers(1, 8),
    place=st.sampled_from(["", "taalhuis", "werkplaats"]),
)  # fmt: skip
SIDES = st.builds(
    Side,
    key=st.integers(1, 10**6), owner=st.sampled_from(["R1", "R2", "C5", "P11", "P12"]),
    residents=st.frozensets(st.integers(1, 3), min_size=1), domain=st.sampled_from(["MONEY", "WORK_EDU"]),
    due_on=st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=90)),
    organisation=st.none() | st.integers(21, 23), standing=st.sampled_from(Standing),
    words=st.frozensets(st.sampled_from(["schul", "overz", "briev"])), aim=st.none() | st.integers(31, 33),
    slot=st.none() | SLOTS,
)  # fmt: skip


@st.composite
def plans(draw) -> Described:
    sides = draw(st.lists(SIDES, max_size=8, unique_by=lambda side: side.key))
    keys = st.sampled_from([side.key for side in sides]) if sides else st.none()
    waiting = [replace(side, waits_for=draw(st.none() | keys)) for side in sides]
    return a_plan(*waiting, opposites=AGAINST, most_in_a_week=draw(st.integers(0, 4)))


@settings(max_examples=150)
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_writing_changes_nothing(plan, chance):
    shuffled = list(plan.sides)
    chance.shuffle(shuffled)
    assert find(replace(plan, sides=tuple(shuffled))) == find(plan)


@settings(max_examples=150)
@given(plans())
def test_each_clash_is_found_once_and_is_of_this_plan(plan):
    clashes = find(plan)
    assert len({clash.key for clash in clashes}) == len(clashes)
    for clash in clashes:
        assert set(clash.sides) <= set(plan.by_key)
        assert clash.rule == Rule.TOO_MANY or len(clash.sides) == 2


@settings(max_examples=150)
@given(plans())
def test_without_one_of_its_sides_a_clash_is_gone_and_no_other_comes_from_that(plan):
    """In pairs: nothing of what is found of two others hangs on a third, but for who stands between two that wait."""
    apart = replace(plan, sides=tuple(replace(side, waits_for=None) for side in plan.sides), most_in_a_week=99)
    whole = {clash.key for clash in find(apart)}
    for side in apart.sides:
        less = {clash.key for clash in find(replace(apart, sides=tuple(one for one in apart.sides if one != side)))}
        assert less == {key for key in whole if str(side.key) not in key.partition(":")[2].split("-")}


@settings(max_examples=100)
@given(SLOTS, SLOTS, st.integers(0, 60))
def test_two_appointments_meet_exactly_when_a_calendar_says_so(a, b, days):
    """Against days counted one by one."""
    until = TODAY + timedelta(days=days)
    one, other = (a_side(key, f"P{key}", key, slot=slot, due_on=until) for key, slot in ((1, a), (2, b)))

    def comes(slot: Slot, day: date) -> bool:
        week = week_of(day)
        return day.weekday() == slot.weekday and week >= slot.first and (week - slot.first) % slot.every == 0

    far_back = TODAY - timedelta(days=7 * 9)
    days_of_both = [
        far_back + timedelta(days=day)
        for day in range((until - far_back).days + 1)
        if comes(a, far_back + timedelta(days=day)) and comes(b, far_back + timedelta(days=day))
    ]
    overlap = a.starts < b.ends and b.starts < a.ends
    assert (("SAME_TIME", (1, 2)) in found(one, other)) == bool(days_of_both and overlap)


def test_three_in_any_order():
    three = (LESSON, MORNING, a_side(3, f"R{RUUD}", None, slot=at(TUESDAY, "9.30", "10.15")))
    expected = [("SAME_TIME", (1, 2)), ("SAME_TIME", (1, 3)), ("SAME_TIME", (2, 3))]
    assert all(found(*order) == expected for order in permutations(three))


# ---- how long it takes


def large_plan() -> Described:
    """Two hundred actions for four residents, by forty people of eight organisations; half of them with an appointment."""
    chance = Random(1)
    sides = [
        a_side(
            key, f"P{chance.randint(1, 40)}", chance.randint(1, 8), residents=frozenset(chance.sample([1, 2, 3, 4], 2)),
            domain=chance.choice(["MONEY", "WORK_EDU", "HOUSING", "NETWORK_PART", "PARENTING"]),
            words=frozenset(f"woord{chance.randint(1, 60)}" for _ in range(6)),
            aim=chance.choice([None, None, None, LOOK_FOR_WORK, BUILD_UP]), waits_for=key - 1 if key % 7 == 0 else None,
            slot=at(key // 2 % 7, f"{8 + key % 10}.00", f"{8 + key % 10}.50", every=chance.randint(1, 3)) if key % 2 else None,
        )
        for key in range(1, 201)
    ]  # fmt: skip
    return a_plan(*sides, opposites=AGAINST)


def test_every_rule_finds_something_among_two_hundred_actions():
    """How long that takes, the bench says."""
    assert {clash.rule for clash in find(large_plan())} >= {"SAME_TIME", "SAME_HELP", "OPPOSITE", "TOO_MANY"}


def test_every_rule_is_looked_at():
    assert set(rules.RULES) == set(Rule) - {Rule.BY_HAND}
