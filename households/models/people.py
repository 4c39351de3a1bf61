"""The people in a household and around it."""

from calendar import monthrange
from datetime import date
from typing import ClassVar

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from config.crypto import EncryptedTextField
from households.alike import name_key, phone_key
from households.models.household import Household
from households.models.keys import KeyField, with_keys
from partners.models import Professional

# Ages of deciding about help and sharing (Jeugdwet 7.3.2-7.3.6, WGBO 7:447 and 7:450 BW).
DECIDES_TOO = 12
DECIDES_ALONE = 16
ADULT = 18
# What changes at eighteen is walked through at these ages, in years and months.
ON_THE_WAY = ((16, 6), (17, 0), (17, 6))


@pghistory.track(exclude=["name_key"])
class Resident(models.Model):
    """Somebody who lives in a household, of any age. No BSN, nationality, origin or religion: not needed.

    Of a child of divorced parents this is what both households may know; all else stands with its membership."""

    why: list[str]  # why it may be the same person, by access.suggest_residents
    known_in: list[Household]

    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    # Written down twice: this row only says who it was, in lines of the log that never change.
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="doubles")
    name_key = KeyField(made_from=lambda resident: name_key(resident.last_name))

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["first_name", "last_name"], opclasses=["gin_trgm_ops"] * 2, name="resident_by_beginning"),
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="resident_by_name"),
            models.Index(fields=["birth_date"], name="resident_by_birth_date"),
        ]

    def __str__(self):
        return self.full_name

    def save(self, *args, update_fields=None, **kwargs):
        super().save(*args, update_fields=with_keys(Resident, update_fields), **kwargs)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def age(self, *, on: date | None = None) -> int | None:
        """Whole years, or None when the birth date is not known. Born on 29 February: a year older on 1 March."""
        if self.birth_date is None:
            return None
        on = on or timezone.localdate()
        return on.year - self.birth_date.year - ((on.month, on.day) < (self.birth_date.month, self.birth_date.day))

    def birthday(self, age: int) -> date | None:
        """The day of becoming this old; 1 March for who was born on 29 February and has no such day that year."""
        if self.birth_date is None:
            return None
        year = self.birth_date.year + age
        try:
            return self.birth_date.replace(year=year)
        except ValueError:
            return date(year, 3, 1)

    @property
    def age_in_words(self) -> str:
        """44, or for a baby: 5 weeks. Empty when the birth date is not known."""
        age = self.age()
        if age is None or self.birth_date is None:
            return ""
        weeks = (timezone.localdate() - self.birth_date).days // 7
        return str(age) if age else ngettext("%(weeks)s week", "%(weeks)s weeks", weeks) % {"weeks": weeks}

    @property
    def moments(self) -> list[date]:
        """The days on which is walked through what changes at eighteen; none when the birth date is not known."""
        return [on_being(self.birth_date, *age) for age in ON_THE_WAY] if self.birth_date else []

    def on_the_way(self, *, on: date | None = None) -> bool:
        """From the first of those days until a year after eighteen: from then on it is the help of an adult."""
        on, days = on or timezone.localdate(), self.moments
        return bool(days) and days[0] <= on and (self.age(on=on) or 0) <= ADULT

    @property
    def may_have_own_page(self) -> bool:
        """From 12 a child reads along. Who has no known age counts as an adult."""
        age = self.age()
        return age is None or age >= DECIDES_TOO

    def decides_alone(self, *, on: date | None = None) -> bool:
        """Old enough to decide alone about sharing. When the age is not known, we ask."""
        age = self.age(on=on)
        return age is None or age >= DECIDES_ALONE


def on_being(born: date, years: int, months: int) -> date:
    """The day of being this old. Where a month is too short, its last day."""
    month = born.month + months
    year, month = born.year + years + (month > 12), (month - 1) % 12 + 1
    return date(year, month, min(born.day, monthrange(year, month)[1]))


