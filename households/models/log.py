"""Who looked, changed or was refused. One chain of lines per household: each line holds the hash of the one before, so
that nobody changes, takes out or adds a line unseen. `households.chain` proves it. The oldest part of a chain can go to an
archive (`households.archive`); the chain then begins behind it, on the hash of its last line."""

from datetime import date, datetime, time, timedelta
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import BooleanField, F, Func, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.events import EVENTS
from households.models.household import Household
from partners.models import Organisation, Professional
from partners.permissions import Role

# What a line needs from other tables is looked up here, so that it costs a page one query. The row of the chain in
# households_loghead is also the lock: who logs another household does not wait. Who stands in for the coordinator has
# that as the role of that moment, whatever was done: no code can forget to say so.
LINK = """
IF NEW.household_id IS NOT NULL AND NEW.subject_ids = '{}' THEN
    NEW.subject_ids := ARRAY(
        SELECT resident_id FROM households_householdmember
        WHERE household_id = NEW.household_id ORDER BY resident_id
    );
END IF;
SELECT coordinator_id, CASE
    WHEN (NEW.occurred_at AT TIME ZONE 'Europe/Amsterdam')::date BETWEEN deputy_from AND deputy_until THEN deputy_id
END INTO coordinator, deputy FROM households_household WHERE id = NEW.household_id;
IF NEW.actor_id = deputy THEN
    NEW.actor_role := 'DEPUTY';
    NEW.on_behalf_of_id := coordinator;
END IF;
IF NEW.basis = '' AND NEW.action <> 'DENIED' AND NEW.actor_id IN (coordinator, deputy) THEN
    NEW.basis := CASE NEW.actor_id WHEN coordinator THEN 'ASSIGNMENT' ELSE 'DEPUTY' END;
END IF;
NEW.chain := CASE
    WHEN NEW.household_id IS NOT NULL THEN 'household ' || NEW.household_id
    WHEN NEW.object_id IS NOT NULL THEN NEW.object_type || ' ' || NEW.object_id
    WHEN NEW.actor_id IS NOT NULL THEN 'actor ' || NEW.actor_id
    ELSE 'rest'
END;
INSERT INTO households_loghead (chain, length, hash) VALUES (NEW.chain, 0, '') ON CONFLICT DO NOTHING;
SELECT length + 1, hash INTO NEW.rank, NEW.prev_hash FROM households_loghead WHERE chain = NEW.chain FOR UPDATE;
SELECT encode(sha256(convert_to(
    string_agg(coalesce(length(value) || ':' || value, '-'), ',' ORDER BY place), 'UTF8'
)), 'hex') INTO NEW.hash
FROM unnest(ARRAY[
    NEW.chain, NEW.rank::text, NEW.prev_hash, NEW.id::text,
    to_char(NEW.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    NEW.actor_id::text, NEW.actor_role, NEW.actor_organisation_id::text, NEW.on_behalf_of_id::text,
    NEW.household_id::text, NEW.subject_ids::text, NEW.object_type, NEW.object_id::text,
    NEW.action, NEW.event, NEW.result, NEW.basis, NEW.hits::text, NEW.origin, NEW.request_id::text
]) WITH ORDINALITY AS field(value, place);
UPDATE households_loghead SET length = NEW.rank, hash = NEW.hash WHERE chain = NEW.chain;
RETURN NEW;
"""
# Whatever a setting says: what is younger than this never goes to an archive (Stcrt 2019, 38007).
KEPT_AT_LEAST_YEARS = 5
OLD_ENOUGH = f"occurred_at < now() - interval '{KEPT_AT_LEAST_YEARS} years'"
ONLY_BY_A_LINE = f"""
IF pg_trigger_depth() < 2 AND NOT (
    TG_OP = 'UPDATE' AND (NEW.chain, NEW.length, NEW.hash) = (OLD.chain, OLD.length, OLD.hash)
    AND NEW.archived > OLD.archived AND EXISTS (
        SELECT 1 FROM households_accesslogentry AS line WHERE line.chain = NEW.chain AND line.rank = NEW.archived
        AND line.hash = NEW.archived_hash
    ) AND NOT EXISTS (
        SELECT 1 FROM households_accesslogentry AS line WHERE line.chain = NEW.chain AND line.rank <= NEW.archived
        AND NOT line.{OLD_ENOUGH}
    )
) THEN
    RAISE EXCEPTION 'the head of a chain moves only with a new line, and its beginning only over old ones';
END IF;
RETURN NEW;
"""
ONLY_TO_THE_ARCHIVE = f"""
IF TG_OP = 'DELETE' AND OLD.{OLD_ENOUGH} AND EXISTS (
    SELECT 1 FROM households_loghead WHERE chain = OLD.chain AND archived >= OLD.rank
) THEN
    RETURN OLD;
END IF;
RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
"""


