"""What was said once to who does something: that the day comes near."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from plans.models.action import Action


class Reminder(models.Model):
    """One mail about one action and one day. When the day changes there is another one."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["action", "due_on"], name="reminded_once")]

    def __str__(self):
        return f"{self.pk}"
