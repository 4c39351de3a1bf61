"""What does not fit together: found when something is written, looked at side by side, solved or kept with a reason; and who
hears of it."""

from datetime import time, timedelta
from itertools import permutations

import pytest
from django.urls import reverse

from households import actions as household_actions
from households.models import Participant
from plans import actions, tasks
from plans.models import Action, ActionConflict, Goal, Opposition
from plans.workflow import Status
from tests.circle.working import agree, invite, page_of
from tests.helpers import Page
from tests.plans.working import HTMX, SOON, an_action, to

TUESDAY, WEDNESDAY = 1, 2


def at(weekday: int = TUESDAY, starts: int = 9, ends: int = 12, place: str = "") -> dict:
    return {"weekday": weekday, "starts": time(starts), "ends": time(ends), "place": place}


def meets(weekday: int = TUESDAY, starts: str = "09:00", ends: str = "12:00", **more: str) -> dict[str, str]:
    return {"weekday": f"{weekday}", "starts": starts, "ends": ends, "every_weeks": "1"} | more


@pytest.fixture
def lesson(goal, cast) -> Action:
    return actions.add_action(
        goal=goal,
        what="Les in lezen.",
        owner=cast.greet,
        due_on=SOON,
        by=cast.jolanda,
        appointment=at(starts=10, ends=11),
    )


@pytest.fixture
def morning(goal, cast, lesson) -> Action:
    """Clashes with the lesson."""
    return actions.add_action(
        goal=goal, what="Een ochtend werken.", owner=cast.hetty, due_on=SOON, by=cast.jolanda, appointment=at()
    )


@pytest.fixture
def clash(plan, morning) -> ActionConflict:
    return plan.clashes.open().get()


def open_in(plan) -> list[tuple[str, set[int]]]:
    return [(one.rule, {side.pk for side in one.sides.all()}) for one in plan.clashes.open()]


# ---- found and gone


def test_a_clash_is_found_when_an_action_is_written_and_gone_when_it_changes(
    jolanda, plan, lesson, household, goal, cast
):
    response = jolanda.post(to("add_action", household, goal.pk), an_action(cast.hetty) | meets(), headers=HTMX)
    assert "Dit past niet bij iets anders in het plan." in Page(response).text
    assert "Twee afspraken op hetzelfde moment" in Page(response).text  # put in its place, above on the page
    morning = Action.objects.latest("pk")
    assert open_in(plan) == [("SAME_TIME", {lesson.pk, morning.pk})]
    jolanda.post(
        to("change_action", household, morning.pk), an_action(cast.hetty, goal=f"{goal.pk}") | meets(WEDNESDAY)
    )
    assert open_in(plan) == []
    assert plan.clashes.get().state == "SOLVED"
    jolanda.post(to("change_action", household, morning.pk), an_action(cast.hetty, goal=f"{goal.pk}") | meets())
    assert open_in(plan) == [("SAME_TIME", {lesson.pk, morning.pk})]  # it came back, as a new one
    assert plan.clashes.count() == 2


@pytest.mark.parametrize("how", [Status.DROPPED, Status.DECLINED])
def test_what_is_not_done_clashes_with_nothing(how, clash, plan, morning, cast):
    actions.move_action(action=morning, to=how, by=cast.jolanda)
    assert open_in(plan) == []
    actions.move_action(action=morning, to=Status.PROPOSED, by=cast.jolanda)
    assert len(open_in(plan)) == 1


def test_a_goal_for_somebody_else_changes_what_clashes(clash, plan, goal, household, cast):
    roos = household.members.get().resident
    bas = household_actions.add_resident(household=household, by=cast.jolanda, first_name="Bas")
    other = actions.add_goal(plan=plan, by=cast.jolanda, title="Iets anders.", domain="MONEY", about=[bas])
    action = actions.add_action(
        goal=other, what="Bellen.", owner=cast.dennis, due_on=SOON, by=cast.jolanda, appointment=at()
    )
    assert len(open_in(plan)) == 3  # the first goal is about everybody
    actions.change_goal(goal=goal, by=cast.jolanda, about=[roos])
    assert open_in(plan) == [("SAME_TIME", {side.pk for side in clash.sides.all()})]
    actions.change_goal(goal=other, by=cast.jolanda, about=[roos])
    assert len(open_in(plan)) == 3
    assert all(action.pk not in sides for _rule, sides in open_in(plan)[:1])


