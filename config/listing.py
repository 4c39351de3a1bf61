"""One page of a list of which nobody counts the whole."""

from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

MOST = 100  # more is not counted: "99+"


class UpTo(Subquery):
    """How many rows, and no further than there are rows in the subquery: make it a slice."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet, most: int = MOST) -> None:
        super().__init__(rows.order_by().values("pk")[:most])


@dataclass
class Part:
    """`more` come after it."""

    rows: list[Any]
    number: int
    more: bool


def number_of(asked: str) -> int:
    """Which page is meant by what stands in the address."""
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 5 else 1


def keys_and_rows(rows: QuerySet, *, page: int, on_a_page: int) -> tuple[QuerySet, QuerySet]:
    """For one page of these: the keys, with one more to see whether there are more; and a subquery of those that are shown."""
    first = (page - 1) * on_a_page
    return rows.values_list("pk", flat=True)[first : first + on_a_page + 1], rows.values("pk")[
        first : first + on_a_page
    ]


def part_of(keys: list[int], lines: list[Any], *, page: int, on_a_page: int) -> Part:
    """The lines in the order of their keys, of which one more was asked than there are on a page."""
    by_key = {one.pk: one for one in lines}
    return Part([by_key[pk] for pk in keys if pk in by_key], page, len(keys) > on_a_page)


def shown(count: int) -> str:
    return f"{MOST - 1}+" if count >= MOST else str(count)
