"""What a household can choose about a plan of its own, and every step between that."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from plans.workflow import NotAllowed


class Choice(TextChoices):
    WAITS = "WAITS", _("not chosen yet")
    YES = "YES", _("they make one")
    NO = "NO", _("they rather do not")
    MADE = "MADE", _("they made one")
    HARM = "HARM", _("not offered, for the child")


# From each choice: what can follow. What was not offered, or not wanted, can be offered anew: that is another row.
STEPS = {
    Choice.WAITS: {Choice.WAITS, Choice.YES, Choice.NO, Choice.MADE},
    Choice.YES: {Choice.YES, Choice.NO, Choice.MADE},
    Choice.NO: {Choice.MADE},
    Choice.MADE: {Choice.MADE},
    Choice.HARM: set(),
}
WAITS = (Choice.WAITS, Choice.YES)


def may_follow(present: str, wanted: str) -> bool:
    return wanted in STEPS[Choice(present)]


def check(present: str, wanted: str) -> None:
    """Raises NotAllowed when `wanted` can not follow on `present`."""
    if not may_follow(present, wanted):
        raise NotAllowed(f"{present} → {wanted}")
