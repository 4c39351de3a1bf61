"""A household with its one coordinator and, for a while, a deputy; who may know of it, who opened it in an emergency, and
who takes it over."""

from datetime import timedelta
from typing import ClassVar

import pghistory
import pgtrigger
from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.alike import house_key, name_key, street_key
from households.models.keys import KeyField, with_keys
from partners.models import District, Professional, Team, TeamMembership
from partners.permissions import Permission, roles_with

SILENT_AFTER = timedelta(days=28)
OPEN_FOR = timedelta(hours=24)  # in an emergency
# A household ends only as people agreed to end it: with what worked and whom they call written down, every reporter answered
# (a closed signal is an answered one), and no action that nobody looks after. It begins again only with a reason.
# What became a part of another household is closed when nothing of that is left in it.
CLOSED_IN_ORDER = """
IF NEW.status = 'CLOSED' AND (TG_OP = 'INSERT' OR OLD.status <> 'CLOSED') THEN
    IF NEW.merged_into_id IS NULL AND NOT EXISTS (SELECT 1 FROM households_closing WHERE household_id = NEW.id AND reopened_at IS NULL) THEN
        RAISE EXCEPTION 'a household is closed with a closing' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM signals_signal WHERE household_id = NEW.id AND status <> 'CLOSED') THEN
        RAISE EXCEPTION 'a signal about this household is not closed' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM plans_supportplan WHERE household_id = NEW.id AND status <> 'CLOSED') THEN
        RAISE EXCEPTION 'the plan of this household runs' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM plans_action JOIN plans_goal ON plans_goal.id = goal_id JOIN plans_supportplan ON plans_supportplan.id = plan_id
        WHERE household_id = NEW.id AND plans_action.status IN ('PROPOSED', 'ACCEPTED', 'HELD')
    ) THEN
        RAISE EXCEPTION 'an action of this household is open' USING ERRCODE = 'check_violation';
    END IF;
ELSIF TG_OP = 'UPDATE' AND OLD.status = 'CLOSED' AND NEW.status <> 'CLOSED' AND EXISTS (
    SELECT 1 FROM households_closing WHERE household_id = NEW.id AND reopened_at IS NULL
) THEN
    RAISE EXCEPTION 'a household is opened again with a reason' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""

# Nobody throws a file away alone or by accident: not a page, not a command, not somebody in the database.
DESTROYED_BY_TWO = """
IF EXISTS (SELECT 1 FROM households_hold WHERE household_id = OLD.id AND lifted_at IS NULL) THEN
    RAISE EXCEPTION 'a household that is on hold is not destroyed' USING ERRCODE = 'check_violation';
END IF;
IF NOT EXISTS (
    SELECT 1 FROM households_destructionitem AS item
    JOIN households_destruction AS agreed ON agreed.id = item.destruction_id
    WHERE item.kind = 'HOUSEHOLD' AND item.key IN (OLD.id, OLD.merged_into_id)
      AND agreed.confirmed_by_id <> agreed.made_by_id
) THEN
    RAISE EXCEPTION 'a household is destroyed by two people' USING ERRCODE = 'check_violation';
