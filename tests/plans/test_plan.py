"""The one plan: actions with one owner and a state."""

from itertools import combinations, product

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from households import access
from households import actions as household_actions
from partners.models import Professional
from plans import actions, workflow
from plans.forms.people import key
from plans.models import Action, SupportPlan
from plans.workflow import Status
from tests.helpers import Meeting, Page, at_once, sql
from tests.plans.working import HTMX, SOON, an_action, to

# ---- one plan


def test_a_household_has_one_open_plan(plan, household, cast, jolanda):
    with pytest.raises(actions.AlreadyAPlan) as second:
        actions.make_plan(household=household, by=cast.jolanda)
    assert second.value.plan == plan
    page = Page(jolanda.post(to("make", household), follow=True))
    assert "Dit huishouden heeft al een plan." in page.text
    assert household.plans.count() == 1


def test_the_database_holds_one_open_plan(plan, household):
    again = (
        "INSERT INTO plans_supportplan (household_id, status, made_by_id, made_at, light) "
        "SELECT household_id, %s, made_by_id, made_at, light FROM plans_supportplan WHERE id = %s"
    )
    for status in ("DRAFT", "ACTIVE"):
        with pytest.raises(IntegrityError, match="one_open_plan_per_household"), transaction.atomic():
            sql(again, status, plan.pk)
    sql(again, "CLOSED", plan.pk)
    sql(again, "CLOSED", plan.pk)
    assert household.plans.count() == 3


def test_after_a_closed_plan_comes_a_new_one(plan, household, jolanda):
    SupportPlan.objects.filter(pk=plan.pk).update(status="CLOSED")
    jolanda.post(to("make", household))
    assert household.plans.open().get() != plan


def test_two_requests_at_the_same_moment_make_one_plan(team_of_their_own, monkeypatch):
    team, anna = team_of_their_own.team, team_of_their_own.anna
    household = household_actions.make_household(name="Zonnedauw", team=team, coordinator=anna, by=anna)
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(anna)
    monkeypatch.setattr(SupportPlan.objects, "create", Meeting(5).before(SupportPlan.objects.create))

    responses = at_once(
        *(lambda browser=browser: browser.post(to("make", household), headers=HTMX) for browser in browsers)
    )

    assert [response.status_code for response in responses] == [200, 200]
    assert household.plans.count() == 1
    assert sum("heeft al een plan" in response.content.decode() for response in responses) == 1


# ---- one owner

OWNERS = ("owner_resident_id", "owner_contact_id", "owner_professional_id")


@pytest.mark.parametrize(
    "owners",
    [some for number in range(4) if number != 1 for some in combinations(OWNERS, number)],
    ids=lambda some: f"{len(some)} owners",
)
def test_the_database_wants_exactly_one_owner(owners, action, household):
    ids = {
        "owner_resident_id": household.members.get().resident_id,
        "owner_contact_id": household.network.get().pk,
        "owner_professional_id": action.owner_professional_id,
    }
    change = ", ".join(f"{column} = {ids[column] if column in owners else 'NULL'}" for column in OWNERS)
    with pytest.raises(IntegrityError, match="action_has_exactly_one_owner"), transaction.atomic():
        sql(f"UPDATE plans_action SET {change} WHERE id = %s", action.pk)
    for column in OWNERS:
        change = ", ".join(f"{each} = {ids[each] if each == column else 'NULL'}" for each in OWNERS)
        sql(f"UPDATE plans_action SET {change} WHERE id = %s", action.pk)


def test_anybody_around_the_table_can_own_an_action(goal, household, jolanda, cast):
    owners = [household.members.get().resident, household.network.get(), cast.dennis]
    for owner in owners:
        jolanda.post(to("add_action", household, goal.pk), an_action(owner))
    assert [action.owner for action in goal.actions.all()] == owners  # own actions first, then those of people close
    assert {action.status for action in goal.actions.all()} == {"PROPOSED"}


def test_my_own_action_runs_at_once(goal, household, jolanda, cast):
    jolanda.post(to("add_action", household, goal.pk), an_action(cast.jolanda))
    assert goal.actions.get().status == "ACCEPTED"


