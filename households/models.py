"""About whom: households, the people in them and around them, what they said, what they agreed to, and who looked."""

import re
from datetime import date
from functools import reduce
from operator import or_
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from config.crypto import EncryptedTextField
from households.events import EVENTS
from partners.models import District, Organisation, Professional, Team
from partners.permissions import Permission

SHORTEST_WORD = 3
DECIDES_ALONE = 16  # from this age a person decides alone about sharing (Jeugdwet 7.3.2-7.3.6, WGBO 7:447 BW)


class HouseholdQuerySet(models.QuerySet["Household"]):
    def open(self):
        return self.filter(status=Household.Status.OPEN)

    def visible_to(self, professional: Professional):
        """A household is open to its coordinator, as long as that is somebody who coordinates for this team, and to
        nobody else by default."""
        return self.within_reach(professional).filter(coordinator=professional)

    def within_reach(self, professional: Professional):
        """Households of which this person may know that they exist: those of the own team."""
        return self.filter(team__in=professional.teams_with(Permission.COORDINATE))

    def found_by(self, words: str):
        """Where each word stands in the name, the number, the address or the name of somebody who lives there. Words of
        one or two letters do not count: nobody can spell out a household letter by letter."""
        telling = [word for word in words.split()[:8] if len(word) >= SHORTEST_WORD]
        found = self if telling else self.none()
        for word in telling:
            found = found.filter(begins(word))
        return found.distinct()

    def found_by_any(self, words: list[str]):
        """Where at least one of the words stands."""
        return self.filter(reduce(or_, map(begins, words))).distinct()


def begins(word: str) -> Q:
    """Where a word begins like this. A protected address is not searched."""
    beginning = rf"\m{re.escape(word)}"
    return (
        Q(name__iregex=beginning)
        | Q(number=word)
        | Q(address__iregex=beginning, address_protected=False)
        | Q(members__resident__first_name__istartswith=word)
        | Q(members__resident__last_name__iregex=beginning)
    )


@pghistory.track()
class Household(models.Model):
    """One household, with one plan and exactly one coordinator."""

    class Status(models.TextChoices):
        OPEN = "OPEN", _("open")
        CLOSED = "CLOSED", _("closed")

    number = models.CharField(max_length=16, unique=True, editable=False)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    address_protected = models.BooleanField(default=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="households")
    coordinator = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="households")
    coordinator_since = models.DateField(default=timezone.localdate)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    request_in_own_words = EncryptedTextField(blank=True)
    strengths = EncryptedTextField(blank=True)
    next_step = EncryptedTextField(blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on=None) | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                name="household_next_step_has_a_date",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def shown_address(self) -> str:
        """The address as it may stand on a screen or on paper: never a protected one."""
        return "" if self.address_protected else self.address


@pghistory.track()
class Resident(models.Model):
    """Somebody who lives in a household, of any age. No BSN, nationality, origin or religion: not needed."""

    class ContactBy(models.TextChoices):
        PHONE = "PHONE", _("phone")
        PAPER = "PAPER", _("paper")
        EMAIL = "EMAIL", _("e-mail")
        SOMEBODY = "SOMEBODY", _("through somebody close")

    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    contact_by = models.CharField(max_length=10, choices=ContactBy, default=ContactBy.PHONE)
    contact_note = EncryptedTextField(blank=True)

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def age(self, *, on: date | None = None) -> int | None:
        """Whole years, or None when the birth date is not known. Born on 29 February: a year older on 1 March."""
        if self.birth_date is None:
            return None
        on = on or timezone.localdate()
        return on.year - self.birth_date.year - ((on.month, on.day) < (self.birth_date.month, self.birth_date.day))

    @property
    def age_in_words(self) -> str:
        """44, or for a baby: 5 weeks. Empty when the birth date is not known."""
        age = self.age()
        if age is None or self.birth_date is None:
            return ""
        weeks = (timezone.localdate() - self.birth_date).days // 7
        return str(age) if age else ngettext("%(weeks)s week", "%(weeks)s weeks", weeks) % {"weeks": weeks}

    def decides_alone(self, *, on: date | None = None) -> bool:
        """Old enough to decide alone about sharing. When the age is not known, we ask."""
        age = self.age(on=on)
        return age is None or age >= DECIDES_ALONE


