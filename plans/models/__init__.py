"""The one plan of a household: goals in own words, and actions with exactly one owner and a date."""

from plans.models.action import Action
from plans.models.goal import Goal, GoalGrant
from plans.models.plan import SupportPlan

__all__ = ["Action", "Goal", "GoalGrant", "SupportPlan"]
