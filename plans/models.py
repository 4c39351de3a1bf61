"""The one plan of a household: goals in own words, and actions with exactly one owner and a date."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.domains import LifeDomain
from households.models import Household, NetworkContact, Participant, Resident, Sharing
from partners.models import Professional
from plans.workflow import TRANSITIONS, Status


class InHousehold(models.QuerySet):
    """Rows that belong to a household by `path`: visible to whoever sees the household."""

    path = "household"

    def visible_to(self, professional: Professional):
        return self.filter(**{f"{self.path}__in": Household.objects.visible_to(professional)})

    def changeable_by(self, professional: Professional):
        return self.filter(**{f"{self.path}__in": Household.objects.changeable_by(professional)})

    def within_reach(self, professional: Professional):
        return self.filter(**{f"{self.path}__in": Household.objects.within_reach(professional)})


class SupportPlanQuerySet(InHousehold):
    def open(self):
        return self.exclude(status=SupportPlan.Status.CLOSED)

    def in_full(self):
        """With its goals, actions and owners, in a fixed number of queries whatever its size."""
        return self.prefetch_related(Prefetch("goals", Goal.objects.in_full()))


@pghistory.track()
class SupportPlan(models.Model):
    """The plan. At most one per household is open: the database holds that, also under two requests at once."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("draft")
        ACTIVE = "ACTIVE", _("running")
        CLOSED = "CLOSED", _("closed")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="plans")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    made_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    evaluate_on = models.DateField(null=True, blank=True)
    # One question with one action: nobody has to call it a plan. It becomes one by taking this off.
    light = models.BooleanField(default=False)

    objects = SupportPlanQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household"], condition=~Q(status="CLOSED"), name="one_open_plan_per_household"
            ),
        ]

    def __str__(self):
        return f"{self.household}"


class GoalQuerySet(InHousehold):
    path = "plan__household"

    def in_full(self):
        return self.prefetch_related("about", Prefetch("actions", Action.objects.with_owner()))


@pghistory.track()
class Goal(models.Model):
    """What the household wants to reach, in words that it uses itself."""

    plan = models.ForeignKey(SupportPlan, on_delete=models.CASCADE, related_name="goals")
    rank = models.PositiveSmallIntegerField()
    domain = models.CharField(max_length=16, choices=LifeDomain)
    title = EncryptedTextField()
    about = models.ManyToManyField(Resident, related_name="goals", blank=True)
    why = EncryptedTextField(blank=True)
    how_we_see_it = EncryptedTextField(blank=True)
    by_when = models.DateField(null=True, blank=True)
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
    def icon(self) -> str:
        return LifeDomain(self.domain).icon

    @property
    def needs_attention(self) -> bool:
        """Does somebody have to do something here: nothing planned yet, not accepted, or late?"""
        actions = list(self.actions.all())
        return not actions or any(
            action.status in (Status.PROPOSED, Status.DECLINED) or action.is_overdue for action in actions
        )

    @property
    def progress(self) -> dict:
        """How many actions are done, and a block for each: done, busy, or nothing yet. Dropped ones do not count."""
        blocks = {Status.DONE: "done", Status.ACCEPTED: "busy", Status.PROPOSED: ""}
        states = [blocks[Status(action.status)] for action in self.actions.all() if action.status in blocks]
        return {
            "states": sorted(states, key=["done", "busy", ""].index),
            "done": states.count("done"),
            "total": len(states),
        }


class ActionQuerySet(InHousehold):
    path = "goal__plan__household"

    def owned_in_circle_by(self, professional: Professional):
        """The own actions of somebody in the circle, as long as the plan runs."""
        active = Participant.objects.active().filter(professional=professional)
        return self.filter(
            owner_professional=professional, goal__plan__household__in=active.values("household")
        ).exclude(goal__plan__status=SupportPlan.Status.CLOSED)

    def open(self):
        return self.filter(status__in=[Action.Status.PROPOSED, Action.Status.ACCEPTED])

    def overdue(self):
        return self.open().filter(due_on__lt=timezone.localdate())

    def with_owner(self):
        return self.select_related("owner_resident", "owner_contact", "owner_professional__organisation")


@pghistory.track()
class Action(models.Model):
    """One thing that one person does, before a date. The owner is a resident, somebody close or a professional."""

    Status = Status

    class Kind(models.TextChoices):
        OWN = "OWN", _("themselves")
        CLOSE = "CLOSE", _("somebody close")
        PROFESSIONAL = "PROFESSIONAL", _("professional")

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="actions")
    what = EncryptedTextField()
    owner_resident = models.ForeignKey(
        Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    owner_contact = models.ForeignKey(
        NetworkContact, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    owner_professional = models.ForeignKey(
        Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    due_on = models.DateField()
    rhythm = EncryptedTextField(blank=True)
    practical = EncryptedTextField(blank=True)
    declined_because = EncryptedTextField(blank=True)
    handed_to = EncryptedTextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ActionQuerySet.as_manager()

    class Meta:
        # Own actions first, then those of people close, then those of professionals.
        ordering: ClassVar = [
            models.F("owner_resident").asc(nulls_last=True),
            models.F("owner_contact").asc(nulls_last=True),
            "due_on",
            "pk",
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    Q(owner_resident__isnull=False, owner_contact=None, owner_professional=None)
                    | Q(owner_resident=None, owner_contact__isnull=False, owner_professional=None)
                    | Q(owner_resident=None, owner_contact=None, owner_professional__isnull=False)
                ),
                name="action_has_exactly_one_owner",
            ),
            models.CheckConstraint(
                condition=(Q(status="HANDED_ON") & ~Q(handed_to="")) | (~Q(status="HANDED_ON") & Q(handed_to="")),
                name="action_handed_on_to_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def household(self) -> Household:
        return self.goal.plan.household

    @property
    def owner(self) -> Resident | NetworkContact | Professional:
        return self.owner_resident or self.owner_contact or self.owner_professional  # type: ignore[return-value]  # the constraint holds it

    @property
    def kind(self) -> Kind:
        if self.owner_resident_id:
            return self.Kind.OWN
        return self.Kind.CLOSE if self.owner_contact_id else self.Kind.PROFESSIONAL

    @property
    def moves(self) -> list[dict]:
        """Where it can go from here, with the words for the button; the usual step first."""
        return [{"to": to, "label": label} for to, label in TRANSITIONS[Status(self.status)].items()]

    @property
    def usual_move(self) -> dict | None:
        """The step that an action takes when all goes well."""
        return self.moves[0] if self.status in (Status.PROPOSED, Status.ACCEPTED, Status.DECLINED) else None

    @property
    def is_overdue(self) -> bool:
        return self.status in (self.Status.PROPOSED, self.Status.ACCEPTED) and self.due_on < timezone.localdate()


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
