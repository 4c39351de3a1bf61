"""The door of a resident: an own address, and a code by mail each time."""

from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone

from config import one_time_codes
from config.crypto import EncryptedTextField, token_hash
from config.one_time_codes import Door
from households.models.household import Household
from households.models.people import HouseholdMember
from partners.models import Professional


class OwnPageQuerySet(models.QuerySet["OwnPage"]):
    def open(self):
        """What can be read today. Without a mail address there is nowhere to send a code to."""
        return self.filter(
            ended_at=None, ends_on__gte=timezone.localdate(), member__household__status=Household.Status.OPEN
        ).exclude(member__email="")

    def by_token(self, token: str):
        return self.open().filter(token_hash=token_hash(token))


@pghistory.track(exclude=["token", "token_hash", "code_failures", "code_locked_until"])
class OwnPage(Door):
    """One resident reads the plan of one household, the own consents and who looked. A child who lives in two households
    has a page in each, and neither shows anything of the other."""

    member = models.ForeignKey(HouseholdMember, on_delete=models.CASCADE, related_name="own_pages")
    token = EncryptedTextField()
    token_hash = models.CharField(max_length=64, unique=True)
    ends_on = models.DateField()
    given_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OwnPageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member"], condition=models.Q(ended_at=None), name="one_own_page"),
        ]

    def __str__(self):
        return str(self.member)


class OwnPageCode(one_time_codes.OneTimeCode):
    """Mailed to a resident who wants to read."""

    own_page = models.ForeignKey(OwnPage, on_delete=models.CASCADE, related_name="one_time_codes")

    def __str__(self):
        return f"{self.own_page}"
