"""What needs somebody because a clock runs: what was passed on, a household that must be told, the Wmo, and, for who leads
the team, what nobody else does."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.templating.words import short_day
from desk.task import Dated, Task
from households.models import Household
from partners.models import Professional
from partners.permissions import Permission
from signals.actions.forwarding import WANDERS_AFTER
from signals.models import Forward, Signal
from signals.models.clocks import WmoStep
from signals.workflow import FORWARDED_FROM, Status

SOON = timedelta(days=7)


def address(signal: Signal, part: str = "") -> str:
    return reverse("signals:signal", args=[signal.number]) + part


# ---- what was passed on


def newest_forwards(signals: models.QuerySet[Signal]) -> models.QuerySet[Forward]:
    """The newest question to another organisation about each of these signals."""
    asked = Forward.objects.filter(signal__in=signals.values("pk"))
    return asked.order_by("signal_id", "-pk").distinct("signal_id").select_related("organisation")


def with_forwards(
    signals: list[Signal], forwards: Iterable[Forward], task_of: Callable[[Signal], Task]
) -> tuple[list[Task], list[Dated]]:
    """What must be done about these signals today, and what waits for another organisation."""
    today: list[Task] = []
    soon: list[Dated] = []
    newest = {one.signal_id: one for one in forwards}
    for signal in signals:
        asked = newest.get(signal.pk)
        if asked is None or not decides(asked, signal):
            today.append(task_of(signal))
        elif asked.waits and not asked.is_overdue:
            soon.append((asked.answer_by, forward_task(signal, asked)))
        else:
            today.append(forward_task(signal, asked))
    return today, soon


def decides(asked: Forward, signal: Signal) -> bool:
    """Does what became of passing it on say what comes next? Not when it was taken back, the reporter waits for us, or it
    was given back and has another outcome since."""
    if signal.status not in FORWARDED_FROM or asked.taken_back_at is not None:
        return False
    if signal.reporter_waits and not signal.part_of_id:  # of a part, who works on the whole answers
        return False
    return asked.waits or not signal.outcome_told


def forward_task(signal: Signal, asked: Forward) -> Task:
    names = {"organisation": asked.organisation, "number": signal.number}
    text = _("%(about)s, signal %(number)s") % {
        "about": signal.household or signal.organisation,
        "number": signal.number,
    }
    url, due = address(signal, "#doorzetten"), short_day(asked.answer_by)
    if asked.returned_at:
        return Task("send", _("%(organisation)s does not take it over") % names, text, url, _("Go on"), "", "warning")
    if asked.is_overdue:
        return Task("send", _("%(organisation)s has not answered yet") % names, text, url, _("Look"), due, "warning")
    return Task("hourglass", _("%(organisation)s looks whether it takes over") % names, text, url, _("Look"), due)


# ---- a part of a signal


def part_task(part: Signal) -> Task:
    """What is next with a part: whom it is about, or that it can be closed. In between its reporter hears from who works on
    the whole."""
    names, whole = {"number": part.number}, part.part_of
    assert whole is not None
    text = _("%(about)s, part of signal %(number)s") % {
        "about": part.household or part.organisation,
        "number": whole.number,
    }
    if part.outcome_told and not part.reporter_waits:
        return Task("check", _("Part %(number)s can be closed") % names, text, address(part), _("Look"), "")
    if part.household_id is None and part.status == Status.TAKEN_UP:
        title = _("Part %(number)s: whom is it about?") % names
        return Task("link", title, text, address(part), _("Go on"), "")
    colleague = whole.household.coordinator if whole.household else whole.taken_up_by
    waits = _("%(name)s answers the reporter about signal %(number)s") % {"name": colleague, "number": whole.number}
    return Task(
        "hourglass",
        _("Part %(number)s waits for the answer to the reporter") % names,
        waits,
        address(part),
        _("Look"),
        "",
    )


# ---- the household, and the Wmo


def to_tell(professional: Professional) -> models.QuerySet[Signal]:
    """About what the households of this coordinator must be told that somebody told us something."""
    signals = Signal.objects.in_inbox_of(professional).filter(
        household__in=Household.objects.coordinated_by(professional)
    )
    return signals.to_tell().without_words().select_related("household")[:100]


def tell_tasks(untold: list[Signal]) -> list[Dated]:
    """One for each household, about what it must hear first: somebody goes there once."""
    of_households: dict[int | None, list[Signal]] = {}
    for signal in untold:
        of_households.setdefault(signal.household_id, []).append(signal)
    return [(first.tell_by, tell_task(first, more=len(more))) for first, *more in of_households.values()]


def tell_task(signal: Signal, *, more: int) -> Task:
    about = {"household": signal.household, "more": more}
    return Task(
        "messages",
        _("Tell the household about signal %(number)s") % {"number": signal.number},
        ngettext(
            "%(household)s, and about %(more)s more signal", "%(household)s, and about %(more)s more signals", more
        )
        % about
        if more
        else str(signal.household),
        address(signal, "#vertellen"),
        _("Write down"),
        _("before %(day)s") % {"day": short_day(signal.tell_by)},
        kind_of(signal.tell_by),
    )


def wmo_steps(notifications: Iterable[Any]) -> list[Dated]:
    """The next thing that the Wmo asks, for each of these reports."""
    return [(step.due, wmo_task(one, step)) for one in notifications if (step := one.next_step)]


def wmo_task(one: Any, step: WmoStep) -> Task:
    if one.signal:
        whose = {"about": one.signal.household or one.signal.organisation, "number": one.signal.number}
        about, url = _("%(about)s, signal %(number)s") % whose, address(one.signal, "#wmo")
    else:
        about, url = one.household.name, reverse("signals:wmo_terms", args=[one.household.number])
    return Task("calendar", step.title, about, url, _("Look"), short_day(step.due), kind_of(step.due))


def of_own_plans(households: Any) -> list[Dated]:
    """What was asked along with the households (`plans.waiting`): a plan of their own, and an application."""
    today = timezone.localdate()
    words = (
        ("family_plan_due", _("Offer a family group plan first"), "plans:own_plans"),
        ("own_plan_by", _("What do they say about a plan of their own?"), "plans:own_plans"),
        ("decide_by", _("Decide about the application"), "signals:wmo_terms"),
    )
    found = []
    for one in households:
        for name, title, page in words:
            if waits := getattr(one, name):
                due = today if waits is True else waits
                url = reverse(page, args=[one.number])
                kind = "warning" if waits is True else kind_of(due)
                found.append((due, Task("calendar", title, one.name, url, _("Look"), short_day(due), kind)))
    return found


def kind_of(due: date) -> str:
    today = timezone.localdate()
    return "danger" if due < today else "warning" if due <= today + SOON else ""


# ---- who leads the team


def left_behind(professional: Professional, *, without: list[Signal]) -> dict[int, Task]:
    """Signals that nobody took up in time, or whose colleague can not work on them any more."""
    if not professional.can(Permission.WATCH_SIGNALS):
        return {}
    left = Signal.objects.led_by(professional).unowned().exclude(pk__in=[one.pk for one in without])
    return {
        signal.pk: Task(
            "alert-triangle",
            _("Nobody works on signal %(number)s") % {"number": signal.number},
            _("%(organisation)s. Take it up, or ask a colleague.") % {"organisation": signal.organisation},
            address(signal),
            _("Read"),
            _("since %(day)s") % {"day": short_day(signal.read_by)},
            "danger",
        )
        for signal in left.select_related("organisation").in_order_of_harm()[:100]
    }


def told_to_lead(professional: Professional) -> list[Task]:
    """Signals that wander, and households of colleagues that were not told in time. What is in them is not for the lead,
    so this leads to whom to ask."""
    if not professional.can(Permission.WATCH_SIGNALS):
        return []
    return wandering(professional) + not_told(professional)


def wandering(professional: Professional) -> list[Task]:
    signals = Signal.objects.led_by(professional).filter(status__in=FORWARDED_FROM)
    often = signals.annotate(times=Count("forwards")).filter(times__gte=WANDERS_AFTER)
    return [
        Task(
            "arrows-diff",
            _("Signal %(number)s wanders") % {"number": signal.number},
            ngettext(
                "Passed on %(times)s time. Who does this?", "Passed on %(times)s times. Who does this?", signal.times
            )
            % {"times": signal.times}
            + f" {signal.household.coordinator if signal.household else signal.taken_up_by}",
            reverse("signals:inbox") if signal.household else address(signal),
            _("Look"),
            "",
            "warning",
        )
        for signal in often.select_related("household__coordinator", "taken_up_by").order_by("pk")
    ]


def not_told(professional: Professional) -> list[Task]:
    late = Signal.objects.led_by(professional).to_tell().filter(tell_by__lt=timezone.localdate())
    return [
        Task(
            "messages",
            _("Household %(number)s was not told about a signal in time") % {"number": signal.household.number},
            _("Ask %(name)s, %(phone)s")
            % {
                "name": signal.household.coordinator,
                "phone": signal.household.coordinator.phone or signal.team.phone,
            },
            reverse("desk:hand_over", args=[signal.household.number]),
            _("Look"),
            _("before %(day)s") % {"day": short_day(signal.tell_by)},
            "warning",
        )
        for signal in late.exclude(household__coordinator=professional).select_related("household__coordinator", "team")
    ]
