"""What was said once to who does something: that the day comes near."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from partners.models import Professional
from plans.models.action import Action


class Reminder(models.Model):
    """One time, about one action and one day: by mail, or by a colleague who told it. When the day changes there is another."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now)
    told_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["action", "due_on"], name="reminded_once")]

    def __str__(self):
        return f"{self.pk}"