def never_emptied(name: str) -> pgtrigger.Trigger:
    """pgtrigger.Protect does not know TRUNCATE."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'Cannot truncate table %', TG_TABLE_NAME;",
    )


GROUNDS = {
    "ASSIGNMENT": _("coordinator of this household"),
    "DEPUTY": _("deputy of the coordinator"),
    "GRANT": _("grant"),
    "CONSENT": _("consent"),
    "EMERGENCY": _("opened in an emergency"),
    "OVERRIDE": _("shared without consent"),
    "OVERSIGHT": _("oversight"),
    "MESSAGE_ONLY": _("about the message only"),
    "REPORTER_SAYS": _("the reporter says that the resident agrees"),
}
ROLES = {
    "REPORTER": _("reporter"),
    "RESIDENT": _("resident"),
    "RECEIVER": _("organisation that was asked to take over"),
    "PROFESSIONAL": _("professional"),
    "PARTNER": _("somebody with the address of a question"),
    "DEPUTY": _("deputy of the coordinator"),
    "SYSTEM": _("the system itself"),
    "ELSEWHERE": _("social team"),
}  # of who has no role in a team


class AccessLogQuerySet(models.QuerySet["AccessLogEntry"]):
    def about(self, household: Household):
        """Every line about this household, newest first, with who it was. Also who read its signals before these
        belonged to it, and the lines of what became a part of it; never what belongs to another household."""
        parts = ArraySubquery(
            Household.objects.filter(Q(pk=household.pk) | Q(merged_into=household)).order_by().values("pk")
        )
        of_it = Func(
            F("household_id"), parts, template="(%(expressions)s))", arg_joiner=" = ANY (", output_field=BooleanField()
        )
        signals = ArraySubquery(Household.objects.filter(pk=household.pk).order_by().values("signals"))
        # As an array it is looked up in the index; as a list of rows every signal without a household would be read.
        is_one = Func(
            F("object_id"), signals, template="(%(expressions)s))", arg_joiner=" = ANY (", output_field=BooleanField()
        )
        return (
            self.filter(Q(of_it) | Q(is_one, household=None, object_type="signal"))
            .select_related("actor", "actor_organisation")
            .order_by("-occurred_at", "-pk")
        )

    def since(self, day: date | None):
        """From the beginning of this day, here."""
        return self.filter(occurred_at__gte=beginning_of(day)) if day else self

    def until(self, day: date | None):
        """This day included."""
        return self.filter(occurred_at__lt=beginning_of(day + timedelta(days=1))) if day else self

    def refused(self):
        return self.filter(action=AccessLogEntry.Action.DENIED)


def beginning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class AccessLogEntry(models.Model):
    """One look, change or refusal. Who, when, at what, on which ground and from where; never what it said. Nobody can
    change a line: a trigger refuses it. Actor, household and subjects are plain references, so that a line outlives what
    it points to.

    Fields after BIO2 8.15.01 and NEN 7513. `subject_ids` are the residents that it concerns. The database fills in these,
    when nobody said which, and the place in the chain."""

    class Action(models.TextChoices):
        VIEW = "VIEW", _("looked at")
        CREATE = "CREATE", _("written down")
        UPDATE = "UPDATE", _("changed")
        SHARE = "SHARE", _("shared")
        PRINT = "PRINT", _("printed")
        EXPORT = "EXPORT", _("taken out")
        SEARCH = "SEARCH", _("searched")
        LOGIN = "LOGIN", _("logged in")
        DENIED = "DENIED", _("refused")
        OVERRIDE = "OVERRIDE", _("opened or shared out of the ordinary")

    class Result(models.TextChoices):
        OK = "OK", _("done")
        REFUSED = "REFUSED", _("not allowed")
        FAILED = "FAILED", _("went wrong")

    occurred_at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        Professional, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    actor_role = models.CharField(max_length=120)
    actor_organisation = models.ForeignKey(
        Organisation, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    on_behalf_of = models.ForeignKey(
        Professional, models.DO_NOTHING, db_constraint=False, db_index=False, null=True, blank=True, related_name="+"
    )
    household = models.ForeignKey(
        Household, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="access_log"
    )
    subject_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    action = models.CharField(max_length=10, choices=Action)
    event = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=Result, default=Result.OK)
    basis = models.CharField(max_length=120, blank=True)
    hits = models.PositiveIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=60, blank=True)
    request_id = models.UUIDField(null=True, blank=True)
    chain = models.CharField(max_length=64, db_collation="C", default="", editable=False)
    rank = models.BigIntegerField(default=0, editable=False)
    prev_hash = models.CharField(max_length=64, default="", editable=False)
    hash = models.CharField(max_length=64, default="", editable=False)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["household", "-occurred_at"], name="log_of_household"),
            models.Index(fields=["object_type", "object_id"], condition=Q(household=None), name="log_of_object"),
            models.Index(fields=["-occurred_at"], condition=Q(action="DENIED"), name="log_of_refusals"),
            BrinIndex(fields=["occurred_at"], autosummarize=True, name="log_in_time"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["chain", "rank"], name="log_one_line_per_rank")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="log_is_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=ONLY_TO_THE_ARCHIVE,
            ),
            never_emptied("log_is_not_emptied"),
            pgtrigger.Trigger(
                name="log_is_a_chain",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("coordinator", "bigint"), ("deputy", "bigint")],
                func=LINK,
            ),
        ]

    def __str__(self):
        return f"{self.occurred_at:%Y-%m-%d %H:%M} {self.event}"

    @property
    def told(self) -> str:
        """What happened, for people."""
        words = str(EVENTS.get(self.event, self.event))
        return str(_("was refused: %(what)s") % {"what": words}) if self.action == self.Action.DENIED else words

    @property
    def roles(self) -> str:
        """In which roles, for people."""
        names = self.actor_role.split(", ")
        return ", ".join(str(Role(name).label if name in Role.values else ROLES.get(name, name)) for name in names)

    @property
    def ground(self) -> str:
        """On which ground, for people; with the number by which it can be found. Empty when there is none."""
        kind, _space, key = self.basis.partition(" ")
        return f"{GROUNDS.get(kind, kind)} {key}".strip()


class LogHeadQuerySet(models.QuerySet["LogHead"]):
    def begins(self, household: Household) -> date | None:
        """From which day on the lines about this household, and what became a part of it, are all here: the day after
        the first of them, because more of its own day can be in the archive. None when nothing went there."""
        parts = Household.objects.filter(Q(pk=household.pk) | Q(merged_into=household)).order_by()
        chains = parts.values_list(Concat(Value("household "), "pk", output_field=models.TextField()))
        lines = AccessLogEntry.objects.filter(chain=OuterRef("chain"), rank=OuterRef("archived") + 1).order_by()
        heads = self.filter(chain__in=chains, archived__gt=0)
        first: datetime | None = heads.aggregate(at=Max(Subquery(lines.values("occurred_at"))))["at"]
        return timezone.localdate(first) + timedelta(days=1) if first else None


class LogHead(models.Model):
    """The end of each chain, and behind which line it begins. The end moves only with a new line, which keeps a tail from
    being cut off unseen; the beginning only over lines that are old enough for the archive."""

    chain = models.CharField(max_length=64, db_collation="C", primary_key=True)
    length = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    archived = models.BigIntegerField(db_default=0)
    archived_hash = models.CharField(max_length=64, db_default="")

    objects = LogHeadQuerySet.as_manager()

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="head_moves_with_a_line",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=ONLY_BY_A_LINE,
            ),
            pgtrigger.Protect(name="head_stays", operation=pgtrigger.Delete),
            never_emptied("heads_are_not_emptied"),
        ]

    def __str__(self):
        return f"{self.chain}: {self.length}"


class LogCheck(models.Model):
    """What one check of all chains found. The fingerprint stands for all heads together."""

    checked_at = models.DateTimeField(default=timezone.now)
    lines = models.BigIntegerField()
    chains = models.BigIntegerField()
    broken = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Protect(name="check_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied("checks_are_not_emptied"),
        ]

    def __str__(self):
        return f"{self.checked_at:%Y-%m-%d %H:%M}"
