"""A chapter, and the stage it plays on."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from desk.demo.days import Days
from households.models import Household, Resident
from partners.models import Team


@dataclass
class Stage:
    """Where a chapter plays: its days, its household, and which row each person or thing in the data has become."""

    team: Team
    days: Days
    cast: dict[Any, Any]
    household: Household = field(init=False)

    @property
    def coordinator(self):
        return self.household.coordinator

    def person(self, member: Any) -> Resident:
        """The row of a resident, who may have come into the example in another chapter."""
        known = self.cast.get(member)
        return known or Resident.objects.get(first_name=member.first_name, last_name=member.last_name)


class Step(Protocol):
    def play(self, stage: Stage) -> None: ...


Scene = tuple[int, str, Step]  # how many days from T, at what time, and what happens


@dataclass(frozen=True)
class Chapter:
    """One story. Its days count from T, or in working days when it is only a few days old."""

    scenes: list[Scene]
    in_working_days: bool = False

    def in_order(self) -> list[Scene]:
        return sorted(self.scenes, key=lambda scene: (scene[0], minutes(scene[1])))

    def days(self, today: date) -> Days:
        return Days([day for day, _time, _step in self.scenes], today=today, in_working_days=self.in_working_days)


def minutes(time: str) -> int:
    """How far in the day "14.10" is."""
    hour, minute = time.split(".")
    return int(hour) * 60 + int(minute)
