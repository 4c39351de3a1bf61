"""Working days, as the Algemene termijnenwet counts them."""

from datetime import date

import pytest

from config.workdays import add_workdays, is_workday, workdays_between


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 21), "Saturday"),
        (date(2026, 11, 22), "Sunday"),
        (date(2027, 1, 1), "New Year's Day"),
        (date(2026, 4, 3), "Good Friday, equated with a holiday"),
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 4, 27), "King's Day"),
        (date(2027, 5, 5), "5 May, in a year that is no fifth"),
        (date(2026, 5, 14), "Ascension Day"),
        (date(2026, 12, 25), "Christmas"),
    ],
)
def test_does_not_count(day, name):
    assert not is_workday(day), name


def test_counts_over_a_weekend_and_a_holiday():
    assert add_workdays(date(2026, 11, 20), 1) == date(2026, 11, 23)  # Friday, Monday
    assert add_workdays(date(2026, 4, 2), 5) == date(2026, 4, 13)  # Easter in between
    assert add_workdays(date(2026, 11, 22), 0) == date(2026, 11, 23)


def test_counts_back_what_it_added():
    start = date(2026, 4, 2)
    for count in range(1, 30):
        assert workdays_between(start, add_workdays(start, count)) == count
