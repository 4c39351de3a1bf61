"""Agreements about safety: a document of its own, for its own readers. It stands in no plan and on no paper of the plan."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.deciding import covered
from households.domains import LifeDomain
from households.models import Household, HouseholdMember, Participant, Resident, Sharing
from households.models.consent import Consent
from partners.models import Professional
from plans.models.reach import InHousehold


class SafetyPlanQuerySet(InHousehold):
    def visible_to(self, professional: Professional):
        """Its coordinator and the deputy; who opened the household with a reason does not read this."""
        return self.changeable_by(professional)

    def within_reach(self, professional: Professional):
        """Nobody else knows that it is there."""
        return self.none()

    def standing(self):
        return self.filter(ended_at=None)

    def granted_to(self, professional: Professional):
        """What somebody in the circle may read today: it was shown to this person, and that rests on something for everybody
        whom it is about."""
        grants = SafetyGrant.objects.open().filter(
            participant__in=Participant.objects.active().filter(professional=professional), safety_plan__ended_at=None
        )
        return self.filter(pk__in={grant.safety_plan_id for grant in grants.in_full() if grant.opens})

    def read_by(self, member: HouseholdMember):
        """What a resident may read on the own page."""
        readers = SafetyReader.objects.filter(member=member, ended_at=None)
        return self.standing().filter(readers__in=readers)

    def in_full(self):
        return self.prefetch_related("about").select_related("written_by")


@pghistory.track()
class SafetyPlan(models.Model):
    """What is not safe, and what everybody does about it. Of one household there can be several, each for other readers: so
    what protects one parent is not read by the other."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="safety_plans")
    about = models.ManyToManyField(Resident, related_name="safety_plans")
    unsafe = EncryptedTextField()
    keeps_safe = EncryptedTextField()
    agreed = EncryptedTextField()
    early_signs = EncryptedTextField(blank=True)
    whom_to_call = EncryptedTextField()
    if_broken = EncryptedTextField(blank=True)
    check_on = models.DateField()
    written_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SafetyPlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(unsafe="") & ~Q(keeps_safe="") & ~Q(agreed="") & ~Q(whom_to_call=""),
                name="safety_plan_says_what_to_do",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def for_whom(self) -> str:
        return get_text_list([one.first_name for one in self.about.all()], str(_("and")))

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What stands in it, in the order in which it is read when something happens."""
        rows = (
            (_("What is not safe?"), self.unsafe),
            (_("What did we agree?"), self.agreed),
            (_("Who keeps whom safe?"), self.keeps_safe),
            (_("How do we see it coming?"), self.early_signs),
            (_("Whom do you call, at what moment?"), self.whom_to_call),
            (_("What do we do when somebody does not keep to it?"), self.if_broken),
        )
        return [(str(words), said) for words, said in rows if said]

    @property
    def to_check(self) -> bool:
        return self.ended_at is None and self.check_on <= timezone.localdate()


class SafetyGrantQuerySet(models.QuerySet["SafetyGrant"]):
    def open(self):
        return self.filter(ended_at=None)

    def in_full(self):
        resting_on = models.Prefetch("consents", Consent.objects.in_full())
        with_people = self.select_related("override__approval", "participant__professional__organisation")
        return with_people.prefetch_related(resting_on, "safety_plan__about")


@pghistory.track()
class SafetyGrant(Sharing):
    """One safety plan, shown to one participant. It ends when that on which it rests ends."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="safety_grants")
    safety_plan = models.ForeignKey(SafetyPlan, on_delete=models.CASCADE, related_name="grants")

    objects = SafetyGrantQuerySet.as_manager()  # type: ignore[assignment,misc]  # it also knows what comes with a grant

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "safety_plan"], condition=Q(ended_at=None), name="safety_grant_once"
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def opens(self) -> bool:
        """Is there something today on which this rests, for everybody whom it is about?"""
        whom = {one.pk for one in self.safety_plan.about.all()}
        return bool(whom) and whom <= covered(self, self.participant, item=LifeDomain.SAFETY_JUSTICE)


@pghistory.track()
class SafetyReader(models.Model):
    """One safety plan, on the own page of one resident."""

    safety_plan = models.ForeignKey(SafetyPlan, on_delete=models.CASCADE, related_name="readers")
    member = models.ForeignKey(HouseholdMember, on_delete=models.CASCADE, related_name="safety_readings")
    shown_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    shown_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["safety_plan", "member"], condition=Q(ended_at=None), name="safety_reader_once"
            ),
        ]

    def __str__(self):
        return f"{self.pk}"
