"""What the plan was when it was laid before people, and what each of them said."""

import json
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.models import ConsentVoice, Household, Resident
from partners.models import Professional
from plans.models.plan import SupportPlan
from plans.models.reach import InHousehold


class PlanVersionQuerySet(InHousehold):
    path = "plan__household"

    def newest_first(self):
        return self.order_by("-number")


class PlanVersion(models.Model):
    """The plan word for word, as it was laid before everybody. It never changes: a changed plan is a new version."""

    plan = models.ForeignKey(SupportPlan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = EncryptedTextField()
    made_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbers_begin_at_one"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="version_never_changes", operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.number}"

    @property
    def household(self) -> Household:
        return self.plan.household

    @property
    def facts(self) -> dict[str, Any]:
        """As `plans.agreeing.snapshot` wrote it."""
        return json.loads(self.content)

    def write(self, facts: dict[str, Any]) -> None:
        self.content = json.dumps(facts, ensure_ascii=False)


class SignatureQuerySet(InHousehold):
    path = "version__plan__household"

    def in_full(self):
        return self.select_related("resident", "professional", "noted_by", "version")

    def standing(self):
        """Of the newest version of a plan that runs."""
        newer = PlanVersion.objects.filter(
            plan=models.OuterRef("version__plan"), number__gt=models.OuterRef("version__number")
        )
        return self.filter(~models.Exists(newer)).exclude(version__plan__status="CLOSED")


@pghistory.track()
class Signature(models.Model):
    """Where one person stands towards one version. Who saw it, whether it may be talked about with those who help, and
    whether it is an application too, are three things: none ever follows from another or from agreeing."""

    class Stand(models.TextChoices):
        NOT_ASKED = "NOT_ASKED", _("not asked yet")
        AGREED = "AGREED", _("agrees")
        ORAL = "ORAL", _("agrees, said aloud")
        AGAINST = "AGAINST", _("seen, does not agree")

    class Capacity(models.TextChoices):
        COORDINATOR = "COORDINATOR", _("coordinator")

    CAPACITIES: ClassVar = [*ConsentVoice.Capacity.choices, *Capacity.choices]

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="signatures")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, null=True, blank=True, related_name="signatures")
    professional = models.ForeignKey(
        Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="signatures"
    )
    capacity = models.CharField(max_length=13, choices=CAPACITIES)
    stand = models.CharField(max_length=10, choices=Stand, default=Stand.NOT_ASKED)
    seen = models.BooleanField(default=False)
    share = models.BooleanField(default=False)
    request = models.BooleanField(default=False)
    remark = EncryptedTextField(blank=True)
    said_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_own_hand = models.BooleanField(default=False)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "resident"], name="signature_once"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(professional__isnull=False), name="signature_of_one_coordinator"
            ),
            models.CheckConstraint(
                condition=Q(resident__isnull=False, professional=None) & ~Q(capacity="COORDINATOR")
                | Q(resident=None, professional__isnull=False, capacity="COORDINATOR"),
                name="signature_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    stand="NOT_ASKED", seen=False, share=False, request=False, said_on=None, noted_by=None,
                    by_own_hand=False,
                )
                | ~Q(stand="NOT_ASKED") & Q(seen=True, said_on__isnull=False),
                name="signature_after_seeing",
            ),
            models.CheckConstraint(
                condition=Q(stand="NOT_ASKED")
                | Q(noted_by__isnull=False, by_own_hand=False)
                | Q(noted_by=None, by_own_hand=True) & ~Q(stand="ORAL"),
                name="signature_by_own_hand_or_noted",
            ),
        ]  # fmt: skip
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="signature_of_the_newest",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
IF EXISTS (
    SELECT 1 FROM plans_planversion AS mine JOIN plans_planversion AS newer
        ON newer.plan_id = mine.plan_id AND newer.number > mine.number
    WHERE mine.id = NEW.version_id
) THEN
    RAISE EXCEPTION 'there is a newer version' USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_of_the_newest';
END IF;
RETURN NEW;
""",
            ),
            pgtrigger.Trigger(
                name="signature_waits_for_clashes",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("stand"),
                when=pgtrigger.Before,
                func="""
IF NEW.stand IN ('AGREED', 'ORAL') AND EXISTS (
    SELECT 1 FROM plans_planversion AS mine JOIN plans_actionconflict AS clash ON clash.plan_id = mine.plan_id
    WHERE mine.id = NEW.version_id AND clash.state = 'OPEN'
) THEN
    RAISE EXCEPTION 'something in this plan does not fit together'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_waits_for_clashes';
END IF;
RETURN NEW;
""",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def household(self) -> Household:
        return self.version.household

    @property
    def signer(self) -> Resident | Professional:
        return self.resident or self.professional  # type: ignore[return-value]  # the constraint holds it

    @property
    def name(self) -> str:
        return self.resident.full_name if self.resident else str(self.professional)

    @property
    def agrees(self) -> bool:
        return self.stand in (self.Stand.AGREED, self.Stand.ORAL)

    @property
    def is_open(self) -> bool:
        return self.stand == self.Stand.NOT_ASKED
