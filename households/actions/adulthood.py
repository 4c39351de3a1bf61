"""The list of what is arranged before somebody becomes 18."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from households import access
from households.models import AdulthoodPart, HouseholdMember
from partners.models import Professional


@transaction.atomic
def walk_through(*, member: HouseholdMember, by: Professional, parts: dict[str, dict[str, Any]]) -> None:
    """Write down of each of the five parts how it stands: state, who, note and by_when. All five were talked through today,
    also those in which nothing changed."""
    for part in AdulthoodPart.Part:
        AdulthoodPart.objects.update_or_create(
            member=member,
            part=part,
            defaults=parts.get(part, {}) | {"looked_on": timezone.localdate(), "written_by": by},
        )
    access.record(
        action=access.Action.UPDATE, event="walk through list", about=member.resident, household=member.household, by=by
    )