def test_the_same_is_found_whatever_was_written_first(plan, goal, cast):
    facts = {
        "lesson": {"owner": cast.greet, "appointment": at(starts=10, ends=11)},
        "morning": {"owner": cast.hetty, "appointment": at()},
        "call": {"owner": cast.dennis, "appointment": at(starts=11, ends=12)},
    }
    found = []
    for order in permutations(facts):
        for name in order:
            actions.add_action(goal=goal, what=name, due_on=SOON, by=cast.jolanda, **facts[name])
        found.append({frozenset(one.sides.values_list("owner_professional", flat=True)) for one in plan.clashes.open()})
        ActionConflict.objects.all().delete()
        Action.objects.filter(goal=goal).delete()
    assert all(one == found[0] for one in found)
    assert len(found[0]) == 2


def test_who_comes_to_live_there_is_seen_when_somebody_looks_again(household, plan, cast):
    """Time goes by and people come: what no change of the plan showed is found by the look of every day."""
    goals = [
        actions.add_goal(plan=plan, by=cast.jolanda, title=f"Doel {number}", domain="MONEY", about=about)
        for number, about in enumerate(([], [household_actions.add_resident(household=household, by=cast.jolanda, first_name="Bas")]))
    ]  # fmt: skip
    bas = goals[1].about.get()
    household.members.filter(resident=bas).delete()
    for goal, owner in zip(goals, (cast.greet, cast.hetty), strict=True):
        actions.add_action(goal=goal, what="Iets.", owner=owner, due_on=SOON, by=cast.jolanda, appointment=at())
    assert open_in(plan) == []
    household.members.create(household=household, resident=bas)
    tasks.look_again()
    assert [rule for rule, _sides in open_in(plan)] == ["SAME_TIME"]
    assert not actions.look_again(plan=plan)


# ---- kept with a reason


def test_what_stays_with_a_reason_is_not_raised_anew_until_a_side_changes(clash, plan, goal, morning, lesson, household, jolanda, cast):  # fmt: skip
    response = jolanda.post(to("settle_clash", household, clash.pk), {"because": "Tot de zomer gaat Ruud om de week."})
    assert response.status_code == 302
    clash.refresh_from_db()
    assert (clash.state, clash.because) == ("MOTIVATED", "Tot de zomer gaat Ruud om de week.")
    actions.add_action(goal=goal, what="Iets anders.", owner=cast.dennis, due_on=SOON, by=cast.jolanda)
    actions.move_action(action=morning, to=Status.ACCEPTED, by=cast.jolanda)
    assert open_in(plan) == []
    facts = {"what": "Een ochtend.", "owner": cast.hetty, "by": cast.jolanda}
    actions.change_action(action=morning, due_on=SOON, appointment=at(), **facts)  # in other words only
    assert open_in(plan) == []
    actions.change_action(action=morning, due_on=SOON + timedelta(days=1), appointment=at(), **facts)
    assert open_in(plan) == [("SAME_TIME", {lesson.pk, morning.pk})]


def test_without_a_reason_it_does_not_stay_and_what_was_typed_is_kept(clash, household, jolanda, plan):
    response = jolanda.post(to("settle_clash", household, clash.pk), {"because": "  "})
    assert response.status_code == 422
    assert "Schrijf op waarom het zo blijft." in Page(response).text
    long = "x" * 1001
    response = jolanda.post(to("settle_clash", household, clash.pk), {"because": long})
    assert response.status_code == 422
    assert Page(response).still_holds({"because": long})
    assert len(open_in(plan)) == 1


def test_what_a_rule_finds_is_not_solved_by_saying_so(clash, cast):
    with pytest.raises(actions.NotSolved):
        actions.solve_clash(clash=clash, because="Opgelost.", by=cast.jolanda)


# ---- solved


def test_one_of_the_two_is_dropped(clash, plan, morning, household, jolanda):
    assert jolanda.post(reverse("plans:drop_side", args=[household.number, clash.pk, morning.pk])).status_code == 302
    morning.refresh_from_db()
    assert morning.status == "DROPPED"
    assert open_in(plan) == []


def test_one_after_the_other_is_no_clash(clash, plan, morning, lesson, household, jolanda):
    assert jolanda.post(reverse("plans:put_first", args=[household.number, clash.pk, lesson.pk])).status_code == 302
    morning.refresh_from_db()
    assert morning.waits_for == lesson
    assert open_in(plan) == []
    assert "Wacht op: Les in lezen." in Page(jolanda.get(to("goal", household, morning.goal_id))).text


