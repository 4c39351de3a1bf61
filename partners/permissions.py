"""Which role may do what, in one table. What a person sees of a household is decided in `households.access`."""

from enum import Enum, auto
from functools import cache

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    COORDINATOR = "COORDINATOR", _("coordinator")
    MEMBER = "MEMBER", _("team member")
    LEAD = "LEAD", _("team lead")
    SAFEGUARDING_LEAD = "SAFEGUARDING_LEAD", _("safeguarding lead")
    CONNECTOR = "CONNECTOR", _("community connector")
    MANAGER = "MANAGER", _("functional manager")
    PRIVACY_OFFICER = "PRIVACY_OFFICER", _("privacy officer")
    POLICY = "POLICY", _("policy maker")


class Permission(Enum):
    HANDLE_SIGNALS = auto()  # read the inbox of the team, take up, link and answer signals
    WATCH_SIGNALS = auto()  # hears of signals that nobody takes up, that wander, or whose household is not told in time
    KNOW_HOUSEHOLDS = auto()  # search the households of the team: that they exist, and whose they are
    COORDINATE = auto()  # be the one coordinator of a household of the team
    BREAK_GLASS = auto()  # open a household of a colleague for a day, with a reason
    HAND_OVER = auto()  # propose another coordinator for any household of the team
    SECOND_PERSON = auto()  # agree, as the second person, with sharing without consent
    DECIDE_BUDGET = (
        auto()
    )  # decide about an amount that a colleague asks for: alone up to the own mandate, or as the second
    MANAGE_LINKS = auto()  # make, renew and revoke the addresses through which partners post, and print them
    MANAGE_PEOPLE = auto()  # who works here, with which role; never what is in a household
    WRITE_QUESTIONS = auto()  # what a team asks in a talk, and which aims do not go together; nothing of any household
    READ_REGISTERS = auto()  # the log and the registers of what was opened or shared out of the ordinary
    DESTROY = auto()  # propose what was kept long enough, and confirm what somebody else proposed; by number only
    READ_TOTALS = auto()  # totals of ten or more
    READ_TEAM_TOTALS = auto()  # the same of the own team, and only about its signals


COLLEAGUE = frozenset({Permission.HANDLE_SIGNALS, Permission.KNOW_HOUSEHOLDS, Permission.BREAK_GLASS})
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.MEMBER: COLLEAGUE,
    Role.COORDINATOR: COLLEAGUE
    | {Permission.COORDINATE, Permission.SECOND_PERSON, Permission.WRITE_QUESTIONS, Permission.DECIDE_BUDGET},
    Role.LEAD: COLLEAGUE
    | {
        Permission.COORDINATE,
        Permission.SECOND_PERSON,
        Permission.HAND_OVER,
        Permission.WATCH_SIGNALS,
        Permission.READ_TEAM_TOTALS,
        Permission.MANAGE_LINKS,
        Permission.WRITE_QUESTIONS,
        Permission.DECIDE_BUDGET,
        Permission.DESTROY,
    },
    Role.SAFEGUARDING_LEAD: frozenset({Permission.HANDLE_SIGNALS, Permission.SECOND_PERSON}),
    Role.CONNECTOR: frozenset(),
    Role.MANAGER: frozenset(
        {Permission.MANAGE_PEOPLE, Permission.MANAGE_LINKS, Permission.WRITE_QUESTIONS, Permission.DESTROY}
    ),
    Role.PRIVACY_OFFICER: frozenset({Permission.READ_REGISTERS, Permission.DESTROY}),
    Role.POLICY: frozenset({Permission.READ_TOTALS}),
}


@cache
def roles_with(permission: Permission) -> tuple[str, ...]:
    return tuple(role.value for role, granted in PERMISSIONS.items() if permission in granted)
