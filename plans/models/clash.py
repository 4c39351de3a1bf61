"""What does not fit together, and what became of it."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.models import Household, Resident
from partners.models import Professional
from plans.models.action import Action
from plans.models.reach import InHousehold
from plans.rules import Rule

# What it comes to, for people.
EXPLAINED = {
    Rule.SAME_TIME: _("Nobody can be in two places at once. Choose another time for one of them."),
    Rule.TOO_CLOSE: _("There is too little time to get from one place to the other."),
    Rule.SAME_HELP: _("Two organisations seem to do the same thing for one person. Who does it?"),
    Rule.OPPOSITE: _("What one works towards, the other works against. What comes first?"),
    Rule.TOO_MANY: _("It is a lot for one person in one week. What can wait?"),
    Rule.STALLED: _("One waits for the other, and that one does not go on."),
    Rule.BY_HAND: _("Somebody in the circle sees that this does not fit."),
}


class ActionConflictQuerySet(InHousehold):
    path = "plan__household"

    def open(self):
        """Neither solved nor motivated. While there is one, a plan is not agreed on."""
        return self.filter(state=ActionConflict.State.OPEN)

    def of_running_plans(self):
        return self.exclude(plan__status="CLOSED")

    def in_full(self):
        """With both sides, in a fixed number of queries."""
        sides = Action.objects.with_owner().select_related("goal")
        people = ("resident", "raised_by__organisation", "settled_by")
        return self.select_related(*people).prefetch_related(Prefetch("sides", sides.order_by("pk")))


@pghistory.track()
class ActionConflict(models.Model):
    """Two actions or more that do not fit together: found by a rule, or said by somebody. It ends when it is solved, or when
    it stays and somebody wrote down why. What ended stays to be read; when it comes back, it is a new one."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("open")
        SOLVED = "SOLVED", _("solved")
        MOTIVATED = "MOTIVATED", _("stays, with a reason")

    plan = models.ForeignKey("plans.SupportPlan", on_delete=models.CASCADE, related_name="clashes")
    rule = models.CharField(max_length=10, choices=Rule)
    # The same for the same clash, however often it is found: the rule and its sides. Empty when somebody said it.
    key = models.CharField(max_length=60, blank=True)
    sides = models.ManyToManyField(Action, related_name="clashes")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    # Of each side, by its key, a keyed hash of what a rule looks at: so that it shows whether a side has changed since.
    prints = models.JSONField(default=dict)
    said = EncryptedTextField(blank=True)
    raised_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    found_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    because = EncryptedTextField(blank=True)
    settled_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ActionConflictQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "key"], condition=Q(state="OPEN") & ~Q(key=""), name="clash_open_once"
            ),
            models.CheckConstraint(
                condition=Q(rule="BY_HAND", key="", raised_by__isnull=False) & ~Q(said="")
                | ~Q(rule="BY_HAND") & ~Q(key="") & Q(raised_by=None, said=""),
                name="clash_by_rule_or_by_hand",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", settled_at=None) | ~Q(state="OPEN") & Q(settled_at__isnull=False),
                name="clash_settled_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="MOTIVATED") | ~Q(because="") & Q(settled_by__isnull=False),
                name="clash_motivated_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def household(self) -> Household:
        return self.plan.household

    @property
    def title(self) -> str:
        words = capfirst(self.get_rule_display())
        return f"{words}: {self.resident.first_name}" if self.resident else words

    @property
    def explained(self) -> str:
        return str(EXPLAINED[Rule(self.rule)])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
