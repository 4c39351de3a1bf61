"""A goal that begins with an example of the team."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from households.domains import LifeDomain
from plans.examples import examples_of, ours
from plans.forms.people import key
from plans.models import Action, ExampleGoal, Goal
from plans.models.action import Tier
from tests.plans.working import HTMX, SOON, to
from tests.reading import Page

LIST = reverse("examples:examples")


def example(**changes: str) -> dict[str, str]:
    return {
        "domain": "HOUSING", "title": "Wij wonen “droog” & warm.", "how_we_see_it": "Geen <plas>.", "weeks": "8",
        "what1": "Bellen.", "tier1": "OWN", "weeks1": "2",
    } | changes  # fmt: skip


def test_our_examples_are_for_every_domain_and_begin_with_themselves():
    examples = [ExampleGoal(key=name, **facts) for name, facts in ours().items()]
    assert {one.domain for one in examples} == set(LifeDomain.values)
    for one in examples:
        one.clean_fields(exclude=["team"])
        assert 2 <= len(one.first_steps) <= 4
        assert one.first_steps[0].tier == Tier.OWN
        assert all(step.tier in Tier.values and 1 <= step.weeks <= one.weeks for step in one.first_steps)


def test_an_example_fills_in_the_goal_and_nothing_is_saved(plan, household, jolanda):
    page = jolanda.get(to("add_goal", household), {"voorbeeld": "post-openen"})
    assert "Ik open elke week mijn post." in page.content.decode()
    assert "Alle post in één bak leggen." in page.content.decode()
    assert not plan.goals.exists()


def test_only_what_is_ticked_comes_into_the_plan(plan, household, jolanda, cast):
    karin = household.network.get()
    goal = {"title": "Ik open mijn post zelf.", "domain": "MONEY", "why": "", "how_we_see_it": "", "by_when": ""}
    typed = {"take2": "on", "owner2": key(karin), "due_on2": f"{SOON}", "owner1": "", "due_on1": ""}
    address = f"{to('add_goal', household)}?voorbeeld=post-openen"
    assert jolanda.post(address, goal | typed).status_code == 302
    made = plan.goals.get()
    assert (made.title, made.domain) == ("Ik open mijn post zelf.", "MONEY")
    action = made.actions.get()
    assert (action.what, action.owner, action.due_on) == ("Elke week samen de post openen.", karin, SOON)
    assert action.status == Action.Status.PROPOSED


def test_a_kind_of_help_that_does_not_follow_from_whose_it_is_stays(plan, household, jolanda, cast):
    goal = {"title": "Ik ben minder alleen.", "domain": "NETWORK_PART"}
    typed = {"take2": "on", "owner2": key(cast.jolanda), "due_on2": f"{SOON}"}
    jolanda.post(f"{to('add_goal', household)}?voorbeeld=onder-de-mensen", goal | typed)
    action = plan.goals.get().actions.get()
    assert (action.help, action.status) == (Tier.GENERAL, Action.Status.ACCEPTED)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"owner1": ""}, "Kies één persoon."),
        ({"owner1": "professional-999999"}, "Kies iemand uit de lijst."),
        ({"due_on1": ""}, "Kies een dag."),
        ({"due_on1": f"{timezone.localdate() - timedelta(days=1)}"}, "Kies vandaag of een latere dag."),
        ({"title": ""}, "Schrijf op wat zij willen bereiken."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(changes, sentence, plan, household, jolanda):
    (resident,) = (member.resident for member in household.members.all())
    data = {
        "title": "Ik open mijn post.", "domain": "MONEY", "why": "Rust & ruimte.",
        "take1": "on", "owner1": key(resident), "due_on1": f"{SOON}",
    } | changes  # fmt: skip
    page = jolanda.post(f"{to('add_goal', household)}?voorbeeld=post-openen", data, headers=HTMX)
    assert page.status_code == 422
    assert sentence in Page(page).text
    assert "Rust &amp; ruimte." in page.content.decode()
    assert not Goal.objects.filter(plan=plan).exists()
    assert not Action.objects.filter(goal__plan=plan).exists()


def test_an_example_that_is_not_there_is_an_empty_form(plan, household, jolanda):
    page = jolanda.get(to("add_goal", household), {"voorbeeld": "../x"})
    assert page.status_code == 200
    assert "Eerste stappen" not in page.content.decode()


def test_a_team_changes_ours_adds_its_own_and_puts_one_away(household, plan, jolanda, as_, small_team):
    ours_, new = reverse("examples:change_example", args=["post-openen"]), reverse("examples:add_example")
    assert "Alle post in één bak leggen." in jolanda.get(ours_).content.decode()
    assert jolanda.post(ours_, example(title="Ik lees mijn post.")).status_code == 302
    assert jolanda.post(new, example()).status_code == 302
    jolanda.post(reverse("examples:put_example", args=["huis-op-orde"]), {"in_use": "no"})

    page = Page(jolanda.get(to("add_goal", household))).text
    assert "Ik lees mijn post." in page
    assert "Wij wonen “droog” & warm." in page
    assert "Ons huis is schoon, veilig en heel." not in page
    assert "Ik open elke week mijn post." not in page
    # Another team keeps its own list.
    assert examples_of(small_team.team)["post-openen"].title == "Ik open elke week mijn post."

    assert "Ons huis is schoon, veilig en heel." in Page(jolanda.get(LIST)).text
    jolanda.post(reverse("examples:put_example", args=["huis-op-orde"]), {"in_use": "yes"})
    assert "Ons huis is schoon, veilig en heel." in Page(jolanda.get(to("add_goal", household))).text


def test_a_goal_does_not_change_with_its_example(plan, household, jolanda):
    jolanda.post(
        f"{to('add_goal', household)}?voorbeeld=post-openen", {"title": "Ik open mijn post.", "domain": "MONEY"}
    )
    jolanda.post(reverse("examples:change_example", args=["post-openen"]), example())
    goal = plan.goals.get()
    assert (goal.title, goal.domain) == ("Ik open mijn post.", "MONEY")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Schrijf op wat zij willen bereiken."),
        ({"domain": "IETS"}, "IETS"),
        ({"weeks": "0"}, "Schrijf een aantal weken van 1 tot en met 104."),
        ({"weeks1": "999"}, "Schrijf een aantal weken van 1 tot en met 104."),
        ({"tier1": ""}, "Kies wie dit zou kunnen doen."),
        ({"what1": ""}, "Schrijf wat er gebeurt, of kies niemand."),
    ],
)
def test_an_example_that_is_not_right_is_kept_as_typed(changes, sentence, jolanda):
    page = jolanda.post(reverse("examples:add_example"), example(**changes))
    assert page.status_code == 422
    assert sentence in Page(page).text
    assert "Geen &lt;plas&gt;." in page.content.decode()
    assert not ExampleGoal.objects.exists()


def test_only_who_writes_for_the_team_changes_the_list(as_):
    for name in ("fadoua", "dennis", "bart"):
        assert as_(name).get(LIST).status_code == 403
        assert as_(name).post(reverse("examples:add_example"), example()).status_code == 403


def test_unknown_is_not_there(jolanda):
    assert jolanda.get(reverse("examples:change_example", args=["nergens"])).status_code == 404
