"""A meeting that comes back every so many weeks."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from config.crypto import EncryptedTextField

EVERY = range(1, 9)


@pghistory.track()
class Appointment(models.Model):
    """When and where somebody comes for an action, until the day before which that must be done."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    action = models.OneToOneField("plans.Action", on_delete=models.CASCADE, related_name="appointment")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    starts = models.TimeField()
    ends = models.TimeField()
    every_weeks = models.PositiveSmallIntegerField(default=1)
    from_on = models.DateField(default=timezone.localdate)
    place = EncryptedTextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="appointment_on_a_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="appointment_ends_after_start"),
            models.CheckConstraint(
                condition=Q(every_weeks__gte=EVERY[0], every_weeks__lte=EVERY[-1]), name="appointment_comes_back"
            ),
        ]

    def __str__(self):
        return capfirst(self.words)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("weekday", "starts", "ends", "every_weeks", "from_on", "place")}

    @property
    def words(self) -> str:
        """every Tuesday 10.00-11.30"""
        return f"{self.begins}-{self.ends:%-H.%M}"

    @property
    def begins(self) -> str:
        """every Tuesday 10.00"""
        often = ngettext("every %(day)s", "every %(weeks)s weeks on %(day)s", self.every_weeks)
        day = self.Weekday(self.weekday).label
        return f"{often % {'day': day, 'weeks': self.every_weeks}} {self.starts:%-H.%M}"
