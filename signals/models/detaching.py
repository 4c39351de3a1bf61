"""A link to a household that was wrong."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.utils import timezone

from config.crypto import EncryptedTextField
from households.models import Household
from partners.models import Professional


class Detaching(models.Model):
    """This signal was not about that household after all. Who said so, and why; nobody can change it."""

    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="detachings")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    reason = EncryptedTextField()
    by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-pk"]
        triggers: ClassVar = [
            pgtrigger.Protect(name="detaching_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.signal}"
