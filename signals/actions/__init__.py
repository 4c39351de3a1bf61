"""Every write about a signal. Each verb is one transaction: the change, its message, its mail and its line in the log."""

from signals.actions.after import SaidAlready, TooLate, give_pulse, reopen
from signals.actions.calls import ask_to_call, reporter_called
from signals.actions.clocks import (
    NoHousehold,
    do_wmo_step,
    offer_personal_plan,
    postpone_telling,
    record_told,
    say_late,
    start_wmo,
    start_wmo_of,
    tell_lead,
    tell_lead_untold,
)
from signals.actions.feedback import CorrectedAlready, ReporterWrote, give_feedback, record_feedback_consent
from signals.actions.forwarding import (
    AlreadyForwarded,
    NotAgreed,
    NotAsked,
    accept_forward,
    forward,
    open_forward,
    return_forward,
    send_forward_code,
    take_back_forward,
)
from signals.actions.observation import (
    AnsweredAlready,
    NoConsent,
    NotAnswered,
    answer_observation,
    ask_observation,
    keep_observation,
    open_observation,
    read_observation,
    remind_observation,
    send_observation_code,
    stop_observation,
)
from signals.actions.questions import delete_question
from signals.actions.reminders import remind_everybody, remind_reporter
from signals.actions.reporter import REPORTER, answer_talk, hear_reporter, open_door, pin_of, receive, send_code
from signals.actions.steps import case_of
from signals.actions.team import (
    NoAnswerYet,
    TakenUpBy,
    WrongTeam,
    close,
    decline,
    link_to_household,
    may_be_closed,
    note_look,
    take_up,
)
from signals.actions.together import NoReason, NotTogether, detach, merge, separate, split

__all__ = [
    "REPORTER", "AlreadyForwarded", "AnsweredAlready", "CorrectedAlready", "NoAnswerYet", "NoConsent", "NoHousehold",
    "NoReason", "NotAgreed", "NotAnswered", "NotAsked", "NotTogether", "ReporterWrote", "SaidAlready", "TakenUpBy",
    "TooLate", "WrongTeam", "accept_forward", "answer_observation", "answer_talk", "ask_observation", "ask_to_call",
    "case_of", "close", "decline", "delete_question", "detach", "do_wmo_step", "forward", "give_feedback",
    "give_pulse", "hear_reporter", "keep_observation", "link_to_household", "may_be_closed", "merge", "note_look",
    "offer_personal_plan", "open_door", "open_forward", "open_observation", "pin_of", "postpone_telling",
    "read_observation", "receive", "record_feedback_consent", "record_told", "remind_everybody", "remind_observation",
    "remind_reporter", "reopen", "reporter_called", "return_forward", "say_late", "send_code", "send_forward_code",
    "send_observation_code", "separate", "split", "start_wmo", "start_wmo_of", "stop_observation",
    "take_back_forward", "take_up", "tell_lead", "tell_lead_untold",
]  # fmt: skip
