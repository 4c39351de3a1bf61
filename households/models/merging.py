"""Two households that turn out to be one. Somebody proposes it, somebody else agrees."""

from datetime import datetime
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from config.crypto import EncryptedTextField
from households.models.household import Household
from partners.models import Professional
from partners.permissions import Permission


class MergingQuerySet(models.QuerySet["Merging"]):
    def open(self):
        return self.filter(agreed_at=None, declined_at=None)

    def answers_to(self, professional: Professional, *, since: datetime):
        """What this person asked: without an answer yet, or answered since then. What was taken back is not asked."""
        waits = Q(agreed_at=None, declined_at=None) | Q(declined_at__gt=since) & ~Q(declined_because="")
        asks = waits & Q(mine__in=Household.objects.changeable_by(professional).values("pk"))
        return self.filter(asks | Q(agreed_at__gt=since), asked_by=professional)

    def asked_of(self, professional: Professional):
        """What this person can answer: as coordinator of the other household; where one person coordinates both, as team
        lead. Nobody agrees with an own proposal."""
        as_coordinator = Q(theirs__in=Household.objects.changeable_by(professional).values("pk"))
        of_one = Q(theirs__coordinator=F("mine__coordinator")) | Q(theirs__coordinator=F("asked_by"))
        as_lead = of_one & Q(theirs__team__in=professional.team_keys(Permission.HAND_OVER))
        return self.open().filter(as_coordinator | as_lead).exclude(asked_by=professional)

    def within_reach(self, professional: Professional):
        return self.none()


@pghistory.track()
class Merging(models.Model):
    """`mine` is the household of who proposed it. One of the two is kept and the other becomes a part of it."""

    mine = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="mergings_proposed")
    theirs = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="mergings_asked")
    keeps_mine = models.BooleanField()
    reason = EncryptedTextField()
    asked_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_because = EncryptedTextField(blank=True)  # nothing, when who asked took it back

    objects = MergingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(mine=F("theirs")), name="merging_of_two"),
            models.CheckConstraint(condition=Q(agreed_at=None) | Q(declined_at=None), name="merging_ends_one_way"),
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_by=None)
                | (Q(agreed_at__isnull=False) & ~Q(agreed_by=F("asked_by"))),
                name="merging_by_two_people",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="merging_for_a_reason"),
            models.UniqueConstraint(
                fields=["mine"], condition=Q(agreed_at=None, declined_at=None), name="one_open_merging"
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def taken_back(self) -> bool:
        return self.declined_at is not None and not self.declined_because

    @property
    def kept(self) -> Household:
        return self.mine if self.keeps_mine else self.theirs

    @property
    def other(self) -> Household:
        return self.theirs if self.keeps_mine else self.mine

    @property
    def household(self) -> Household:
        """In whose log it stands that somebody read this."""
        return self.theirs
