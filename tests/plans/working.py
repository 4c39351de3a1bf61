"""How the tests of plans fill in a form."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from households.models import Household, NetworkContact, Resident
from partners.models import Professional
from plans.forms.people import key

HTMX = {"HX-Request": "true"}
SOON = timezone.localdate() + timedelta(days=7)


def to(name: str, household: Household, pk: int | None = None) -> str:
    return reverse(f"plans:{name}", args=[household.number] if pk is None else [household.number, pk])


def a_goal(**changes: str) -> dict[str, str]:
    return {
        "title": "Ik wil “rust” & ruimte.",
        "domain": "HOUSING",
        "why": "Het is <druk>.",
        "how_we_see_it": "De gang is leeg.",
        "by_when": f"{SOON}",
    } | changes


def an_action(owner: str | Professional | Resident | NetworkContact, **changes: str) -> dict[str, str]:
    chosen = owner if isinstance(owner, str) else key(owner)
    facts = {"what": "De eerste doos & de laatste.", "owner": chosen, "due_on": f"{SOON}", "rhythm": "elke maandag"}
    return facts | changes
