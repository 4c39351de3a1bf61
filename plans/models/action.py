"""Who does what, before which day."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.models import Household, NetworkContact, Participant, Resident
from partners.models import Professional
from plans.models.reach import InHousehold
from plans.workflow import TRANSITIONS, Status


class ActionQuerySet(InHousehold):
    path = "goal__plan__household"

    def owned_in_circle_by(self, professional: Professional):
        """The own actions of somebody in the circle, as long as the plan runs."""
        active = Participant.objects.active().filter(professional=professional)
        return self.filter(
            owner_professional=professional, goal__plan__household__in=active.values("household")
        ).exclude(goal__plan__status="CLOSED")

    def open(self):
        return self.filter(status__in=[Action.Status.PROPOSED, Action.Status.ACCEPTED])

    def overdue(self):
        return self.open().filter(due_on__lt=timezone.localdate())

    def with_owner(self):
        return self.select_related("owner_resident", "owner_contact", "owner_professional__organisation")


@pghistory.track()
class Action(models.Model):
    """One thing that one person does, before a date. The owner is a resident, somebody close or a professional."""

    Status = Status

    class Kind(models.TextChoices):
        OWN = "OWN", _("themselves")
        CLOSE = "CLOSE", _("somebody close")
        PROFESSIONAL = "PROFESSIONAL", _("professional")

    goal = models.ForeignKey("plans.Goal", on_delete=models.CASCADE, related_name="actions")
    what = EncryptedTextField()
    owner_resident = models.ForeignKey(
        Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    owner_contact = models.ForeignKey(
        NetworkContact, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    owner_professional = models.ForeignKey(
        Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    due_on = models.DateField()
    rhythm = EncryptedTextField(blank=True)
    practical = EncryptedTextField(blank=True)
    declined_because = EncryptedTextField(blank=True)
    handed_to = EncryptedTextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ActionQuerySet.as_manager()

    class Meta:
        # Own actions first, then those of people close, then those of professionals.
        ordering: ClassVar = [
            models.F("owner_resident").asc(nulls_last=True),
            models.F("owner_contact").asc(nulls_last=True),
            "due_on",
            "pk",
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    Q(owner_resident__isnull=False, owner_contact=None, owner_professional=None)
                    | Q(owner_resident=None, owner_contact__isnull=False, owner_professional=None)
                    | Q(owner_resident=None, owner_contact=None, owner_professional__isnull=False)
                ),
                name="action_has_exactly_one_owner",
            ),
            models.CheckConstraint(
                condition=(Q(status="HANDED_ON") & ~Q(handed_to="")) | (~Q(status="HANDED_ON") & Q(handed_to="")),
                name="action_handed_on_to_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def household(self) -> Household:
        return self.goal.plan.household

    @property
    def owner(self) -> Resident | NetworkContact | Professional:
        return self.owner_resident or self.owner_contact or self.owner_professional  # type: ignore[return-value]  # the constraint holds it

    @property
    def kind(self) -> Kind:
        if self.owner_resident_id:
            return self.Kind.OWN
        return self.Kind.CLOSE if self.owner_contact_id else self.Kind.PROFESSIONAL

    @property
    def moves(self) -> list[dict]:
        """Where it can go from here, with the words for the button; the usual step first."""
        return [{"to": to, "label": label} for to, label in TRANSITIONS[Status(self.status)].items()]

    @property
    def usual_move(self) -> dict | None:
        """The step that an action takes when all goes well."""
        return self.moves[0] if self.status in (Status.PROPOSED, Status.ACCEPTED, Status.DECLINED) else None

    @property
    def is_overdue(self) -> bool:
        return self.status in (self.Status.PROPOSED, self.Status.ACCEPTED) and self.due_on < timezone.localdate()
