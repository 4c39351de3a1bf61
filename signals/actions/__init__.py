"""Every write about a signal. Each verb is one transaction: the change, its message, its mail and its line in the log."""

from signals.actions.feedback import ReporterWrote, give_feedback, record_feedback_consent
from signals.actions.reporter import REPORTER, hear_reporter, open_door, pin_of, receive, send_code
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
    "REPORTER", "NoAnswerYet", "ReporterWrote", "TakenUpBy", "WrongTeam", "close", "decline", "give_feedback",
    "hear_reporter", "link_to_household", "may_be_closed", "open_door", "pin_of", "receive", "record_feedback_consent",
    "send_code", "take_up",
]  # fmt: skip
