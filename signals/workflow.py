"""The states of a signal and every step between them. Closing also needs an answer to the reporter, and being forwarded
that somebody else accepted it: the database holds both (see `Signal.Meta.triggers`)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    RECEIVED = "RECEIVED", _("new")
    TAKEN_UP = "TAKEN_UP", _("taken up")
    LINKED = "LINKED", _("linked to a household")
    DECLINED = "DECLINED", _("not taken up")
    FORWARDED = "FORWARDED", _("taken over by another organisation")
    CLOSED = "CLOSED", _("closed")


TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset({Status.TAKEN_UP, Status.DECLINED}),
    Status.TAKEN_UP: frozenset({Status.LINKED, Status.DECLINED, Status.FORWARDED, Status.CLOSED}),
    # Taken up again: the link was wrong.
    Status.LINKED: frozenset({Status.TAKEN_UP, Status.FORWARDED, Status.CLOSED}),
    Status.DECLINED: frozenset({Status.TAKEN_UP, Status.CLOSED}),
    Status.FORWARDED: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset(),
}
# A closed signal goes back to what it was, with a reason, and in no other way (`actions.reopen`).
REOPENS_TO = frozenset(state for state, steps in TRANSITIONS.items() if Status.CLOSED in steps)
FORWARDED_FROM = frozenset(status for status, steps in TRANSITIONS.items() if Status.FORWARDED in steps)

# A question without a name is answered and put away: it never belongs to a household or to somebody else.
NEVER_FOR_A_QUESTION = frozenset({Status.LINKED, Status.FORWARDED})


class NotAllowed(ValueError):
    """This step does not exist from the present state."""


def check(present: str, wanted: str, *, question: bool = False) -> None:
    """Raises NotAllowed when a signal, or a question without a name, can not go from `present` to `wanted`."""
    if wanted not in TRANSITIONS[Status(present)] or (question and wanted in NEVER_FOR_A_QUESTION):
        raise NotAllowed(f"{present} → {wanted}")
