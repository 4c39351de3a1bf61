"""What was kept long enough goes for good: one person makes the list, another one confirms it, and the list stays as proof.
Who proposes and who confirms see numbers only."""

from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from config.workdays import months_after
from households import access, erasing, keeping
from households.models import Destruction, DestructionItem, Household
from partners.models import Professional, Team
from signals.models import Signal
from signals.workflow import Status

Kind, Rule = DestructionItem.Kind, DestructionItem.Rule
MOST = 200  # on one list: two people must be able to oversee it
REPORTER = ("reporter_name", "reporter_function", "reporter_email", "reporter_phone")


class NothingToDestroy(ValueError):
    """Nothing of this team was kept long enough."""


class ListWaits(ValueError):
    """There is a list of this team that nobody has confirmed yet."""


class NotByYou(ValueError):
    """Who made the list does not confirm it; and a list is confirmed or withdrawn once."""


class Due(NamedTuple):
    kind: str
    key: int
    number: str
    rule: str
    since: object


def due(team: Team) -> Iterator[Due]:
    """Everything of this team that may be destroyed today, in the order of the list."""
    whole = list(households(team))
    for household in whole:
        yield Due(Kind.HOUSEHOLD, household.pk, household.number, household.rule, household.since)  # type: ignore[attr-defined]  # by `keeping.due`
    apart = reporters(team).exclude(household__in=whole)
    for kind, signals in ((Kind.REPORTER, apart), (Kind.SIGNAL, not_taken_up(team))):
        for signal in signals:
            yield Due(kind, signal.pk, signal.number, Rule.NEEDED_NO_MORE, timezone.localdate(signal.closed_at))


def households(team: Team) -> QuerySet[Household]:
    """Not one of whose signals a part lives on in another household."""
    shared = Signal.objects.filter(Q(part_of__household=OuterRef("pk")) | Q(goes_with__household=OuterRef("pk")))
    others = shared.exclude(household=None).exclude(household=OuterRef("pk"))
    return keeping.due(team).exclude(Exists(others))


def closed_before(team: Team, months: int) -> QuerySet[Signal]:
    day = months_after(timezone.localdate(), -months)
    return Signal.objects.filter(team=team, status=Status.CLOSED, closed_at__date__lt=day).order_by("closed_at", "pk")


def not_taken_up(team: Team) -> QuerySet[Signal]:
    """Signals that never came to belong to a household here. Of what hangs together nothing goes before all of it."""
    lives = Signal.objects.exclude(status=Status.CLOSED, household=None)
    hangs_on = lives.filter(Q(part_of=OuterRef("pk")) | Q(goes_with=OuterRef("pk")))
    leads = lives.filter(Q(parts=OuterRef("pk")) | Q(followers=OuterRef("pk")))
    mine = closed_before(team, settings.KEEP_NOT_TAKEN_UP_MONTHS).filter(household=None)
    return mine.exclude(discussed=Signal.Discussed.QUESTION).exclude(Exists(hangs_on)).exclude(Exists(leads))


def reporters(team: Team) -> QuerySet[Signal]:
    """Of whom we still hold how to reach them, after the file of a household took the signal up."""
    known = ~Q(reporter_name="") | ~Q(reporter_email="") | ~Q(reporter_phone="") | ~Q(reporter_function="")
    return closed_before(team, settings.KEEP_REPORTERS_MONTHS).exclude(household=None).filter(known)


@transaction.atomic
def propose(*, team: Team, by: Professional) -> Destruction:
    """Put what may go on a list. Nothing happens to it yet. Raises NothingToDestroy and ListWaits."""
    found = [one for _rank, one in zip(range(MOST), due(team), strict=False)]
    if not found:
        raise NothingToDestroy
    try:
        with transaction.atomic():
            destruction = Destruction.objects.create(team=team, made_by=by)
    except IntegrityError as waits:
        raise ListWaits from waits
    DestructionItem.objects.bulk_create(DestructionItem(destruction=destruction, **one._asdict()) for one in found)
    access.record(action=access.Action.CREATE, event="propose destruction", about=destruction, by=by)
    return destruction


