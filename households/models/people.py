"""The people in a household and around it."""

from datetime import date
from typing import ClassVar

import pghistory
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


@pghistory.track(exclude=["name_key"])
class Resident(models.Model):
    """Somebody who lives in a household, of any age. No BSN, nationality, origin or religion: not needed.

    Of a child of divorced parents this is what both households may know; all else stands with its membership."""

    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField(null=True, blank=True)
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
    def may_have_own_page(self) -> bool:
        """From 12 a child reads along. Who has no known age counts as an adult."""
        age = self.age()
        return age is None or age >= DECIDES_TOO

    def decides_alone(self, *, on: date | None = None) -> bool:
        """Old enough to decide alone about sharing. When the age is not known, we ask."""
        age = self.age(on=on)
        return age is None or age >= DECIDES_ALONE


class HouseholdMemberQuerySet(models.QuerySet["HouseholdMember"]):
    def with_deciders(self):
        """With the resident and who decides for that resident, in a fixed number of queries."""
        return self.select_related("resident").prefetch_related("resident__custody__holder")


@pghistory.track(exclude=["phone_key"])
class HouseholdMember(models.Model):
    """A resident in a household, and how to reach this person there. A child of divorced parents is a member of two,
    and what one household tells about reaching the child stays in that household."""

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
    contact_note = EncryptedTextField(blank=True)
    phone_key = KeyField(made_from=lambda member: phone_key(member.phone))

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


class CustodyQuerySet(models.QuerySet["Custody"]):
    def current(self):
        return self.filter(ended_on=None)


@pghistory.track()
class Custody(models.Model):
    """Who decides with or for somebody: a parent with authority or a guardian for a child, a mentor or curator for an
    adult (BW 1:245, 1:378, 1:450). Where we know it from is written down: an acknowledgement before 2023 gave no authority."""

    class Kind(models.TextChoices):
        PARENT = "PARENT", _("parent with authority")
        GUARDIAN = "GUARDIAN", _("guardian")
        MENTOR = "MENTOR", _("mentor")
        CURATOR = "CURATOR", _("curator")

    class Source(models.TextChoices):
        REGISTER = "REGISTER", _("authority register looked at")
        DECLARATION = "DECLARATION", _("said by the parents")
        DECISION = "DECISION", _("court decision seen")

    FOR_CHILDREN = frozenset({Kind.PARENT, Kind.GUARDIAN})

    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="custody")
    holder = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="custody_of")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PARENT)
    source = models.CharField(max_length=12, choices=Source)
    checked_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
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
        ]

    def __str__(self):
        return f"{self.holder}, {self.get_kind_display()}"


@pghistory.track()
class NetworkContact(models.Model):
    """Somebody close: family, a friend, a neighbour. Never somebody who is paid to help."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="network")
    name = models.CharField(max_length=120)
    relation = EncryptedTextField()
    phone = models.CharField(max_length=30, blank=True)
    offers = EncryptedTextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self):
        return f"{self.name}, {self.relation}"
