"""Every write in the plan. Each verb is one transaction with its own line in the access log."""

from plans.actions.action import add_action, change_action, hand_on, move_action, reword_action
from plans.actions.agreement import agree_on, change_agreement, end_agreement
from plans.actions.aims import AlreadyOpposite, add_opposition, remove_opposition
from plans.actions.application import (
    AskedAlready,
    DecidedAlready,
    apply_for_help,
    correct_law,
    decide_application,
    suspend_application,
)
from plans.actions.budget import (
    DoesNotAddUp,
    NoMandate,
    NotAskedOfYou,
    OwnRequest,
    SecondNeeded,
    ask_budget,
    decide_budget,
    pay_budget,
    tell_budget,
    withdraw_budget,
)
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
from plans.actions.evaluation import GoalsMissing, NothingToLookBackOn, evaluate
from plans.actions.examples import put_example, write_example
from plans.actions.goal import add_goal, change_goal, share_goal
from plans.actions.meeting import (
    NobodyAsked,
    NotToCome,
    WithoutTheHousehold,
    cancel_meeting,
    decide,
    hold_meeting,
    make_actions,
    plan_meeting,
)
from plans.actions.order import order_action, order_goal
from plans.actions.own_plans import (
    OfferedAlready,
    choose_own_plan,
    do_not_offer,
    hand_in_own_plan,
    offer_own_plan,
    take_over_goals,
)
from plans.actions.owners import Owner, owned_by
from plans.actions.plan import (
    AlreadyAPlan,
    NotEvaluated,
    StillOpen,
    ask_light,
    close_plan,
    make_full,
    make_plan,
    reopen_plan,
)
from plans.actions.reminder import remind_by_hand, remind_owner, remind_resident
from plans.actions.safety import (
    NotOfThisHousehold,
    change_safety_plan,
    end_safety_plan,
    hide_safety_plan,
    show_safety_plan,
    show_to_resident,
    write_safety_plan,
)
from plans.actions.scan import keep_scan, remove_scan
from plans.actions.schemes import NoPlan, NotToAsk, check_schemes, plan_scheme, put_scheme, write_scheme
from plans.actions.version import (
    ClashesOpen,
    NewerVersion,
    NothingToAgreeOn,
    put_forward,
    sign,
    sign_on_own_page,
)
from plans.actions.written import WrittenMeanwhile

__all__ = [
    "AlreadyAPlan", "AlreadyOpposite", "AskedAlready", "ClashesOpen", "DecidedAlready", "DoesNotAddUp",
    "GoalsMissing", "NewerVersion", "NoMandate", "NoPlan", "NobodyAsked", "NotAskedOfYou", "NotEvaluated",
    "NotOfThisHousehold", "NotSolved", "NotToAsk", "NotToCome", "NotTogether", "NothingToAgreeOn",
    "NothingToLookBackOn", "OfferedAlready", "OwnRequest", "Owner", "SecondNeeded", "SettledAlready", "StillOpen",
    "WithoutTheHousehold", "WrittenMeanwhile", "add_action", "add_goal", "add_opposition", "agree_on",
    "apply_for_help", "ask_budget", "ask_light", "cancel_meeting", "change_action", "change_agreement", "change_goal",
    "change_safety_plan", "check_schemes", "choose_own_plan", "close_plan", "correct_law", "decide", "decide_application",
    "decide_budget", "do_not_offer", "drop_side", "end_agreement", "end_safety_plan", "evaluate", "hand_in_own_plan",
    "hand_on", "hide_safety_plan", "hold_meeting", "keep_scan", "look_again", "make_actions", "make_full",
    "make_plan", "motivate_clash", "move_action", "offer_own_plan", "order_action", "order_goal", "owned_by",
    "pay_budget", "plan_meeting", "plan_scheme", "put_example", "put_forward", "put_in_turn", "put_scheme",
    "raise_clash", "remind_by_hand", "remind_owner", "remind_resident", "remove_opposition", "remove_scan",
    "reopen_plan", "reword_action", "share_goal", "show_safety_plan", "show_to_resident", "sign", "sign_on_own_page",
    "solve_clash", "suspend_application", "take_over_goals", "tell_budget", "withdraw_budget", "write_example",
    "write_safety_plan", "write_scheme",
]  # fmt: skip
