"""Who can do something for a household, to choose one from."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from config.prepared import Key, Prepared
from households.models import Household, NetworkContact, Resident
from partners.models import Professional
from plans.actions import Owner
from plans.models import Action
from plans.models.action import Tier


class People:
    """The household first, then who is close to them, then professionals by organisation; by key as a form sends it. `action`
    keeps its owner on the list, also when that is somebody who is not close any more. One round trip."""

    def __init__(self, household: Household, action: Action | None = None):
        self.household = household
        found = all_people(household, Key((action and action.owner_contact_id) or 0))
        self.residents: list[Resident] = [one.resident for one in found["members"]]
        self.contacts: list[NetworkContact] = found["contacts"]
        self.professionals: list[Professional] = found["professionals"]
        everybody: list[Owner] = [*self.residents, *self.contacts, *self.professionals]
        self.by_key: dict[str, Owner] = {key(person): person for person in everybody}

    @property
    def choices(self) -> list[Any]:
        return [
            ("", _("Choose one person")),
            (_("The household"), [(key(person), person.full_name) for person in self.residents]),
            (_("People close to them"), [(key(person), str(person)) for person in self.contacts]),
            *by_organisation(self.professionals),
        ]

    def likely(self, tier: str) -> str:
        """The key of who could do a thing of this kind, when that is not hard to say: else nobody."""
        if tier == Tier.OWN and self.residents:
            return key(self.residents[0])  # the oldest
        if tier == Tier.CLOSE and len(self.contacts) == 1:
            return key(self.contacts[0])
        coordinator = f"professional-{self.household.coordinator_id}"
        return coordinator if tier in (Tier.PROFESSIONAL, Tier.TAILORED) and coordinator in self.by_key else ""


@Prepared
def all_people(household: Household, owner: int) -> dict[str, QuerySet]:
    return {
        "members": household.members.select_related("resident"),
        "contacts": household.network.current() | household.network.filter(pk=owner),
        "professionals": Professional.objects.active().in_circle_order(),
    }


def key(person: Owner) -> str:
    return f"{person._meta.model_name}-{person.pk}"


def by_organisation(professionals: list[Professional]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for person in professionals:
        label = f"{person.get_full_name()}, {person.function}" if person.function else person.get_full_name()
        groups.setdefault(person.organisation.name, []).append((key(person), label))
    return list(groups.items())
