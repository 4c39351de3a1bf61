"""A new household of Jolanda with a plan, a goal and an action."""

import pytest
from django.test import Client

from households import actions as household_actions
from households.models import Household
from plans import actions
from plans.models import Action, Goal, SupportPlan
from tests.plans.working import SOON


@pytest.fixture
def household(cast) -> Household:
    """A new household of Jolanda: Ruud lives there, Karin is close."""
    jolanda = cast.jolanda
    household = household_actions.make_household(
        name="Zonnedauw", team=jolanda.teams.get(), coordinator=jolanda, by=jolanda
    )
    household_actions.add_resident(household=household, by=jolanda, first_name="Roos")
    household_actions.add_contact(household=household, by=jolanda, name="Karin", relation="zus van Roos")
    return household


@pytest.fixture
def plan(household, cast) -> SupportPlan:
    return actions.make_plan(household=household, by=cast.jolanda)


@pytest.fixture
def goal(plan, cast) -> Goal:
    return actions.add_goal(plan=plan, by=cast.jolanda, title="Ik open mijn post.", domain="DAILY_LIFE")


@pytest.fixture
def action(goal, cast) -> Action:
    """Proposed to Dennis, of another organisation."""
    return actions.add_action(goal=goal, what="Een overzicht maken.", owner=cast.dennis, due_on=SOON, by=cast.jolanda)


@pytest.fixture
def jolanda(as_) -> Client:
    return as_("jolanda")
