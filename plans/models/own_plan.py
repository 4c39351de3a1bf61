"""The plan that people make themselves: a *familiegroepsplan* of a family and who is close to it, or a *persoonlijk plan*."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.models import Household
from partners.models import Professional
from plans.models.reach import InHousehold
from plans.models.scan import KeptPaper
from plans.own_plan import WAITS, Choice


class OwnPlanQuerySet(InHousehold):
    def waiting(self):
        """Somebody has to say or hand in something, until a day."""
        return self.filter(choice__in=WAITS)

    def made(self):
        return self.filter(choice=Choice.MADE)

    def in_full(self):
        return self.select_related("household", "recorded_by", "paper").defer("paper__file")


@pghistory.track()
class OwnPlan(models.Model):
    """Each time that it was offered is a row, with what they chose; of a family group plan also that it was not offered
    (Jeugdwet 1.1, 2.1(g) and 4.1.2: only where it would harm the child), and why. What they made is the base of the plan."""

    class Kind(models.TextChoices):
        FAMILY = "FAMILY", _("family group plan")
        PERSONAL = "PERSONAL", _("personal plan")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="own_plans")
    kind = models.CharField(max_length=8, choices=Kind)
    choice = models.CharField(max_length=5, choices=Choice, default=Choice.WAITS)
    offered_on = models.DateField(null=True, blank=True)
    told_by = EncryptedTextField(blank=True)
    not_offered_because = EncryptedTextField(blank=True)
    they_say = EncryptedTextField(blank=True)
    until = models.DateField(null=True, blank=True)
    chosen_on = models.DateField(null=True, blank=True)
    made_on = models.DateField(null=True, blank=True)
    made_by = EncryptedTextField(blank=True)
    text = EncryptedTextField(blank=True)
    recorded_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = OwnPlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(choice=Choice.HARM, kind="FAMILY", offered_on=None) & ~Q(not_offered_because="")
                | ~Q(choice=Choice.HARM) & Q(offered_on__isnull=False, not_offered_because="") & ~Q(told_by=""),
                name="own_plan_offered_by_somebody_or_not_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(choice__in=WAITS, until__isnull=False) | ~Q(choice__in=WAITS) & Q(until=None),
                name="own_plan_waits_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(choice=Choice.MADE, made_on__isnull=False) & ~Q(made_by="")
                | ~Q(choice=Choice.MADE) & Q(made_on=None, made_by="", text=""),
                name="own_plan_made_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["household", "kind"], condition=Q(choice__in=WAITS), name="one_own_plan_waits"
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def is_late(self) -> bool:
        return self.until is not None and self.until < timezone.localdate()

    @property
    def badge(self) -> tuple[str, str]:
        """The kind and the picture that go with the word of the choice."""
        if self.choice in WAITS:
            return ("warning", "hourglass")
        return ("safe", "check") if self.choice == Choice.MADE else ("neutral", "x")

    @property
    def lines(self) -> list[str]:
        """What stands in it, line by line, each once and without what was typed before it."""
        bare = (line.strip().lstrip("-*•–").strip()[:300] for line in self.text.splitlines())
        return list(dict.fromkeys(line for line in bare if line))


class OwnPlanPaper(KeptPaper):
    """Their plan as they wrote or drew it."""

    own_plan = models.OneToOneField(OwnPlan, on_delete=models.CASCADE, related_name="paper")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(file=""), name="own_plan_paper_with_file")]

    @property
    def household(self) -> Household:
        return self.own_plan.household
