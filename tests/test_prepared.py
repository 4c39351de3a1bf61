"""Questions whose SQL is made once: they answer as if each had been asked for the first time."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import QuerySet
from django.utils import timezone

from config.prepared import Key, Prepared
from desk.context import waiting
from desk.day import all_that_is_asked
from desk.views.pages import cards_of
from households import access, actions
from households.models import Household
from partners.backend import who
from partners.models import Professional
from plans.models import SupportPlan
from plans.whole import open_plan
from signals.forms.inbox import known_to
from signals.views.inbox import TABS, shown_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 1, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


def facts(found: dict[Any, list[Any]]) -> dict[Any, list[Any]]:
    """All that the rows hold, also what came along from other tables."""
    return {name: [fact_of(row) for row in rows] for name, rows in found.items()}


def fact_of(row: Any, depth: int = 2) -> Any:
    if not hasattr(row, "_state"):
        return row
    along = {name: fact_of(other, depth - 1) for name, other in row._state.fields_cache.items()} if depth else {}
    return {name: value for name, value in vars(row).items() if name[0] != "_" and name != "goal_id"} | along


def come_in(professional: Professional) -> Professional:
    return Professional.objects.with_roles().get(pk=professional.pk)


def same(question: Prepared, *about: Any, **how: Any) -> None:
    assert facts(question(*about, **how)) == facts(question.once(*about, **how))


@pytest.fixture
def everybody(db) -> list[Professional]:
    """As they come in: with their roles. Many have the same ones, and then the same question."""
    return list(Professional.objects.active().with_roles().order_by("pk"))


def test_everybody_gets_the_own_day_and_no_other(everybody):
    for professional in everybody:
        same(all_that_is_asked, professional)
        same(waiting, professional)
        same(who, Key(professional.pk))


def test_everybody_gets_the_own_inbox(everybody):
    for professional in everybody:
        same(known_to, professional)
        for tab in TABS:
            same(shown_in, professional, tab=tab, page=1)
        same(shown_in, professional, tab="open", page=2)


def test_everybody_gets_the_own_households(everybody, cast):
    for household in Household.objects.all():
        for professional in everybody:
            for rule in ("visible_to", "changeable_by"):
                same(access.let_in, professional, Key(household.number), rule=rule)
        for professional in (cast.jolanda, cast.amir, cast.pascal):
            same(cards_of, come_in(professional), household)


def test_a_plan_is_put_together_as_if_it_were_prefetched(django_assert_num_queries):
    for household in Household.objects.all():
        wanted = SupportPlan.objects.filter(household=household).open().in_full().first()
        with django_assert_num_queries(1):
            found = open_plan(household)
            parts = parts_of(found)
        assert parts == parts_of(wanted)


def parts_of(plan: SupportPlan | None) -> Any:
    if plan is None:
        return None
    goals = [
        (goal, goal.plan.household, *map(list, (goal.about.all(), goal.results.all()))) for goal in plan.goals.all()
    ]
    actions = [
        (fact_of(action, 0), action.goal, action.owner, action.waits_for, getattr(action, "appointment", None))
        for goal in plan.goals.all()
        for action in goal.actions.all()
    ]
    return goals, actions, list(plan.agreements.all())


def test_a_role_that_is_gone_asks_another_question(bakelaar, cast):
    asked = Key(bakelaar.number)
    assert access.let_in(come_in(cast.jolanda), asked, rule="visible_to") == {"households": [bakelaar]}
    cast.jolanda.memberships.all().delete()
    assert access.let_in(come_in(cast.jolanda), asked, rule="visible_to") == {"households": []}


def test_a_row_knows_the_household_that_was_asked_about(bakelaar, cast, django_assert_num_queries):
    jolanda = come_in(cast.jolanda)
    member = cards_of(jolanda, bakelaar)["members"][0]
    with django_assert_num_queries(0):
        assert member.household is bakelaar


def test_a_moment_goes_along_with_the_clock(bakelaar, cast):
    amir, asked = come_in(cast.amir), Key(bakelaar.number)
    with time_machine.travel(NOON, tick=False):
        actions.break_glass(household=bakelaar, by=cast.amir, reason="Er is nu iets aan de hand.")
    for minutes, seen in ((-9, [bakelaar]), (-1, [bakelaar]), (1, [])):
        with time_machine.travel(NOON + timedelta(days=1, minutes=minutes), tick=False):
            assert access.let_in(amir, asked, rule="visible_to")["households"] == seen


@pytest.mark.parametrize(
    "ask",
    [
        lambda professional: {"all": Professional.objects.filter(organisation=professional.organisation_id)},
        lambda professional: {"all": Household.objects.filter(pk__in=list(Household.objects.values_list("pk")))},
        lambda professional: {"all": Professional.objects.filter(last_name=f"x{professional.pk}")},
        lambda professional: {"all": Professional.objects.filter(last_login__gt=midnight())},
        lambda professional: {"all": Professional.objects.extra(where=[f"id = {professional.pk}"])},
    ],
    ids=["something_else_of_this_person", "what_the_database_says", "a_part_of_a_text", "a_midnight", "inside_the_sql"],
)
def test_a_question_that_would_be_wrong_for_another_is_refused(ask, cast):
    jolanda = come_in(cast.jolanda)
    with pytest.raises(AssertionError):
        Prepared(ask)(jolanda)


def midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def test_what_is_kept_does_not_grow_for_ever(cast, monkeypatch):
    monkeypatch.setattr("config.prepared.MOST", 3)
    monkeypatch.setattr("config.prepared.KNOWN", known := {})

    def of(key: int, *, page: int) -> dict[str, QuerySet]:
        return {"all": Professional.objects.filter(pk=key)[:page]}

    question = Prepared(of)
    for page in range(1, 9):
        assert question(Key(cast.jolanda.pk), page=page) == {"all": [cast.jolanda]}
        assert len(known) <= 3
