"""The people close to a household as they were on a day: read from the history that the database keeps."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils import timezone

from households.models import Household, NetworkContact, TieQuality


@dataclass(frozen=True)
class Known:
    """Somebody close, as was written down at the end of a day. `contact` is the key, the same on every day."""

    contact: int
    name: str
    relation: str
    quality: TieQuality
    offers: str
    too_much: str
    informal_carer: bool
    of_residents: frozenset[int]


def network_on(household: Household, *days: date) -> list[list[Known]]:
    """For each day everybody whose tie had begun and was not over. Two queries, however many days."""
    now = {contact.pk: contact for contact in household.network.all()}
    history: Any = NetworkContact.pgh_event_model.objects.filter(pgh_obj__in=now)  # type: ignore[attr-defined]  # by pghistory
    versions = {
        key: list(rows)
        for key, rows in groupby(history.order_by("pgh_obj_id", "pgh_id"), key=lambda row: row.pgh_obj_id)
    }
    return [
        [
            known(version_on(rows, day))
            for key, rows in versions.items()
            if was_there(now[key], written_on(rows[0]), day)
        ]
        for day in days
    ]


def was_there(contact: NetworkContact, written: date, day: date) -> bool:
    """When it began and ended is what we know of it now. Without a beginning: when it was written down, for nobody knows more."""
    begun = (contact.since or written) <= day
    return begun and (contact.until is None or contact.until > day)


def version_on(rows: list, day: date) -> Any:
    """The last one that was written by the end of that day; the first, for a day before anything was written."""
    earlier = [row for row in rows if written_on(row) <= day]
    return earlier[-1] if earlier else rows[0]


def written_on(row: Any) -> date:
    return timezone.localdate(row.changed_at)


def known(row: Any) -> Known:
    return Known(
        contact=row.pgh_obj_id,
        name=row.name,
        relation=row.relation,
        quality=TieQuality(row.quality),
        offers=row.offers,
        too_much=row.too_much,
        informal_carer=row.informal_carer,
        of_residents=frozenset(row.of_residents),
    )
