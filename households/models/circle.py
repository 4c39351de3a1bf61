"""Who helps in a household and sees a part of it: by invitation, for one purpose, until a day."""

from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField, token_hash
from households.domains import LifeDomain
from households.models.consent import Consent, OverrideDisclosure
from households.models.household import Household
from partners.models import Professional


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def open(self):
        """In the circle or invited to it, and not ended."""
        return self.filter(ended_at=None)

    def active(self, *, on: date | None = None):
        """Who sees something today: accepted, within the term, in an open household."""
        on = on or timezone.localdate()
        return self.open().filter(
            accepted_at__isnull=False,
            starts_on__lte=on,
            ends_on__gte=on,
            professional__is_active=True,
            household__status=Household.Status.OPEN,
        )

    def mine(self, professional: Professional):
        return self.active().filter(professional=professional)

    def invited(self):
        """Who was asked and can still come."""
        return self.open().filter(
            accepted_at=None,
            invitation_until__gt=timezone.now(),
            ends_on__gte=timezone.localdate(),
            professional__is_active=True,
            household__status=Household.Status.OPEN,
        )

    def asked_of(self, professional: Professional):
        """The invitations that this person can accept."""
        return self.invited().filter(professional=professional)

    def within_reach(self, professional: Professional):
        return self.none()

    def by_token(self, token: str):
        """The invitation that a secret address belongs to."""
        return self.invited().filter(token_hash=token_hash(token))

    def with_grants(self):
        """With what was shared and what that rests on, in a fixed number of queries."""
        resting_on = Prefetch("consents", Consent.objects.in_full())
        grants = Grant.objects.open().select_related("override__approval").prefetch_related(resting_on)
        return self.select_related("professional__organisation").prefetch_related(Prefetch("grants", grants))


@pghistory.track(exclude=["token", "token_hash"])
class Participant(models.Model):
    """A professional or volunteer in the circle of one household. Sees the own actions and what was granted, no more."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="circle")
    professional = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="participations")
    volunteer = models.BooleanField(default=False)
    purpose = EncryptedTextField()
    added_value = EncryptedTextField()
    household_agrees_on = models.DateField()
    contribution = EncryptedTextField(blank=True)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField()
    invited_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    token = EncryptedTextField()
    token_hash = models.CharField(max_length=64, unique=True)
    invitation_until = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "professional"], condition=Q(ended_at=None), name="participant_once"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="participant_ends_after_start"),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(added_value=""), name="participant_for_a_reason"),
        ]

    def __str__(self):
        return str(self.professional)

    @property
    def has_come(self) -> bool:
        return self.accepted_at is not None

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.ends_on < timezone.localdate()


class SharingQuerySet(models.QuerySet):
    def open(self):
        """Not taken back. Whether it still rests on something: `households.deciding.covered`."""
        return self.filter(ended_at=None)


class Sharing(models.Model):
    """Something of a household shown to one participant, and what that rests on. It ends when that ends."""

    consents = models.ManyToManyField(Consent, related_name="%(class)ss", blank=True)
    override = models.ForeignKey(
        OverrideDisclosure, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    shared_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SharingQuerySet.as_manager()

    class Meta:
        abstract = True


@pghistory.track()
class Grant(Sharing):
    """The story, or all of one life domain. A single goal is granted in `plans`."""

    class Kind(models.TextChoices):
        STORY = "STORY", _("the story")
        DOMAIN = "DOMAIN", _("a life domain")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="grants")
    kind = models.CharField(max_length=8, choices=Kind)
    domain = models.CharField(max_length=16, choices=LifeDomain, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "kind", "domain"], condition=Q(ended_at=None), name="grant_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="STORY", domain="") | (Q(kind="DOMAIN") & ~Q(domain="")), name="grant_of_one_thing"
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def words(self) -> str:
        return str(self.get_domain_display() if self.domain else self.get_kind_display())

    @property
    def item(self) -> str:
        """As it stands in the items of a consent."""
        return self.domain or self.kind
