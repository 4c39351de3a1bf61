"""How everybody works together: what was agreed, between whom, and how they tell each other."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.crypto import EncryptedTextField
from households.models import Household
from partners.models import Professional
from plans.models.reach import InHousehold


class AgreementQuerySet(InHousehold):
    path = "plan__household"

    def standing(self):
        return self.filter(ended_at=None)


@pghistory.track()
class Agreement(models.Model):
    """One thing that everybody keeps to. It stands in the plan, for all to read, until it is ended."""

    plan = models.ForeignKey("plans.SupportPlan", on_delete=models.CASCADE, related_name="agreements")
    what = EncryptedTextField()
    who = EncryptedTextField()
    how_told = EncryptedTextField(blank=True)
    until = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(who=""), name="agreement_of_somebody"),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def household(self) -> Household:
        return self.plan.household