class HouseholdMemberQuerySet(models.QuerySet["HouseholdMember"]):
    def for_card(self):
        """With the resident, and how far the list on the way to eighteen is."""
        settled = models.Count("adulthood", filter=~models.Q(adulthood__state="OPEN"))
        return self.select_related("resident").annotate(settled=settled)

    def children(self):
        """Who is not 18 yet; of whom no birth date is known, nobody knows that."""
        return self.filter(resident__birth_date__gt=on_being(timezone.localdate(), -ADULT, 0))

    def to_be_mailed(self):
        """Who asked for mail, reads it without help, and has a safe box for it: where an address is protected somebody else
        may read along. From the age at which a child reads along."""
        return self.exclude(email="").filter(
            models.Q(resident__birth_date=None)
            | models.Q(resident__birth_date__lte=on_being(timezone.localdate(), -DECIDES_TOO, 0)),
            contact_by="EMAIL",
            rather_not_reads=False,
            needs_interpreter=False,
            household__address_protected=False,
        )

    def with_deciders(self):
        """With the resident and who decides for that resident, in a fixed number of queries."""
        return self.select_related("resident").prefetch_related("resident__custody__holder")


@pghistory.track(exclude=["phone_key"])
class HouseholdMember(models.Model):
    """A resident in a household, and how to reach this person there. A child of divorced parents is a member of two,
    and what one household tells about reaching the child stays in that household."""

    settled: int  # by HouseholdMemberQuerySet.for_card: how many of the five things before eighteen are arranged or not needed

    class ContactBy(models.TextChoices):
        PHONE = "PHONE", _("phone")
        PAPER = "PAPER", _("paper")
        EMAIL = "EMAIL", _("e-mail")
        SOMEBODY = "SOMEBODY", _("through somebody close")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="memberships")
    lives_here = models.BooleanField(default=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    contact_by = models.CharField(max_length=10, choices=ContactBy, default=ContactBy.PHONE)
    contact_through = EncryptedTextField(blank=True)
    contact_note = EncryptedTextField(blank=True)
    phone_key = KeyField(made_from=lambda member: phone_key(member.phone))
    languages = EncryptedTextField(blank=True)  # tells where somebody comes from, so nobody searches in it
    needs_interpreter = models.BooleanField(default=False)
    rather_not_reads = models.BooleanField(default=False)
    wishes = EncryptedTextField(blank=True)

    objects = HouseholdMemberQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [models.F("resident__birth_date").asc(nulls_last=True), "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "resident"], name="household_member_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["phone_key"], opclasses=["text_pattern_ops"], name="household_member_by_phone"),
        ]

    def __str__(self):
        return str(self.resident)

    def save(self, *args, update_fields=None, **kwargs):
        super().save(*args, update_fields=with_keys(HouseholdMember, update_fields), **kwargs)

    @property
    def on_the_way(self) -> bool:
        return self.resident.on_the_way()

    @property
    def would_rather_not(self) -> list[str]:
        """What to think of before something goes to this person by mail or on paper."""
        name, said = self.resident.first_name, []
        if self.contact_by != self.ContactBy.EMAIL and self.email:
            said.append(_("%(name)s would rather not be mailed.") % {"name": name})
        if self.rather_not_reads:
            said.append(_("%(name)s does not like to read. Read it aloud together.") % {"name": name})
        if self.needs_interpreter:
            said.append(
                _("%(name)s needs an interpreter: %(languages)s.") % {"name": name, "languages": self.languages}
                if self.languages
                else _("%(name)s needs an interpreter.") % {"name": name}
            )
        return [str(one) for one in said]


class CustodyQuerySet(models.QuerySet["Custody"]):
    def current(self, *, on: date | None = None):
        """Begun, and not over."""
        on = on or timezone.localdate()
        return self.filter(models.Q(started_on=None) | models.Q(started_on__lte=on)).not_over(on=on)

    def not_over(self, *, on: date | None = None):
        """Now, or from a later day on."""
        return self.filter(models.Q(ended_on=None) | models.Q(ended_on__gt=on or timezone.localdate()))


# Nobody has authority over who has authority over him. `households.authority` says it in words.
NO_LOOP = """
IF NEW.ended_on IS NULL AND EXISTS (
    SELECT 1 FROM households_custody AS other
    WHERE other.resident_id = NEW.holder_id AND other.holder_id = NEW.resident_id AND other.ended_on IS NULL
      AND (other.kind IN ('PARENT', 'GUARDIAN')) = (NEW.kind IN ('PARENT', 'GUARDIAN'))
) THEN
    RAISE EXCEPTION 'custody runs in a circle' USING ERRCODE = 'check_violation', CONSTRAINT = 'custody_is_no_circle';
END IF;
RETURN NEW;
"""


