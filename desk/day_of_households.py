"""What needs somebody because of the household as a whole: a plan to look back on, nothing planned, nothing written down for
weeks. And for who leads the team: how much there is."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Subquery, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.listing import UpTo
from config.templating.words import short_day
from desk.task import Dated, Task
from households import access
from households.models import Household
from partners.models import Professional
from partners.permissions import Permission
from plans.models import SupportPlan
from plans.waiting import with_waits
from signals.models import Signal

SOON = timedelta(days=14)


def households_of(professional: Professional) -> Any:
    """The own households, with what the day asks of each."""
    plan = SupportPlan.objects.open().filter(household=OuterRef("pk"))
    mine = access.my_households(professional)
    return with_waits(mine).annotate(
        signals_open=UpTo(Signal.objects.filter(household=OuterRef("pk")).open()),
        evaluate_on=Subquery(plan.values("evaluate_on")[:1]),
        is_silent=Exists(Household.objects.silent().filter(pk=OuterRef("pk"))),
    )


def without_a_step(households: list[Household]) -> list[Task]:
    """Of each household it is known what comes next, and when."""
    return [
        task(one, "calendar", _("Plan the next step of %(name)s"), _("Nothing is planned"), _("Plan"), "", "warning")
        for one in households
        if not one.next_step_on
    ]


def gone_silent(households: list[Any]) -> list[Task]:
    return [
        task(
            one,
            "hourglass",
            _("%(name)s: silent for four weeks"),
            _("Nothing was written down"),
            _("Look"),
            "",
            "warning",
        )
        for one in households
        if one.is_silent
    ]


def to_look_back(households: list[Any]) -> list[Dated]:
    """Plans whose day of looking back is near or over."""
    today = timezone.localdate()
    return [
        (
            one.evaluate_on,
            task(
                one, "calendar-check", _("Look back on the plan of %(name)s"), _("With everybody who helps"), _("Look"),
                short_day(one.evaluate_on), "warning" if one.evaluate_on <= today else "", page="plans:evaluate",
            ),
        )
        for one in households
        if one.evaluate_on and one.evaluate_on <= today + SOON
    ]  # fmt: skip


def task(
    household: Household,
    icon: str,
    title: str,
    text: str,
    label: str,
    due: str,
    kind: str,
    page: str = "desk:household",
) -> Task:
    url = reverse(page, args=[household.number])
    return Task(icon, title % {"name": household.name}, text, url, label, due, kind)


# ---- who leads the team


@dataclass(frozen=True)
class Load:
    """How much one colleague has. For dividing the work, never to compare people: in the order of the alphabet."""

    colleague: Professional
    households: int
    silent: int
    late: int


def load_of_team(lead: Professional) -> list[Load]:
    """Everybody who coordinates in the teams that this person leads, also who has nothing."""
    if not lead.can(Permission.HAND_OVER):
        return []
    led = access.households_led(lead)
    quiet = Count(Case(When(Exists(led.silent().filter(pk=OuterRef("pk"))), then=1)))
    late = Signal.objects.led_by(lead).late().filter(taken_up_by=OuterRef("pk")).order_by()
    counts = led.order_by().values_list("coordinator").annotate(many=Count("pk"), quiet=quiet)
    counted = {pk: numbers for pk, *numbers in counts}
    colleagues = Professional.objects.coordinating_with(lead).annotate(
        late=Subquery(late.values("taken_up_by").annotate(many=Count("pk")).values("many"))
    )
    found = ((one, counted.get(one.pk, (0, 0))) for one in colleagues)
    return [Load(one, many, quiet, one.late or 0) for one, (many, quiet) in found]


def silent_in_team(lead: Professional) -> list[Task]:
    """Households of colleagues in which nothing happens. What is in them is not for the lead: this leads to whom to ask."""
    if not lead.can(Permission.HAND_OVER):
        return []
    silent = access.households_led(lead).silent().exclude(coordinator=lead).select_related("coordinator", "team")
    return [
        Task(
            "hourglass",
            _("Household %(number)s: silent for four weeks") % {"number": one.number},
            _("Ask %(name)s, %(phone)s") % {"name": one.coordinator, "phone": one.coordinator.phone or one.team.phone},
            reverse("desk:hand_over", args=[one.number]),
            _("Look"),
            "",
        )
        for one in silent.order_by("number")[:50]
    ]
