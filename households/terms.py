"""Who coordinated a household when, and who stood in: read from the history that the database keeps."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from households.models import Household
from partners.models import Professional


@dataclass(frozen=True)
class Term:
    """From a day up to and including a day; without an end it is so now."""

    who: Professional
    since: date
    until: date | None
    deputy: bool = False


def terms(household: Household) -> list[Term]:
    """Newest first. One query."""
    history: Any = Household.pgh_event_model.objects.filter(pgh_obj=household)  # type: ignore[attr-defined]  # by pghistory
    told = ("pgh_created_at", "coordinator_since", "deputy_from", "deputy_until", "coordinator", "deputy")
    rows = list(history.select_related("coordinator", "deputy").only(*told).order_by("pgh_id"))
    coordinated = stretches(rows, lambda row: row.coordinator_id)
    found = [
        Term(first.coordinator, first.coordinator_since, after.coordinator_since if after else None)
        for first, _last, after in coordinated
    ]
    for first, last, after in stretches(rows, lambda row: (row.deputy_id, row.deputy_from)):
        if first.deputy is not None and first.deputy_from <= timezone.localdate():
            ended = timezone.localdate(after.pgh_created_at) if after else last.deputy_until
            found.append(Term(first.deputy, first.deputy_from, min(ended, last.deputy_until), deputy=True))
    return sorted(found, key=lambda term: (term.since, not term.deputy), reverse=True)


def stretches(rows: list, key: Any) -> list[tuple]:
    """Rows after each other with the same key: the first and the last of them, and the row that ended it."""
    found: list[list] = []
    for row in rows:
        if found and key(found[-1][0]) == key(row):
            found[-1][1] = row
        else:
            if found:
                found[-1][2] = row
            found.append([row, row, None])
    return [tuple(one) for one in found]
