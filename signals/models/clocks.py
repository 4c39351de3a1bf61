"""The clocks that a signal starts for people: its household is told about it, and sometimes the law starts its own."""

from datetime import date, timedelta
from typing import Any, ClassVar

import pghistory
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from config.workdays import end_of_term, months_after
from households.models import Household, Resident
from partners.models import Professional


def a_month_from_now() -> date:
    """Until when the household of a signal that comes in now is told about it, at the latest (AVG, article 14(3)(a))."""
    return end_of_term(months_after(timezone.localdate(), settings.INFORM_WITHIN_MONTHS))


@pghistory.track()
class Telling(models.Model):
    """That the household was told about a signal, or why that waits. Without a row nothing was done yet.

    It waits only when telling would seriously harm the purpose or somebody's safety (AVG, article 14(5)(b); UAVG, article
    41), until a day on which somebody looks again."""

    class How(models.TextChoices):
        IN_PERSON = "IN_PERSON", _("in a conversation")
        PHONE = "PHONE", _("by phone")
        LETTER = "LETTER", _("by letter")
        REPORTER = "REPORTER", _("by the reporter, and we checked that")

    class Ground(models.TextChoices):
        SAFETY = "SAFETY", _("It would put somebody in danger")
        PURPOSE = "PURPOSE", _("It would make helping impossible, or nearly so")

    signal = models.OneToOneField("signals.Signal", on_delete=models.CASCADE, related_name="telling")
    told_on = models.DateField(null=True, blank=True)
    told_by = EncryptedTextField(blank=True)
    told_how = models.CharField(max_length=10, choices=How, blank=True)
    postponed_until = models.DateField(null=True, blank=True)
    ground = models.CharField(max_length=10, choices=Ground, blank=True)
    because = EncryptedTextField(blank=True)
    recorded_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(told_on=None, told_by="", told_how="")
                | (Q(told_on__isnull=False) & ~Q(told_by="") & ~Q(told_how="")),
                name="told_on_a_day_by_somebody_somehow",
            ),
            models.CheckConstraint(
                condition=Q(postponed_until=None, ground="") | (Q(postponed_until__isnull=False) & ~Q(ground="")),
                name="telling_waits_on_a_ground_until_a_day",
            ),
            models.CheckConstraint(condition=Q(ground="") | ~Q(because=""), name="telling_waits_with_a_reason"),
            models.CheckConstraint(
                condition=Q(told_on__isnull=False) | Q(postponed_until__isnull=False), name="told_or_postponed"
            ),
        ]

    def __str__(self):
        return f"{self.signal}"


class WmoNotificationQuerySet(models.QuerySet["WmoNotification"]):
    def to_do_for(self, professional: Professional):
        """Of which the law asks something of this person: of a signal that he or she works on, or of an own household."""
        signals: Any = apps.get_model("signals", "Signal").objects
        taken_up = signals.in_inbox_of(professional).filter(household=None, taken_up_by=professional)
        about_own = signals.in_inbox_of(professional).filter(
            household__in=Household.objects.coordinated_by(professional)
        )
        own = Household.objects.changeable_by(professional)
        found = self.filter(Q(signal__in=taken_up) | Q(signal__in=about_own) | Q(household__in=own), inquired_on=None)
        return found.select_related("signal__household", "signal__organisation", "household")

    def of(self, household: Household):
        """Those about this household, with and without a signal, newest first."""
        found = self.filter(Q(signal__household=household) | Q(household=household))
        return found.select_related("signal__household", "household", "resident").order_by("-notified_on", "-pk")


@pghistory.track()
class WmoNotification(models.Model):
    """A *melding* by or for a resident, as the Wmo 2015 (article 2.3.2) means it: with a signal, or of somebody who comes or
    calls. Only who says so starts these clocks: a signal of somebody else is none by itself."""

    signal = models.OneToOneField("signals.Signal", on_delete=models.CASCADE, null=True, blank=True, related_name="wmo")
    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, null=True, blank=True, related_name="wmo_notifications"
    )
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    notified_on = models.DateField()
    confirmed_on = models.DateField(null=True, blank=True)
    plan_asked_on = models.DateField(null=True, blank=True)
    inquired_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = WmoNotificationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(signal__isnull=False, household=None, resident=None)
                | Q(signal=None, household__isnull=False, resident__isnull=False),
                name="wmo_of_a_signal_or_of_a_resident",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{step}__gte": models.F("notified_on")}) | Q(**{step: None}),
                    name=f"wmo_{step}_after",
                )
                for step in ("confirmed_on", "plan_asked_on", "inquired_on")
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def about(self) -> models.Model:
        """In whose log it stands what happened with it."""
        return self.signal or self.household  # type: ignore[return-value]  # the constraint holds it

    @property
    def steps(self) -> list["WmoStep"]:
        """What the law asks, in order of its last day."""
        day = self.notified_on
        return [
            WmoStep("confirmed_on", _("Confirm to the resident that it came in"), day, self.confirmed_on),
            WmoStep(
                "plan_asked_on",
                _("Let the resident hand in an own plan, and tell about free support"),
                self.hand_in_until,
                self.plan_asked_on,
            ),
            WmoStep(
                "inquired_on",
                _("Finish the inquiry"),
                end_of_term(day + timedelta(weeks=settings.WMO_INQUIRY_WEEKS)),
                self.inquired_on,
            ),
        ]

    def to_do(self, name: str) -> "WmoStep | None":
        """The step of this name, as long as it was not done."""
        return next((step for step in self.steps if step.name == name and step.done_on is None), None)

    @property
    def hand_in_until(self) -> date:
        return end_of_term(self.notified_on + timedelta(days=settings.WMO_PLAN_DAYS))

    @property
    def next_step(self) -> "WmoStep | None":
        return next((step for step in self.steps if step.done_on is None), None)


class WmoStep:
    """One thing that the law asks, by when, and when it was done."""

    def __init__(self, name: str, title: object, due: date, done_on: date | None) -> None:
        self.name, self.title, self.due, self.done_on = name, str(title), due, done_on

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due < timezone.localdate()
