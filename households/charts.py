"""Small pictures of how it goes over time, drawn by a template: what it needs is worked out here. Each shows one life domain
or one side of a life of somebody; nothing is ever added up or averaged."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise

from households.domains import Level, LifeDomain, Side
from households.models import DomainScore, Household

FIRST, LAST, TOP, STEP = 122, 226, 12, 22  # where the first and the last day stand, and how far the lines are apart
HIGHEST = 10
ROOM = 40  # for a day written below the picture
Words = str | Promise


@dataclass(frozen=True)
class Dot:
    """One day in a picture. `y` is nothing when no level was said that day: then the table alone tells it."""

    day: date
    said: Words
    x: int
    y: int | None
    words: str = ""  # what the resident said about it
    sees: str = ""
    noted_by: str = ""


@dataclass(frozen=True)
class Picture:
    title: Words
    icon: str
    dots: list[Dot]
    lines: list[tuple[int, Words]]  # across, with what each stands for
    whom: str = ""

    @property
    def drawn(self) -> list[Dot]:
        return [dot for dot in self.dots if dot.y is not None]

    @property
    def now(self) -> Dot | None:
        return self.drawn[-1] if self.drawn else None

    @property
    def dated(self) -> list[Dot]:
        """The first and the last day, when there is room below the picture for both."""
        ends = [self.drawn[0], self.drawn[-1]] if self.drawn else []
        return ends if ends and ends[1].x - ends[0].x > ROOM else ends[-1:]

    @property
    def strokes(self) -> list[str]:
        """The line through the dots. It stops at a day on which nothing was said."""
        found: list[str] = []
        points = ""
        for dot in self.dots:
            if dot.y is None:
                found, points = [*found, points], ""
            else:
                points += f"{'L' if points else 'M'}{dot.x} {dot.y}"
        return [stroke for stroke in [*found, points] if "L" in stroke]


def of_domains(household: Household) -> list[Picture]:
    """A picture for each life domain that was talked about, of the household and of each resident alone; in three queries."""
    talks = list(household.conversations.in_full().order_by("held_on", "pk"))
    found = []
    for resident in {talk.resident_id: talk.resident for talk in talks}.values():
        theirs = [talk for talk in talks if talk.resident == resident]
        rows = {talk.pk: talk.rows() for talk in theirs}
        places = across([talk.held_on for talk in theirs])
        for domain in LifeDomain:
            dots = [dot_of(domain, talk.held_on, rows[talk.pk], x) for talk, x in zip(theirs, places, strict=True)]
            if any(dot.said for dot in dots):
                lines: list[tuple[int, Words]] = [(height(level), level.label) for level in Level.scale()]
                whom = resident.first_name if resident else ""
                found.append(Picture(domain.label, domain.icon, dots, lines, whom))
    return found


def dot_of(domain: LifeDomain, day: date, rows: dict, x: int) -> Dot:
    score, *words = (next(iter(rows.get(f"{domain}-{end}", [])), None) for end in ("level", "says", "sees"))
    says, sees = (row.value if row else "" for row in words)
    level = score.level if isinstance(score, DomainScore) else None
    if level is None:
        return Dot(day, "", x, None, says, sees)
    found = Level(level)
    return Dot(day, found.label, x, None if found == Level.REFUSED else height(found), says, sees)


def height(level: Level) -> int:
    return TOP + Level.scale().index(level) * STEP


def of_own_marks(household: Household, *, of: int | None = None) -> list[Picture]:
    """A picture for each side of the life of each resident who gave marks, or `of` the one with this key; in one query."""
    given_by = household.own_marks.select_related("resident", "noted_by")
    marks = list(given_by.filter(resident=of) if of else given_by)
    lines: list[tuple[int, Words]] = [(height_of_mark(mark), str(mark)) for mark in (HIGHEST, 5, 0)]
    found = []
    for resident in dict.fromkeys(mark.resident for mark in marks):
        for side in Side:
            given = [mark for mark in marks if mark.resident == resident and mark.side == side]
            days = [timezone.localdate(mark.given_at) for mark in given]
            dots = [
                Dot(day, str(mark.mark), x, height_of_mark(mark.mark), noted_by=str(mark.noted_by or ""))
                for day, x, mark in zip(days, across(days), given, strict=True)
            ]
            if dots:
                found.append(Picture(side.label, "user", dots, lines, resident.first_name))
    return found


def height_of_mark(mark: int) -> int:
    return TOP + round((HIGHEST - mark) * 4 * STEP / HIGHEST)


def across(days: list[date]) -> list[int]:
    """Where each day stands, by how long it was after the first one."""
    span = (days[-1] - days[0]).days if days else 0
    if not span:
        return [LAST - (len(days) - 1 - rank) * 12 for rank in range(len(days))]
    return [FIRST + round((LAST - FIRST) * (day - days[0]).days / span) for day in days]
