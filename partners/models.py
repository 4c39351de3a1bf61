"""Who works here: professionals, their organisation and team, and the links through which partners post."""

from datetime import date, timedelta
from typing import Any, ClassVar, NamedTuple

import pghistory
import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject, Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from config import together
from config.crypto import EncryptedTextField, token_hash
from partners.categories import Category
from partners.permissions import Permission, Role, roles_with


class District(models.Model):
    """A neighbourhood (wijk)."""

    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self):
        return self.name


class Organisation(models.Model):
    class Kind(models.TextChoices):
        MUNICIPALITY = "MUNICIPALITY", _("municipality")
        MATERNITY = "MATERNITY", _("maternity care")
        HOUSING = "HOUSING", _("housing association")
        UTILITY = "UTILITY", _("energy or water company")
        SCHOOL = "SCHOOL", _("school")
        GENERAL_PRACTICE = "GENERAL_PRACTICE", _("general practice")
        YOUTH_HEALTH = "YOUTH_HEALTH", _("youth health care")
        LIBRARY = "LIBRARY", _("library")
        DEBT_HELP = "DEBT_HELP", _("debt help")
        WORK = "WORK", _("work")
        WELFARE = "WELFARE", _("welfare")
        VOLUNTEERS = "VOLUNTEERS", _("volunteers")
        RESIDENTS = "RESIDENTS", _("residents of the district")
        OTHER = "OTHER", _("other")

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self):
        return self.name


class TeamQuerySet(models.QuerySet["Team"]):
    def managed_by(self, professional: "Professional"):
        """The teams of the organisation whose people this person looks after."""
        return self.filter(organisation__teams__in=professional.teams_with(Permission.MANAGE_PEOPLE)).distinct()


class Team(models.Model):
    """A social team. Its phone and hours stand on every page that a reporter or resident sees."""

    name = models.CharField(max_length=120, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    districts = models.ManyToManyField(District, related_name="teams", blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30)
    days = models.CharField(max_length=80, help_text="As in a sentence: maandag tot en met vrijdag")
    hours = models.CharField(max_length=80, help_text="As in a sentence: 8.30 tot 17.00 uur")

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self):
        return self.name


class Held(NamedTuple):
    """A role that somebody has, with what every page says of the team."""

    team: int
    role: str
    name: str
    phone: str


def held_by(professional: Any) -> models.QuerySet:
    held = TeamMembership.objects.filter(professional=professional).order_by("team__name", "role")
    return held.values_list(JSONObject(team="team", role="role", name="team__name", phone="team__phone"), flat=True)


class ProfessionalQuerySet(models.QuerySet["Professional"]):
    def active(self):
        return self.filter(is_active=True)

    def with_roles(self):
        """With what every page asks of who looks at it, in the same statement."""
        return self.annotate(roles_that_came_along=ArraySubquery(held_by(OuterRef("pk"))))

    def with_permission(self, permission: Permission, *, team: Team):
        """Who may do this for `team`."""
        return self.active().filter(memberships__team=team, memberships__role__in=roles_with(permission)).distinct()

    def overseeing(self, team: Team):
        """The privacy officers of the organisation of this team, whichever of its teams their role is in."""
        return (
            self.active()
            .filter(
                memberships__team__organisation=team.organisation_id,
                memberships__role__in=roles_with(Permission.READ_REGISTERS),
            )
            .distinct()
        )

    def coordinating_with(self, lead: "Professional"):
        """Who can be a coordinator in the teams that this person leads, in the order of the alphabet."""
        held = TeamMembership.objects.filter(
            professional=OuterRef("pk"),
            team__in=lead.team_keys(Permission.HAND_OVER),
            role__in=roles_with(Permission.COORDINATE),
        )
        return self.active().filter(Exists(held)).order_by("last_name", "first_name", "pk")

    def coming_by_code(self):
        """Who logs in with a code by mail: everybody with an address who is in no team."""
        return self.active().exclude(email=None).filter(memberships=None)

    def managed_by(self, professional: "Professional"):
        """Who works in the teams that this person looks after, or at their organisation without a role at the moment."""
        teams = Team.objects.managed_by(professional)
        return self.filter(
            Q(pk__in=TeamMembership.objects.filter(team__in=teams).values("professional"))
            | Q(organisation__in=teams.values("organisation"))
        )

    def with_address(self, email: str) -> "Professional | None":
        """Whose address this is, capitals or not. The database takes more letters for the same than mail servers do: a
        code for `dennis@` must never go to a domain with an ı (as in CVE-2019-19844)."""
        return next((one for one in self.filter(email__iexact=email) if str(one.email).lower() == email.lower()), None)

    def in_circle_order(self):
        return self.select_related("organisation").order_by("organisation__name", "last_name", "first_name")


class ProfessionalManager(BaseUserManager.from_queryset(ProfessionalQuerySet)):  # type: ignore[misc]  # made at run time
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


