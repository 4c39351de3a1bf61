"""What the household wants to reach, and to whom that is shown."""

from typing import ClassVar

import pghistory
from django.apps import apps
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.domains import LifeDomain
from households.models import Household, Participant, Resident, Sharing
from plans.models.action import Action
from plans.models.reach import InHousehold
from plans.workflow import Status


class GoalQuerySet(InHousehold):
    path = "plan__household"

    def in_full(self):
        return self.prefetch_related(
            Prefetch("about", Resident.objects.order_by("pk")),
            Prefetch("results", apps.get_model("plans", "GoalResult").objects.with_evaluation()),
            Prefetch("actions", Action.objects.with_owner()),
        )


@pghistory.track()
class Goal(models.Model):
    """What the household wants to reach, in words that it uses itself."""

    plan = models.ForeignKey("plans.SupportPlan", on_delete=models.CASCADE, related_name="goals")
    rank = models.PositiveSmallIntegerField()
    domain = models.CharField(max_length=16, choices=LifeDomain)
    title = EncryptedTextField()
    about = models.ManyToManyField(Resident, related_name="goals", blank=True)
    why = EncryptedTextField(blank=True)
    how_we_see_it = EncryptedTextField(blank=True)
    by_when = models.DateField(null=True, blank=True)
    taken_from = models.ForeignKey(
        "plans.OwnPlan", on_delete=models.SET_NULL, null=True, blank=True, related_name="goals"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "rank"], name="goal_rank_once", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self):
        return f"{self.rank}"

    @property
    def household(self) -> Household:
        return self.plan.household

    @property
    def for_whom(self) -> str:
        """The first names of those it is for; empty when it is for all of them."""
        return get_text_list([resident.first_name for resident in self.about.all()], str(_("and")))

    @property
    def last_said(self):
        """The newest result of this goal. Of a goal `in_full()` without a query."""
        said = sorted(self.results.all(), key=lambda one: (one.evaluation.held_on, one.evaluation_id))
        return said[-1] if said else None

    @property
    def icon(self) -> str:
        return LifeDomain(self.domain).icon

    @property
    def needs_attention(self) -> bool:
        """Does somebody have to do something here: nothing planned yet, not accepted, late, or of somebody who left?"""
        actions = list(self.actions.all())
        return not actions or any(
            action.status in (Status.PROPOSED, Status.DECLINED) or action.is_overdue or action.owner_left
            for action in actions
        )

    @property
    def progress(self) -> dict:
        """How many actions are done, and a block for each: done, busy, or nothing yet. Dropped ones do not count."""
        blocks = {Status.DONE: "done", Status.ACCEPTED: "busy", Status.HELD: "", Status.PROPOSED: ""}
        states = [blocks[Status(action.status)] for action in self.actions.all() if action.status in blocks]
        return {
            "states": sorted(states, key=["done", "busy", ""].index),
            "done": states.count("done"),
            "total": len(states),
        }


@pghistory.track()
class GoalGrant(Sharing):
    """One goal with its actions, shown to one participant."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="goal_grants")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="grants")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "goal"], condition=Q(ended_at=None), name="goal_grant_once"),
        ]

    def __str__(self):
        return f"{self.pk}"
