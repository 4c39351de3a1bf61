"""Which role may do what, in one table. What a person sees of a household is decided in `households.access`."""

from enum import Enum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    MEMBER = "MEMBER", _("team member")
    LEAD = "LEAD", _("team lead")
    SAFEGUARDING_LEAD = "SAFEGUARDING_LEAD", _("safeguarding lead")
    CONNECTOR = "CONNECTOR", _("community connector")
    MANAGER = "MANAGER", _("functional manager")
    PRIVACY_OFFICER = "PRIVACY_OFFICER", _("privacy officer")
    POLICY = "POLICY", _("policy maker")


class Permission(Enum):
    HANDLE_SIGNALS = auto()  # read the inbox of the team, take up, link and answer signals
    COORDINATE = auto()  # be the one coordinator of a household of the team


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.MEMBER: frozenset({Permission.HANDLE_SIGNALS, Permission.COORDINATE}),
    Role.LEAD: frozenset({Permission.HANDLE_SIGNALS, Permission.COORDINATE}),
    Role.SAFEGUARDING_LEAD: frozenset({Permission.HANDLE_SIGNALS}),
    Role.CONNECTOR: frozenset(),
    Role.MANAGER: frozenset(),
    Role.PRIVACY_OFFICER: frozenset(),
    Role.POLICY: frozenset(),
}


def roles_with(permission: Permission) -> list[str]:
    return [role.value for role, granted in PERMISSIONS.items() if permission in granted]
