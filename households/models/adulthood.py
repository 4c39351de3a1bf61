"""What must be arranged before somebody becomes 18: benefits, care and insurance change on that very day."""

from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.models.people import HouseholdMember
from partners.models import Professional


@pghistory.track()
class AdulthoodPart(models.Model):
    """One of the five things on the list of a young person in one household. A child of divorced parents has a list in each,
    and neither shows anything of the other."""

    class Part(models.TextChoices):
        WORK = "WORK", _("School or work")
        INCOME = "INCOME", _("Income and health insurance")
        HOME = "HOME", _("Living")
        CARE = "CARE", _("Help and care")
        NETWORK = "NETWORK", _("People around")

    class State(models.TextChoices):
        OPEN = "OPEN", _("still to arrange")
        ARRANGED = "ARRANGED", _("arranged")
        NOT_NEEDED = "NOT_NEEDED", _("not needed")

    member = models.ForeignKey(HouseholdMember, on_delete=models.CASCADE, related_name="adulthood")
    part = models.CharField(max_length=8, choices=Part)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    who = EncryptedTextField(blank=True)
    note = EncryptedTextField(blank=True)
    by_when = models.DateField(null=True, blank=True)
    looked_on = models.DateField(default=timezone.localdate)
    written_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["member", "part"], name="adulthood_part_once")]

    def __str__(self):
        return str(self.get_part_display())

    @property
    def is_settled(self) -> bool:
        return self.state != self.State.OPEN
