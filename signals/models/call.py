"""Who must be phoned, because no mail arrives."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from households.models import Household
from partners.models import Professional
from partners.permissions import Permission


class CallQuerySet(models.QuerySet["Call"]):
    def open(self):
        return self.filter(called_at=None)

    def asked_of(self, professional: Professional):
        """Whose it is to phone: of who took the signal up, of the coordinator or the deputy once it belongs to a household,
        and of everybody in the team as long as it is nobody's."""
        mine = (
            Q(signal__household__in=Household.objects.coordinated_by(professional))
            | Q(signal__household=None, signal__taken_up_by=professional)
            | Q(signal__household=None, signal__taken_up_by=None)
        )
        return self.open().filter(mine, signal__team__in=professional.team_keys(Permission.HANDLE_SIGNALS))


class Call(models.Model):
    """A mail to this reporter did not arrive. A colleague phones, and says so; at most one waits per signal."""

    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="calls")
    asked_at = models.DateTimeField(default=timezone.now)
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["signal"], condition=Q(called_at=None), name="one_open_call"),
            models.CheckConstraint(
                condition=Q(called_at=None, called_by=None) | Q(called_at__isnull=False, called_by__isnull=False),
                name="call_made_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.signal}"
