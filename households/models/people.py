"""The people in a household and around it."""

from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from config.crypto import EncryptedTextField
from households.models.household import Household

DECIDES_ALONE = 16  # from this age a person decides alone about sharing (Jeugdwet 7.3.2-7.3.6, WGBO 7:447 BW)


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
    relation = EncryptedTextField()
    phone = models.CharField(max_length=30, blank=True)
    offers = EncryptedTextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self):
        return f"{self.name}, {self.relation}"
