"""The plan itself."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.models import Household
from partners.models import Professional
from plans.models.agreement import Agreement
from plans.models.goal import Goal
from plans.models.reach import InHousehold


class SupportPlanQuerySet(InHousehold):
    def open(self):
        return self.exclude(status=SupportPlan.Status.CLOSED)

    def not_looked_back_on(self):
        """Plans with a goal of which nobody ever said how far it has come. One question with one action needs no more than
        its answer."""
        silent = Goal.objects.filter(plan=models.OuterRef("pk"), results=None)
        return self.filter(models.Exists(silent), light=False)

    def in_full(self):
        """With its goals, actions and owners, and what was agreed, in a fixed number of queries whatever its size."""
        return self.prefetch_related(
            Prefetch("goals", Goal.objects.in_full()), Prefetch("agreements", Agreement.objects.standing())
        )


@pghistory.track()
class SupportPlan(models.Model):
    """The plan. At most one per household is open: the database holds that, also under two requests at once."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("draft")
        ACTIVE = "ACTIVE", _("running")
        CLOSED = "CLOSED", _("closed")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="plans")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    made_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    evaluate_on = models.DateField(null=True, blank=True)
    # One question with one action: nobody has to call it a plan. It becomes one by taking this off.
    light = models.BooleanField(default=False)

    objects = SupportPlanQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household"], condition=~Q(status="CLOSED"), name="one_open_plan_per_household"
            ),
        ]

    def __str__(self):
        return f"{self.household}"
