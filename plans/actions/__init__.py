"""Every write in the plan. Each verb is one transaction with its own line in the access log."""

from plans.actions.action import add_action, change_action, hand_on, move_action
from plans.actions.goal import add_goal, change_goal, share_goal
from plans.actions.owners import Owner, owned_by
from plans.actions.plan import AlreadyAPlan, StillOpen, ask_light, close_plan, make_full, make_plan, reopen_plan

__all__ = [
    "AlreadyAPlan", "Owner", "StillOpen", "add_action", "add_goal", "ask_light", "change_action", "change_goal",
    "close_plan", "hand_on", "make_full", "make_plan", "move_action", "owned_by", "reopen_plan", "share_goal",
]  # fmt: skip