END IF;
RETURN OLD;
"""


class HouseholdQuerySet(models.QuerySet["Household"]):
    def open(self):
        return self.filter(status=Household.Status.OPEN)

    def alive(self):
        """Without those that became a part of another one."""
        return self.filter(merged_into=None)

    def with_number(self, number: str):
        """The one with this number; of one that became a part of another, that other."""
        meant = Household.objects.order_by().filter(number=number).values(key=Coalesce("merged_into", "pk"))
        return self.alive().filter(pk=Subquery(meant))

    def owned_by(self, professional: Professional):
        """Those of the one coordinator, as long as that is somebody who coordinates for this team. A deputy owns nothing."""
        return self.alive().filter(coordinator=professional, team__in=professional.team_keys(Permission.COORDINATE))

    def coordinated_by(self, professional: Professional):
        """Open or closed: those of the coordinator, and until the last day those of the deputy."""
        today = timezone.localdate()
        deputy = Q(deputy=professional, deputy_from__lte=today, deputy_until__gte=today)
        return self.alive().filter(
            Q(coordinator=professional) | deputy, team__in=professional.team_keys(Permission.COORDINATE)
        )

    def changeable_by(self, professional: Professional):
        """An open household is worked on by its coordinator or the deputy, and by nobody else; a closed one by nobody."""
        return self.coordinated_by(professional).open()

    def waiting_for_handover(self):
        """Households that nobody can work on: their coordinator was deactivated, or coordinates no longer. Also closed
        ones, as long as somebody still has to ask how it goes."""
        can = TeamMembership.objects.filter(
            professional=OuterRef("coordinator"),
            professional__is_active=True,
            team=OuterRef("team"),
            role__in=roles_with(Permission.COORDINATE),
        )
        asks = apps.get_model("households", "Closing").objects.to_ask().filter(household=OuterRef("pk"))
        return self.alive().filter(Q(status=Household.Status.OPEN) | Exists(asks)).exclude(Exists(can))

    def silent(self):
        """Open ones of which nobody wrote anything down in four weeks; a look is nothing."""
        written = ("CREATE", "UPDATE", "SHARE")
        since = timezone.now() - SILENT_AFTER
        lines = apps.get_model("households", "AccessLogEntry").objects.filter(
            household=OuterRef("pk"), action__in=written, occurred_at__gte=since
        )
        return self.open().filter(~Exists(lines), made_at__lt=since)

    def visible_to(self, professional: Professional):
        """A household is seen by its coordinator and the deputy, and for a day by the colleague who gave a reason. When it
        is closed that colleague must lead the team: others lose it the same day."""
        opened = EmergencyAccess.objects.open().filter(household=OuterRef("pk"), professional=professional)
        leads = Q(team__in=professional.team_keys(Permission.HAND_OVER))
        return self.filter(
            Q(pk__in=Household.objects.coordinated_by(professional).values("pk"))
            | Q(
                Exists(opened),
                Q(status=Household.Status.OPEN) | leads,
                team__in=professional.team_keys(Permission.BREAK_GLASS),
                merged_into=None,
            )
        )

    def led_by(self, professional: Professional):
        """Those of the teams that this person leads."""
        return self.filter(team__in=professional.team_keys(Permission.HAND_OVER))

    def handed_over_by(self, professional: Professional):
        """Who may ask another colleague to take over, or name a deputy: the coordinator, and the team lead, also when the
        coordinator left."""
        return self.filter(
            Q(pk__in=Household.objects.owned_by(professional).values("pk"))
            | Q(pk__in=Household.objects.led_by(professional).values("pk"))
        )

    def within_reach(self, professional: Professional):
        """Households of which this person may know that they exist: those of the own team."""
        return self.alive().filter(team__in=professional.team_keys(Permission.KNOW_HOUSEHOLDS))


KEYS = ["name_key", "street_key", "house_key"]  # follow from what the history keeps already


@pghistory.track(exclude=KEYS)
class Household(models.Model):
    """One household, with one plan and exactly one coordinator."""

    why: list[str]  # why it was found, by access.suggest_households

    class Status(models.TextChoices):
        OPEN = "OPEN", _("open")
        CLOSED = "CLOSED", _("closed")

    number = models.CharField(max_length=16, unique=True, editable=False)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    address_protected = models.BooleanField(default=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="households")
    coordinator = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="households")
    coordinator_since = models.DateField(default=timezone.localdate)
    # Does what the coordinator does, for a while. No second coordinator: it ends by itself.
    deputy = models.ForeignKey(
        Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="stands_in_for"
    )
    deputy_from = models.DateField(null=True, blank=True)
    deputy_until = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    request_in_own_words = EncryptedTextField(blank=True)
    strengths = EncryptedTextField(blank=True)
    next_step = EncryptedTextField(blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    # Two that turned out to be one: the number of this one leads to that one, and its log stays its own.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    name_key = KeyField(made_from=lambda household: name_key(household.name))
    # Of a protected address nothing can be found.
    street_key = KeyField(made_from=lambda household: street_key(household.shown_address))
    house_key = KeyField(made_from=lambda household: house_key(household.shown_address))

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "number"]
        indexes: ClassVar = [
            GinIndex(fields=["name", "address"], opclasses=["gin_trgm_ops"] * 2, name="household_by_beginning"),
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="household_by_name"),
            models.Index(fields=["name", "number"], name="household_in_order"),
            models.Index(fields=["house_key"], opclasses=["text_pattern_ops"], name="household_by_house"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on=None) | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                name="household_next_step_has_a_date",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="household_merged_into_another"),
            models.CheckConstraint(
                condition=Q(deputy=None, deputy_from=None, deputy_until=None)
                | Q(
                    deputy__isnull=False,
                    deputy_from__isnull=False,
                    deputy_until__isnull=False,
                    deputy_until__gte=F("deputy_from"),
                ),
                name="household_deputy_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F("coordinator")), name="household_deputy_is_another"
            ),
            models.CheckConstraint(
                condition=Q(status="OPEN") | Q(deputy=None, next_step=""), name="household_closed_has_nobody_waiting"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="household_closed_in_order",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
                when=pgtrigger.Before,
                func=CLOSED_IN_ORDER,
            ),
            pgtrigger.Trigger(
                name="household_destroyed_by_two",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func=DESTROYED_BY_TWO,
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, update_fields=None, **kwargs):
        super().save(*args, update_fields=with_keys(Household, update_fields), **kwargs)

    def shape(self) -> tuple[str]:
        """All that a question about the rows of a household depends on. See `config.prepared`."""
        return (self.status,)

    def own_keys(self) -> tuple[int]:
        return (self.pk,)

    def stand_in(self, *keys: int) -> "Household":
        return Household.from_db(DEFAULT_DB_ALIAS, ["id", "status"], [*keys, self.status])

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def has_deputy(self) -> bool:
        """Today."""
        if self.deputy_from is None or self.deputy_until is None:
            return False
        return self.deputy_from <= timezone.localdate() <= self.deputy_until

    @property
    def deputy_comes(self) -> bool:
        """Named, and not begun yet."""
        return self.deputy_from is not None and self.deputy_from > timezone.localdate()

    @property
    def called_today(self) -> Professional:
        """Who answers the phone for this household: the coordinator, or who stands in."""
        return self.deputy if self.deputy is not None and self.has_deputy else self.coordinator

    @property
    def coordinated_today(self) -> frozenset[int]:
        """The keys of who coordinates today: one, or two with the deputy. For a page, after the gate let somebody in."""
        deputy = {self.deputy_id} if self.deputy_id is not None and self.has_deputy else set()
        return frozenset({self.coordinator_id, *deputy})

    @property
    def worked_on_by(self) -> frozenset[int]:
        """The keys of who can change something in it. Nobody, when it is closed."""
        return self.coordinated_today if self.is_open else frozenset()

    @property
    def opened_with(self) -> Permission:
        """What a colleague needs to open it with a reason."""
        return Permission.BREAK_GLASS if self.is_open else Permission.HAND_OVER

    @property
    def shown_address(self) -> str:
        """The address as it may stand on a screen or on paper: never a protected one."""
        return "" if self.address_protected else self.address


@pghistory.track()
class EarlierAddress(models.Model):
    """Where a household lived before it moved. Nobody searches in it, so it is sealed; what was protected stays so."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="earlier_addresses")
    address = EncryptedTextField()
    protected = models.BooleanField(default=False)
    moved_in_on = models.DateField(null=True, blank=True)
    moved_out_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-moved_out_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(address=""), name="earlier_address_is_one"),
            models.CheckConstraint(
                condition=Q(moved_in_on=None) | Q(moved_out_on__gte=F("moved_in_on")), name="moved_out_after_moving_in"
            ),
        ]

    def __str__(self):
        return f"{self.household}, {self.moved_out_on}"

    @property
    def shown_address(self) -> str:
        return "" if self.protected else self.address


