"""The one plan of a household: goals in own words, actions with exactly one owner and a date, and what does not fit together."""

from plans.models.action import Action
from plans.models.aim import Aim, Opposition
from plans.models.appointment import Appointment
from plans.models.clash import ActionConflict
from plans.models.goal import Goal, GoalGrant
from plans.models.plan import SupportPlan
from plans.models.scan import Scan

__all__ = [
    "Action", "ActionConflict", "Aim", "Appointment", "Goal", "GoalGrant", "Opposition", "Scan", "SupportPlan",
]  # fmt: skip
