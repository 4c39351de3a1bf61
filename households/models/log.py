"""Who looked, changed or was refused."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.events import EVENTS
from households.models.household import Household
from partners.models import Organisation, Professional


class AccessLogEntry(models.Model):
    """One look, change or refusal. Who, when, at what, and from where; never what it said. Nobody can change a line:
    a trigger refuses it. Actor and household are plain references, so that a line outlives what it points to.

    Fields after BIO2 8.15.01 and NEN 7513."""

    class Action(models.TextChoices):
        VIEW = "VIEW", _("looked at")
        CREATE = "CREATE", _("written down")
        UPDATE = "UPDATE", _("changed")
        SHARE = "SHARE", _("shared")
        PRINT = "PRINT", _("printed")
        SEARCH = "SEARCH", _("searched")
        DENIED = "DENIED", _("refused")
        OVERRIDE = "OVERRIDE", _("opened or shared out of the ordinary")
        LOGIN = "LOGIN", _("logged in")

    occurred_at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        Professional, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    actor_role = models.CharField(max_length=40)
    actor_organisation = models.ForeignKey(
        Organisation, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    household = models.ForeignKey(
        Household, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="access_log"
    )
    action = models.CharField(max_length=10, choices=Action)
    event = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=120, blank=True)
    hits = models.PositiveIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=60, blank=True)
    request_id = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["household", "-occurred_at"], name="log_of_household")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="log_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.occurred_at:%Y-%m-%d %H:%M} {self.event}"

    @property
    def told(self) -> str:
        """What happened, for people."""
        words = str(EVENTS.get(self.event, self.event))
        return str(_("was refused: %(what)s") % {"what": words}) if self.action == self.Action.DENIED else words