@pytest.mark.parametrize("who", ["a resident", "somebody close", "nobody", "somebody who left", "free text"])
def test_who_does_not_belong_here_can_not_own_an_action(who, goal, household, bakelaar, jolanda, cast):
    if who == "somebody who left":
        Professional.objects.filter(pk=cast.greet.pk).update(is_active=False)
    owner = {
        "a resident": key(bakelaar.members.first().resident),
        "somebody close": key(bakelaar.network.first()),
        "nobody": "",
        "somebody who left": key(cast.greet),
        "free text": "professional-0",
    }[who]
    response = jolanda.post(to("add_action", household, goal.pk), an_action(owner))
    assert response.status_code == 422
    assert "Kies één persoon." in (text := Page(response).text) or "Kies iemand uit de lijst." in text
    assert not goal.actions.exists()


def test_the_list_of_owners_names_nobody_of_another_household(goal, household, jolanda, bakelaar):
    page = jolanda.get(to("add_action", household, goal.pk)).content.decode()
    for stranger in ["Ruud", "Samira", "Hassan", "Gerrit"]:
        assert stranger not in page
    assert "Roos" in page


def test_somebody_new_is_written_down_right_there(goal, household, jolanda):
    new = {"new_name": "Tineke van der Broek", "new_organisation": "Fysiopunt", "new_phone": "000-000 08 01"}
    jolanda.post(to("add_action", household, goal.pk), an_action("new", **new))
    owner = goal.actions.get().owner
    assert (owner.get_full_name(), owner.organisation.name, owner.email) == ("Tineke van der Broek", "Fysiopunt", None)
    assert not owner.has_usable_password()
    jolanda.post(to("add_action", household, goal.pk), an_action("new", **new))
    assert {action.owner for action in goal.actions.all()} == {owner}


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ({"new_organisation": "Fysiopunt"}, "Schrijf de naam op van wie dit doet."),
        ({"new_name": "Tineke"}, "Schrijf op voor welke organisatie deze persoon werkt."),
    ],
)
def test_somebody_new_has_a_name_and_an_organisation(new, words, goal, household, jolanda):
    before = Professional.objects.count()
    response = jolanda.post(to("add_action", household, goal.pk), an_action("new", **new))
    assert response.status_code == 422
    assert words in Page(response).text
    assert Page(response).still_holds(an_action("new", **new))
    assert Professional.objects.count() == before


def test_somebody_new_is_not_kept_when_the_action_fails(goal, household, as_, monkeypatch):
    before = Professional.objects.count()

    def fails(**facts):
        raise RuntimeError

    jolanda = as_("jolanda")
    jolanda.raise_request_exception = False
    monkeypatch.setattr(access, "record", lambda **line: fails() if line["event"] == "add action" and "about" in line and isinstance(line["about"], Action) else None)  # fmt: skip
    new = {"new_name": "Tineke", "new_organisation": "Fysiopunt"}
    assert jolanda.post(to("add_action", household, goal.pk), an_action("new", **new)).status_code == 500
    assert Professional.objects.count() == before


# ---- who has said yes


def test_another_owner_has_not_said_yes_yet(action, household, jolanda, cast):
    actions.move_action(action=action, to=Status.ACCEPTED, by=cast.jolanda)
    jolanda.post(to("change_action", household, action.pk), an_action(cast.greet))
    action.refresh_from_db()
    assert (action.owner, action.status) == (cast.greet, "PROPOSED")
    jolanda.post(to("change_action", household, action.pk), an_action(cast.jolanda))
    action.refresh_from_db()
    assert (action.owner, action.status) == (cast.jolanda, "ACCEPTED")


def test_the_same_owner_need_not_say_yes_again(action, household, jolanda, cast):
    actions.move_action(action=action, to=Status.ACCEPTED, by=cast.jolanda)
    jolanda.post(to("change_action", household, action.pk), an_action(cast.dennis, what="Twee overzichten maken."))
    action.refresh_from_db()
    assert (action.what, action.status) == ("Twee overzichten maken.", "ACCEPTED")


