"""The states of an action and every step between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    PROPOSED = "PROPOSED", _("not accepted yet")
    ACCEPTED = "ACCEPTED", _("running")
    HELD = "HELD", _("on hold")
    DECLINED = "DECLINED", _("said no")
    DONE = "DONE", _("done")
    DROPPED = "DROPPED", _("dropped")
    HANDED_ON = "HANDED_ON", _("goes on without us")


# From each state: where an action can go, and what the button says.
TRANSITIONS = {
    Status.PROPOSED: {Status.ACCEPTED: _("Has said yes"), Status.DECLINED: _("Has said no"), Status.DROPPED: _("Drop")},
    Status.DECLINED: {Status.PROPOSED: _("Ask again"), Status.DROPPED: _("Drop")},
    Status.ACCEPTED: {Status.DONE: _("Done"), Status.HELD: _("Put on hold"), Status.DROPPED: _("Drop")},
    Status.HELD: {Status.ACCEPTED: _("Goes on again"), Status.DONE: _("Done"), Status.DROPPED: _("Drop")},
    Status.DONE: {Status.ACCEPTED: _("Not done after all")},
    Status.DROPPED: {Status.PROPOSED: _("Take back")},
    Status.HANDED_ON: {Status.ACCEPTED: _("Take back")},
}


# What somebody still has to look after.
OPEN = frozenset({Status.PROPOSED, Status.ACCEPTED, Status.HELD})

# When the plan is closed somebody goes on with an action, who is named: in no other way (`actions.hand_on`).
HANDED_ON_FROM = OPEN

# What an owner in the circle decides alone; all else is for the coordinator.
OWN_STEPS = {
    Status.PROPOSED: {Status.ACCEPTED, Status.DECLINED},
    Status.ACCEPTED: {Status.DONE, Status.HELD},
    Status.HELD: {Status.ACCEPTED, Status.DONE},
    Status.DONE: {Status.ACCEPTED},
}


class NotAllowed(ValueError):
    """This step does not exist from the present state."""


def check(present: str, wanted: str) -> None:
    """Raises NotAllowed when an action can not go from `present` to `wanted`."""
    if wanted not in TRANSITIONS[Status(present)]:
        raise NotAllowed(f"{present} → {wanted}")
