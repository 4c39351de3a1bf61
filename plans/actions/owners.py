"""Whose an action is."""

from households.models import NetworkContact, Resident
from partners.models import Professional

Owner = Resident | NetworkContact | Professional


def owned_by(owner: Owner) -> dict[str, Owner | None]:
    """The three owner columns, of which exactly one is filled."""
    columns: dict[str, Owner | None] = {"owner_resident": None, "owner_contact": None, "owner_professional": None}
    kind = {Resident: "owner_resident", NetworkContact: "owner_contact", Professional: "owner_professional"}
    columns[kind[owner.__class__]] = owner
    return columns
