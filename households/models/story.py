"""What they said themselves."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.crypto import EncryptedTextField
from households.models.household import Household
from households.models.unchanging import stays_as_it_is
from partners.models import Professional


class StoryQuerySet(models.QuerySet["Story"]):
    def current(self):
        return self.order_by("-version")[:1]


class Story(models.Model):
    """The story in own words, told once. A change is a new version; no version ever changes."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="stories")
    version = models.PositiveSmallIntegerField()
    text = EncryptedTextField()
    told_by = EncryptedTextField()
    told_on = models.DateField()
    read_aloud = models.BooleanField(default=False)
    agreed_by = EncryptedTextField(blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = StoryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "version"], name="story_version_once"),
            models.CheckConstraint(
                condition=Q(agreed_by="", agreed_on=None)
                | (Q(read_aloud=True, agreed_on__isnull=False) & ~Q(agreed_by="")),
                name="story_agreed_after_reading",
            ),
        ]
        triggers: ClassVar = [stays_as_it_is("story_never_changes", but="version")]

    def __str__(self):
        return f"{self.household}, {self.version}"
