"""The network of a household on one day, or on two beside each other: as a picture, and the same as a table."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import override

from desk.ecogram import NARROW, WIDE, Heads, Picture, Shape, Stroke, draw, sample, sheets
from desk.ties import WORKS, Side, Tie, ties_on
from households.models import Household, Resident, TieQuality
from households.pdf import paper


@dataclass(frozen=True)
class Row:
    """One tie in the table: its words on each day, empty when it was not there, and what changed from the first to the last."""

    tie: Tie
    whose: str
    on_days: list[tuple[date, str]]
    change: str


def context_of(household: Household, days: list[date]) -> dict:
    """What page and paper show. A fixed number of queries, however large the network."""
    residents = [member.resident for member in household.members.select_related("resident")]
    networks = ties_on(household, *days)
    heads = (str(Side.CLOSE.label), _("Household"), str(Side.WORK.label))
    shapes = [NARROW, WIDE] if len(days) == 1 else [NARROW]  # two wide ones do not stand beside each other
    return {
        "household": household,
        "days": days,
        "drawn": [Drawn(day, residents, ties, heads, shapes) for day, ties in zip(days, networks, strict=True)],
        "tables": tables(days, networks, residents),
        "meanings": meanings(networks),
    }


@dataclass
class Drawn:
    """One day: for a small screen and a large one, and as many sheets of paper as it takes."""

    day: date
    residents: list[Resident]
    ties: list[Tie]
    heads: Heads
    shapes: list[Shape]

    @cached_property
    def pictures(self) -> list[Picture]:
        return [draw(self.residents, self.ties, self.heads, shape) for shape in self.shapes]

    @cached_property
    def sheets(self) -> list[Picture]:
        return sheets(self.residents, self.ties, self.heads)


def meanings(networks: list[list[Tie]]) -> list[tuple[str, Stroke]]:
    """What each kind of line means, of those that are drawn."""
    drawn = {tie.style for ties in networks for tie in ties}
    words = {**dict(TieQuality.choices), WORKS: _("helps from work, or as a volunteer")}
    return [(str(word), sample(style)) for style, word in words.items() if style in drawn]


def tables(days: list[date], networks: list[list[Tie]], residents: list[Resident]) -> list[tuple[Side, list[Row]]]:
    """People close, then professionals; each tie once, as it was on the last day that it was there."""
    on_days = [{tie.key: tie for tie in ties} for ties in networks]
    every = {key: tie for ties in on_days for key, tie in ties.items()}
    names = {resident.pk: resident.first_name for resident in residents}
    rows = [row_of(tie, days, [day.get(key) for day in on_days], names) for key, tie in every.items()]
    rows.sort(key=lambda row: (row.tie.name.casefold(), row.tie.key))
    return [(side, [row for row in rows if row.tie.side == side]) for side in Side]


def row_of(tie: Tie, days: list[date], on_days: list[Tie | None], names: dict[int, str]) -> Row:
    whose = ", ".join(name for key, name in names.items() if key in tie.residents)
    first, last = on_days[0], on_days[-1]
    if first is None:
        change = _("new") if last else ""
    elif last is None:
        change = _("over")
    else:
        change = _("changed") if first != last else _("the same")
    words = [one.word if one else "" for one in on_days]
    return Row(tie, whose or _("everybody"), list(zip(days, words, strict=True)), change)


@override("nl")
def on_paper(household: Household, days: list[date]) -> bytes:
    """For the team: two days beside each other where letters stay big enough, else a page or more for each; and the table. It
    names people; no address stands in it."""
    context = context_of(household, days)
    small = [one.pictures[0] for one in context["drawn"]]
    beside = len(days) > 1 and all(picture.fits_beside for picture in small)
    return paper("desk/netwerk.html", **context, beside=beside)