def test_no_circle_of_waiting(clash, morning, lesson, household, jolanda, cast):
    actions.put_in_turn(clash=clash, first=lesson, then=morning, by=cast.jolanda)
    with pytest.raises(actions.NotTogether):
        actions.put_in_turn(clash=clash, first=morning, then=lesson, by=cast.jolanda)
    typed = an_action(cast.greet, waits_for=f"{morning.pk}", goal=f"{morning.goal_id}") | meets()
    response = jolanda.post(to("change_action", household, lesson.pk), typed)
    assert response.status_code == 422
    assert "Die actie wacht al op deze. Kies een andere." in Page(response).text
    assert Page(response).still_holds({"what": typed["what"], "starts": "09:00", "weekday": "1"})


def test_who_waits_for_what_is_on_hold(plan, goal, cast):
    first = actions.add_action(goal=goal, what="Eerst.", owner=cast.jolanda, due_on=SOON, by=cast.jolanda)
    then = actions.add_action(goal=goal, what="Dan.", owner=cast.jolanda, due_on=SOON, by=cast.jolanda, waits_for=first)
    assert open_in(plan) == []
    actions.move_action(action=first, to=Status.HELD, by=cast.jolanda)
    assert open_in(plan) == [("STALLED", {first.pk, then.pk})]
    actions.move_action(action=first, to=Status.ACCEPTED, by=cast.jolanda)
    assert open_in(plan) == []


def test_what_the_team_says_does_not_go_together(plan, goal, household, cast, as_):
    looking, building = "een hele week werk zoeken", "rustig opbouwen"
    lead = as_("pascal")
    lead.post(reverse("aims:aims"), {"domain": "WORK_EDU", "one": looking, "other": building})
    aims = {aim.words: aim for aim in household.team.aims.filter(domain="WORK_EDU")}
    pair = [
        actions.add_action(goal=goal, what=words, owner=owner, due_on=SOON, by=cast.jolanda, aim=aims[words])
        for words, owner in ((looking, cast.dennis), (building, cast.hetty))
    ]
    assert open_in(plan) == [("OPPOSITE", {action.pk for action in pair})]
    response = lead.post(reverse("aims:aims"), {"domain": "WORK_EDU", "one": building, "other": looking.upper()})
    assert response.status_code == 422
    assert Page(response).still_holds({"one": building, "other": looking.upper()})
    removing = reverse("aims:remove", args=[Opposition.objects.get(one__domain="WORK_EDU").pk])
    assert removing in [given.get("action") for _tag, given in Page(lead.get(reverse("aims:aims"))).elements]
    lead.post(removing)
    assert open_in(plan) == []


def test_the_list_of_another_team_is_not_ours(small_team, as_, cast):
    theirs = actions.add_opposition(team=small_team.team, domain="MONEY", one="a", other="b", by=small_team.anna)
    assert as_("pascal").post(reverse("aims:remove", args=[theirs.pk])).status_code == 404


# ---- said by somebody


def test_somebody_raises_what_no_rule_sees(plan, goal, action, household, jolanda, cast):
    other = actions.add_action(goal=goal, what="Iets.", owner=cast.greet, due_on=SOON, by=cast.jolanda)
    typed = {"said": "Dat kan niet allebei.", "sides": [action.pk]}
    assert jolanda.post(to("raise_clash", household), typed).status_code == 422
    response = jolanda.post(to("raise_clash", household), typed | {"sides": [action.pk, other.pk]})
    clash = plan.clashes.open().get()
    assert response.url == to("clash", household, clash.pk)
    assert "Dat kan niet allebei." in Page(jolanda.get(response.url)).text
    actions.move_action(action=action, to=Status.ACCEPTED, by=cast.jolanda)  # no rule ends it
    assert plan.clashes.open().count() == 1
    jolanda.post(to("settle_clash", household, clash.pk), {"because": "Samen besproken."})
    clash.refresh_from_db()
    assert (clash.state, clash.because) == ("SOLVED", "Samen besproken.")


# ---- where it shows


def test_what_does_not_fit_in_one_plan_is_one_line_of_my_day(clash, plan, action, jolanda, cast):
    actions.raise_clash(plan=plan, said="Dat kan niet allebei.", by=cast.jolanda, sides=[action])
    day = Page(jolanda.get(reverse("desk:my_day"))).text
    assert "In het plan passen 2 dingen niet bij elkaar Zonnedauw" in day
    assert "In het plan past iets niet bij elkaar Zonnedauw" not in day


