"""An *aanvraag*: somebody asks the municipality for help that it decides about, within a term."""

from datetime import date, timedelta
from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from config.workdays import end_of_term
from households.models import Household, Resident
from partners.models import Professional
from plans.models.reach import InHousehold
from plans.models.version import Signature


class ApplicationQuerySet(InHousehold):
    def open(self):
        return self.filter(decided_on=None)

    def in_full(self):
        return self.select_related("household", "resident", "recorded_by")


@pghistory.track()
class Application(models.Model):
    """Only who says so makes one: with the tick beside a signature, or in another way. Then the term of the law runs (Wmo
    2015, article 2.3.5(2); Awb, article 4:13), until somebody decided or it was taken back. A term can be suspended, with a
    reason (Awb, article 4:15)."""

    class Law(models.TextChoices):
        WMO = "WMO", _("Wmo")
        YOUTH = "YOUTH", _("Youth Act")

    class Outcome(models.TextChoices):
        GRANTED = "GRANTED", _("granted")
        PARTLY = "PARTLY", _("granted in part")
        REFUSED = "REFUSED", _("turned down")
        TAKEN_BACK = "TAKEN_BACK", _("taken back")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="applications")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="applications")
    signature = models.ForeignKey(Signature, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    law = models.CharField(max_length=5, choices=Law, default=Law.WMO)
    applied_on = models.DateField()
    decide_by = models.DateField()
    suspended_because = EncryptedTextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None) | ~Q(outcome="") & Q(decided_on__gte=F("applied_on")),
                name="application_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(decide_by__gte=F("applied_on")), name="application_decided_after_asking"
            ),
            models.UniqueConstraint(
                fields=["household", "resident", "law"], condition=Q(decided_on=None), name="one_open_application"
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def is_late(self) -> bool:
        return self.decided_on is None and self.decide_by < timezone.localdate()


def last_day(law: str, applied_on: date) -> date:
    """Before the end of which day is decided."""
    weeks = settings.WMO_DECISION_WEEKS if law == Application.Law.WMO else settings.YOUTH_DECISION_WEEKS
    return end_of_term(applied_on + timedelta(weeks=weeks))
