"""The way to eighteen: at 16.5, 17 and 17.5 years the five parts are walked through, and nobody becomes 18 without it. Worked
out from the birth date whenever somebody looks, so nothing has to run at night."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from households.models import AdulthoodPart, HouseholdMember
from households.models.people import ADULT, ON_THE_WAY

Part, State = AdulthoodPart.Part, AdulthoodPart.State


def waits_since(member: HouseholdMember, *, on: date | None = None) -> date | None:
    """Since when somebody should walk through the list; None when nobody has to today. At the last moment, walking through it
    is not enough: everything is arranged, or not needed."""
    on = on or timezone.localdate()
    parts = list(member.adulthood.all())
    if not member.resident.on_the_way(on=on) or sum(part.is_settled for part in parts) == len(Part):
        return None
    passed = [day for day in member.resident.moments if day <= on]
    looked = [one.looked_on for one in parts]
    walked = len(looked) == len(Part) and min(looked) >= passed[-1]
    return None if walked and len(passed) < len(ON_THE_WAY) else passed[-1]


def young(members: QuerySet[HouseholdMember], *, on: date | None = None) -> QuerySet[HouseholdMember]:
    """Those who can have a list: a little wider than the days, which are worked out one by one."""
    on = on or timezone.localdate()
    oldest, youngest = on - timedelta(days=366 * (ADULT + 1)), on - timedelta(days=365 * ON_THE_WAY[0][0])
    return members.filter(resident__birth_date__range=(oldest, youngest)).prefetch_related("adulthood")