@transaction.atomic
def withdraw(*, destruction: Destruction, by: Professional) -> None:
    """Not this list. Raises NotByYou when it was confirmed or withdrawn already."""
    fresh = Destruction.objects.open().select_for_update().filter(pk=destruction.pk).first()
    if fresh is None:
        raise NotByYou
    fresh.withdrawn_at, fresh.withdrawn_by = timezone.now(), by
    fresh.save(update_fields=["withdrawn_at", "withdrawn_by"])
    access.record(action=access.Action.UPDATE, event="withdraw destruction", about=fresh, by=by)


@transaction.atomic
def confirm(*, destruction: Destruction, by: Professional) -> int:
    """Destroy what is on the list and may still go: who put a hold on something since then is heard. How many things went.

    Raises NotByYou."""
    fresh = Destruction.objects.open().select_for_update().filter(pk=destruction.pk).exclude(made_by=by).first()
    if fresh is None:
        raise NotByYou
    fresh.confirmed_at, fresh.confirmed_by = timezone.now(), by
    fresh.save(update_fields=["confirmed_at", "confirmed_by"])
    still = {(one.kind, one.key) for one in due(fresh.team)}
    going = [item for item in fresh.items.all() if (item.kind, item.key) in still]
    carry_out(going, by=by)
    access.record(action=access.Action.UPDATE, event="confirm destruction", about=fresh, by=by)
    return len(going)


def carry_out(items: list[DestructionItem], *, by: Professional | None, role: str = "") -> None:
    """Destroy these things. First a line for each in the log of its household, which stays: one can go along with another."""
    events = {Kind.HOUSEHOLD: "destroy household", Kind.SIGNAL: "destroy signal", Kind.REPORTER: "forget reporter"}
    for item in items:
        model = model_of(item)
        thing = model._base_manager.select_for_update(of=("self",)).get(pk=item.key)
        access.record(
            action=access.Action.UPDATE, event=events[Kind(item.kind)], about=thing, by=by, role=role,
            household=thing if isinstance(thing, Household) else thing.household,
        )  # fmt: skip
    for item in items:
        if item.kind == Kind.REPORTER:
            item.rows = erasing.blank(Signal, item.key, REPORTER)
        else:
            item.rows = erasing.erase({model_of(item): {item.key}})
        item.destroyed_at = timezone.now()
        item.save(update_fields=["destroyed_at", "rows"])


def model_of(item: DestructionItem) -> type[Household] | type[Signal]:
    return Household if item.kind == Kind.HOUSEHOLD else Signal


def played_again(lists: list[dict]) -> int:
    """After an older backup was put back: what had been destroyed since then goes again, under the names of the same two
    people. How many things that were."""
    total = 0
    for known in lists:
        with transaction.atomic():
            destruction = Destruction.objects.filter(made_at=known["made_at"], team=known["team"]).first()
            if destruction is None:
                destruction = Destruction.objects.create(
                    **{name: known[name] for name in ("made_at", "confirmed_at")},
                    **{f"{name}_id": known[name] for name in ("team", "made_by", "confirmed_by")},
                )
            elif destruction.is_open:
                destruction.confirmed_at, destruction.confirmed_by_id = known["confirmed_at"], known["confirmed_by"]
                destruction.save(update_fields=["confirmed_at", "confirmed_by"])
            items = [
                DestructionItem.objects.get_or_create(
                    destruction=destruction, kind=one["kind"], key=one["key"], defaults=one
                )[0]
                for one in known["items"]
            ]
            back = [
                item
                for item in items
                if item.destroyed_at is None and model_of(item)._base_manager.filter(pk=item.key).exists()
            ]
            carry_out(back, by=None, role=access.SYSTEM)
            total += len(back)
    return total


def everything_destroyed() -> list[dict]:
    """The confirmed lists as `played_again` takes them: keys, numbers and days, and nobody's name."""
    item = ("kind", "key", "number", "rule", "since")
    return [
        {name: getattr(one, name) for name in ("made_at", "confirmed_at")}
        | {name: getattr(one, f"{name}_id") for name in ("team", "made_by", "confirmed_by")}
        | {"items": list(one.items.exclude(destroyed_at=None).values(*item))}
        for one in Destruction.objects.exclude(confirmed_at=None).order_by("pk")
    ]
