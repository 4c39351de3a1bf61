"""The one plan of a household: goals in own words, actions with exactly one owner and a date, and what does not fit together."""

from plans.models.action import Action
from plans.models.agreement import Agreement
from plans.models.aim import Aim, Opposition
from plans.models.application import Application
from plans.models.appointment import Appointment
from plans.models.budget import BudgetLine
from plans.models.clash import ActionConflict
from plans.models.evaluation import Evaluation, GoalResult, ResidentMark
from plans.models.example import ExampleGoal
from plans.models.goal import Goal, GoalGrant
from plans.models.meeting import Decision, DecisionVoice, Invitee, Meeting
from plans.models.own_plan import OwnPlan, OwnPlanPaper
from plans.models.plan import SupportPlan
from plans.models.reminder import Reminder
from plans.models.safety import SafetyGrant, SafetyPlan, SafetyReader
from plans.models.scan import Scan
from plans.models.scheme import Scheme, SchemeCheck
from plans.models.version import PlanVersion, Signature

__all__ = [
    "Action",
    "ActionConflict",
    "Agreement",
    "Aim",
    "Application",
    "Appointment",
    "BudgetLine",
    "Decision",
    "DecisionVoice",
    "Evaluation",
    "ExampleGoal",
    "Goal",
    "GoalGrant",
    "GoalResult",
    "Invitee",
    "Meeting",
    "Opposition",
    "OwnPlan",
    "OwnPlanPaper",
    "PlanVersion",
    "Reminder",
    "ResidentMark",
    "SafetyGrant",
    "SafetyPlan",
    "SafetyReader",
    "Scan",
    "Scheme",
    "SchemeCheck",
    "Signature",
    "SupportPlan",
]  # fmt: skip