def test_it_shows_with_the_household_and_in_my_day(clash, household, jolanda):
    card = "Twee afspraken op hetzelfde moment"
    assert card in Page(jolanda.get(reverse("desk:household", args=[household.number]))).text
    assert "In het plan past iets niet bij elkaar Zonnedauw" in Page(jolanda.get(reverse("desk:my_day"))).text
    for address in (to("clashes", household), to("clash", household, clash.pk)):
        text = Page(jolanda.get(address)).text
        assert all(words in text for words in (card, "Les in lezen.", "Een ochtend werken.", "elke dinsdag 9.00-12.00"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_as_many_queries_at_one_as_at_thirty(number, plan, goal, household, jolanda, cast, django_assert_num_queries):  # fmt: skip
    pair = [
        actions.add_action(goal=goal, what="Iets.", owner=cast.greet, due_on=SOON, by=cast.jolanda) for _ in range(2)
    ]
    for _ in range(number):
        actions.raise_clash(plan=plan, said="Zo.", sides=pair, by=cast.jolanda)
    jolanda.get(to("clashes", household))
    with django_assert_num_queries(QUERIES):
        jolanda.get(to("clashes", household))


QUERIES = 7


@pytest.fixture
def in_circle(home, cast) -> Participant:
    """Dennis, whose action clashes with one of Roos about health, which he does not see."""
    own, other = home.goals["money"], home.goals["mind"]
    actions.add_action(goal=own, what="Actie van Dennis", owner=cast.dennis, due_on=SOON, by=home.by, appointment=at())
    actions.add_action(
        goal=other,
        what="Geheime therapie",
        owner=cast.nadia,
        due_on=SOON,
        by=home.by,
        appointment=at(place="Geheime plek"),
    )
    return invite(home, cast.dennis)


def test_a_participant_hears_that_something_does_not_fit_and_not_what(in_circle, home, cast):
    text = page_of(cast.dennis)
    assert "Uw actie “Actie van Dennis” past niet bij iets anders." in text
    assert "Bel Jolanda" in text
    (call,) = [line for line in text.splitlines() if "Bel Jolanda" in line]
    assert 'href="tel:0000000111"' in call  # on a phone one tap is enough
    for secret in ("Geheime therapie", "Geheime plek", "hetzelfde moment", "Nadia"):
        assert secret not in text


def test_a_participant_who_may_see_both_sides_sees_both(in_circle, home, cast):
    agree(home, [home.roos], cast.dennis.organisation, ("MENTAL_HEALTH",))
    household_actions.share(participant=in_circle, domain="MENTAL_HEALTH", by=home.by, sure=True)
    text = page_of(cast.dennis)
    assert "twee afspraken op hetzelfde moment" in text
    assert "Geheime therapie, elke dinsdag 9.00-12.00" in text


def test_who_has_no_part_in_it_hears_nothing(in_circle, home, cast):
    actions.add_action(goal=home.goals["child"], what="Iets", owner=cast.mo, due_on=SOON, by=home.by)
    invite(home, cast.mo)
    assert "past niet bij" not in page_of(cast.mo).replace("Dit past niet bij iets anders", "")


def test_somebody_in_the_circle_tells_the_coordinator(home, cast, as_):
    action = actions.add_action(
        goal=home.goals["money"], what="Actie van Dennis", owner=cast.dennis, due_on=SOON, by=home.by
    )
    invite(home, cast.dennis)
    dennis, address = as_("dennis"), reverse("desk:does_not_fit", args=[action.pk])
    assert dennis.post(address, {"said": ""}).status_code == 422
    assert dennis.post(address, {"said": "Het CAK wil iets anders."}).status_code == 302
    clash = home.plan.clashes.open().get()
    assert (clash.said, clash.raised_by) == ("Het CAK wil iets anders.", cast.dennis)
    assert "Het CAK wil iets anders." in page_of(cast.dennis)
    assert "Het CAK wil iets anders." in Page(as_("jolanda").get(to("clashes", home.household))).text


def test_what_one_of_the_circle_told_is_not_read_by_another(home, cast):
    actions_of = [
        actions.add_action(goal=home.goals["money"], what=f"Van {who}", owner=who, due_on=SOON, by=home.by)
        for who in (cast.dennis, cast.greet)
    ]
    for who in (cast.dennis, cast.greet):
        invite(home, who)
    actions.raise_clash(plan=home.plan, said="Geheim gezegd", sides=actions_of, by=cast.dennis)
    assert "Geheim gezegd" not in page_of(cast.greet)
    assert "past niet bij iets anders." in page_of(cast.greet)


# ---- the own action, in one tap


def test_the_owner_puts_it_on_hold_and_goes_on(home, cast, as_):
    action = actions.add_action(goal=home.goals["money"], what="Van Dennis", owner=cast.dennis, due_on=SOON, by=home.by)
    invite(home, cast.dennis)
    dennis, address = as_("dennis"), reverse("desk:own_step", args=[action.pk])
    for step in ("ACCEPTED", "HELD", "ACCEPTED", "HELD", "DONE"):
        dennis.post(address, {"to": step})
        action.refresh_from_db()
        assert action.status == step


# ---- what can not be


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"weekday": "", "starts": "09:00"}, "Kies de dag van de week van de afspraak."),
        ({"starts": ""}, "Vul in wanneer het begint."),
        ({"ends": "08:00"}, "Het houdt later op dan het begint."),
        ({"from_on": "2020-01-01"}, "Het plan begon op"),
        ({"due_on": "2226-01-01"}, "Deze dag is heel ver weg. Kijk nog eens naar het jaar."),
        ({"tier": "OWN"}, "Dit past niet bij wie het doet."),
        ({"waits_for": "999999"}, "Kies een actie van dit plan."),
    ],
)
def test_an_action_that_can_not_be(changes, says, goal, household, jolanda, cast):
    typed = an_action(cast.hetty) | meets(place="De hal & de tuin") | changes
    response = jolanda.post(to("add_action", household, goal.pk), typed)
    assert response.status_code == 422
    assert says in Page(response).text
    kept = {name: value for name, value in typed.items() if name not in ("waits_for",)}
    assert {name: Page(response).fields.get(name, "") for name in kept} == kept
    assert not goal.actions.exists()


