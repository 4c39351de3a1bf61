"""Every write about a household. Each verb is one transaction with its own line in the access log."""

from households.actions.adulthood import walk_through
from households.actions.circle import (
    AlreadyInCircle,
    NoConsent,
    NotYoursToTake,
    SecondLook,
    accept_invitation,
    end_participation,
    invite,
    invite_again,
    say_contribution,
    share,
    stop_sharing,
)
from households.actions.closing import NotNow, close_household, reopen_household, write_aftercare
from households.actions.consent import (
    CanNotHaveAuthority,
    NotADecider,
    add_voice,
    approve_override,
    end_custody,
    record_consent,
    record_custody,
    withdraw_consent,
    write_override,
)
from households.actions.conversation import (
    Kept,
    TalkEnded,
    TalkGoesOn,
    TalkIsOpen,
    Typed,
    begin_conversation,
    change_conversation,
    correct_conversation,
    end_conversation,
    write_in_conversation,
    write_question_cards,
)
from households.actions.coordination import (
    AlreadyADeputy,
    AlreadyAsked,
    accept_handover,
    break_glass,
    decline_handover,
    end_deputy,
    name_deputy,
    propose_handover,
    take_back_handover,
)
from households.actions.household import (
    CanNotCoordinate,
    add_contact,
    add_resident,
    change_contact,
    change_household,
    change_resident,
    make_household,
    tell_story,
    write_own_words,
)
from households.actions.joining import NotTheSame, join_residents
from households.actions.keeping import (
    AnsweredAlready,
    AskedAlready,
    answer_erasure_request,
    lift_hold,
    place_hold,
    register_erasure_request,
)
from households.actions.marks import give_own_marks, note_own_marks
from households.actions.merging import (
    MustStayApart,
    NotYoursToAgree,
    agree_to_merge,
    decline_merging,
    propose_merging,
    take_back_merging,
)
from households.actions.notes import CorrectedAlready, write_note
from households.actions.own_page import (
    CanNotHaveOwnPage,
    end_own_page,
    give_own_page,
    open_own_page,
    send_own_code,
)
from households.actions.prints import ask_print, begin_print, fetch_print, finish_part, give_up_print, keep_print

__all__ = [
    "AlreadyADeputy", "AlreadyAsked", "AlreadyInCircle", "AnsweredAlready", "AskedAlready", "CanNotCoordinate",
    "CanNotHaveAuthority", "CanNotHaveOwnPage", "CorrectedAlready", "Kept", "MustStayApart", "NoConsent",
    "NotADecider", "NotNow", "NotTheSame", "NotYoursToAgree", "NotYoursToTake", "SecondLook", "TalkEnded",
    "TalkGoesOn", "TalkIsOpen", "Typed", "accept_handover", "accept_invitation", "add_contact", "add_resident",
    "add_voice", "agree_to_merge", "answer_erasure_request", "approve_override", "ask_print", "begin_conversation",
    "begin_print", "break_glass", "change_contact", "change_conversation", "change_household", "change_resident",
    "close_household", "correct_conversation", "decline_handover", "decline_merging", "end_conversation",
    "end_custody", "end_deputy", "end_own_page", "end_participation", "fetch_print", "finish_part", "give_own_marks",
    "give_own_page", "give_up_print", "invite", "invite_again", "join_residents", "keep_print", "lift_hold",
    "make_household", "name_deputy", "note_own_marks", "open_own_page", "place_hold", "propose_handover",
    "propose_merging", "record_consent", "record_custody", "register_erasure_request", "reopen_household",
    "say_contribution", "send_own_code", "share", "stop_sharing", "take_back_handover", "take_back_merging", "tell_story",
    "walk_through", "withdraw_consent", "write_aftercare", "write_in_conversation", "write_note", "write_override",
    "write_own_words", "write_question_cards",
]  # fmt: skip
