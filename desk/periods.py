"""Quarters and years that are over."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

YEARS_BACK = 3


@dataclass(frozen=True)
class Period:
    """A quarter, or a whole year when `quarter` is 0."""

    year: int
    quarter: int = 0

    @property
    def code(self) -> str:
        """As it stands in an address: 2026-3, or 2026."""
        return f"{self.year}-{self.quarter}" if self.quarter else f"{self.year}"

    @property
    def last_day(self) -> date:
        quarter = self.quarter or 4
        return date(self.year + quarter // 4, quarter * 3 % 12 + 1, 1) - timedelta(days=1)

    def __str__(self):
        named = {
            0: _("the whole of %(year)s"),
            1: _("January to March %(year)s"),
            2: _("April to June %(year)s"),
            3: _("July to September %(year)s"),
            4: _("October to December %(year)s"),
        }
        return named[self.quarter] % {"year": self.year}


def closed_periods(today: date) -> list[Period]:
    """What can be chosen today, the newest first: the quarters that are over, and after its fourth the year itself."""
    every = [
        Period(year, quarter) for year in range(today.year, today.year - YEARS_BACK, -1) for quarter in (0, 4, 3, 2, 1)
    ]
    return [period for period in every if period.last_day < today]
