"""Who does what, before which day."""

from typing import ClassVar

import pghistory
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, TextChoices, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from config.workdays import add_workdays
from households.models import Household, HouseholdMember, NetworkContact, Participant, Resident
from partners.models import Organisation, Professional
from plans.models.aim import Aim
from plans.models.reach import InHousehold
from plans.workflow import OPEN, TRANSITIONS, Status


class Tier(models.TextChoices):
    """Who could help, nearest first."""

    OWN = "OWN", _("they do it themselves")
    CLOSE = "CLOSE", _("somebody close")
    VOLUNTEER = "VOLUNTEER", _("a volunteer")
    GENERAL = "GENERAL", _("for everybody in the district")
    PROFESSIONAL = "PROFESSIONAL", _("a professional")
    TAILORED = "TAILORED", _("tailor-made")


def tier_of(owner: Resident | NetworkContact | Professional) -> Tier:
    """Who this is, seen from the household."""
    if isinstance(owner, Resident):
        return Tier.OWN
    if isinstance(owner, NetworkContact):
        return Tier.CLOSE
    return Tier.VOLUNTEER if owner.organisation.kind == Organisation.Kind.VOLUNTEERS else Tier.PROFESSIONAL


class Frame(models.TextChoices):
    """The law that help is given under. Most actions need none."""

    WMO = "WMO", _("Wmo")
    YOUTH = "YOUTH", _("Youth Act")
    WORK = "WORK", _("Participation Act")
    DEBT = "DEBT", _("Debt help act")
    HEALTH = "HEALTH", _("Health insurance or long-term care")
    EDUCATION = "EDUCATION", _("Education")


def of_who_is_mailed() -> Exists:
    return Exists(
        HouseholdMember.objects.to_be_mailed().filter(
            resident=OuterRef("owner_resident"), household=OuterRef("goal__plan__household")
        )
    )


OF_OWNER = ("owner_resident", "owner_contact", "owner_professional__organisation", "appointment")


class ActionQuerySet(InHousehold):
    path = "goal__plan__household"

    def owned_in_circle_by(self, professional: Professional):
        """The own actions of somebody in the circle, as long as the plan runs."""
        active = Participant.objects.active().filter(professional=professional)
        return self.filter(
            owner_professional=professional, goal__plan__household__in=active.values("household")
        ).exclude(goal__plan__status="CLOSED")

    def open(self):
        return self.filter(status__in=OPEN)

    def overdue(self):
        return self.open().filter(due_on__lt=timezone.localdate())

    def coming_near(self):
        """What must be done soon, and of which nobody reminded yet for that day."""
        heard = apps.get_model("plans", "Reminder").objects.filter(action=OuterRef("pk"), due_on=OuterRef("due_on"))
        return self.filter(
            ~Q(goal__plan__status="CLOSED"),
            ~Exists(heard),
            status__in=(Status.PROPOSED, Status.ACCEPTED),
            due_on__lte=add_workdays(timezone.localdate(), settings.REMIND_WORKDAYS),
        )

    def to_remind(self):
        """Of somebody in the circle who is in no team. Who is in a team sees it on the first page, every day."""
        circle = Participant.objects.active().filter(
            professional=OuterRef("owner_professional"), household=OuterRef("goal__plan__household")
        )
        return self.coming_near().filter(
            Exists(circle), owner_professional__email__isnull=False, owner_professional__memberships=None
        )

    def to_remind_by_mail(self):
        """Of a resident who asked for mail."""
        return self.coming_near().filter(of_who_is_mailed())

    def to_remind_by_hand(self):
        """Of a resident who would rather have something else than mail, and of somebody close: a colleague tells them. After
        the day itself it is late, and stands with what is."""
        return self.coming_near().filter(~of_who_is_mailed(), owner_professional=None, due_on__gte=timezone.localdate())

    def as_rules_see_them(self):
        """No more than what is compared: every text that is read is a text that is unsealed."""
        compared = ("goal", "what", "owner_resident", "owner_contact", "due_on", "aim", "waits_for", "status")
        meeting = [
            f"appointment__{name}"
            for name in ("action", "weekday", "starts", "ends", "every_weeks", "from_on", "place")
        ]
        organisation = "owner_professional__organisation"
        return self.select_related("owner_professional", "appointment").only(*compared, organisation, *meeting)

    def with_owner(self):
        return self.select_related(*OF_OWNER, "waits_for")