@pghistory.track(exclude=["password", "last_login"])
class Professional(AbstractBaseUser):
    """Somebody who helps, of any organisation. Members of a team log in with a password and a second factor, others with
    a code by mail. Without an e-mail address it is a name in a plan and no login."""

    email = models.EmailField(unique=True, null=True, blank=True)
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=80)
    function = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    expertise = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="professionals")
    teams = models.ManyToManyField(Team, through="TeamMembership", related_name="professionals")
    is_active = models.BooleanField(default=True)

    objects = ProfessionalManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["first_name", "last_name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(email=""), name="professional_email_null_not_empty"),
            models.UniqueConstraint(Lower("email"), name="professional_email_once"),  # also with other capitals
        ]

    def __str__(self):
        return self.get_full_name()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @cached_property
    def held(self) -> list["Held"]:
        """The roles of this person. Whoever comes in has them already: see `ProfessionalQuerySet.with_roles`."""
        came_along: list[dict[str, Any]] | None = self.__dict__.get("roles_that_came_along")
        return [Held(**one) for one in (held_by(self.pk) if came_along is None else came_along)]

    @property
    def role_names(self) -> str:
        """The roles of this person, as the access log keeps them."""
        return ", ".join(sorted({one.role for one in self.held})) or "PROFESSIONAL"

    def can(self, permission: Permission) -> bool:
        """May this person do that for any team?"""
        return any(role in roles_with(permission) for role in self.role_names.split(", "))

    def teams_with(self, permission: Permission) -> models.QuerySet[Team]:
        """The teams for which this person may do that."""
        return Team.objects.filter(memberships__professional=self, memberships__role__in=roles_with(permission))

    def team_keys(self, permission: Permission) -> Any:
        """The keys of those teams, for what is asked inside them. Of whoever came in they are known."""
        if "roles_that_came_along" not in self.__dict__:
            return self.teams_with(permission).values_list("pk", flat=True)
        return sorted({one.team for one in self.held if one.role in roles_with(permission)})

    def shape(self) -> tuple[Any, ...]:
        """The roles, and which are in the same team: all that a question about somebody depends on. See `config.prepared`."""
        teams = self.own_keys()[1:]
        return tuple((teams.index(one.team), one.role) for one in self.held)

    def own_keys(self) -> tuple[int, ...]:
        return (self.pk, *sorted({one.team for one in self.held}))

    def stand_in(self, *keys: int) -> "Professional":
        pk, *teams = keys
        somebody = Professional.from_db(DEFAULT_DB_ALIAS, ["id"], [pk])
        held = [{"team": teams[place], "role": role, "name": "", "phone": ""} for place, role in self.shape()]
        somebody.__dict__["roles_that_came_along"] = held
        return somebody

    def may(self, permission: Permission, *, team: Team) -> bool:
        return self.is_active and self.teams_with(permission).filter(pk=team.pk).exists()


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TeamMembership(models.Model):
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    professional = models.ForeignKey(Professional, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role, default=Role.MEMBER)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "professional", "role"], name="membership_once"),
        ]

    def __str__(self):
        return f"{self.professional}, {self.get_role_display()}, {self.team}"


class PartnerLinkQuerySet(models.QuerySet["PartnerLink"]):
    def open(self):
        return self.filter(revoked_at=None, expires_on__gte=timezone.localdate())

    def by_token(self, token: str):
        return self.filter(token_hash=token_hash(token))

    def use(self) -> together.Statement:
        """Counts one, when it is written."""
        return together.update(self, uses=F("uses") + 1)

    def managed_by(self, professional: Professional):
        """The links to the teams for which this person makes and revokes them."""
        return self.filter(team__in=professional.team_keys(Permission.MANAGE_LINKS))


class PartnerLink(models.Model):
    """An organisation's address for posting signals. It writes only: nothing can ever be read through it.

    Recognised by its hash. The sealed copy lets the team print the address again; its key is outside the database."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="links")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="links")
    token = EncryptedTextField()
    token_hash = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    categories = ArrayField(models.CharField(max_length=20, choices=Category), default=list, blank=True)
    made_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PartnerLinkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(categories__contained_by=Category.values), name="partnerlink_known_categories"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="partnerlink_revoked_for_ever",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS DISTINCT FROM OLD.revoked_at"
                    " OR NEW.expires_on <> OLD.expires_on)"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.organisation} → {self.team}"

    @property
    def works(self) -> bool:
        return self.is_open(on=timezone.localdate())

    @property
    def ends_soon(self) -> bool:
        return self.works and self.expires_on < timezone.localdate() + timedelta(days=30)

    def is_open(self, *, on: date) -> bool:
        return self.revoked_at is None and self.expires_on >= on


class CalendarKeyQuerySet(models.QuerySet["CalendarKey"]):
    def by_token(self, token: str):
        """The one with this address, of somebody who still works here."""
        return self.filter(token_hash=token_hash(token), professional__is_active=True).select_related("professional")


class CalendarKey(models.Model):
    """The address from which the calendar app of one person reads when there is something. It tells numbers, days and times,
    and nothing about people. Recognised by its hash, like the link of a partner."""

    professional = models.OneToOneField(Professional, on_delete=models.CASCADE, related_name="calendar_key")
    token = EncryptedTextField()
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    read_on = models.DateField(null=True, blank=True)

    objects = CalendarKeyQuerySet.as_manager()

    def __str__(self):
        return f"{self.pk}"
