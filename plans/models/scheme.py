"""Schemes that a household may have a right to, in the words of a team, and how far a household is with each."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.models import Household
from partners.models import Professional, Team
from plans.models.action import Action
from plans.models.reach import InHousehold
from plans.workflow import Status


class Scheme(models.Model):
    """One line of the list. It tells of what there is, never of people: so the whole team may read it, and it is not sealed.
    A row with the key of one of our own stands in its place for this team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="schemes")
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    what_for = models.CharField(max_length=300, blank=True)
    where = models.CharField(max_length=300, blank=True)
    in_use = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "key"], name="scheme_once"),
            models.CheckConstraint(condition=~Q(title=""), name="scheme_has_a_name"),
        ]

    def __str__(self):
        return self.title

    @property
    def facts(self) -> dict[str, Any]:
        """What is written in it, apart from its place."""
        return {name: getattr(self, name) for name in ("title", "what_for", "where")}


class SchemeState(models.TextChoices):
    """How far a household is with a scheme. Lives change and mistakes are put right, so each can follow each."""

    CAN = "CAN", _("possible")
    ASKED = "ASKED", _("applied for")
    GRANTED = "GRANTED", _("granted")
    REFUSED = "REFUSED", _("turned down")
    NOT_NEEDED = "NOT_NEEDED", _("not needed")


BADGES = {
    SchemeState.CAN: ("warning", "player-play"),
    SchemeState.ASKED: ("info", "hourglass"),
    SchemeState.GRANTED: ("safe", "check"),
    SchemeState.REFUSED: ("neutral", "x"),
    SchemeState.NOT_NEEDED: ("neutral", "x"),
}


class SchemeCheckQuerySet(InHousehold):
    def in_full(self):
        return self.select_related("changed_by", "action__goal")


@pghistory.track()
class SchemeCheck(models.Model):
    """How far one household is with one scheme. Without a row nobody looked. `name` is what the scheme was called then, so
    that it can be read also when the list has changed."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="scheme_checks")
    key = models.SlugField(max_length=40)
    name = EncryptedTextField()
    state = models.CharField(max_length=10, choices=SchemeState)
    remark = EncryptedTextField(blank=True)
    since = models.DateField()
    changed_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    action = models.ForeignKey(Action, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SchemeCheckQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "key"], name="scheme_checked_once"),
            models.CheckConstraint(condition=~Q(name=""), name="scheme_check_of_something"),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def badge(self) -> tuple[str, str]:
        """The kind and the picture that go with the word of its state."""
        return BADGES[SchemeState(self.state)]

    @property
    def waits_for_action(self) -> bool:
        """It is possible, and nobody is to ask for it yet."""
        return self.state == SchemeState.CAN and (
            self.action is None or self.action.status in (Status.DROPPED, Status.DECLINED)
        )
