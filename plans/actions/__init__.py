"""Every write in the plan. Each verb is one transaction with its own line in the access log."""

from plans.actions.action import add_action, change_action, hand_on, move_action, order_action, reword_action
from plans.actions.aims import AlreadyOpposite, add_opposition, remove_opposition
from plans.actions.clash import (
    NotSolved,
    NotTogether,
    SettledAlready,
    drop_side,
    look_again,
    motivate_clash,
    put_in_turn,
    raise_clash,
    solve_clash,
)
from plans.actions.goal import add_goal, change_goal, share_goal
from plans.actions.owners import Owner, owned_by
from plans.actions.plan import AlreadyAPlan, StillOpen, ask_light, close_plan, make_full, make_plan, reopen_plan
from plans.actions.scan import keep_scan, remove_scan

__all__ = [
    "AlreadyAPlan", "AlreadyOpposite", "NotSolved", "NotTogether", "Owner", "SettledAlready", "StillOpen", "add_action", "add_goal", "add_opposition",
    "ask_light", "change_action", "change_goal", "close_plan", "drop_side", "hand_on", "keep_scan", "look_again", "make_full",
    "make_plan", "motivate_clash", "move_action", "order_action", "owned_by", "put_in_turn", "raise_clash", "remove_opposition", "remove_scan",
    "reopen_plan", "reword_action", "share_goal", "solve_clash",
]  # fmt: skip
