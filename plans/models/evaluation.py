"""Looking back together: what was reached, what they give it, what stays and what changes, and when again."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.models import Household, Resident
from partners.models import Professional
from plans.models.goal import Goal
from plans.models.plan import SupportPlan
from plans.models.reach import InHousehold


class EvaluationQuerySet(InHousehold):
    path = "plan__household"

    def in_full(self):
        """With results and marks, in a fixed number of queries."""
        return self.select_related("written_by").prefetch_related("results__goal", "marks__resident")


class Evaluation(models.Model):
    """One time that everybody looked back on the plan. What was said then never changes; the next one is planned at once,
    or this was the last."""

    plan = models.ForeignKey(SupportPlan, on_delete=models.CASCADE, related_name="evaluations")
    held_on = models.DateField()
    present = EncryptedTextField()
    keep = EncryptedTextField(blank=True)
    change = EncryptedTextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    last = models.BooleanField(default=False)
    written_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-held_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last=True, next_on=None) | Q(last=False, next_on__isnull=False, next_on__gt=F("held_on")),
                name="evaluation_plans_the_next",
            ),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="evaluation_never_changes", operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.pk}"

    @property
    def household(self) -> Household:
        return self.plan.household


class GoalResultQuerySet(models.QuerySet["GoalResult"]):
    def with_evaluation(self):
        """When it was said; what was said of the plan as a whole is not unsealed for it."""
        words = (f"evaluation__{name}" for name in ("present", "keep", "change"))
        return self.select_related("evaluation").defer(*words)


class GoalResult(models.Model):
    """How far one goal has come, in the words of the household."""

    class Result(models.TextChoices):
        REACHED = "REACHED", _("reached")
        PARTLY = "PARTLY", _("partly reached")
        NOT = "NOT", _("not reached")

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="results")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="results")
    result = models.CharField(max_length=8, choices=Result)
    words = EncryptedTextField(blank=True)

    objects = GoalResultQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["goal__rank", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evaluation", "goal"], name="goal_result_once"),
            models.CheckConstraint(condition=Q(result__in=["REACHED", "PARTLY", "NOT"]), name="goal_result_known"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="goal_result_never_changes", operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.goal_id}: {self.result}"


class ResidentMark(models.Model):
    """The mark from 1 to 10 that a resident gives; or that this resident did not want to give one, which is an answer too."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="marks")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="evaluation_marks")
    mark = models.PositiveSmallIntegerField(null=True, blank=True)
    refused = models.BooleanField(default=False)
    words = EncryptedTextField(blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evaluation", "resident"], name="resident_mark_once"),
            models.CheckConstraint(
                condition=Q(mark__isnull=False, mark__gte=1, mark__lte=10, refused=False) | Q(mark=None, refused=True),
                name="resident_mark_or_refused",
            ),
        ]

    def __str__(self):
        return f"{self.resident_id}: {self.mark}"
