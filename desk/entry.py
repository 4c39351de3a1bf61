"""One thing that happened with a household, as the timeline shows it."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy

from households.models import Note


class Kind(TextChoices):
    CONTACT = "CONTACT", gettext_lazy("contacts and notes")
    PLAN = "PLAN", gettext_lazy("the plan")
    SIGNAL = "SIGNAL", gettext_lazy("signals and answers")
    WORDS = "WORDS", gettext_lazy("own words and consent")
    CIRCLE = "CIRCLE", gettext_lazy("people and coordinator")


ICONS = {
    Kind.CONTACT: "messages", Kind.PLAN: "progress", Kind.SIGNAL: "inbox", Kind.WORDS: "volume", Kind.CIRCLE: "users",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `by` is who did it or wrote it down; `people` the keys of residents that it is about."""

    at: datetime
    kind: Kind
    title: str
    text: str = ""
    by: str = ""
    people: frozenset[int] = frozenset()
    href: str = ""
    note: Note | None = None
    before: tuple[Note, ...] = ()
    also: str = ""  # what can be found by it, and is read elsewhere

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    def holds(self, words: list[str]) -> bool:
        """Does every word stand somewhere in it? What stood there before a correction counts too."""
        said = self.note.said_by if self.note else ""
        text = " ".join(
            [self.title, self.text, self.by, self.also, said, *(note.text for note in self.before)]
        ).casefold()
        return all(word in text for word in words)


def whose(*residents: int | None) -> frozenset[int]:
    """The keys that are known of these."""
    return frozenset(key for key in residents if key)


def moment_of_day(day: date, written_at: datetime) -> datetime:
    """When it was written, when that was on that same day; of an earlier day only the day is known."""
    if timezone.localdate(written_at) == day:
        return written_at
    return noon(day)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
