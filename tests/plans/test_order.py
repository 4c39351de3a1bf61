"""Goals and actions are put in order, one in front of another, and the plan follows it everywhere."""

from collections.abc import Callable

import pytest

from households import actions as household_actions
from plans import actions
from plans.actions import order
from plans.agreeing import agreement_of
from plans.models import Action, Goal, SupportPlan
from plans.pdf import kitchen_table
from tests.helpers import Meeting, Page, at_once
from tests.paper import read
from tests.plans.working import HTMX, SOON, to


@pytest.fixture
def goals(plan, cast) -> list[Goal]:
    titles = ("Ik slaap goed.", "Wij eten samen.", "Ik ken mijn buren.")
    return [actions.add_goal(plan=plan, by=cast.jolanda, title=title, domain="DAILY_LIFE") for title in titles]


@pytest.fixture
def rows(goals, household, cast) -> list[Action]:
    """Under the first goal: what Roos does, what Karin does, and three things that Greet does."""
    roos, karin = household.members.get().resident, household.network.get()
    owners = (roos, karin, cast.greet, cast.greet, cast.greet)
    return [
        actions.add_action(goal=goals[0], what=f"Stap {n}.", owner=owner, due_on=SOON, by=cast.jolanda)
        for n, owner in enumerate(owners, start=1)
    ]


def button(page: Page, key: str) -> str:
    """What this arrow sends."""
    return next(given["value"] for tag, given in page.elements if given.get("id") == key)


def test_goals_go_up_and_down_and_the_paper_follows(goals, rows, plan, household, jolanda):
    one, two, three = goals
    page = Page(jolanda.get(to("order", household)))
    for name, wanted in (("lager", [two, one, three]), ("lager", [two, three, one]), ("lager", [two, three, one]), ("hoger", [two, one, three])):  # fmt: skip
        before = button(page, f"{name}-doel-{one.pk}")
        answer = jolanda.post(to("order_goal", household, one.pk), {"before": before}, follow=True)
        page = Page(answer)
        assert list(plan.goals.all()) == wanted
    assert "Dit is nu doel 2 van 3." in page.text
    jolanda.post(to("order_goal", household, three.pk), {"before": f"{two.pk}"})
    page = Page(jolanda.get(to("order", household)))
    assert {"1. Ik ken mijn buren.", "2. Wij eten samen.", "3. Ik slaap goed."} <= set(page.texts)
    paper = " ".join(read(kitchen_table(SupportPlan.objects.in_full().get(pk=plan.pk))))
    assert paper.index("Ik ken mijn buren.") < paper.index("Wij eten samen.") < paper.index("Ik slaap goed.")


def test_an_action_moves_among_its_own_kind_and_to_another_goal(goals, rows, household, jolanda, cast):
    own, close, one, two, three = rows

    def put(action: Action, before: Action | None, goal: Goal | None = None) -> str:
        asked = {"before": f"{before.pk}" if before else "", "goal": f"{goal.pk}" if goal else ""}
        return jolanda.post(to("order_action", household, action.pk), asked, headers=HTMX).content.decode()

    assert "Dit is nu actie 3 van 5 onder doel 1." in put(three, one)
    assert list(goals[0].actions.all()) == [own, close, three, one, two]
    put(two, own)  # what they do themselves stays first, then what people close to them do
    assert list(goals[0].actions.all()) == [own, close, two, three, one]
    put(own, None)
    assert goals[0].actions.first() == own
    assert "Dit is nu actie 1 van 1 onder doel 3." in put(three, None, goals[2])
    put(own, three, goals[2])
    assert list(goals[2].actions.all()) == [own, three]
    assert list(goals[0].actions.all()) == [close, two, one]
    put(one, three)  # a colleague just took that one away: at the end
    assert list(goals[0].actions.all()) == [close, two, one]


def test_another_order_asks_nobody_anew_and_another_goal_does(goals, rows, plan, household, cast):
    version = actions.put_forward(plan=plan, by=cast.jolanda)
    actions.order_goal(goal=goals[0], before=None, by=cast.jolanda)
    actions.order_action(action=rows[4], goal=goals[0], before=rows[2], by=cast.jolanda)
    fresh = SupportPlan.objects.in_full().get(pk=plan.pk)
    assert agreement_of(fresh).changes == []
    assert actions.put_forward(plan=plan, by=cast.jolanda) == version
    actions.order_action(action=rows[4], goal=goals[1], before=None, by=cast.jolanda)
    (change,) = agreement_of(SupportPlan.objects.in_full().get(pk=plan.pk)).changes
    assert [one.label for one in change.differences] == ["Onder welk doel?"]


def test_a_strange_id_is_not_found_and_changes_nothing(goals, rows, household, bakelaar, jolanda, as_):
    strange_goal, strange = Goal.objects.filter(plan__household=bakelaar).first(), Action.objects.filter(goal__plan__household=bakelaar).first()  # fmt: skip
    before = list(Action.objects.values_list("pk", "goal", "rank")), list(Goal.objects.values_list("pk", "rank"))
    for wrong in (f"{strange_goal.pk}", "0", "-1", "one", "٣", "9" * 30):
        assert jolanda.post(to("order_goal", household, goals[0].pk), {"before": wrong}).status_code == 404
        assert jolanda.post(to("order_action", household, rows[0].pk), {"goal": wrong}).status_code == 404
    assert jolanda.post(to("order_action", household, rows[0].pk), {"before": f"{strange.pk}"}).status_code == 404
    assert jolanda.post(to("order_goal", household, strange_goal.pk), {"before": ""}).status_code == 404
    assert as_("amir").post(to("order_goal", household, goals[0].pk), {"before": ""}).status_code == 403
    assert before == (list(Action.objects.values_list("pk", "goal", "rank")), list(Goal.objects.values_list("pk", "rank")))  # fmt: skip


def test_two_who_order_at_once_both_get_what_they_asked(team_of_their_own, monkeypatch):
    team, anna = team_of_their_own.team, team_of_their_own.anna
    home = household_actions.make_household(name="Zonnedauw", team=team, coordinator=anna, by=anna)
    plan = actions.make_plan(household=home, by=anna)
    one, two, three = (actions.add_goal(plan=plan, by=anna, title=title, domain="MONEY") for title in "abc")
    monkeypatch.setattr(order, "in_front", Meeting().before(order.in_front))

    def put(goal: Goal) -> Callable[[], None]:
        return lambda: actions.order_goal(goal=Goal.objects.get(pk=goal.pk), before=one, by=anna)

    assert at_once(put(two), put(three)) == [None, None]
    assert {one.pk for one in plan.goals.all()[:2]} == {two.pk, three.pk}
    assert list(plan.goals.values_list("rank", flat=True)) == [1, 2, 3]
