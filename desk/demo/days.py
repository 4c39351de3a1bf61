"""The days of the example count from the day T on which it is loaded, so that it never ages: -42 is 42 days ago."""

from collections.abc import Iterable
from datetime import date, timedelta

from config.workdays import add_workdays, is_workday


def workdays_ago(count: int, *, today: date) -> date:
    """The working day that lies `count` working days before today."""
    day = today
    while count:
        day -= timedelta(days=1)
        count -= is_workday(day)
    return day


def born(*, age: int, days_ago: int, today: date) -> date:
    """Somebody who became `age` that many days ago."""
    birthday = today - timedelta(days=days_ago)
    if (birthday.month, birthday.day) == (2, 29):
        birthday -= timedelta(days=1)
    return birthday.replace(year=birthday.year - age)


class Days:
    """The real dates of one chapter: the working day itself, or else the next one.

    What happened on different days stays on different days, and what is past stays before today. A chapter that is only
    a few days old counts in working days, so that a weekend does not press it together."""

    def __init__(self, offsets: Iterable[int], *, today: date, in_working_days: bool = False) -> None:
        self.today = today
        self.in_working_days = in_working_days
        self.past: dict[int, date] = {}
        earliest = date.min
        for offset in sorted({offset for offset in offsets if offset < 0}):
            self.past[offset] = max(self.near(offset), min(earliest, workdays_ago(1, today=today)))
            earliest = add_workdays(self.past[offset], 1)

    def __getitem__(self, offset: int) -> date:
        return self.past.get(offset) or self.near(offset)

    def near(self, offset: int) -> date:
        if self.in_working_days and offset < 0:
            return workdays_ago(-offset, today=self.today)
        day = add_workdays(self.today + timedelta(days=offset), 0)
        return min(day, workdays_ago(1, today=self.today)) if offset < 0 else day
