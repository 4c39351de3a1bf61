"""Money that fits no rule: what somebody asks for a household, who decides, and from which law it comes."""

from decimal import Decimal
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from config.crypto import EncryptedTextField
from config.money import in_euros
from households.domains import LifeDomain
from households.models import Household
from partners.models import Professional
from partners.permissions import Permission
from plans.budget import COUNTS, WAITS, BudgetStatus, Frame
from plans.models.reach import InHousehold


class BudgetLineQuerySet(InHousehold):
    def visible_to(self, professional: Professional):
        """Its coordinator and the deputy, also of a closed household; who opened it with a reason does not read this."""
        return self.filter(household__in=Household.objects.coordinated_by(professional))

    def judged_by(self, professional: Professional):
        """What this person is asked to decide about, first or as the second person, and still may for that team."""
        asked = Q(decider=professional) | Q(second=professional, decided_at__isnull=False)
        return self.filter(asked, household__team__in=professional.team_keys(Permission.DECIDE_BUDGET))

    def waits_for(self, professional: Professional):
        """What this person has to say something about now."""
        first = Q(status=BudgetStatus.PROPOSED, decider=professional)
        return self.judged_by(professional).filter(first | Q(status=BudgetStatus.AGREED, second=professional))

    def to_finish(self):
        """Granted and not paid, or decided about while they do not know it yet."""
        decided = Q(status__in=[BudgetStatus.PAID, BudgetStatus.REFUSED], told_on=None)
        return self.filter(decided | Q(status=BudgetStatus.GRANTED))

    def in_full(self):
        return self.select_related("household__team", "household__coordinator", "proposed_by", "decider", "second")

    def totals(self):
        """Of what was granted or paid: per year of deciding the amount, and of each law. One query."""
        by_year = self.filter(status__in=COUNTS).order_by().values(year=models.functions.ExtractYear("granted_on"))
        sums = {name: models.Sum(name) for name in ("amount", *Frame.values)}
        return by_year.annotate(**{f"total_{name}": one for name, one in sums.items()}).order_by("-year")


@pghistory.track()
class BudgetLine(models.Model):
    """One amount for one thing. Nobody decides about what he or she asked for, and what is more than somebody may decide
    alone takes two people. What it comes to of each law is the whole amount, to the cent."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="budget_lines")
    domain = models.CharField(max_length=16, choices=LifeDomain)
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    wmo = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal(0))
    youth = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal(0))
    participation = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal(0))
    debt = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal(0))
    free = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal(0))
    purpose = EncryptedTextField()
    motivation = EncryptedTextField()
    otherwise = EncryptedTextField(blank=True)
    they_say = EncryptedTextField(blank=True)
    status = models.CharField(max_length=9, choices=BudgetStatus, default=BudgetStatus.PROPOSED)
    proposed_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decider = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    mandate = models.DecimalField(max_digits=8, decimal_places=2)  # what the decider may decide alone, as it was then
    second = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = EncryptedTextField(blank=True)
    seconded_at = models.DateTimeField(null=True, blank=True)
    second_reason = EncryptedTextField(blank=True)
    granted_on = models.DateField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    withdrawn_because = EncryptedTextField(blank=True)
    told_on = models.DateField(null=True, blank=True)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0, mandate__gte=0), name="budget_is_something"),
            models.CheckConstraint(
                condition=Q(wmo__gte=0, youth__gte=0, participation__gte=0, debt__gte=0, free__gte=0)
                & Q(amount=F("wmo") + F("youth") + F("participation") + F("debt") + F("free")),
                name="budget_adds_up_to_the_cent",
            ),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(motivation=""), name="budget_says_for_what_and_why"),
            models.CheckConstraint(
                condition=~Q(decider=F("proposed_by"))
                & (Q(second=None) | ~Q(second=F("proposed_by")) & ~Q(second=F("decider"))),
                name="budget_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(amount__lte=F("mandate")) | Q(second__isnull=False), name="budget_with_a_second_person"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[BudgetStatus.GRANTED, BudgetStatus.PAID])
                | Q(decided_at__isnull=False, granted_on__isnull=False)
                & ~Q(reason="")
                & (Q(amount__lte=F("mandate")) | Q(seconded_at__isnull=False) & ~Q(second_reason="")),
                name="budget_granted_within_the_mandate",
            ),
            models.CheckConstraint(
                condition=~Q(status=BudgetStatus.REFUSED) | ~Q(reason="") | ~Q(second_reason=""),
                name="budget_refused_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=BudgetStatus.WITHDRAWN) | ~Q(withdrawn_because=""),
                name="budget_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status=BudgetStatus.PAID, paid_on__isnull=False, paid_on__gte=F("granted_on"))
                | ~Q(status=BudgetStatus.PAID) & Q(paid_on=None),
                name="budget_paid_on_a_day",
            ),
        ]
        triggers: ClassVar = [
            # Another amount is another question: it is asked anew.
            pgtrigger.ReadOnly(
                name="budget_stays_what_was_asked",
                fields=["amount", *Frame.values, "domain", "purpose", "motivation", "proposed_by", "proposed_at"],
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def in_euros(self) -> str:
        return in_euros(self.amount)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What it comes to of each law, as far as it is something."""
        rows = [(str(frame.label), getattr(self, frame.value)) for frame in Frame]
        return [(name, in_euros(amount)) for name, amount in rows if amount]

    @property
    def icon(self) -> str:
        return LifeDomain(self.domain).icon

    @property
    def waits(self) -> bool:
        return self.status in WAITS

    @property
    def needs_second(self) -> bool:
        return self.amount > self.mandate

    @property
    def badge(self) -> tuple[str, str]:
        """The kind and the picture that go with the word of its state."""
        return {
            BudgetStatus.PROPOSED: ("warning", "hourglass"),
            BudgetStatus.AGREED: ("warning", "hourglass"),
            BudgetStatus.GRANTED: ("safe", "check"),
            BudgetStatus.PAID: ("safe", "coin-euro"),
            BudgetStatus.REFUSED: ("neutral", "x"),
            BudgetStatus.WITHDRAWN: ("neutral", "x"),
        }[BudgetStatus(self.status)]
