"""What there is for a household, and how far they are with it."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from desk.merging import merge
from households import actions as household_actions
from plans import actions
from plans.models import Action, Scheme, SchemeCheck, SupportPlan
from plans.models.scheme import SchemeState
from plans.papers.full import full_plan
from plans.schemes import Said, ours, schemes_of
from tests import paper
from tests.helpers import Page
from tests.plans.working import to

TODAY = timezone.localdate()
ACTION = "Samen aanvragen: Huurtoeslag."


def test_our_own_list_fits_where_a_team_writes_it():
    for key, facts in ours().items():
        Scheme(key=key, **facts).clean_fields(exclude=["team"])
        assert all(facts.values())


def walk(client, household, **said: str):
    """As a browser sends the form: with what was seen, and only what was changed is other than it was."""
    page = Page(client.get(to("schemes", household)))
    shown = page.fields
    return client.post(to("check_schemes", household), shown | said)


def test_only_what_changed_is_written_with_its_day_and_who_wrote_it(household, jolanda, cast):
    before = TODAY - timedelta(days=3)
    first = {"state-huurtoeslag": "CAN", "remark-huurtoeslag": "Nog <nooit> gedaan.", "on": f"{before}"}
    assert walk(jolanda, household, **first).status_code == 302
    assert walk(jolanda, household, **{"state-kindpakket": "GRANTED"}).status_code == 302
    rent, children = household.scheme_checks.order_by("pk")
    assert (rent.name, rent.state, rent.since, rent.changed_by) == ("Huurtoeslag", "CAN", before, cast.jolanda)
    assert (children.state, children.since) == ("GRANTED", TODAY)
    page = Page(jolanda.get(to("schemes", household)))
    assert "Nog <nooit> gedaan." in page.text
    walk(jolanda, household, **{"state-zorgtoeslag": "ASKED"})
    walk(jolanda, household, **{"state-zorgtoeslag": ""})
    assert household.scheme_checks.count() == 2
    assert page.text.index("Huurtoeslag") < page.text.index("Kindpakket")  # what can still be asked for stands first
    assert reverse("plans:schemes", args=[household.number]) in jolanda.get(to("money", household)).content.decode()


def test_what_is_not_right_is_kept_as_typed(household, jolanda):
    tomorrow = TODAY + timedelta(days=1)
    typed = {"remark-huurtoeslag": "Bijna.", "state-kindpakket": "ASKED", "on": f"{tomorrow}"}
    response = walk(jolanda, household, **typed)
    assert response.status_code == 422
    page = Page(response)
    assert "Kies vandaag of een eerdere dag." in page.text
    assert "Kies hoe ver het is." in page.text
    assert page.still_holds(typed)
    assert walk(jolanda, household, **{"state-kindpakket": "VERZONNEN"}).status_code == 422
    assert not household.scheme_checks.exists()


def test_two_who_walk_through_it_at_once_lose_nothing(household, jolanda, cast):
    stale = Page(jolanda.get(to("schemes", household))).fields
    said = {"huurtoeslag": Said("ASKED", ""), "zorgtoeslag": Said("GRANTED", "")}
    actions.check_schemes(household=household, said=said, on=TODAY, by=cast.jolanda)
    response = jolanda.post(to("check_schemes", household), stale | {"state-huurtoeslag": "NOT_NEEDED"})
    assert response.status_code == 422
    assert "“aangevraagd”" in Page(response).text
    response = jolanda.post(to("check_schemes", household), stale | {"state-kindpakket": "CAN"})
    assert response.status_code == 302
    states = dict(household.scheme_checks.values_list("key", "state"))
    assert states == {"huurtoeslag": "ASKED", "zorgtoeslag": "GRANTED", "kindpakket": "CAN"}


def test_what_is_possible_becomes_an_action_in_one_click_and_only_once(plan, household, jolanda, cast):
    said = {"huurtoeslag": Said("CAN", ""), "kindpakket": Said("ASKED", "")}
    actions.check_schemes(household=household, said=said, on=TODAY, by=cast.jolanda)
    door = reverse("plans:plan_scheme", args=[household.number, "huurtoeslag"])
    assert door in jolanda.get(to("schemes", household)).content.decode()
    assert jolanda.post(door).status_code == 302
    assert jolanda.post(door).status_code == 302
    goal = plan.goals.get()
    assert goal.domain == "MONEY"
    action = goal.actions.get()
    assert (action.what, action.owner, action.status) == (ACTION, cast.jolanda, Action.Status.ACCEPTED)
    jolanda.post(reverse("plans:plan_scheme", args=[household.number, "kindpakket"]))  # asked for already
    assert goal.actions.count() == 1
    assert "Het staat in het plan" in Page(jolanda.get(to("schemes", household))).text
    actions.move_action(action=action, to=Action.Status.DROPPED, by=cast.jolanda)
    assert jolanda.post(door).status_code == 302
    assert goal.actions.count() == 2


def test_without_a_plan_nothing_becomes_an_action(household, jolanda, cast):
    actions.check_schemes(household=household, said={"huurtoeslag": Said("CAN", "")}, on=TODAY, by=cast.jolanda)
    door = reverse("plans:plan_scheme", args=[household.number, "huurtoeslag"])
    assert door not in jolanda.get(to("schemes", household)).content.decode()
    assert jolanda.post(door).status_code == 302
    assert not Action.objects.filter(goal__plan__household=household).exists()


def test_the_list_is_the_teams_own_and_what_was_said_stays(household, jolanda, cast, small_team):
    actions.check_schemes(household=household, said={"huurtoeslag": Said("CAN", "")}, on=TODAY, by=cast.jolanda)
    change = reverse("schemes:change_scheme", args=["huurtoeslag"])
    assert jolanda.post(change, {"title": ""}).status_code == 422
    assert jolanda.post(change, {"title": "Toeslag voor de huur"}).status_code == 302
    assert jolanda.post(reverse("schemes:add_scheme"), {"title": "Wilgenradepas"}).status_code == 302
    jolanda.post(reverse("schemes:put_scheme", args=["huurtoeslag"]), {"in_use": "no"})
    jolanda.post(reverse("schemes:put_scheme", args=["zorgtoeslag"]), {"in_use": "no"})
    page = Page(jolanda.get(to("schemes", household))).text
    assert "Wilgenradepas" in page
    assert "Huurtoeslag" in page  # as it was called when it was said
    assert "Zorgtoeslag" not in page
    assert schemes_of(small_team.team)["huurtoeslag"].title == "Huurtoeslag"
    jolanda.post(reverse("schemes:put_scheme", args=["zorgtoeslag"]), {"in_use": "yes"})
    assert "Zorgtoeslag" in Page(jolanda.get(to("schemes", household))).text
    assert jolanda.get(reverse("schemes:change_scheme", args=["nergens"])).status_code == 404


def test_the_whole_plan_on_paper_tells_what_there_is(plan, household, cast):
    said = {"huurtoeslag": Said("ASKED", "Door Roos."), "kindpakket": Said("NOT_NEEDED", "")}
    actions.check_schemes(household=household, said=said, on=TODAY, by=cast.jolanda)
    text = " ".join(paper.read(full_plan(SupportPlan.objects.in_full().get(pk=plan.pk))))
    assert "Huurtoeslag" in text
    assert "Aangevraagd" in text
    assert "Kindpakket" not in text


def test_of_two_households_that_become_one_what_stands_there_once_stays_once(household, jolanda, cast):
    other = household_actions.make_household(
        name="Zonnedauw 2", team=household.team, coordinator=cast.jolanda, by=cast.jolanda
    )
    for one, state in ((household, "GRANTED"), (other, "ASKED")):
        actions.check_schemes(household=one, said={"huurtoeslag": Said(state, "")}, on=TODAY, by=cast.jolanda)
    actions.check_schemes(household=other, said={"kindpakket": Said("CAN", "")}, on=TODAY, by=cast.jolanda)
    for one in (household, other):
        offer = {"offered_on": TODAY, "told_by": "Jolanda", "until": TODAY, "by": cast.jolanda}
        actions.offer_own_plan(household=one, kind="FAMILY", **offer)
    merging = household_actions.propose_merging(
        mine=household, theirs=other, keeps_mine=True, reason="Eén huis.", by=cast.jolanda
    )
    merge(merging=merging, by=cast.pascal)
    assert dict(SchemeCheck.objects.filter(household=household).values_list("key", "state")) == {
        "huurtoeslag": SchemeState.GRANTED, "kindpakket": SchemeState.CAN,
    }  # fmt: skip
    assert household.own_plans.waiting().count() == 1
