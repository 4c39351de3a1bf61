"""Looking back on the plan: every goal, a mark or no mark, and the next time at once. And no closing without it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from config.workdays import add_workdays, months_after
from desk import closing
from households import actions as household_actions
from plans import actions
from plans.models import Evaluation, SupportPlan
from tests import paper
from tests.helpers import Page, sql
from tests.plans.working import to

TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def roos(household):
    return household.members.get().resident


@pytest.fixture
def typed(goal, roos) -> dict[str, str]:
    return {
        "held_on": f"{TODAY}", "present": "Roos en Karin", f"result-{goal.pk}": "PARTLY", f"words-{goal.pk}": "Het gaat beter.",
        f"mark-{roos.pk}": "8", f"said-{roos.pk}": "Ik slaap weer.", "keep": "De maandag.", "change": "Minder brieven.",
        "next_on": f"{TODAY + 60 * DAY}",
    }  # fmt: skip


def test_it_is_all_there_and_the_next_time_is_planned_at_once(typed, plan, household, jolanda, roos):
    assert plan.evaluate_on >= TODAY + timedelta(weeks=6)
    assert jolanda.post(to("evaluate", household), typed).status_code == 302
    plan.refresh_from_db()
    assert plan.evaluate_on == TODAY + 60 * DAY
    one = Evaluation.objects.get(plan=plan)
    assert [(said.result, said.words) for said in one.results.all()] == [("PARTLY", "Het gaat beter.")]
    assert [(given.resident, given.mark, given.refused) for given in one.marks.all()] == [(roos, 8, False)]
    page = Page(jolanda.get(to("evaluations", household))).text
    for words in (
        "deels behaald",
        "Het gaat beter.",
        "geeft een 8",
        "Ik slaap weer.",
        "De maandag.",
        "Minder brieven.",
    ):
        assert words in page
    assert "deels behaald" in Page(jolanda.get(reverse("desk:household", args=[household.number]))).text
    assert "Teruggekeken op het plan" in Page(jolanda.get(reverse("desk:timeline", args=[household.number]))).text


def test_the_next_time_is_proposed_after_three_months_or_as_set(plan, goal, household, jolanda, settings):
    for months in (3, 5):
        settings.EVALUATE_EVERY_MONTHS = months
        fields = Page(jolanda.get(to("evaluate", household))).fields
        assert fields["next_on"] == f"{add_workdays(months_after(TODAY, months), 0)}"
    settings.FIRST_EVALUATION_WEEKS = 2
    SupportPlan.objects.filter(pk=plan.pk).update(status="CLOSED")
    fresh = actions.make_plan(household=household, by=plan.made_by)
    assert fresh.evaluate_on == add_workdays(TODAY + timedelta(weeks=2), 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"result": ""}, "Kies hoe ver dit doel is."),
        ({"mark": ""}, "Vraag ten minste één van hen om een cijfer."),
        ({"mark": "11"}, "11"),
        ({"present": ""}, "Schrijf op wie erbij waren."),
        ({"next_on": ""}, "Kies de dag van de volgende keer"),
        ({"next_on": f"{TODAY}"}, "Kies een dag na vandaag."),
        ({"held_on": f"{TODAY + DAY}"}, "tot en met vandaag"),
        ({"held_on": f"{TODAY - 9 * DAY}"}, "vanaf het begin van het plan"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(changes, words, typed, household, jolanda):
    data = typed | {
        next((name for name in typed if name.startswith(key)), key): value for key, value in changes.items()
    }
    response = jolanda.post(to("evaluate", household), data)
    assert response.status_code == 422
    page = Page(response)
    assert words in page.text
    assert page.still_holds({name: value for name, value in data.items() if value and value != "11"})
    assert not Evaluation.objects.filter(plan__household=household).exists()


def test_who_does_not_want_to_give_a_mark_has_answered(typed, household, jolanda, roos):
    assert jolanda.post(to("evaluate", household), typed | {f"mark-{roos.pk}": "no"}).status_code == 302
    given = Evaluation.objects.get(plan__household=household).marks.get()
    assert (given.mark, given.refused) == (None, True)
    assert "wilde geen cijfer geven" in Page(jolanda.get(to("evaluations", household))).text


def test_the_last_time_has_no_next(typed, plan, household, jolanda):
    assert jolanda.post(to("evaluate", household), typed | {"last": "on"}).status_code == 302
    plan.refresh_from_db()
    assert plan.evaluate_on is None
    assert "Dit was de laatste keer." in Page(jolanda.get(to("evaluations", household))).text


def test_a_goal_that_came_in_meanwhile_is_not_passed_over(plan, goal, roos, cast):
    actions.add_goal(plan=plan, by=cast.jolanda, title="Nog een.", domain="MONEY")
    facts = {"plan": plan, "held_on": TODAY, "present": "Roos", "marks": {roos: (7, "")}, "by": cast.jolanda}
    with pytest.raises(actions.GoalsMissing):
        actions.evaluate(results={goal: ("NOT", "")}, **facts)


def test_what_was_said_never_changes(typed, household, jolanda):
    jolanda.post(to("evaluate", household), typed)
    one = Evaluation.objects.get(plan__household=household)
    for statement in (
        "UPDATE plans_evaluation SET present = 'x' WHERE id = %s",
        "UPDATE plans_goalresult SET result = 'NOT' WHERE evaluation_id = %s",
    ):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            sql(statement, one.pk)
    for mark in (
        "mark = 11, refused = false",
        "mark = 0, refused = false",
        "mark = 5, refused = true",
        "mark = NULL, refused = false",
    ):
        with pytest.raises(IntegrityError, match="resident_mark_or_refused"), transaction.atomic():
            sql(f"UPDATE plans_residentmark SET {mark} WHERE evaluation_id = %s", one.pk)


def test_the_day_it_is_due_it_stands_in_my_day(plan, goal, household, jolanda):
    SupportPlan.objects.filter(pk=plan.pk).update(evaluate_on=TODAY)
    page = Page(jolanda.get("/"))
    assert "Terugkijken op het plan van Zonnedauw" in page.text
    assert to("evaluate", household) in {given.get("href") for tag, given in page.elements if tag == "a"}


# ---- closing

WORDS = {"what_worked": "De maandag.", "keeps_good": "Karin.", "safety_net": "Karin, 000", "aftercare_on": f"{TODAY + 90 * DAY}"}  # fmt: skip


def close(jolanda, household):
    return jolanda.post(reverse("desk:close", args=[household.number]), WORDS)


def test_a_household_is_not_closed_before_somebody_looked_back_on_every_goal(
    typed, plan, goal, household, jolanda, cast
):
    page = Page(jolanda.get(reverse("desk:close", args=[household.number])))
    assert "Kijk terug op het plan: wat is er van elk doel behaald?" in page.text
    assert close(jolanda, household).status_code == 422
    with pytest.raises(actions.NotEvaluated):
        actions.close_plan(plan=plan, by=cast.jolanda)
    jolanda.post(to("evaluate", household), typed | {"last": "on"})
    later = actions.add_goal(plan=plan, by=cast.jolanda, title="Nog een.", domain="MONEY")
    assert closing.in_the_way(household).plan == plan  # of the new goal nobody said anything
    later.delete()
    assert close(jolanda, household).status_code == 302


def test_one_question_with_one_action_is_closed_without_looking_back(household, jolanda, cast, roos):
    action = actions.ask_light(
        household=household, question="Hoe?", domain="MONEY", what="Bellen.", owner=cast.jolanda, due_on=TODAY,
        by=cast.jolanda,
    )  # fmt: skip
    actions.move_action(action=action, to="DONE", by=cast.jolanda)
    assert close(jolanda, household).status_code == 302


def test_a_talk_that_did_not_end_is_shown_before_closing(household, jolanda, cast):
    talk = household_actions.begin_conversation(household=household, held_on=TODAY, present="Roos", by=cast.jolanda)
    address = reverse("desk:close", args=[household.number])
    assert "Een gesprek is nog niet afgerond." in Page(jolanda.get(address)).text
    household_actions.end_conversation(conversation=talk, by=cast.jolanda)
    assert "nog niet afgerond" not in Page(jolanda.get(address)).text


def test_the_household_gets_a_letter_when_it_is_closed(typed, household, goal, jolanda, as_, cast):
    address = reverse("desk:closing_letter", args=[household.number])
    assert jolanda.get(address).status_code == 302  # nothing to say yet
    hidden = actions.add_goal(plan=goal.plan, by=cast.jolanda, title="Geheim doel.", domain="SAFETY_JUSTICE")
    said = {f"result-{hidden.pk}": "REACHED", f"words-{hidden.pk}": "Ook geheim."}
    assert jolanda.post(to("evaluate", household), typed | said | {"last": "on"}).status_code == 302
    assert close(jolanda, household).status_code == 302
    answer = jolanda.get(address)
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(paper.read(answer.content))
    for words in ("Wij stoppen, en dit blijft", "De maandag.", "Karin, 000", "Deels behaald", "Het gaat beter."):
        assert words in text
    assert "eheim" not in text
    assert as_("amir").get(address).status_code == 403
