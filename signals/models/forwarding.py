"""What is passed on to another organisation, and what that answers."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config import one_time_codes
from config.crypto import EncryptedTextField, token_hash
from config.one_time_codes import Door
from partners.models import Organisation, Professional
from signals.workflow import FORWARDED_FROM, Status


class ForwardQuerySet(models.QuerySet["Forward"]):
    def open(self):
        """Not answered and not taken back, of a signal that still waits for it."""
        return self.filter(accepted_at=None, returned_at=None, taken_back_at=None, signal__status__in=FORWARDED_FROM)

    def by_token(self, token: str):
        """What can be read with this address today: while it waits for an answer, and after it was accepted."""
        accepted = Q(accepted_at__isnull=False, signal__status__in=[Status.FORWARDED, Status.CLOSED])
        waiting = Q(pk__in=Forward.objects.open().values("pk"))
        return self.filter(waiting | accepted, token_hash=token_hash(token), ends_on__gte=timezone.localdate())


@pghistory.track(exclude=["token", "token_hash", "code_failures", "code_locked_until"])
class Forward(Door):
    """One question to one organisation: do you take this over? The signal stays with the team until the answer is yes.

    `message` is what is passed on, and nothing else is, but for the names when `what` says so and the ground still holds."""

    class What(models.TextChoices):
        WITHOUT_NAMES = "WITHOUT_NAMES", _("Only the message, without names")
        WITH_NAMES = "WITH_NAMES", _("The message, with the name and the address")

    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="forwards")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField()
    what = models.CharField(max_length=13, choices=What)
    message = EncryptedTextField()
    with_reporter = models.BooleanField(default=False)
    ground = models.CharField(max_length=120)
    token = EncryptedTextField()
    token_hash = models.CharField(max_length=64, unique=True)
    forwarded_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    forwarded_at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateField()
    ends_on = models.DateField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_because = EncryptedTextField(blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ForwardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, returned_at=None)
                | Q(accepted_at=None, taken_back_at=None)
                | Q(returned_at=None, taken_back_at=None),
                name="forward_ends_one_way",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_because="")
                | (Q(returned_at__isnull=False) & ~Q(returned_because="")),
                name="forward_given_back_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["signal"],
                condition=Q(accepted_at=None, returned_at=None, taken_back_at=None),
                name="one_open_forward",
            ),
            models.UniqueConstraint(
                fields=["signal"], condition=Q(accepted_at__isnull=False), name="one_accepted_forward"
            ),
        ]

    def __str__(self):
        return f"{self.signal} → {self.organisation}"

    @property
    def waits(self) -> bool:
        return self.accepted_at is None and self.returned_at is None and self.taken_back_at is None

    @property
    def is_overdue(self) -> bool:
        """No answer in time: somebody has to look what became of it."""
        return self.waits and self.answer_by < timezone.localdate()


class ForwardCode(one_time_codes.OneTimeCode):
    """Mailed to who was asked to take a signal over."""

    forward = models.ForeignKey(Forward, on_delete=models.CASCADE, related_name="one_time_codes")

    def __str__(self):
        return f"{self.forward}"