def test_changing_the_words_does_not_undo_a_step_of_somebody_else(action, cast):
    page_that_was_open = Action.objects.get(pk=action.pk)
    actions.move_action(action=action, to=Status.ACCEPTED, by=cast.jolanda)
    actions.change_action(
        action=page_that_was_open, what="Twee overzichten maken.", owner=cast.dennis, due_on=SOON, by=cast.jolanda
    )
    action.refresh_from_db()
    assert (action.what, action.status) == ("Twee overzichten maken.", "ACCEPTED")


STEPS = {
    (Status.PROPOSED, Status.ACCEPTED),
    (Status.PROPOSED, Status.DECLINED),
    (Status.PROPOSED, Status.DROPPED),
    (Status.DECLINED, Status.PROPOSED),
    (Status.DECLINED, Status.DROPPED),
    (Status.ACCEPTED, Status.DONE),
    (Status.ACCEPTED, Status.DROPPED),
    (Status.DONE, Status.ACCEPTED),
    (Status.ACCEPTED, Status.HELD),
    (Status.HELD, Status.ACCEPTED),
    (Status.HELD, Status.DONE),
    (Status.HELD, Status.DROPPED),
    (Status.DROPPED, Status.PROPOSED),
    (Status.HANDED_ON, Status.ACCEPTED),
}


def put(action: Action, status: Status) -> None:
    """Past the verbs; who goes on without us has a name."""
    Action.objects.filter(pk=action.pk).update(status=status, handed_to="Karin" if status == Status.HANDED_ON else "")


@pytest.mark.parametrize(("present", "wanted"), list(product(Status, Status)), ids=str)
def test_every_step_that_exists_can_be_taken_and_no_other(present, wanted, action, household, jolanda, cast):
    put(action, present)
    if (present, wanted) in STEPS:
        response = jolanda.post(to("move_action", household, action.pk), {"to": wanted})
        expected = wanted
    else:
        with pytest.raises(workflow.NotAllowed):
            actions.move_action(action=action, to=wanted, by=cast.jolanda)
        response = jolanda.post(to("move_action", household, action.pk), {"to": wanted}, follow=True)
        assert "Deze actie is intussen veranderd." in Page(response).text
        expected = present
    action.refresh_from_db()
    assert action.status == expected


@pytest.mark.parametrize("data", [{}, {"to": ""}, {"to": "FINISHED"}])
def test_a_step_that_is_no_step_changes_nothing(data, action, household, jolanda):
    assert jolanda.post(to("move_action", household, action.pk), data).status_code == 302
    action.refresh_from_db()
    assert action.status == "PROPOSED"


def test_the_buttons_are_the_steps(action, household, jolanda):
    for present in Status:
        put(action, present)
        page = Page(jolanda.get(to("change_action", household, action.pk)))
        buttons = {given["value"] for tag, given in page.elements if tag == "button" and given.get("name") == "to"}
        assert buttons == {wanted for before, wanted in STEPS if before == present}


def test_of_two_steps_at_the_same_moment_one_is_taken(team_of_their_own, monkeypatch):
    team, anna = team_of_their_own.team, team_of_their_own.anna
    household = household_actions.make_household(name="Zonnedauw", team=team, coordinator=anna, by=anna)
    plan = actions.make_plan(household=household, by=anna)
    goal = actions.add_goal(plan=plan, by=anna, title="Ik open mijn post.", domain="DAILY_LIFE")
    action = actions.add_action(goal=goal, what="Bellen", owner=team_of_their_own.omar, due_on=SOON, by=anna)
    monkeypatch.setattr(workflow, "check", Meeting().before(workflow.check))

    outcomes = at_once(
        lambda: actions.move_action(action=Action.objects.get(pk=action.pk), to=Status.ACCEPTED, by=anna),
        lambda: actions.move_action(action=Action.objects.get(pk=action.pk), to=Status.ACCEPTED, by=anna),
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "NotAllowed"]


def test_the_plan_runs_when_somebody_has_said_yes(action, plan, cast):
    assert plan.status == "DRAFT"
    actions.move_action(action=action, to=Status.ACCEPTED, by=cast.jolanda)
    plan.refresh_from_db()
    assert plan.status == "ACTIVE"