def test_who_left_is_asked_for_by_name(action, household, jolanda, cast):
    dennis = cast.dennis
    dennis.is_active = False
    dennis.save()
    typed = an_action(dennis, goal=f"{action.goal_id}")
    response = jolanda.post(to("change_action", household, action.pk), typed)
    assert response.status_code == 422
    assert f"{dennis} is hier niet meer. Kies wie dit nu doet." in Page(response).text
    typed["owner"] = ""
    assert f"{dennis} is hier niet meer." in Page(jolanda.post(to("change_action", household, action.pk), typed)).text
    Action.objects.filter(pk=action.pk).update(status="ACCEPTED")
    assert "Is hier niet meer. Kies iemand anders." in Page(jolanda.get(f"/huishoudens/{household.number}/")).text
    assert Page(response).still_holds({"what": typed["what"], "due_on": typed["due_on"]})


def test_an_action_goes_to_another_goal_of_its_own_plan_only(action, plan, household, bakelaar, jolanda, cast):
    other = actions.add_goal(plan=plan, by=cast.jolanda, title="Iets anders.", domain="MONEY")
    jolanda.post(to("change_action", household, action.pk), an_action(cast.dennis, goal=f"{other.pk}"))
    action.refresh_from_db()
    assert action.goal == other
    elsewhere = Goal.objects.filter(plan__household=bakelaar).first()
    response = jolanda.post(to("change_action", household, action.pk), an_action(cast.dennis, goal=f"{elsewhere.pk}"))
    assert response.status_code == 422
    assert "Kies een doel van dit plan." in Page(response).text


def test_a_clash_or_a_side_of_another_household_is_not_found(clash, bakelaar, household, lesson, jolanda):
    assert jolanda.get(to("clash", bakelaar, clash.pk)).status_code == 404
    other = Action.objects.filter(goal__plan__household=bakelaar).first()
    for name in ("drop_side", "put_first"):
        assert jolanda.post(reverse(f"plans:{name}", args=[household.number, clash.pk, other.pk])).status_code == 404
        assert jolanda.post(reverse(f"plans:{name}", args=[bakelaar.number, clash.pk, lesson.pk])).status_code == 404


def test_a_household_is_not_closed_with_an_action_on_hold(action, household, cast):
    Action.objects.filter(pk=action.pk).update(status="HELD")
    assert Action.objects.open().filter(pk=action.pk).exists()
    with pytest.raises(actions.StillOpen):
        actions.close_plan(plan=action.goal.plan, by=cast.jolanda)
