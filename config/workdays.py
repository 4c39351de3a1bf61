"""Working days and terms: weekends and Dutch public holidays do not count (Algemene termijnenwet, articles 1 and 3)."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache
def _holidays(year: int) -> frozenset[date]:
    # Good Friday is equated with a public holiday, and 5 May counts every year (Algemene termijnenwet, article 3).
    found = holidays.country_holidays("NL", years=year, categories=("public", "optional"))
    return frozenset(found) | {date(year, 5, 5)}


def is_workday(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays(day.year)


def add_workdays(day: date, count: int) -> date:
    """The date `count` working days after `day`; with 0, `day` itself or the first working day after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    for _ in range(count):
        day += timedelta(days=1)
        while not is_workday(day):
            day += timedelta(days=1)
    return day


def workdays_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and including `end`."""
    days = (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))
    return sum(map(is_workday, days))


def end_of_term(day: date) -> date:
    """The last day of a term in law that would end on `day`: never a weekend or a holiday, then the first working day."""
    return add_workdays(day, 0)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
