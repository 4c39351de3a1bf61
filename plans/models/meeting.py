"""Everybody around one table: who is asked, who came, and what was decided."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.models import Household, NetworkContact, Resident
from partners.models import Professional
from plans.models.action import Action
from plans.models.goal import Goal
from plans.models.reach import InHousehold


class MeetingQuerySet(InHousehold):
    path = "household"

    def to_come(self):
        """Planned, and nobody wrote down yet how it went."""
        return self.filter(held_at=None, cancelled_at=None)

    def in_full(self):
        """With everybody and every decision, in a fixed number of queries."""
        people = Invitee.objects.select_related("resident", "contact", "professional__organisation")
        decisions = Decision.objects.with_owner().prefetch_related("voices__invitee")
        return self.select_related("made_by").prefetch_related(
            models.Prefetch("invitees", people), models.Prefetch("decisions", decisions)
        )


@pghistory.track()
class Meeting(models.Model):
    """Professionals who talk about one household, or a round table with the household itself. At a round table the household
    sits first; without it there is a written reason."""

    class Kind(models.TextChoices):
        ROUND_TABLE = "ROUND", _("round table with the household")
        CASE = "CASE", _("case meeting")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=5, choices=Kind)
    starts_at = models.DateTimeField()
    place = EncryptedTextField(blank=True)
    purpose = EncryptedTextField()
    points = EncryptedTextField(blank=True)
    with_household = models.BooleanField()
    without_household_because = EncryptedTextField(blank=True)
    made_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    held_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="ROUND") | Q(with_household=True) | ~Q(without_household_because=""),
                name="round_table_with_the_household",
            ),
            models.CheckConstraint(condition=Q(held_at=None) | Q(cancelled_at=None), name="meeting_held_or_cancelled"),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def is_to_come(self) -> bool:
        return self.held_at is None and self.cancelled_at is None

    @property
    def has_begun(self) -> bool:
        return self.is_to_come and self.starts_at <= timezone.now()

    @property
    def to_become_actions(self) -> list["Decision"]:
        return [one for one in self.decisions.all() if one.goal_id and one.action_id is None]


class PersonAtTable(models.Model):
    """One resident, somebody close or professional."""

    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(NetworkContact, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    professional = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def person(self) -> Resident | NetworkContact | Professional | None:
        return self.resident or self.contact or self.professional

    @property
    def name(self) -> str:
        """As they know this person: a resident by the first name."""
        if self.resident:
            return self.resident.first_name
        return self.contact.name if self.contact else str(self.professional)

    @property
    def of(self) -> str:
        if self.contact:
            return self.contact.relation
        return str(self.professional.organisation) if self.professional else ""


EXACTLY_ONE = (
    Q(resident__isnull=False, contact=None, professional=None)
    | Q(resident=None, contact__isnull=False, professional=None)
    | Q(resident=None, contact=None, professional__isnull=False)
)


@pghistory.track()
class Invitee(PersonAtTable):
    """Who was asked to come, and whether this person came; None as long as nobody wrote that down."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitees")
    attended = models.BooleanField(null=True, blank=True)

    class Meta:
        # The household first, then who is close to them.
        ordering: ClassVar = [
            Case(When(resident__isnull=False, then=0), When(contact__isnull=False, then=1), default=2),
            "pk",
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=EXACTLY_ONE, name="invitee_is_one_person"),
            models.UniqueConstraint(fields=["meeting", "resident"], name="invitee_resident_once"),
            models.UniqueConstraint(fields=["meeting", "contact"], name="invitee_contact_once"),
            models.UniqueConstraint(fields=["meeting", "professional"], name="invitee_professional_once"),
        ]

    def __str__(self):
        return f"{self.pk}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def with_owner(self):
        return self.select_related("resident", "contact", "professional__organisation", "goal", "action")


@pghistory.track()
class Decision(PersonAtTable):
    """What was decided. When it says who does it, under which goal and before which day, it can become an action."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    what = EncryptedTextField()
    interests = EncryptedTextField(blank=True)
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")
    due_on = models.DateField(null=True, blank=True)
    action = models.OneToOneField(Action, on_delete=models.SET_NULL, null=True, blank=True, related_name="decision")
    written_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=EXACTLY_ONE & Q(due_on__isnull=False)
                | Q(resident=None, contact=None, professional=None, due_on=None),
                name="decision_of_somebody_before_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def lacks_household(self) -> bool:
        """Nobody wrote down what they themselves think of it."""
        return not any(voice.invitee.resident_id for voice in self.voices.all())


@pghistory.track()
class DecisionVoice(models.Model):
    """What one person at the table thinks of a decision."""

    class Says(models.TextChoices):
        AGREES = "AGREES", _("agrees with this")
        REMARK = "REMARK", _("agrees, with a remark")
        AGAINST = "AGAINST", _("does not agree")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="voices")
    invitee = models.ForeignKey(Invitee, on_delete=models.CASCADE, related_name="voices")
    says = models.CharField(max_length=7, choices=Says)
    remark = EncryptedTextField(blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "invitee"], name="decision_voice_once"),
            models.CheckConstraint(condition=~Q(says="REMARK") | ~Q(remark=""), name="decision_voice_with_its_remark"),
        ]

    def __str__(self):
        return f"{self.pk}"
