"""What was said between the team and a reporter, and the codes with which a reporter reads."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config import one_time_codes
from config.crypto import EncryptedTextField
from partners.models import Professional


class Message(models.Model):
    """What was said between the team and a reporter. Once sent it never changes: a correction is a new message.

    Ours carry a feedback level and its ground; without an author it was sent by the system itself."""

    class Direction(models.TextChoices):
        OURS = "OURS", _("from the team")
        THEIRS = "THEIRS", _("from the reporter")

    class Level(models.TextChoices):
        F0 = "F0", _("about the message only")
        F1 = "F1", _("about our work")
        F2 = "F2", _("that there is contact")
        F3 = "F3", _("one thing the reporter needs")

    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=6, choices=Direction)
    body = EncryptedTextField()
    level = models.CharField(max_length=2, choices=Level, blank=True)
    ground = models.CharField(max_length=200, blank=True)
    sentence = models.CharField(max_length=32, blank=True)
    sentence_version = models.PositiveSmallIntegerField(null=True, blank=True)
    tells_outcome = models.BooleanField(default=False)
    author = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(direction="OURS") & ~Q(level="") & ~Q(ground=""))
                | Q(direction="THEIRS", level="", author=None, tells_outcome=False),
                name="message_ours_has_level_and_ground",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="message_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.signal}, {self.get_direction_display()}"


class OneTimeCode(one_time_codes.OneTimeCode):
    """Mailed to a reporter who wants to read."""

    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="one_time_codes")

    def __str__(self):
        return f"{self.signal}"
