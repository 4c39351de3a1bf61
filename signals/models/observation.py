"""One factual question to a professional of a partner, about one resident, by link. No account."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config import one_time_codes
from config.crypto import EncryptedTextField, token_hash
from config.one_time_codes import Door
from households.deciding import fitting_for
from households.domains import LifeDomain
from households.models import Consent, Household, Resident
from partners.models import Professional


class ObservationQuerySet(models.QuerySet["Observation"]):
    def open(self):
        """What can still be read and answered, as far as it rests on a consent: see `Observation.grounds`."""
        return self.filter(
            stopped_at=None, household__status=Household.Status.OPEN, asked__is_active=True, asked__email__isnull=False
        )

    def by_token(self, token: str):
        return self.open().filter(token_hash=token_hash(token))

    def unanswered(self):
        return self.open().filter(answered_at=None)

    def overdue(self):
        """The day before which the answer was asked is over."""
        return self.unanswered().filter(answer_by__lt=timezone.localdate())

    def to_be_read(self):
        """Answered, and the coordinator has not said that she read it."""
        return self.filter(answered_at__isnull=False, read_at=None)

    def visible_to(self, professional: Professional):
        return self.filter(household__in=Household.objects.visible_to(professional))

    def changeable_by(self, professional: Professional):
        return self.filter(household__in=Household.objects.coordinated_by(professional))

    def within_reach(self, professional: Professional):
        return self.filter(household__in=Household.objects.within_reach(professional))


@pghistory.track(exclude=["token", "token_hash", "code_failures", "code_locked_until"])
class Observation(Door):
    """What the coordinator asks, and the answer: one tap and one line. It shows that the household is known here, so it
    rests on a consent to share with this very partner; without one the door is shut at the next request."""

    class Answer(models.TextChoices):
        YES = "YES", _("Yes, I recognise this")
        NO = "NO", _("No")
        CALL = "CALL", _("Call me")

    IN_ADDRESS: ClassVar = {"ja": Answer.YES, "nee": Answer.NO, "bel": Answer.CALL}  # as the links in the mail end

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="observations")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="observations")
    item = models.CharField(max_length=16, choices=LifeDomain)
    consents = models.ManyToManyField(Consent, related_name="observations", blank=True)
    asked = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="observations")
    question = EncryptedTextField()
    # Only when it tells nothing about people: then it may be mailed, and answered without a code.
    in_mail = models.BooleanField(default=False)
    answer_by = models.DateField()
    asked_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    token = EncryptedTextField()
    token_hash = models.CharField(max_length=64, unique=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    remark = EncryptedTextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="observation_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False) | Q(read_at=None, remark=""),
                name="observation_read_after_answer",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def grounds(self) -> list[Consent]:
        """The complete consents on which this question stands today."""
        given = [one for one in self.consents.in_full() if one.resident_id == self.resident_id]
        return fitting_for(given, professional=self.asked, item=self.item)

    @property
    def is_overdue(self) -> bool:
        return self.answered_at is None and self.stopped_at is None and self.answer_by < timezone.localdate()


class ObservationCode(one_time_codes.OneTimeCode):
    """Mailed to a professional who wants to read the question."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="one_time_codes")

    def __str__(self):
        return f"{self.observation}"
