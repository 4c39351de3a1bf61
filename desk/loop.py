"""How well the loop closes: how many signals, how soon a person answered, how many in time, and that none was closed without
an answer. Per organisation that posts and per district; never per colleague.

A row that is too small is hidden, and so is as much beside it as it takes that nobody can subtract it from what is known of
all together; of what is hidden it is not said which of it is small. A share is hidden with one of its two parts; of a part below ten it says what follows from that alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet
from django.db.models.functions import ExtractQuarter
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from desk.periods import Period
from desk.totals import SMALLEST, Figure, figure
from partners.models import Team
from signals.models import Message, Signal

BAR = 100  # the longest, in the drawing
ROW = 26  # its height


class Median(Aggregate):
    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Row:
    signals: Figure
    median: str
    in_time: str
    closed: str
    bar: int = 0
    place: int = 0

    @property
    def label(self) -> str:
        return self.signals.label

    @property
    def plain(self) -> list[tuple[str, int | str]]:
        """What stands in the row, for a spreadsheet."""
        names = (_("Signals"), _("First answer, half within"), _("Answered in time"), _("Closed with an answer"))
        return list(zip(names, (self.signals.plain, self.median, self.in_time, self.closed), strict=True))


@dataclass(frozen=True)
class Loop:
    title: str
    column: str
    rows: list[Row]

    @property
    def bars(self) -> list[Row]:
        return [row for row in self.rows if row.bar]

    @property
    def height(self) -> int:
        return len(self.bars) * ROW


def loops(period: Period, *, teams: QuerySet[Team] | None = None) -> list[Loop]:
    """Both tables, of these teams or of all, in a fixed number of queries. By the day on which the answer was promised, as
    every figure about answers."""
    signals = Signal.objects.filter(answer_by__year=period.year)
    if teams is not None:
        signals = signals.filter(team__in=teams)
    return [
        loop(_("The loop per organisation"), _("Organisation"), signals, "organisation__name", period),
        loop(_("The loop per district"), _("District"), signals, "household__district__name", period),
    ]


def loop(title: str, column: str, signals: QuerySet[Signal], cell: str, period: Period) -> Loop:
    chosen = Q(answer_by__quarter=period.quarter) if period.quarter else Q()
    outcome = Message.objects.filter(tells_outcome=True, author__isnull=False).values("signal")
    asked = {
        "all": Count("pk", filter=chosen),
        "in_time": Count("pk", filter=chosen & Q(first_answer_at__date__lte=F("answer_by"))),
        "answered": Count("pk", filter=chosen & Q(first_answer_at__isnull=False)),
        "closed": Count("pk", filter=chosen & Q(status="CLOSED")),
        "told": Count("pk", filter=chosen & Q(status="CLOSED", pk__in=outcome)),
        "median": Median(F("first_answer_at") - F("received_at"), filter=chosen & Q(first_answer_at__isnull=False)),
    }
    found = list(signals.order_by(cell).values(cell).annotate(**asked))
    quarters: dict[str | None, list[int]] = {}
    if not period.quarter:
        per_quarter = signals.annotate(quarter=ExtractQuarter("answer_by")).order_by().values(cell, "quarter")
        for one in per_quarter.annotate(all=Count("pk")):
            quarters.setdefault(one[cell], [0, 0, 0, 0])[one["quarter"] - 1] = one["all"]
    return Loop(title, column, rows(found, cell, quarters))


def rows(found: list[dict], cell: str, quarters: dict) -> list[Row]:
    alone = [figure("", one["all"], quarters.get(one[cell], ())).is_shown for one in found]
    shown = covered([one["all"] for one in found], alone)
    in_time = covered([one["in_time"] for one in found], shown)
    late = covered([one["all"] - one["in_time"] for one in found], shown)
    few = all(one["all"] < SMALLEST for one in found)
    largest = max((one["all"] for one, seen in zip(found, shown, strict=True) if seen), default=1)
    made: list[Row] = []
    for place, one in enumerate(found):
        label, number = one[cell] or _("Not linked to a household"), one["all"]
        if not shown[place]:
            words = _("fewer than 10") if few else _("not shown")
            made.append(Row(Figure(label, None, words), words, words, words))
            continue
        bar = max(1, number * BAR // largest)
        made.append(
            Row(
                Figure(label, number, number_format(number, force_grouping=True)),
                days(one["median"]) if one["answered"] >= SMALLEST else _("not shown"),
                share(one["in_time"], number, exact=in_time[place] and late[place]),
                f"{one['told'] * 100 // one['closed']} %" if one["closed"] >= SMALLEST else _("fewer than 10 closed"),
                bar,
                sum(bool(row.bar) for row in made) * ROW,
            )
        )
    return made


def covered(numbers: Iterable[int], allowed: Iterable[bool]) -> list[bool]:
    """Which of these numbers may be seen by who knows their sum: what is hidden together is ten or more, and does not say
    what each of it is. The smallest that could be shown is hidden until that is so."""
    numbers = list(numbers)
    shown = [seen and number >= SMALLEST for number, seen in zip(numbers, allowed, strict=True)]
    while hidden := [number for number, seen in zip(numbers, shown, strict=True) if not seen]:
        if sum(hidden) >= SMALLEST and sum(hidden) != len(hidden) * (SMALLEST - 1) and len(hidden) > 1:
            break
        if not any(shown):
            break
        smallest = min(number for number, seen in zip(numbers, shown, strict=True) if seen)
        shown[next(place for place, seen in enumerate(shown) if seen and numbers[place] == smallest)] = False
    return shown


def share(part: int, whole: int, *, exact: bool) -> str:
    """What share this part is. Of a part or a rest below ten: only what follows from its being below ten."""
    if exact:
        return f"{round(part * 100 / whole)} %"
    at_least = -(-(whole - SMALLEST + 1) * 100 // whole)
    if whole - part < SMALLEST and at_least >= 50:
        return _("%(share)s %% or more") % {"share": at_least}
    return _("not shown")


def days(median) -> str:
    number = median.total_seconds() / 86400
    return _("%(days)s days") % {"days": number_format(number, 1)}
