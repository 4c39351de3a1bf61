"""What the privacy officer may read of the access log: that somebody looked, never at what. Who asks writes the line."""

from datetime import date, timedelta

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from config.crypto import EncryptedTextField
from households.models import AccessLogEntry, EmergencyAccess, Household, LogCheck, OverrideDisclosure

LAST_DAYS = timedelta(days=30)
SHOWN = 50
CHECK_IS_OLD = timedelta(days=2)  # it is made every day


def household_with(number: str) -> Household | None:
    """The household with this number, of any team: its key and its number, and nothing else."""
    return Household.objects.only("number").filter(number=number.strip()).first()


def lines_of(household: Household, *, since: date | None, until: date | None) -> QuerySet[AccessLogEntry]:
    return AccessLogEntry.objects.about(household).since(since).until(until)


def refusals() -> dict:
    """Who was refused in the last thirty days: how often, and the newest of them with the number of the household."""
    refused = AccessLogEntry.objects.refused().since(timezone.localdate() - LAST_DAYS)
    newest = refused.select_related("actor", "actor_organisation").annotate(number=F("household__number"))
    return {"total": refused.count(), "lines": newest.order_by("-occurred_at", "-pk")[:SHOWN]}


def totals() -> list[tuple[str, int]]:
    """How many lines of each kind there are in the last thirty days, most first."""
    counted = (
        AccessLogEntry.objects.since(timezone.localdate() - LAST_DAYS)
        .values_list("action")
        .annotate(total=Count("pk"))
        .order_by("-total")
    )
    return [(str(AccessLogEntry.Action(action).label), total) for action, total in counted]


def last_check() -> dict:
    """The last check of the chains, and whether it is too long ago."""
    check = LogCheck.objects.order_by("-pk").first()
    return {"check": check, "is_old": check is not None and timezone.now() - check.checked_at > CHECK_IS_OLD}


def emergencies() -> dict:
    """Households that a colleague opened with a reason in the last thirty days: who, when and for whose household. Not why:
    that is content."""
    opened = EmergencyAccess.objects.filter(opened_at__gt=timezone.now() - LAST_DAYS)
    return {
        "total": opened.count(),
        "lines": opened.select_related("professional", "household").defer("reason")[:SHOWN],
    }


def overrides() -> dict:
    """What was shared without consent: how often in all, and the newest with who agreed. Not what was answered."""
    answers = [field.name for field in OverrideDisclosure._meta.fields if isinstance(field, EncryptedTextField)]
    newest = OverrideDisclosure.objects.select_related(
        "written_by", "second_person", "household", "recipient", "approval"
    )
    return {
        "total": OverrideDisclosure.objects.count(),
        "agreed": OverrideDisclosure.objects.filter(approval__isnull=False).count(),
        "lines": newest.defer(*answers)[:SHOWN],
    }
