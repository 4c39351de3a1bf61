"""Goals and actions on the page: dates, what was typed, fragments, and only in the own household."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from desk.demo import people
from households.models import Resident
from plans.models import Action, Goal
from tests.helpers import Page
from tests.plans.working import HTMX, SOON, a_goal, an_action, to

# ---- dates


@pytest.mark.parametrize(("day", "status"), [(-1, 422), (0, 302), (1, 302)])
def test_an_action_is_due_today_or_later(day, status, goal, household, jolanda, cast):
    due_on = f"{timezone.localdate() + timedelta(days=day)}"
    response = jolanda.post(to("add_action", household, goal.pk), an_action(cast.dennis, due_on=due_on))
    assert response.status_code == status
    assert goal.actions.exists() is (status == 302)


@pytest.mark.parametrize("due_on", ["", "morgen", "2026-13-01"])
def test_an_action_has_a_date(due_on, goal, household, jolanda, cast):
    assert jolanda.post(to("add_action", household, goal.pk), an_action(cast.dennis, due_on=due_on)).status_code == 422
    assert not goal.actions.exists()


def test_a_late_action_can_be_changed_without_another_date(action, household, jolanda, cast):
    late = timezone.localdate() - timedelta(days=3)
    Action.objects.filter(pk=action.pk).update(due_on=late)
    changed = an_action(cast.dennis, what="Toch anders.", due_on=f"{late}")
    assert jolanda.post(to("change_action", household, action.pk), changed).status_code == 302
    other = an_action(cast.dennis, due_on=f"{late - timedelta(days=1)}")
    assert jolanda.post(to("change_action", household, action.pk), other).status_code == 422
    action.refresh_from_db()
    assert (action.what, action.due_on) == ("Toch anders.", late)
    assert action.is_overdue


# ---- goals


def test_goals_stand_in_the_order_in_which_they_were_said(plan, household, jolanda):
    for title in ("Rust in huis.", "Een dak boven ons hoofd.", "Weer naar school."):
        jolanda.post(to("add_goal", household), a_goal(title=title))
    assert [(goal.rank, goal.title) for goal in plan.goals.all()] == [
        (1, "Rust in huis."),
        (2, "Een dak boven ons hoofd."),
        (3, "Weer naar school."),
    ]


def test_a_goal_is_written_anew(goal, household, jolanda):
    jolanda.post(to("change_goal", household, goal.pk), a_goal())
    goal.refresh_from_db()
    assert (goal.title, goal.domain, goal.why, goal.by_when, goal.rank) == (
        "Ik wil “rust” & ruimte.", "HOUSING", "Het is <druk>.", SOON, 1,
    )  # fmt: skip


def test_without_a_plan_there_is_no_goal(household, jolanda):
    assert jolanda.post(to("add_goal", household), a_goal()).status_code == 302
    assert not Goal.objects.filter(plan__household=household).exists()


# ---- nothing typed is lost


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("add_goal", a_goal(title=""), "Schrijf op wat zij willen bereiken."),
        ("add_goal", a_goal(domain="LUCK"), "LUCK"),
        ("change_goal", a_goal(by_when="gauw"), "dag, maand en jaar"),
        ("add_action", an_action("new", new_name="Tineke & Jan"), "welke organisatie"),
        ("add_action", an_action("", what=""), "Schrijf op wat er gaat gebeuren."),
        ("change_action", an_action("nobody", what="x" * 501), "Kies iemand uit de lijst."),
    ],
)
def test_a_form_that_is_not_right_keeps_what_was_typed(name, typed, words, headers, action, goal, household, jolanda):
    pk = {"add_goal": None, "change_action": action.pk}.get(name, goal.pk)
    before = list(Goal.objects.values_list()), list(Action.objects.values_list())
    response = jolanda.post(to(name, household, pk), typed, headers=headers)
    page = Page(response)
    assert response.status_code == 422
    assert words in page.text
    kept = {field: value for field, value in typed.items() if value not in ("LUCK", "nobody", "")}  # no such option
    assert page.still_holds(kept)
    assert (list(Goal.objects.values_list()), list(Action.objects.values_list())) == before
    assert is_fragment(response) is bool(headers)


# ---- page and fragment


def is_fragment(response: HttpResponse) -> bool:
    page = response.content.decode().strip()
    if page.startswith("<section") and page.endswith(("</section>", "</div>")) and "<html" not in page:
        return True
    assert page.startswith("<!doctype html>")
    return False


def test_every_card_is_a_page_and_a_fragment(action, goal, household, jolanda):
    cards = [
        to("plan", household),
        to("add_goal", household),
        to("goal", household, goal.pk),
        to("change_goal", household, goal.pk),
        to("add_action", household, goal.pk),
        to("change_action", household, action.pk),
    ]
    for address in cards:
        assert not is_fragment(jolanda.get(address))
        assert is_fragment(jolanda.get(address, headers=HTMX))
        assert not is_fragment(jolanda.get(address, headers=HTMX | {"HX-History-Restore-Request": "true"}))


def test_after_a_change_htmx_gets_the_fresh_card_and_others_go_back_to_the_page(action, goal, household, jolanda, cast):
    home = reverse("desk:household", args=[household.number])
    changes = [
        (to("add_goal", household), a_goal(), f"{home}#plan", "ruimte"),
        (to("change_goal", household, goal.pk), a_goal(title="Licht in huis."), f"{home}#doel-{goal.pk}", "Licht in huis."),
        (to("add_action", household, goal.pk), an_action(cast.greet), f"{home}#doel-{goal.pk}", "De eerste doos"),
        (to("change_action", household, action.pk), an_action(cast.dennis), f"{home}#doel-{goal.pk}", "De eerste doos"),
        (to("move_action", household, action.pk), {"to": "ACCEPTED"}, f"{home}#doel-{goal.pk}", "loopt"),
    ]  # fmt: skip
    for address, data, _back_to, words in changes:
        fragment = jolanda.post(address, data, headers=HTMX)
        assert is_fragment(fragment)
        assert words in Page(fragment).text
    for address, data, back_to, _words in changes:
        response = jolanda.post(address, data)
        assert (response.status_code, response.url) == (302, back_to)


# ---- only in its own household


def test_what_is_of_another_household_is_not_found_under_this_one(action, goal, household, bakelaar, jolanda, cast):
    """Both households are Jolanda's; still a goal is found only under the number of its own."""
    resident = household.members.get().resident_id
    data = an_action(cast.dennis) | a_goal() | {"to": "ACCEPTED", "first_name": "Roosje"}
    addresses = [to(name, bakelaar, goal.pk) for name in ("goal", "change_goal", "add_action")]
    addresses += [to(name, bakelaar, action.pk) for name in ("change_action", "move_action")]
    addresses += [reverse("households:change_resident", args=[bakelaar.number, resident])]
    before = list(Goal.objects.values_list()), list(Action.objects.values_list()), list(Resident.objects.values_list())
    for address in addresses:
        if "/stand/" not in address:
            assert jolanda.get(address).status_code == 404
        if address != to("goal", bakelaar, goal.pk):
            assert jolanda.post(address, data).status_code == 404
    assert (list(Goal.objects.values_list()), list(Action.objects.values_list()), list(Resident.objects.values_list())) == before  # fmt: skip


def test_what_is_of_a_colleague_stays_of_the_colleague(jolanda, bakelaar, cast):
    """Not under the own number either."""
    theirs = Action.objects.filter(goal__plan__household__coordinator=cast.amir).first()
    for number, status in ((theirs.household.number, 403), (bakelaar.number, 404)):
        address = reverse("plans:change_action", args=[number, theirs.pk])
        assert jolanda.get(address).status_code == status
        assert jolanda.post(address, an_action(cast.dennis)).status_code == status
    assert people.AMIR.email == theirs.household.coordinator.email
