"""What residents agreed to, for whom and until when."""

from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.models.household import Household
from households.models.people import Resident
from partners.models import Organisation, Professional


class ConsentQuerySet(models.QuerySet["Consent"]):
    def valid(self, *, on: date | None = None):
        on = on or timezone.localdate()
        return self.filter(withdrawn_at=None, given_on__lte=on, valid_until__gte=on)


@pghistory.track()
class Consent(models.Model):
    """What one resident agreed to, for whom and until when. Not the legal basis of the work: that is a public task."""

    class Kind(models.TextChoices):
        SHARE_INFO = "SHARE_INFO", _("sharing information")
        AGREE_WITH_HELP = "AGREE_WITH_HELP", _("agreeing with help")
        FEEDBACK_TO_REPORTER = "FEEDBACK_TO_REPORTER", _("telling the reporter")

    class Form(models.TextChoices):
        ORAL = "ORAL", _("said")
        WRITTEN = "WRITTEN", _("written")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="consents")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=24, choices=Kind)
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    purpose = EncryptedTextField(blank=True)
    form = models.CharField(max_length=10, choices=Form, default=Form.ORAL)
    given_on = models.DateField()
    valid_until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=models.F("given_on")), name="consent_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return f"{self.resident}: {self.get_kind_display()}"
