"""What does not fit together in one plan: a rule is one function on a small description of the plan, and asks nothing of a
database. In which order the plan was written makes no difference.

Two actions of which one waits for the other are not done at the same time, so they never clash in time or aim."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from itertools import combinations
from math import lcm

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ALIKE = 0.5  # from this part of its words on, an action says the same as another one


class Rule(TextChoices):
    SAME_TIME = "SAME_TIME", _("two appointments at the same time")
    TOO_CLOSE = "TOO_CLOSE", _("two places, and too little time in between")
    SAME_HELP = "SAME_HELP", _("two organisations do the same")
    OPPOSITE = "OPPOSITE", _("opposite aims")
    TOO_MANY = "TOO_MANY", _("too much in one week")
    STALLED = "STALLED", _("waits for what does not go on")
    BY_HAND = "BY_HAND", _("somebody says that this does not fit")


class Standing(Enum):
    RUNS = "runs"
    HELD = "held"
    STOPPED = "stopped"  # declined or dropped
    OVER = "over"


@dataclass(frozen=True)
class Slot:
    """An appointment that comes back: minutes since midnight, and the week of the first one."""

    weekday: int
    starts: int
    ends: int
    first: int
    every: int = 1
    place: str = ""


@dataclass(frozen=True)
class Side:
    """One action, as far as a rule looks at it. `residents` are those whom its goal is about."""

    key: int
    owner: str
    residents: frozenset[int]
    domain: str
    due_on: date
    organisation: int | None = None
    standing: Standing = Standing.RUNS
    words: frozenset[str] = frozenset()
    aim: int | None = None
    slot: Slot | None = None
    waits_for: int | None = None

    @cached_property
    def people(self) -> frozenset[str]:
        """Everybody who is there: the owner, and whom it is about."""
        return frozenset({self.owner, *(f"R{resident}" for resident in self.residents)})

    @property
    def facts(self) -> tuple:
        """What makes it another action for the rules. How it is worded does not."""
        people = (self.owner, self.organisation, sorted(self.residents))
        return (*people, self.domain, self.due_on, self.standing.value, self.aim, self.slot, self.waits_for)


@dataclass(frozen=True)
class Described:
    """A plan on a day. `opposites` are the pairs of aims that do not go together."""

    sides: tuple[Side, ...]
    today: date
    opposites: frozenset[frozenset[int]] = frozenset()
    most_in_a_week: int = 8
    minutes_between: int = 30

    @cached_property
    def by_key(self) -> dict[int, Side]:
        return {side.key: side for side in self.sides}

    @cached_property
    def running(self) -> list[Side]:
        return [side for side in self.sides if side.standing == Standing.RUNS]

    @cached_property
    def open(self) -> list[Side]:
        return [side for side in self.sides if side.standing in (Standing.RUNS, Standing.HELD)]

    @cached_property
    def before(self) -> dict[int, frozenset[int]]:
        """Of each action that waits: all that comes before it, near or far."""
        return {side.key: frozenset(self.chain(side)) for side in self.sides if side.waits_for}

    def chain(self, side: Side) -> set[int]:
        found: set[int] = set()
        following = side.waits_for
        while following in self.by_key and following not in found:
            found.add(following)
            following = self.by_key[following].waits_for
        return found

    def in_turn(self, one: Side, other: Side) -> bool:
        nothing: frozenset[int] = frozenset()
        return one.key in self.before.get(other.key, nothing) or other.key in self.before.get(one.key, nothing)


@dataclass(frozen=True, order=True)
class Found:
    rule: str
    sides: tuple[int, ...]
    resident: int | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """The same for the same clash, however often it is found. Too much in a week is one clash of one resident."""
        return f"{self.rule}:{f'R{self.resident}' if self.resident else '-'.join(map(str, self.sides))}"


# ---- the rules


def same_time(plan: Described) -> Iterator[Found]:
    """Two appointments of one person at the same time."""
    for one, other, first, second in meetings(plan):
        if second.starts < first.ends:
            yield pair(Rule.SAME_TIME, one, other)


def too_close(plan: Described) -> Iterator[Found]:
    """Two appointments of one person in different places, with too little time to get from one to the other."""
    for one, other, first, second in meetings(plan):
        elsewhere = first.place and second.place and first.place != second.place
        if elsewhere and 0 <= second.starts - first.ends < plan.minutes_between:
            yield pair(Rule.TOO_CLOSE, one, other)


def same_help(plan: Described) -> Iterator[Found]:
    """Two organisations do the same for one resident in one life domain: the same aim, or nearly the same words."""
    outside = [side for side in plan.open if side.organisation]
    for one, other in together(outside, lambda side: ((side.domain, resident) for resident in side.residents)):
        same_aim = one.aim is not None and one.aim == other.aim
        if one.organisation != other.organisation and (same_aim or alike(one.words, other.words)):
            yield from unless_in_turn(plan, Rule.SAME_HELP, one, other)


def opposite(plan: Described) -> Iterator[Found]:
    """Two actions for one resident whose aims work against each other."""
    aimed = [side for side in plan.open if side.aim]
    for one, other in together(aimed, lambda side: side.residents):
        if frozenset({one.aim, other.aim}) in plan.opposites:
            yield from unless_in_turn(plan, Rule.OPPOSITE, one, other)


def too_many(plan: Described) -> Iterator[Found]:
    """More in one week than a resident can manage: appointments, and own actions that must be done then. Of all such weeks
    the fullest one."""
    weeks: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for side in plan.running:
        people = side.people if side.slot else {side.owner}
        for resident in (int(person[1:]) for person in people if person.startswith("R")):
            for week in busy_weeks(side, plan.today):
                weeks[resident][week].add(side.key)
    for resident, of_week in weeks.items():
        fullest = max(sorted(of_week), key=lambda week: len(of_week[week]))
        if len(of_week[fullest]) > plan.most_in_a_week:
            yield Found(Rule.TOO_MANY, tuple(sorted(of_week[fullest])), resident)


def stalled(plan: Described) -> Iterator[Found]:
    """An action waits for one that is on hold, or that will not be done at all."""
    for side in plan.open:
        awaited = plan.by_key.get(side.waits_for or 0)
        if awaited and awaited.standing in (Standing.HELD, Standing.STOPPED):
            yield pair(Rule.STALLED, side, awaited)


RULES: dict[Rule, Callable[[Described], Iterator[Found]]] = {
    Rule.SAME_TIME: same_time,
    Rule.TOO_CLOSE: too_close,
    Rule.SAME_HELP: same_help,
    Rule.OPPOSITE: opposite,
    Rule.TOO_MANY: too_many,
    Rule.STALLED: stalled,
}


def find(plan: Described) -> list[Found]:
    """All that does not fit together, each once, always in the same order."""
    return sorted({found for rule in RULES.values() for found in rule(plan)})


# ---- what the rules share


def pair(rule: Rule, one: Side, other: Side) -> Found:
    return Found(rule, tuple(sorted((one.key, other.key))))


def unless_in_turn(plan: Described, rule: Rule, one: Side, other: Side) -> Iterator[Found]:
    if not plan.in_turn(one, other):
        yield pair(rule, one, other)


def together(sides: Iterable[Side], shared: Callable[[Side], Iterable]) -> Iterable[tuple[Side, Side]]:
    """Each two that share something, once."""
    groups = defaultdict(list)
    for side in sorted(sides, key=lambda side: side.key):
        for what in shared(side):
            groups[what].append(side)
    return {
        (one.key, other.key): (one, other) for group in groups.values() for one, other in combinations(group, 2)
    }.values()


def meetings(plan: Described) -> Iterator[tuple[Side, Side, Slot, Slot]]:
    """Each two appointments that share a person and a day, and are not one after the other; and their times, the earlier first."""
    slots = {side.key: side.slot for side in plan.running if side.slot}
    planned = [side for side in plan.running if side.key in slots]
    for one, other in together(planned, lambda side: ((person, slots[side.key].weekday) for person in side.people)):
        first, second = sorted((slots[one.key], slots[other.key]), key=lambda slot: slot.starts)
        both_last = min(last_week(side, slots[side.key], plan.today) for side in (one, other))
        if in_one_week(first, second, both_last) and not plan.in_turn(one, other):
            yield one, other, first, second


def in_one_week(a: Slot, b: Slot, last: int) -> bool:
    """Is there a week, up to and including the `last`, in which both come?"""
    start = max(a.first, b.first)
    weeks = range(start, min(last, start + lcm(a.every, b.every)) + 1)
    return any((week - a.first) % a.every == 0 and (week - b.first) % b.every == 0 for week in weeks)


def last_week(side: Side, slot: Slot, today: date) -> int:
    """The week of the last time. What is late goes on meanwhile."""
    last = max(side.due_on, today)
    return week_of(last) - (1 if last.weekday() < slot.weekday else 0)


def busy_weeks(side: Side, today: date) -> range:
    """From this week on: those of an appointment, for a year at most; else the one in which it must be done."""
    this_week = week_of(today)
    if side.slot is None:
        week = max(week_of(side.due_on), this_week)
        return range(week, week + 1)
    skipped = max(0, this_week - side.slot.first)
    first = side.slot.first + -(-skipped // side.slot.every) * side.slot.every
    return range(first, min(last_week(side, side.slot, today), this_week + 52) + 1, side.slot.every)


def week_of(day: date) -> int:
    """Weeks since the beginning, from Monday."""
    return (day.toordinal() - 1) // 7


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    fewest = min(len(one), len(other))
    return fewest > 1 and len(one & other) / fewest > ALIKE
