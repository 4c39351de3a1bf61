"""The states of an action and every step between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    PROPOSED = "PROPOSED", _("not accepted yet")
    ACCEPTED = "ACCEPTED", _("running")
    DONE = "DONE", _("done")
    DROPPED = "DROPPED", _("dropped")


# From each state: where an action can go, and what the button says.
TRANSITIONS = {
    Status.PROPOSED: {Status.ACCEPTED: _("Has said yes"), Status.DROPPED: _("Drop")},
    Status.ACCEPTED: {Status.DONE: _("Done"), Status.DROPPED: _("Drop")},
    Status.DONE: {Status.ACCEPTED: _("Not done after all")},
    Status.DROPPED: {Status.PROPOSED: _("Take back")},
}


class NotAllowed(ValueError):
    """This step does not exist from the present state."""


def check(present: str, wanted: str) -> None:
    """Raises NotAllowed when an action can not go from `present` to `wanted`."""
    if wanted not in TRANSITIONS[Status(present)]:
        raise NotAllowed(f"{present} → {wanted}")
