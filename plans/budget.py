"""The states of an amount that somebody asks for, every step between them, and up to what amount one person decides."""

from decimal import Decimal

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partners.models import Professional, Team
from partners.permissions import Permission, Role, roles_with
from plans.workflow import NotAllowed


class BudgetStatus(TextChoices):
    PROPOSED = "PROPOSED", _("asked")
    AGREED = "AGREED", _("waits for the second person")
    GRANTED = "GRANTED", _("granted")
    REFUSED = "REFUSED", _("refused")
    PAID = "PAID", _("paid")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


# From each state: where it can go. What one person can not decide alone is agreed first, and granted by the second person.
BUDGET_STEPS = {
    BudgetStatus.PROPOSED: {
        BudgetStatus.AGREED,
        BudgetStatus.GRANTED,
        BudgetStatus.REFUSED,
        BudgetStatus.WITHDRAWN,
    },
    BudgetStatus.AGREED: {BudgetStatus.GRANTED, BudgetStatus.REFUSED, BudgetStatus.WITHDRAWN},
    BudgetStatus.GRANTED: {BudgetStatus.PAID, BudgetStatus.WITHDRAWN},
    BudgetStatus.REFUSED: set(),
    BudgetStatus.PAID: set(),
    BudgetStatus.WITHDRAWN: set(),
}
WAITS = frozenset({BudgetStatus.PROPOSED, BudgetStatus.AGREED})
COUNTS = frozenset({BudgetStatus.GRANTED, BudgetStatus.PAID})  # in the totals


class Frame(TextChoices):
    """From which law the money comes. Each is a column of the amount."""

    WMO = "wmo", _("Wmo")
    YOUTH = "youth", _("Jeugdwet")
    PARTICIPATION = "participation", _("Participatiewet")
    DEBT = "debt", _("Debt help")
    FREE = "free", _("Of no law")


def check(present: str, wanted: str) -> None:
    """Raises NotAllowed when an amount can not go from `present` to `wanted`."""
    if wanted not in BUDGET_STEPS[BudgetStatus(present)]:
        raise NotAllowed(f"{present} → {wanted}")


def mandate_of(professional: Professional, team: Team) -> Decimal:
    """Up to what amount this person decides alone for this team: the highest of the roles held there. Nothing, unless it was
    set: then each amount takes two people."""
    roles = professional.memberships.filter(team=team, role__in=roles_with(Permission.DECIDE_BUDGET))
    return max((limit_of(role, team) for role in roles.values_list("role", flat=True)), default=Decimal(0))


def mandates_in_words(team: Team) -> list[tuple[str, Decimal]]:
    """Each role that decides for this team, and up to what amount alone."""
    return [(str(Role(role).label), limit_of(role, team)) for role in roles_with(Permission.DECIDE_BUDGET)]


def limit_of(role: str, team: Team) -> Decimal:
    """What was set for this one team, or else for the role anywhere."""
    return settings.MANDATES.get(f"{team}:{role}", settings.MANDATES.get(role, Decimal(0)))
