"""Large papers, made while somebody does something else."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedFileField, EncryptedTextField
from households.models.household import Household
from households.models.people import Resident
from partners.models import Professional
from partners.permissions import Permission

KEPT_FOR = timedelta(days=1)
JUST_NOW = timedelta(minutes=1)
LEFT_AFTER = timedelta(minutes=1)  # nobody began to make it: the broker was away, or the worker stopped


class PrintQuerySet(models.QuerySet["Print"]):
    def kept(self):
        """A paper is there for a day, and then gone."""
        return self.filter(asked_at__gt=timezone.now() - KEPT_FOR)

    def waiting(self):
        return self.kept().filter(state=Print.State.WAITING)

    def visible_to(self, professional: Professional):
        """Only for who asked for it, and only as long as that person may see every household in it. What is known of one
        person is also given by the privacy officer, who sees no household."""
        theirs = Household.objects.coordinated_by(professional).filter(pk=OuterRef("household")).order_by()
        households = Print.households.through.objects.filter(print=OuterRef("pk")).exclude(Exists(theirs))
        allowed = Q(~Exists(households))
        if professional.can(Permission.READ_REGISTERS):
            allowed |= Q(kind=Print.Kind.DOSSIER)
        return self.kept().filter(allowed, asked_by=professional)

    def within_reach(self, professional: Professional):
        return self.none()

    def just_asked(self, household: Household, *, by: Professional):
        """The whole plan of this household, asked for a moment ago: who asks twice waits for the same paper."""
        since = timezone.now() - JUST_NOW
        asked = self.filter(kind=Print.Kind.PLAN, households=household, asked_by=by, asked_at__gt=since)
        return asked.exclude(state=Print.State.FAILED)


class Print(models.Model):
    """One paper that somebody asked for. The file is encrypted, and gone after a day."""

    class Kind(models.TextChoices):
        DOSSIER = "DOSSIER", _("What we know of one person")
        WEEK = "WEEK", _("Plans of this week")
        PLAN = "PLAN", _("The whole plan")

    class State(models.TextChoices):
        WAITING = "WAITING", _("is being made")
        READY = "READY", _("is ready")
        FAILED = "FAILED", _("could not be made")

    kind = models.CharField(max_length=10, choices=Kind)
    households = models.ManyToManyField(Household, related_name="prints")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, null=True, blank=True, related_name="prints")
    asked_by = models.ForeignKey(Professional, on_delete=models.CASCADE, related_name="prints")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    parts = models.PositiveSmallIntegerField(default=0, db_default=0)  # 0: nobody began with it
    parts_done = models.PositiveSmallIntegerField(default=0, db_default=0)
    fetched_at = models.DateTimeField(null=True, blank=True)
    file = EncryptedFileField(blank=True, default="")
    to_check = EncryptedTextField(
        blank=True
    )  # what somebody reads once more before giving it away, one thing on a line

    objects = PrintQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(state="READY") & ~Q(file="")) | (~Q(state="READY") & Q(file="")),
                name="print_ready_with_file",
            ),
            models.CheckConstraint(
                condition=Q(kind="DOSSIER", resident__isnull=False) | Q(kind__in=["WEEK", "PLAN"], resident=None),
                name="print_of_a_person",
            ),
            models.CheckConstraint(condition=Q(parts_done__lte=models.F("parts")), name="print_done_of_all"),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def waits(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def gone_at(self):
        return self.asked_at + KEPT_FOR

    @property
    def checks(self) -> list[str]:
        return self.to_check.splitlines()
