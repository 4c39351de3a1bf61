"""Every write about a signal. Each verb is one transaction: the change, its message, its mail and its line in the log."""

from signals.actions.after import SaidAlready, TooLate, give_pulse, reopen
from signals.actions.feedback import CorrectedAlready, ReporterWrote, give_feedback, record_feedback_consent
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
from signals.actions.reminders import remind_everybody, remind_reporter
from signals.actions.reporter import REPORTER, answer_talk, hear_reporter, open_door, pin_of, receive, send_code
from signals.actions.team import (
    NoAnswerYet,
    TakenUpBy,
    WrongTeam,
    close,
    decline,
    link_to_household,
    may_be_closed,
    take_up,
)

__all__ = [
    "REPORTER", "AnsweredAlready", "CorrectedAlready", "NoAnswerYet", "NoConsent", "NotAnswered", "ReporterWrote",
    "SaidAlready", "TakenUpBy", "TooLate", "WrongTeam", "answer_observation", "answer_talk", "ask_observation", "close",
    "decline", "give_feedback", "give_pulse", "hear_reporter", "keep_observation", "link_to_household", "may_be_closed",
    "open_door", "open_observation", "pin_of", "read_observation", "receive", "record_feedback_consent",
    "remind_everybody", "remind_observation", "remind_reporter", "reopen", "send_code", "send_observation_code",
    "stop_observation", "take_up",
]  # fmt: skip
