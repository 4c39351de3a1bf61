"""Papers of people themselves, as a picture or a scan: the signed plan, and a plan of their own."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.crypto import EncryptedFileField
from households.models import Household
from partners.models import Professional
from plans.models.plan import SupportPlan
from plans.models.reach import InHousehold


class KeptPaper(models.Model):
    """A picture or a PDF. Encrypted, without what a camera adds, and never shown in a page: it is fetched."""

    class Kind(models.TextChoices):
        PICTURE = "image/jpeg", "JPEG"
        PDF = "application/pdf", "PDF"

    kind = models.CharField(max_length=20, choices=Kind)
    file = EncryptedFileField()
    kept_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.pk}"

    @property
    def ending(self) -> str:
        return "pdf" if self.kind == self.Kind.PDF else "jpg"


class ScanQuerySet(InHousehold):
    path = "plan__household"


class Scan(KeptPaper):
    """What was written and signed by hand."""

    plan = models.ForeignKey(SupportPlan, on_delete=models.CASCADE, related_name="scans")

    objects = ScanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(file=""), name="scan_with_file"),
        ]

    @property
    def household(self) -> Household:
        return self.plan.household
