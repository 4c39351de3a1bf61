"""Two who close, name a deputy or answer at the same moment: one of both does it, and nothing is lost."""

from uuid import uuid4

from desk import closing as desk_closing
from households import actions
from households.models import Closing, Handover, Household
from partners.models import Professional, TeamMembership
from plans import actions as plan_actions
from plans.models import Action
from plans.workflow import Status
from signals import actions as signal_actions
from signals.models import Signal
from tests.circle.test_closing import SOON, TODAY, WORDS
from tests.helpers import at_once


def test_two_who_close_at_once_close_it_once(team_of_their_own):
    team = team_of_their_own
    household = actions.make_household(name="Zonnedauw", team=team.team, coordinator=team.anna, by=team.anna)
    plan = plan_actions.make_plan(household=household, by=team.anna)
    goal = plan_actions.add_goal(plan=plan, by=team.anna, domain="MONEY", title="Rust")
    action = plan_actions.add_action(goal=goal, what="Bellen", owner=team.anna, due_on=SOON, by=team.anna)
    plan_actions.evaluate(
        plan=plan, held_on=TODAY, present="Anna", results={goal: ("REACHED", "")}, marks={}, by=team.anna
    )
    words = WORDS | {"aftercare_on": SOON}

    def close():
        mine = Household.objects.get(pk=household.pk)
        ending = desk_closing.Ending(Action.objects.get(pk=action.pk), Status.DONE)
        return desk_closing.close(household=mine, endings=[ending], by=team.anna, **words)

    came = at_once(close, close)
    assert sorted(type(one).__name__ for one in came) == ["Closing", "NotNow"]
    assert Closing.objects.filter(household=household).count() == 1


def test_a_signal_that_comes_in_at_that_moment_is_not_lost(team_of_their_own):
    """Either it was first, and the household stays open; or it belongs to a closed one, and waits for the coordinator."""
    team = team_of_their_own
    household = actions.make_household(name="Zonnedauw", team=team.team, coordinator=team.anna, by=team.anna)
    signal = signal_actions.receive(
        link=team.link, submission=uuid4(), observation="Vol.", discussed="AGREED", danger_now=False,
        reporter_name="Kees", reporter_email="kees@sleutelbrug.example",
    )  # fmt: skip
    signal_actions.take_up(signal=signal, by=team.anna)
    one, other = (Household.objects.get(pk=household.pk) for _ in range(2))
    came = at_once(
        lambda: desk_closing.close(household=one, endings=[], by=team.anna, **WORDS | {"aftercare_on": SOON}),
        lambda: signal_actions.link_to_household(signal=signal, household=other, by=team.anna),
    )
    assert came[1] is None or not isinstance(came[1], Exception)
    assert Signal.objects.waiting_for(team.anna).filter(pk=signal.pk, household=household).exists()


def test_two_colleagues_are_never_deputy_together(team_of_their_own):
    team = team_of_their_own
    household = actions.make_household(name="Zonnedauw", team=team.team, coordinator=team.anna, by=team.anna)
    kees = Professional.objects.create(email="kees@elders.example", first_name="Kees", last_name="Derde",
                                       organisation=team.anna.organisation)  # fmt: skip
    TeamMembership.objects.create(team=team.team, professional=kees, role="COORDINATOR")

    def name(who):
        mine = Household.objects.get(pk=household.pk)
        return lambda: actions.name_deputy(household=mine, deputy=who, until=TODAY, by=team.anna)

    came = at_once(name(team.omar), name(kees))
    assert [type(one) for one in came if one is not None] == [actions.AlreadyADeputy]


def test_taking_back_and_accepting_at_once_is_one_of_both(team_of_their_own):
    team = team_of_their_own
    household = actions.make_household(name="Zonnedauw", team=team.team, coordinator=team.anna, by=team.anna)
    actions.propose_handover(household=household, to=team.omar, note="x", by=team.anna)
    one, other = (Handover.objects.select_related("household__team").get(household=household) for _ in range(2))
    came = at_once(
        lambda: actions.accept_handover(handover=one, by=team.omar),
        lambda: actions.take_back_handover(handover=other, by=team.anna),
    )
    assert [type(result) for result in came if result is not None] == [actions.CanNotCoordinate]
    household.refresh_from_db()
    asked = household.handovers.get()
    assert (asked.accepted_at is not None) == (household.coordinator == team.omar)
