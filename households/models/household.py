"""A household with its one coordinator, and who may know of it."""

import re
from functools import reduce
from operator import or_
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from partners.models import District, Professional, Team
from partners.permissions import Permission

SHORTEST_WORD = 3


class HouseholdQuerySet(models.QuerySet["Household"]):
    def open(self):
        return self.filter(status=Household.Status.OPEN)

    def visible_to(self, professional: Professional):
        """A household is open to its coordinator, as long as that is somebody who coordinates for this team, and to
        nobody else by default."""
        return self.filter(coordinator=professional, team__in=professional.teams_with(Permission.COORDINATE))

    def within_reach(self, professional: Professional):
        """Households of which this person may know that they exist: those of the own team."""
        return self.filter(team__in=professional.teams_with(Permission.KNOW_HOUSEHOLDS))

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