@pghistory.track()
class Custody(models.Model):
    """Who decides with or for somebody: a parent with authority or a guardian for a child, a mentor, curator or administrator
    for an adult (BW 1:245, 1:378, 1:431, 1:450). Where we know it from is written down: an acknowledgement before 2023 gave
    no authority. What it is about and how to reach who decides, only of an adult: of a child two homes read this."""

    class Kind(models.TextChoices):
        PARENT = "PARENT", _("parent with authority")
        GUARDIAN = "GUARDIAN", _("guardian")
        MENTOR = "MENTOR", _("mentor")
        CURATOR = "CURATOR", _("curator")
        ADMINISTRATOR = "ADMINISTRATOR", _("administrator of money")

    class Source(models.TextChoices):
        REGISTER = "REGISTER", _("authority register looked at")
        DECLARATION = "DECLARATION", _("said by the parents")
        DECISION = "DECISION", _("court decision seen")
        CURATELE_REGISTER = "CURATELE", _("register of curators and administrators looked at")

    FOR_CHILDREN = frozenset({Kind.PARENT, Kind.GUARDIAN})

    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="custody")
    holder = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="custody_of")
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.PARENT)
    source = models.CharField(max_length=12, choices=Source)
    checked_on = models.DateField()
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    decides_about = EncryptedTextField(blank=True)
    reached_by = EncryptedTextField(blank=True)
    recorded_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")

    objects = CustodyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name_plural = "custody"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["resident", "holder"], condition=models.Q(ended_on=None), name="custody_once"
            ),
            models.CheckConstraint(condition=~models.Q(resident=models.F("holder")), name="custody_of_another"),
            models.CheckConstraint(
                condition=models.Q(started_on=None)
                | models.Q(ended_on=None)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="custody_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["PARENT", "GUARDIAN"]) | models.Q(decides_about="", reached_by=""),
                name="custody_of_a_child_tells_no_more",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="custody_is_no_circle",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=NO_LOOP,
            ),
        ]

    def __str__(self):
        return f"{self.holder}, {self.get_kind_display()}"

    @property
    def is_for_children(self) -> bool:
        return self.kind in self.FOR_CHILDREN

    def counts(self, *, on: date | None = None) -> bool:
        """On that day; never what is over by now."""
        today = timezone.localdate()
        on = on or today
        return (self.started_on is None or self.started_on <= on) and not self.is_over(on=max(on, today))

    def is_over(self, *, on: date | None = None) -> bool:
        return self.ended_on is not None and self.ended_on <= (on or timezone.localdate())


class TieQuality(models.TextChoices):
    """How good a tie is, in the words of the household. Never a number: there is nothing to add up."""

    STRONG = "STRONG", _("strong")
    SUPPORTIVE = "SUPPORTIVE", _("supportive")
    THIN = "THIN", _("thin")
    STRAINED = "STRAINED", _("strained")
    BROKEN = "BROKEN", _("broken")
    UNKNOWN = "UNKNOWN", _("not talked about")


class NetworkContactQuerySet(models.QuerySet["NetworkContact"]):
    def current(self):
        """Those whose tie is not over."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=timezone.localdate()))


@pghistory.track()
class NetworkContact(models.Model):
    """Somebody close: family, a friend, a neighbour. Never somebody who is paid to help. The history keeps what the tie was
    before, so that a picture of an earlier day can be drawn."""

    Quality = TieQuality

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="network")
    name = models.CharField(max_length=120)
    relation = EncryptedTextField()
    phone = models.CharField(max_length=30, blank=True)
    offers = EncryptedTextField(blank=True)
    too_much = EncryptedTextField(blank=True)
    informal_carer = models.BooleanField(default=False)
    quality = models.CharField(max_length=10, choices=TieQuality, default=TieQuality.UNKNOWN)
    # Keys of residents: so the history of this row holds them too. Empty: all of them.
    of_residents = ArrayField(models.BigIntegerField(), default=list, blank=True)
    since = models.DateField(null=True, blank=True)  # empty: from the day on which it was written down
    until = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = NetworkContactQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(since=None) | models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="contact_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.relation}"

    @property
    def is_over(self) -> bool:
        return self.until is not None and self.until <= timezone.localdate()