class HouseholdMember(models.Model):
    """A resident in a household. A child of divorced parents is a member of two."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="memberships")
    lives_here = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = [models.F("resident__birth_date").asc(nulls_last=True), "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "resident"], name="household_member_once"),
        ]

    def __str__(self):
        return str(self.resident)


@pghistory.track()
class NetworkContact(models.Model):
    """Somebody close: family, a friend, a neighbour. Never somebody who is paid to help."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="network")
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    offers = EncryptedTextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self):
        return f"{self.name}, {self.relation}"


class StoryQuerySet(models.QuerySet["Story"]):
    def current(self):
        return self.order_by("-version")[:1]


class Story(models.Model):
    """The story in own words, told once. A change is a new version; no version ever changes."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="stories")
    version = models.PositiveSmallIntegerField()
    text = EncryptedTextField()
    told_by = models.CharField(max_length=120)
    told_on = models.DateField()
    read_aloud = models.BooleanField(default=False)
    written_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = StoryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "version"], name="story_version_once"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="story_never_changes", operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.household}, {self.version}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def valid(self, *, on: date | None = None):
        on = on or timezone.localdate()
        return self.filter(withdrawn_at=None, given_on__lte=on, valid_until__gte=on)


@pghistory.track()
class Consent(models.Model):
    """What one resident agreed to, for whom and until when. Not the legal basis of the work: that is a public task."""

    class Kind(models.TextChoices):
        SHARE_INFO = "SHARE_INFO", _("sharing information")
        AGREE_WITH_HELP = "AGREE_WITH_HELP", _("agreeing with help")
        FEEDBACK_TO_REPORTER = "FEEDBACK_TO_REPORTER", _("telling the reporter")

    class Form(models.TextChoices):
        ORAL = "ORAL", _("said")
        WRITTEN = "WRITTEN", _("written")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="consents")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=24, choices=Kind)
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    purpose = EncryptedTextField(blank=True)
    form = models.CharField(max_length=10, choices=Form, default=Form.ORAL)
    given_on = models.DateField()
    valid_until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=models.F("given_on")), name="consent_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return f"{self.resident}: {self.get_kind_display()}"


class AccessLogEntry(models.Model):
    """One look, change or refusal. Who, when, at what, and from where; never what it said. Nobody can change a line:
    a trigger refuses it. Actor and household are plain references, so that a line outlives what it points to.

    Fields after BIO2 8.15.01 and NEN 7513."""

    class Action(models.TextChoices):
        VIEW = "VIEW", _("looked at")
        CREATE = "CREATE", _("written down")
        UPDATE = "UPDATE", _("changed")
        SHARE = "SHARE", _("shared")
        PRINT = "PRINT", _("printed")
        SEARCH = "SEARCH", _("searched")
        DENIED = "DENIED", _("refused")

    occurred_at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        Professional, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    actor_role = models.CharField(max_length=40)
    actor_organisation = models.ForeignKey(
        Organisation, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    household = models.ForeignKey(
        Household, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="access_log"
    )
    action = models.CharField(max_length=10, choices=Action)
    event = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=120, blank=True)
    hits = models.PositiveIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=60, blank=True)
    request_id = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["household", "-occurred_at"], name="log_of_household")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="log_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.occurred_at:%Y-%m-%d %H:%M} {self.event}"

    @property
    def told(self) -> str:
        """What happened, for people."""
        words = str(EVENTS.get(self.event, self.event))
        return str(_("was refused: %(what)s") % {"what": words}) if self.action == self.Action.DENIED else words
