"""How long a file is kept, what stops that it is destroyed, and what was destroyed by whom. Of what was destroyed nothing
stays here but its number: that one can not be led back to anybody."""

from datetime import date, timedelta
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.models.household import Household
from households.models.people import Resident
from partners.models import Professional, Team
from partners.permissions import Permission


class HoldQuerySet(models.QuerySet["Hold"]):
    def open(self):
        return self.filter(lifted_at=None)

    def in_full(self):
        return self.select_related("placed_by", "lifted_by")


@pghistory.track()
class Hold(models.Model):
    """Why this file stays, whatever its term: a case that runs, or somebody who does not want it destroyed."""

    class Kind(models.TextChoices):
        CASE = "CASE", _("a complaint, an objection or a court case runs")
        LAW = "LAW", _("the law or a supervisor asks to keep it")
        OBJECTION = "OBJECTION", _("somebody whom it is about does not want it destroyed")
        HELP = "HELP", _("it is needed for the help that is given now")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="holds")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = EncryptedTextField()
    placed_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_because = EncryptedTextField(blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_for_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_because="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because="")),
                name="hold_lifted_for_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.household}, {self.get_kind_display()}"


def in_three_months() -> date:
    return timezone.localdate() + timedelta(days=settings.ANSWER_ERASURE_DAYS)


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    def open(self):
        return self.filter(answered_at=None)

    def in_full(self):
        return self.select_related("resident", "recorded_by", "answered_by")


@pghistory.track()
class ErasureRequest(models.Model):
    """Somebody asks to destroy what is written about her (Jeugdwet 7.3.9, Wmo 2015 5.3.5, AVG 17). It is answered in three
    months: granted, or refused on a ground of the law with the reason. Granted is not yet destroyed: two people do that."""

    class Ground(models.TextChoices):
        OTHER = "OTHER", _("somebody else has a serious interest in keeping it")
        LAW = "LAW", _("the law obliges us to keep it")
        CASE = "CASE", _("a complaint, an objection or a court case runs")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="erasure_requests")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="erasure_requests")
    wish = EncryptedTextField()
    received_on = models.DateField(default=timezone.localdate)
    answer_by = models.DateField(default=in_three_months)
    recorded_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    granted = models.BooleanField(null=True)
    refused_on_ground = models.CharField(max_length=10, choices=Ground, blank=True)
    answer = EncryptedTextField(blank=True)
    answered_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(wish=""), name="erasure_has_a_wish"),
            models.CheckConstraint(
                condition=Q(granted=None, answer="", answered_by=None, answered_at=None)
                | (Q(granted__isnull=False, answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
                name="erasure_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(granted=False) & ~Q(refused_on_ground="")
                | ~Q(granted=False) & Q(refused_on_ground="")
                | Q(granted=None, refused_on_ground=""),
                name="erasure_refused_on_a_ground",
            ),
            models.UniqueConstraint(
                fields=["household", "resident"], condition=Q(answered_at=None), name="erasure_asked_once"
            ),
        ]

    def __str__(self):
        return f"{self.resident}, {self.received_on}"

    @property
    def is_late(self) -> bool:
        return self.answered_at is None and self.answer_by < timezone.localdate()


class DestructionQuerySet(models.QuerySet["Destruction"]):
    def open(self):
        return self.filter(confirmed_at=None, withdrawn_at=None)

    def of_teams(self, professional: Professional):
        """Lists of the teams for which this person may propose and confirm."""
        return self.filter(team__in=professional.team_keys(Permission.DESTROY)).select_related(
            "team", "made_by", "confirmed_by", "withdrawn_by"
        )


class Destruction(models.Model):
    """A list of what may be destroyed, proposed by one and confirmed by another. From then on it is the proof of it."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = DestructionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("made_by"))),
                name="destruction_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, confirmed_at=None),
                name="destruction_ends_one_way",
            ),
            models.UniqueConstraint(
                fields=["team"], condition=Q(confirmed_at=None, withdrawn_at=None), name="one_open_destruction"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="destruction_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="destruction_is_proof",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL"),
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None and self.withdrawn_at is None


class DestructionItem(models.Model):
    """One thing on such a list: what kind, its key and number, and why it may go. Never a name."""

    class Kind(models.TextChoices):
        HOUSEHOLD = "HOUSEHOLD", _("the whole file of a household")
        SIGNAL = "SIGNAL", _("a signal that was not taken up here")
        REPORTER = "REPORTER", _("name and address of a reporter")

    class Rule(models.TextChoices):
        YOUTH = "YOUTH", _("Jeugdwet 7.3.8")
        WMO = "WMO", _("Wmo 2015 5.3.4")
        REQUEST = "REQUEST", _("asked by the person, Jeugdwet 7.3.9 or Wmo 2015 5.3.5")
        NEEDED_NO_MORE = "NO_MORE", _("not needed any more, AVG 5(1)(e)")

    destruction = models.ForeignKey(Destruction, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.BigIntegerField()
    number = models.CharField(max_length=16)
    rule = models.CharField(max_length=10, choices=Rule)
    since = models.DateField()  # the last change, from which the term runs; of a request: the day it was granted
    destroyed_at = models.DateTimeField(null=True, blank=True)  # empty in a confirmed list: it had to stay after all
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["kind", "since", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["destruction", "kind", "key"], name="destruction_names_it_once"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="item_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="item_is_proof",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.destroyed_at IS NOT NULL"),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.number}"
