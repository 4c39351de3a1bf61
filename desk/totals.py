"""Totals for who makes policy: what was reached first, then how much. Never a number below ten, and none from which such
a number can be computed.

What is true of every table here keeps that promise:
- Only quarters and years that are over have numbers. A number that grows from day to day tells who came in today.
- A number of a year is left out when the quarters of which it is the sum would tell a small one.
- A total is there only when every number above it is.
- What is counted on the last day of a period (households) says nothing about another period.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, ExtractQuarter
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from desk.periods import Period
from households.domains import LifeDomain
from households.models import Household
from partners.models import Organisation
from plans.models import Action, Goal
from signals.models import Signal

SMALLEST = 10
MANY = 3
Counted = dict[tuple[str, int], int]  # how many of each kind in each quarter


@dataclass(frozen=True)
class Figure:
    """One number, or the words that stand in its place: it is too small, or it would tell one that is."""

    label: str
    number: int | None
    words: str

    @property
    def is_shown(self) -> bool:
        return self.number is not None

    @property
    def plain(self) -> int | str:
        """As a spreadsheet takes it: a number without dots."""
        return self.words if self.number is None else self.number


def figure(label: str, number: int, parts: Iterable[int] = ()) -> Figure:
    """`number` as it may be seen. Of its `parts` those of ten and more are known to everybody: what remains of `number`
    must be ten or more, and may not say what each of the others is (all zero, or all nine)."""
    small = [part for part in parts if part < SMALLEST]
    if number < SMALLEST:
        return Figure(label, None, _("fewer than 10"))
    if small and (sum(small) < SMALLEST or sum(small) == len(small) * (SMALLEST - 1)):
        return Figure(label, None, _("not shown"))
    return Figure(label, number, number_format(number, force_grouping=True))


@dataclass(frozen=True)
class Table:
    title: str
    about: str  # what exactly is counted
    column: str
    rows: list[Figure]
    adds_up: bool = False

    @property
    def total(self) -> list[Figure]:
        """A last row for all together: shown when every row above it is, so that it tells nothing new."""
        numbers = [row.number for row in self.rows if row.number is not None]
        if not self.adds_up:
            return []
        if len(numbers) < len(self.rows):
            return [Figure(_("Together"), None, _("not shown"))]
        return [figure(_("Together"), sum(numbers))]

    @property
    def every(self) -> list[Figure]:
        return self.rows + self.total

    @property
    def lines(self) -> list[Figure]:
        """As they stand on the page: what is too small in one line when there is much of it."""
        few = [row for row in self.rows if row.words == _("fewer than 10")]
        if len(few) < MANY:
            return self.every
        together = Figure(", ".join(row.label for row in few), None, _("each fewer than 10"))
        return [row for row in self.rows if row not in few] + [together] + self.total


def totals(period: Period) -> list[Table]:
    """Every table of a period, in a fixed number of queries."""
    return [reached(period), answered(period), helped(period), reported(period), done(period), per_domain(period)]


# ---- what happened in a period: a year is the sum of its quarters


def reached(period: Period) -> Table:
    """A goal counts in the quarter in which the last of its actions was done."""
    actions = Action.objects.filter(goal=OuterRef("pk")).order_by()
    ended = actions.filter(status=Action.Status.DONE).values("goal").annotate(last=Max("changed_at")).values("last")
    goals = Goal.objects.filter(~Exists(actions.open())).annotate(reached_at=Subquery(ended))
    return Table(
        _("Goals reached"),
        _("Goals of residents of which every action was done in this period."),
        _("What"),
        flow(period, {"reached": _("Goals reached")}, counted(period, goals, "reached_at", Value("reached"))),
    )


def answered(period: Period) -> Table:
    """By the day on which the answer was promised, so that nothing here can be laid beside the signals received."""
    in_time = Q(first_answer_at__date__lte=F("answer_by"))
    cell = Case(When(in_time, then=Value("in time")), default=Value("late"), output_field=CharField())
    labels = {"in time": _("Answered in time"), "late": _("Answered too late, or not yet")}
    return Table(
        _("Answers to reporters"),
        _("Signals to which the answer was promised in this period."),
        _("What"),
        flow(period, labels, counted(period, Signal.objects.whole(), "answer_by", cell)),
        adds_up=True,
    )


def reported(period: Period) -> Table:
    labels = {kind.value: str(kind.label).capitalize() for kind in Organisation.Kind}
    found = counted(period, Signal.objects.whole(), "received_at", F("organisation__kind"))
    return Table(
        _("Signals by kind of organisation"),
        _("Signals that came in during this period."),
        _("Kind of organisation"),
        flow(period, labels, found),
        adds_up=True,
    )


def done(period: Period) -> Table:
    labels = {
        Action.Kind.OWN: _("By residents themselves"),
        Action.Kind.CLOSE: _("By people close to them"),
        Action.Kind.PROFESSIONAL: _("By professionals and volunteers"),
    }
    cell = Case(
        When(owner_resident__isnull=False, then=Value(Action.Kind.OWN)),
        When(owner_contact__isnull=False, then=Value(Action.Kind.CLOSE)),
        default=Value(Action.Kind.PROFESSIONAL),
        output_field=CharField(),
    )
    found = counted(period, Action.objects.filter(status=Action.Status.DONE), "changed_at", cell)
    return Table(
        _("Actions done"),
        _("Actions that were done in this period, each by one person."),
        _("By whom"),
        flow(period, {str(kind): label for kind, label in labels.items()}, found),
        adds_up=True,
    )


def counted(period: Period, things: QuerySet, moment: str, cell: Case | F | Value) -> Counted:
    """How many things of each kind had their moment in each quarter of the year of this period."""
    year = things.filter(**{f"{moment}__year": period.year}).annotate(cell=cell, quarter=ExtractQuarter(moment))
    found = year.order_by().values("cell", "quarter").annotate(total=Count("pk", distinct=True))
    return {(row["cell"], row["quarter"]): row["total"] for row in found}


def flow(period: Period, labels: dict[str, str], found: Counted) -> list[Figure]:
    """A row for each kind."""
    rows = []
    for cell, label in labels.items():
        quarters = [found.get((cell, quarter), 0) for quarter in (1, 2, 3, 4)]
        one = period.quarter
        rows.append(figure(label, quarters[one - 1]) if one else figure(label, sum(quarters), quarters))
    return rows


# ---- what was there on the last day of a period


def helped(period: Period) -> Table:
    return Table(
        _("Households helped"),
        _("Households with a coordinator on the last day of this period."),
        _("What"),
        [figure(_("Households"), open_households(period).count())],
    )


def per_domain(period: Period) -> Table:
    """By what the goals were on that day. A household with goals in two domains counts in both, so there is no total."""
    then = state_on(Goal, period, "domain")
    found = (
        Goal.objects.annotate(cell=then)
        .filter(cell__isnull=False, plan__household__in=open_households(period))
        .order_by()
        .values("cell")
        .annotate(total=Count("plan__household", distinct=True))
    )
    numbers = {row["cell"]: row["total"] for row in found}
    return Table(
        _("Households by life domain"),
        _("Households that had a goal in this life domain on the last day. One household can have goals in several."),
        _("Life domain"),
        [figure(str(domain.label), numbers.get(domain.value, 0)) for domain in LifeDomain],
    )


def open_households(period: Period) -> QuerySet[Household]:
    """Those that were there and not closed, as the history tells."""
    then = Coalesce(state_on(Household, period, "status"), Value(Household.Status.OPEN))
    return Household.objects.filter(made_at__date__lte=period.last_day).annotate(then=then).filter(then="OPEN")


def state_on(model: type[Goal | Household], period: Period, field: str) -> Subquery:
    """What stood in this field at the end of the last day; nothing when it was not there yet."""
    history = model.events.rel.related_model.objects  # type: ignore[union-attr]  # pghistory adds it at run time
    until = history.filter(pgh_obj=OuterRef("pk"), pgh_created_at__date__lte=period.last_day)
    return Subquery(until.order_by("-pgh_id").values(field)[:1])