@pghistory.track()
class Action(models.Model):
    """One thing that one person does, before a date. The owner is a resident, somebody close or a professional."""

    Status, Tier, Frame = Status, Tier, Frame

    class Kind(models.TextChoices):
        OWN = "OWN", _("themselves")
        CLOSE = "CLOSE", _("somebody close")
        PROFESSIONAL = "PROFESSIONAL", _("professional")

    goal = models.ForeignKey("plans.Goal", on_delete=models.CASCADE, related_name="actions")
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
    tier = models.CharField(max_length=12, choices=Tier, blank=True)  # empty: as it follows from whose it is
    frame = models.CharField(max_length=10, choices=Frame, blank=True)
    aim = models.ForeignKey(Aim, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions")
    waits_for = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="awaited_by")
    rank = models.PositiveSmallIntegerField(default=0)
    rhythm = EncryptedTextField(blank=True)
    practical = EncryptedTextField(blank=True)
    declined_because = EncryptedTextField(blank=True)
    handed_to = EncryptedTextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ActionQuerySet.as_manager()

    class Meta:
        # Own actions first, then those of people close, then those of professionals; each in the order that was chosen.
        ordering: ClassVar = [
            Case(When(owner_resident__isnull=False, then=0), When(owner_contact__isnull=False, then=1), default=2),
            "rank",
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
            models.CheckConstraint(
                condition=(
                    Q(tier__in=["", "GENERAL", "TAILORED"])
                    | Q(tier="OWN", owner_resident__isnull=False)
                    | Q(tier="CLOSE", owner_contact__isnull=False)
                    | Q(tier__in=["VOLUNTEER", "PROFESSIONAL"], owner_professional__isnull=False)
                ),
                name="action_tier_fits_owner",
            ),
            models.CheckConstraint(
                condition=Q(waits_for=None) | ~Q(waits_for=F("pk")), name="action_waits_for_another_one"
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
    def owner_name(self) -> str:
        """As it is said in the household: of a resident the first name."""
        if self.owner_resident:
            return self.owner_resident.first_name
        return self.owner_contact.name if self.owner_contact else str(self.owner_professional)

    @property
    def kind(self) -> Kind:
        if self.owner_resident_id:
            return self.Kind.OWN
        return self.Kind.CLOSE if self.owner_contact_id else self.Kind.PROFESSIONAL

    @property
    def help(self) -> TextChoices:
        """Who could help, as it was said or as it follows from whose it is."""
        return Tier(self.tier) if self.tier else tier_of(self.owner)

    @property
    def when(self) -> str:
        """The appointment that comes back, else what was written about days and times."""
        return self.appointment.words if hasattr(self, "appointment") else self.rhythm

    @property
    def moves(self) -> list[dict]:
        """Where it can go from here, with the words for the button; the usual step first."""
        return [{"to": to, "label": label} for to, label in TRANSITIONS[Status(self.status)].items()]

    @property
    def usual_move(self) -> dict | None:
        """The step that an action takes when all goes well."""
        return self.moves[0] if self.status in OPEN | {Status.DECLINED} else None

    @property
    def owner_left(self) -> bool:
        """Somebody else must do this: who would do it works here no more, or is not close to them any more."""
        person, contact = self.owner_professional, self.owner_contact
        gone = (person is not None and not person.is_active) or (contact is not None and contact.is_over)
        return gone and self.status in OPEN

    @property
    def is_overdue(self) -> bool:
        return self.status in OPEN and self.due_on < timezone.localdate()
