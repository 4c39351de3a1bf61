"""The states of an action and every step between them."""

from plans.models import Action

Status = Action.Status

TRANSITIONS: dict[Action.Status, frozenset[Action.Status]] = {
    Status.PROPOSED: frozenset({Status.ACCEPTED, Status.DROPPED}),
    Status.ACCEPTED: frozenset({Status.DONE, Status.DROPPED}),
    Status.DONE: frozenset({Status.ACCEPTED}),  # ticked by mistake
    Status.DROPPED: frozenset({Status.PROPOSED}),
}


class NotAllowed(ValueError):
    """This step does not exist from the present state."""


def check(present: str, wanted: str) -> None:
    """Raises NotAllowed when an action can not go from `present` to `wanted`."""
    if wanted not in TRANSITIONS[Status(present)]:
        raise NotAllowed(f"{present} → {wanted}")
