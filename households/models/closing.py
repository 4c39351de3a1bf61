"""How the work for a household ended: what worked, what keeps it good, whom they call; and how it went after that."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.crypto import EncryptedTextField
from households.models.household import Household
from partners.models import Professional


class ClosingQuerySet(models.QuerySet["Closing"]):
    def standing(self):
        """Not undone: the household is closed."""
        return self.filter(reopened_at=None)

    def to_ask(self):
        """Nobody has asked yet how it goes."""
        return self.standing().filter(asked_on=None)

    def in_full(self):
        return self.select_related("closed_by", "asked_by", "reopened_by")


@pghistory.track()
class Closing(models.Model):
    """A household was closed with this. Some time later somebody asks how it goes; it can be opened again, with a reason."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="closings")
    what_worked = EncryptedTextField()
    keeps_good = EncryptedTextField()
    safety_net = EncryptedTextField()
    closed_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=timezone.now)
    aftercare_on = models.DateField()
    asked_on = models.DateField(null=True, blank=True)
    how_it_goes = EncryptedTextField(blank=True)
    asked_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reopened_because = EncryptedTextField(blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household"], condition=Q(reopened_at=None), name="closed_once"),
            models.CheckConstraint(
                condition=~Q(what_worked="") & ~Q(keeps_good="") & ~Q(safety_net=""), name="closing_says_what_stays"
            ),
            models.CheckConstraint(
                condition=Q(asked_on=None, asked_by=None, how_it_goes="")
                | (Q(asked_on__isnull=False, asked_by__isnull=False) & ~Q(how_it_goes="")),
                name="closing_asked_and_answered",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None, reopened_because="")
                | (Q(reopened_at__isnull=False, reopened_by__isnull=False) & ~Q(reopened_because="")),
                name="closing_undone_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.household}, {self.closed_at:%Y-%m-%d}"

    @property
    def is_due(self) -> bool:
        """Today somebody asks how it goes."""
        return self.reopened_at is None and self.asked_on is None and self.aftercare_on <= timezone.localdate()