class EmergencyQuerySet(models.QuerySet["EmergencyAccess"]):
    def open(self):
        return self.filter(expires_at__gt=timezone.now())


class EmergencyAccess(models.Model):
    """A colleague opened a household that is not hers, with a reason, to read in it for a day. The coordinator and the
    privacy officer were told. Nobody can take this row back or make it last longer."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="emergencies")
    professional = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="emergencies")
    reason = EncryptedTextField()
    opened_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("opened_at"), expires_at__lte=F("opened_at") + OPEN_FOR),
                name="emergency_lasts_a_day_at_most",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="emergency_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.pk}"


class HandoverQuerySet(models.QuerySet["Handover"]):
    def open(self):
        return self.filter(accepted_at=None, declined_at=None, taken_back_at=None)

    def taken_back_by(self, professional: Professional):
        """What this person may take back as long as there is no answer: the coordinator, and who leads the team."""
        return self.open().filter(household__in=Household.objects.handed_over_by(professional))

    def asked_of(self, professional: Professional):
        """What this person is asked and has not answered, and could still do for that team."""
        return self.open().filter(to=professional, household__team__in=professional.team_keys(Permission.COORDINATE))

    def within_reach(self, professional: Professional):
        return self.none()


@pghistory.track()
class Handover(models.Model):
    """Somebody is asked to become the coordinator. Until she accepts nothing changes."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="handovers")
    to = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="handovers")
    note = EncryptedTextField()
    proposed_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_because = EncryptedTextField(blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(accepted_at=None, declined_at=None, taken_back_at=None),
                name="one_open_handover",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, declined_at=None)
                | Q(accepted_at=None, taken_back_at=None)
                | Q(declined_at=None, taken_back_at=None),
                name="handover_ends_one_way",
            ),
        ]

    def __str__(self):
        return f"{self.household} → {self.to}"
