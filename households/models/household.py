"""A household with its one coordinator, who may know of it, who opened it in an emergency, and who takes it over."""

from datetime import timedelta
from typing import ClassVar

import pghistory
import pgtrigger
from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.alike import house_key, name_key, street_key
from households.models import finding
from households.models.keys import KeyField, with_keys
from partners.models import District, Professional, Team, TeamMembership
from partners.permissions import Permission, roles_with

SILENT_AFTER = timedelta(days=28)
OPEN_FOR = timedelta(hours=24)  # in an emergency


class HouseholdQuerySet(models.QuerySet["Household"]):
    def open(self):
        return self.filter(status=Household.Status.OPEN)

    def changeable_by(self, professional: Professional):
        """A household is worked on by its coordinator, as long as that is somebody who coordinates for this team, and by
        nobody else."""
        return self.filter(coordinator=professional, team__in=professional.teams_with(Permission.COORDINATE))

    def waiting_for_handover(self):
        """Open households that nobody can work on: their coordinator was deactivated, or coordinates no longer."""
        can = TeamMembership.objects.filter(
            professional=OuterRef("coordinator"),
            professional__is_active=True,
            team=OuterRef("team"),
            role__in=roles_with(Permission.COORDINATE),
        )
        return self.open().exclude(Exists(can))

    def silent(self):
        """Open ones of which nobody wrote anything down in four weeks; a look is nothing."""
        written = ("CREATE", "UPDATE", "SHARE")
        since = timezone.now() - SILENT_AFTER
        lines = apps.get_model("households", "AccessLogEntry").objects.filter(
            household=OuterRef("pk"), action__in=written, occurred_at__gte=since
        )
        return self.open().filter(~Exists(lines), made_at__lt=since)

    def visible_to(self, professional: Professional):
        """A household is seen by its coordinator, and for a day by the colleague who gave a reason."""
        opened = EmergencyAccess.objects.open().filter(household=OuterRef("pk"), professional=professional)
        return self.filter(
            Q(pk__in=Household.objects.changeable_by(professional).values("pk"))
            | Q(Exists(opened), team__in=professional.teams_with(Permission.BREAK_GLASS))
        )

    def led_by(self, professional: Professional):
        """Those of the teams that this person leads."""
        return self.filter(team__in=professional.teams_with(Permission.HAND_OVER))

    def handed_over_by(self, professional: Professional):
        """Who may ask another colleague to take over: the coordinator, and the team lead, also when she left."""
        return self.filter(
            Q(pk__in=Household.objects.changeable_by(professional).values("pk"))
            | Q(pk__in=Household.objects.led_by(professional).values("pk"))
        )

    def within_reach(self, professional: Professional):
        """Households of which this person may know that they exist: those of the own team."""
        return self.filter(team__in=professional.teams_with(Permission.KNOW_HOUSEHOLDS))

    def found_by(self, words: str):
        """Where each word stands in the name, the number, the address, or the name or phone of somebody who lives there."""
        return finding.households(self, words, finding.as_typed)

    def alike(self, words: str):
        """Where each word stands in the name, the address or the name of somebody who lives there in another spelling, or
        with a typing error; the best one first. In a transaction, after `finding.be_tolerant()`."""
        best_first = finding.how_alike(words)
        return finding.households(self, words, finding.spelled_differently).order_by(
            best_first.desc(), "name", "number"
        )


KEYS = ["name_key", "street_key", "house_key"]  # follow from what the history keeps already


@pghistory.track(exclude=KEYS)
class Household(models.Model):
    """One household, with one plan and exactly one coordinator."""

    why: list[str]  # why it was found, by access.suggest_households

    class Status(models.TextChoices):
        OPEN = "OPEN", _("open")
        CLOSED = "CLOSED", _("closed")

    number = models.CharField(max_length=16, unique=True, editable=False)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    address_protected = models.BooleanField(default=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="households")
    coordinator = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="households")
    coordinator_since = models.DateField(default=timezone.localdate)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    request_in_own_words = EncryptedTextField(blank=True)
    strengths = EncryptedTextField(blank=True)
    next_step = EncryptedTextField(blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    name_key = KeyField(made_from=lambda household: name_key(household.name))
    # Of a protected address nothing can be found.
    street_key = KeyField(made_from=lambda household: street_key(household.shown_address))
    house_key = KeyField(made_from=lambda household: house_key(household.shown_address))

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "number"]
        indexes: ClassVar = [
            GinIndex(fields=["name", "address"], opclasses=["gin_trgm_ops"] * 2, name="household_by_beginning"),
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="household_by_name"),
            models.Index(fields=["house_key"], opclasses=["text_pattern_ops"], name="household_by_house"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on=None) | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                name="household_next_step_has_a_date",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, update_fields=None, **kwargs):
        super().save(*args, update_fields=with_keys(Household, update_fields), **kwargs)

    @property
    def shown_address(self) -> str:
        """The address as it may stand on a screen or on paper: never a protected one."""
        return "" if self.address_protected else self.address


@pghistory.track()
class EarlierAddress(models.Model):
    """Where a household lived before it moved. Nobody searches in it, so it is sealed; what was protected stays so."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="earlier_addresses")
    address = EncryptedTextField()
    protected = models.BooleanField(default=False)
    moved_in_on = models.DateField(null=True, blank=True)
    moved_out_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-moved_out_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(address=""), name="earlier_address_is_one"),
            models.CheckConstraint(
                condition=Q(moved_in_on=None) | Q(moved_out_on__gte=F("moved_in_on")), name="moved_out_after_moving_in"
            ),
        ]

    def __str__(self):
        return f"{self.household}, {self.moved_out_on}"

    @property
    def shown_address(self) -> str:
        return "" if self.protected else self.address


class EmergencyQuerySet(models.QuerySet["EmergencyAccess"]):
    def open(self):
        return self.filter(expires_at__gt=timezone.now())


class EmergencyAccess(models.Model):
    """A colleague opened a household that is not hers, with a reason, to read in it for a day. The coordinator and the
    privacy officer were told. Nobody can take this row back or make it last longer."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="emergencies")
    professional = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="emergencies")
    reason = EncryptedTextField()
    opened_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("opened_at"), expires_at__lte=F("opened_at") + OPEN_FOR),
                name="emergency_lasts_a_day_at_most",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="emergency_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.pk}"


class HandoverQuerySet(models.QuerySet["Handover"]):
    def open(self):
        return self.filter(accepted_at=None, declined_at=None)

    def asked_of(self, professional: Professional):
        """What this person is asked and has not answered, and could still do for that team."""
        return self.open().filter(to=professional, household__team__in=professional.teams_with(Permission.COORDINATE))

    def within_reach(self, professional: Professional):
        return self.none()


@pghistory.track()
class Handover(models.Model):
    """Somebody is asked to become the coordinator. Until she accepts nothing changes."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="handovers")
    to = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="handovers")
    note = EncryptedTextField()
    proposed_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_because = EncryptedTextField(blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(accepted_at=None, declined_at=None), name="one_open_handover"
            ),
            models.CheckConstraint(condition=Q(accepted_at=None) | Q(declined_at=None), name="handover_ends_one_way"),
        ]

    def __str__(self):
        return f"{self.household} → {self.to}"
