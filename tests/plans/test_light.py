"""One question, one action, no plan: and when there turns out to be more, it becomes the plan without typing anything again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from households import actions as household_actions
from households.models import Household
from plans import actions
from plans.models import Action, SupportPlan
from plans.workflow import Status
from tests.helpers import Page, at_once

SOON = timezone.localdate() + timedelta(days=7)


def to(name: str, household: Household, *keys: int) -> str:
    return reverse(f"plans:{name}", args=[household.number, *keys])


@pytest.fixture
def fresh(cast) -> Household:
    """A household without a plan, where nobody wrote anything down yet."""
    by = cast.jolanda
    return household_actions.make_household(name="Zonnedauw", team=by.teams.get(), coordinator=by, by=by)


def on_paper(household) -> str:
    return reverse("desk:paper", args=[household.number, "keukentafel"])


def typed(who, **changes: str) -> dict[str, str]:
    facts = {"question": "Hoe krijg ik een traplift?", "domain": "HOUSING", "what": "Bellen met de Wmo.",
             "owner": f"professional-{who.pk}", "due_on": f"{SOON}"}  # fmt: skip
    return facts | changes


def test_a_household_with_one_question_and_one_action(fresh, as_, cast):
    jolanda = as_("jolanda")
    home = reverse("desk:household", args=[fresh.number])
    assert to("light", fresh) in jolanda.get(home).content.decode()
    assert jolanda.post(to("light", fresh), typed(cast.jolanda)).status_code == 302
    fresh.refresh_from_db()
    assert fresh.request_in_own_words == "Hoe krijg ik een traplift?"
    page = jolanda.get(home).content.decode()
    assert "Bellen met de Wmo." in page
    assert "Eén vraag, één actie" in page
    assert on_paper(fresh) not in page
    assert jolanda.get(on_paper(fresh)).status_code == 302
    assert jolanda.get(to("add_goal", fresh)).status_code == 302
    assert "Bellen met de Wmo." in jolanda.get("/").content.decode()


def test_it_becomes_a_plan_without_typing_again(fresh, as_, cast):
    jolanda = as_("jolanda")
    jolanda.post(to("light", fresh), typed(cast.jolanda))
    before = Action.objects.get(goal__plan__household=fresh)
    assert jolanda.post(to("make", fresh)).status_code == 302
    plan = fresh.plans.open().get()
    action = Action.objects.get(goal__plan__household=fresh)
    assert (plan.light, plan.evaluate_on is not None) == (False, True)
    assert [goal.title for goal in plan.goals.all()] == ["Hoe krijg ik een traplift?"]
    same = ("pk", "what", "due_on", "status", "owner_professional_id", "goal_id")
    assert all(getattr(before, name) == getattr(action, name) for name in same)
    assert jolanda.get(on_paper(fresh)).status_code == 200
    assert "Dit huishouden heeft al een plan." in jolanda.post(to("make", fresh), follow=True).content.decode()


def test_own_words_that_stand_there_stay(fresh, cast):
    household_actions.change_household(household=fresh, by=cast.jolanda, request_in_own_words="Rust.")
    actions.ask_light(household=fresh, question="En een traplift.", domain="HOUSING", what="Bellen", owner=cast.jolanda,
                      due_on=SOON, by=cast.jolanda)  # fmt: skip
    fresh.refresh_from_db()
    assert fresh.request_in_own_words == "Rust."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"question": ""}, "Schrijf op wat zij vragen."),
        ({"domain": ""}, "Kies een leefgebied."),
        ({"what": ""}, "Schrijf op wat er gaat gebeuren."),
        ({"owner": ""}, "Kies één persoon."),
        ({"due_on": f"{SOON - timedelta(days=30)}"}, "Kies vandaag of een latere dag."),
    ],
)
def test_what_is_missing_is_told_and_nothing_typed_is_lost(changes, sentence, fresh, as_, cast):
    data = typed(cast.jolanda, **changes)
    page = as_("jolanda").post(to("light", fresh), data)
    assert page.status_code == 422
    assert sentence in Page(page).text
    assert Page(page).still_holds(data)
    assert not fresh.plans.exists()


def test_beside_a_plan_there_is_no_light_one(fresh, as_, cast):
    actions.make_plan(household=fresh, by=cast.jolanda)
    page = as_("jolanda").post(to("light", fresh), typed(cast.jolanda), follow=True)
    assert "Dit huishouden heeft al een plan." in page.content.decode()
    assert not Action.objects.filter(goal__plan__household=fresh).exists()


def test_somebody_else_says_yes_first(fresh, cast):
    action = actions.ask_light(household=fresh, question="Een traplift", domain="HOUSING", what="Bellen",
                               owner=cast.dennis, due_on=SOON, by=cast.jolanda)  # fmt: skip
    assert action.status == Status.PROPOSED


def test_two_at_once_make_one(team_of_their_own):
    team = team_of_their_own
    household = household_actions.make_household(name="Zonnedauw", team=team.team, coordinator=team.anna, by=team.anna)

    def ask():
        return actions.ask_light(household=Household.objects.get(pk=household.pk), question="Een traplift",
                                 domain="HOUSING", what="Bellen", owner=team.anna, due_on=SOON, by=team.anna)  # fmt: skip

    came = at_once(ask, ask)
    assert sorted(type(one).__name__ for one in came) == ["Action", "AlreadyAPlan"]
    assert SupportPlan.objects.filter(household=household).count() == 1


def test_mistakes_are_told_in_the_order_of_the_page(fresh, as_):
    page = Page(as_("jolanda").post(to("light", fresh), {"question": "Hoe krijg ik een traplift?"})).text
    assert page.index("Kies een leefgebied.") < page.index("Schrijf op wat er gaat gebeuren.")
