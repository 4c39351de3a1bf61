"""Who has seen my details? The access log as its resident may read it (AVG art. 15, NEN 7513): in plain words, one line
for all that somebody did on one day.

Only what was logged about this household: a child of divorced parents lives in two, and the one says nothing about the
other. And only what concerns this resident. What a reporter did himself is not in it: a reporter sees no details, and who
that was is not for everybody."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from households import access
from households.events import to_resident
from households.models import AccessLogEntry, Consent, Household, Resident, Sharing
from partners.permissions import Role

A_YEAR = timedelta(days=365)


@dataclass
class Seen:
    """What one person did on one day on one ground."""

    day: date
    who: str
    organisation: str
    why: str
    what: list[str] = field(default_factory=list)
    of_signal: bool = False  # somebody told us something: the resident must hear that from us first (AVG art. 14)


def a_year_ago() -> date:
    return timezone.localdate() - A_YEAR


# What a resident must hear from somebody first, and not find in a list: that somebody told us something (AVG art. 14), and
# that something was shared without consent. The coordinator knows when that is safe, and gives the whole list on paper.
# And what was agreed about safety: who reads along may be the one from whom it protects.
FIRST_TO_BE_TOLD = (
    Q(object_type__in=["signal", "overridedisclosure", "safetyplan", "safetygrant", "safetyreader"])
    | Q(event="own safety plan")
    | Q(basis__startswith="OVERRIDE")
)


def lines_for(
    household: Household, resident: Resident, *, since: date | None = None, until: date | None = None
) -> QuerySet[AccessLogEntry]:
    """The lines that concern this resident, oldest first. Without `since` those of the last year."""
    written_down_as = Resident.objects.filter(Q(pk=resident.pk) | Q(same_as=resident)).order_by().values("pk")
    return (
        AccessLogEntry.objects.about(household)
        .since(since or a_year_ago())
        .until(until)
        .filter(Q(subject_ids__overlap=ArraySubquery(written_down_as)) | Q(subject_ids=[]))
        .exclude(Q(actor_role="REPORTER") | Q(actor_role=access.SYSTEM, object_type="signal"))
        .order_by("occurred_at", "pk")
    )


def who_looked(
    household: Household, resident: Resident, *, since: date | None = None, until: date | None = None
) -> list[Seen]:
    """Every day and person, oldest first, in two queries."""
    lines = lines_for(household, resident, since=since, until=until)
    return merged(lines, household, own_consents(household, resident))


def on_own_page(household: Household, resident: Resident) -> list[Seen]:
    """What a resident reads without anybody beside, newest first: of the last year, without what must be told first and
    without who helps on something that this resident may not know of."""
    lines = lines_for(household, resident).exclude(FIRST_TO_BE_TOLD | of_the_unknown(household, resident))
    return merged(lines, household, own_consents(household, resident))[::-1]


def of_the_unknown(household: Household, resident: Resident) -> Q:
    """Lines of and about participants to whom anything was ever shared without consent, or on a consent in which this
    resident has no part, such as that of a sister of sixteen for herself. From one such line the rest can be guessed."""
    voices = "consents__voices"
    kinds = ("grants", "goal_grants", "safety_grants")
    circle = household.circle.prefetch_related(*(f"{kind}__{voices}" for kind in kinds))
    lines = Q(pk__in=[])
    for participant in circle:
        grants = [grant for kind in kinds for grant in getattr(participant, kind).all()]
        if not all(knows_of(grant, resident) for grant in grants):
            lines |= Q(actor=participant.professional_id) | Q(object_type="participant", object_id=participant.pk)
            for grant in grants:
                lines |= Q(object_type=grant._meta.model_name, object_id=grant.pk)
    return lines


def knows_of(grant: Sharing, resident: Resident) -> bool:
    """Does this rest on something that the resident agreed to, or that is about the resident?"""
    return grant.override_id is None and any(
        consent.resident_id == resident.pk or any(voice.giver_id == resident.pk for voice in consent.voices.all())
        for consent in grant.consents.all()
    )


def own_consents(household: Household, resident: Resident) -> set[str]:
    return {
        str(pk) for pk in Consent.objects.filter(household=household, resident=resident).values_list("pk", flat=True)
    }


def merged(lines: Iterable[AccessLogEntry], household: Household, own: set[str]) -> list[Seen]:
    """One entry for all that somebody did on the same day on the same ground."""
    found: dict[tuple[date, int | None, str], Seen] = {}
    for line in lines:
        day, why = timezone.localdate(line.occurred_at), reason(line, household, own)
        entry = found.get((day, line.actor_id, why))
        if entry is None:
            entry = found[day, line.actor_id, why] = Seen(day, who(line), str(line.actor_organisation or ""), why)
        what = to_resident(line.action, line.event)
        if what not in entry.what:
            entry.what.append(what)
        entry.of_signal |= line.object_type == "signal" and line.action != AccessLogEntry.Action.DENIED
    return list(found.values())


def who(line: AccessLogEntry) -> str:
    """The function of somebody; the name only where the municipality chose that."""
    if line.actor_role == access.RESIDENT:  # only lines about this one resident are such
        return _("you yourself") if line.action != AccessLogEntry.Action.DENIED else _("somebody with your address")
    if line.actor is None:
        return _("somebody who no longer works here") if line.actor_id else line.roles
    role = line.actor_role.partition(",")[0]
    function = line.actor.function or (str(Role(role).label) if role in Role.values else _("professional"))
    return f"{line.actor}, {function}" if settings.NAME_STAFF else function


def reason(line: AccessLogEntry, household: Household, own: set[str]) -> str:
    """On which ground, in plain words. `own` holds the keys of the consents that the resident gave."""
    if line.actor_role == access.RESIDENT:
        return _("your own page")
    if line.action == AccessLogEntry.Action.DENIED:
        return _("was not allowed to")
    if line.actor_role == access.RECEIVER:
        return _("was asked to take this over")
    if line.on_behalf_of_id:
        return _("stood in for a colleague")
    kind, _space, key = line.basis.partition(" ")
    if kind == "ASSIGNMENT":
        return _("is your coordinator") if line.actor_id == household.coordinator_id else _("was your coordinator then")
    if kind == "CONSENT":
        return (
            _("you gave consent")
            if own & set(re.findall(r"\d+", key))
            else _("somebody in your household gave consent")
        )
    return {
        "GRANT": _("helps with your plan"),
        "EMERGENCY": _("could not wait for your coordinator, and wrote down why"),
        "OVERRIDE": _("the law allowed it without consent, and it was written down why"),
        "REQUEST": _("you asked what we know of you"),
        "OVERSIGHT": _("checks whether we handle your details well"),
    }.get(kind) or general_reason(line, household)


def general_reason(line: AccessLogEntry, household: Household) -> str:
    if line.actor_id == household.coordinator_id:
        return _("is your coordinator")
    if line.action == AccessLogEntry.Action.SEARCH:
        return _("looked for a household of the team")
    if line.object_type == "signal":
        return _("works in the team that was told this")
    return _("needed it for the work of the team")
