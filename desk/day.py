"""What needs somebody today, in the order of harm."""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.prepared import Prepared
from config.templating.words import short_day
from config.workdays import workdays_between
from desk.day_of_clocks import (
    left_behind,
    newest_forwards,
    of_own_plans,
    part_task,
    tell_tasks,
    to_tell,
    told_to_lead,
    with_forwards,
    wmo_steps,
)
from desk.day_of_coordination import aftercare_of, aftercare_task, answers_of_colleagues, standing_in
from desk.day_of_households import (
    Load,
    gone_silent,
    households_of,
    load_of_team,
    silent_in_team,
    to_look_back,
    without_a_step,
)
from desk.day_of_people import asked_to_merge, coming_of_age, young_in
from desk.day_of_plans import meeting_task, meetings_of, money_asked_of, of_plans, remind_task, to_remind
from desk.day_of_trust import asked_of_me, asked_of_residents, consents_of, opened_by_others, prints_ready
from desk.task import Asks, Task
from households import access
from households.models import Household
from partners.models import Professional
from partners.permissions import Permission
from plans.models import Action
from signals.models import Call, Observation, Signal, WmoNotification
from signals.workflow import Status

SIGNALS = 20  # the others are in the inbox, in the same order
OWNERS = ("owner_resident", "owner_contact", "owner_professional")  # their names


@dataclass(frozen=True)
class Day:
    can_not_wait: list[Task]
    today: list[Task]
    soon: list[Task]
    waiting: list[Action]
    households: list[Household]
    load: list[Load]
    signals: int  # that wait, as the menu counts them


@Prepared
def all_that_is_asked(professional: Professional) -> dict[Any, QuerySet]:
    """What is asked of this person, and what the own households ask. A name of two parts says which part of the day, and how
    it is told there."""
    mine, of_mine = Q(owner_professional=professional), access.my_households(professional).order_by()
    signals = Signal.objects.waiting_for(professional).without_words().with_answers().in_order_of_harm()[:SIGNALS]
    actions = Action.objects.of(of_mine).open().select_related("goal__plan").order_by("due_on", "pk")
    asked: dict[Any, QuerySet] = {
        # few are a part
        "signals": signals.select_related("organisation", "household").prefetch_related(
            "part_of__household__coordinator", "part_of__taken_up_by"
        ),
        "waiting": Signal.objects.in_menu_of(professional),
        "forwards": newest_forwards(signals),
        "households": households_of(professional).select_related("coordinator", "deputy"),
        "untold": to_tell(professional),
        "wmo": WmoNotification.objects.to_do_for(professional),
        "closed": aftercare_of(professional),
        "own": actions.filter(mine)[:200],
        "others": actions.exclude(mine).select_related(*OWNERS)[:12],
        "members": young_in(of_mine),
        "consents": consents_of(of_mine),
        "meetings": meetings_of(of_mine),
    }
    first = asked_of_me(professional) | money_asked_of(professional) | answers_of_colleagues(professional)
    parts: dict[str, Asks] = {
        "first": first | asked_to_merge(professional),
        "then": {call_task: Call.objects.asked_of(professional).select_related("signal__organisation")[:50]},
        "partners": asked_of_partners(professional),
        "prints": prints_ready(professional),
        "opened": opened_by_others(of_mine),
        "plans": of_plans(of_mine),
        "reminders": to_remind(of_mine),
    }
    return asked | {(part, task): rows for part, asks in parts.items() for task, rows in asks.items()}


def day_of(professional: Professional) -> Day:
    """Everything of one day, in a fixed number of queries."""
    today = timezone.localdate()
    found = all_that_is_asked(professional)
    signals, forwards, households = found["signals"], found["forwards"], found["households"]
    untold, closed, own, others = found["untold"], found["closed"], found["own"], found["others"]
    tell_whose([*own, *others, *found["reminders", remind_task]], households)

    asks = {name: rows for name, rows in found.items() if isinstance(name, tuple)}

    def told(part: str) -> list[Task]:
        return [task(one) for (of, task), rows in asks.items() if of == part for one in rows]

    urgent = [signal for signal in signals if is_urgent(signal)]
    more = more_signals() if len(found["waiting"]) > len(signals) else []
    left = left_behind(professional, without=urgent)
    waiting = [signal for signal in signals if signal not in urgent and signal.pk not in left]
    signals_today, signals_soon = with_forwards(waiting, forwards, signal_task)
    clocks = tell_tasks(untold) + wmo_steps(found["wmo"]) + of_own_plans(households)
    clocks.sort(key=itemgetter(0))
    look_back = to_look_back(households) + [
        (timezone.localdate(one.starts_at), meeting_task(one)) for one in found["meetings"]
    ]
    growing_up = coming_of_age(found["members"])
    steps = sorted((one.next_step_on, one.number, one) for one in households if one.next_step_on)
    return Day(
        can_not_wait=[signal_task(signal) for signal in urgent]
        + (more if len(urgent) == len(signals) else [])
        + list(left.values())
        + [task for _due, task in clocks if task.kind == "danger"]
        + [task for task in growing_up if task.kind == "danger"]
        + told("opened"),
        today=told("first")
        + [aftercare_task(one) for one in closed if one.is_due]
        + told_to_lead(professional)
        + [task for _due, task in clocks if task.kind == "warning"]
        + told("then")
        + signals_today
        + (more if len(urgent) < len(signals) else [])
        + told("partners")
        + asked_of_residents(found["consents"])
        + told("plans")
        + without_a_step(households)
        + [task for task in growing_up if task.kind != "danger"]
        + [step_task(one) for due, _number, one in steps if due <= today]
        + [task for due, task in look_back if due <= today]
        + [action_task(action) for action in own if action.due_on <= today]
        + told("reminders")
        + gone_silent(households)
        + silent_in_team(professional)
        + told("prints"),
        soon=in_order(
            signals_soon
            + [(one.aftercare_on, aftercare_task(one)) for one in closed if not one.is_due]
            + standing_in(professional, households)
            + [(due, task) for due, task in clocks if not task.kind]
            + [(due, step_task(one)) for due, _number, one in steps if due > today]
            + [(due, task) for due, task in look_back if due > today]
            + [(action.due_on, action_task(action)) for action in own if action.due_on > today]
        ),
        waiting=others,
        households=households,
        load=load_of_team(professional),
        signals=len(found["waiting"]),
    )


def tell_whose(actions: list[Action], households: list[Household]) -> None:
    """The households came already: no action asks for its own."""
    known = {one.pk: one for one in households}
    for action in actions:
        if household := known.get(action.goal.plan.household_id):
            action.goal.plan.household = household


def only_totals(professional: Professional) -> bool:
    """Who makes policy has no day here, and goes to the figures."""
    return professional.can(Permission.READ_TOTALS) and not professional.can(Permission.HANDLE_SIGNALS)


def only_manages(professional: Professional) -> bool:
    """Who looks after people and systems has no day here, and goes to the people."""
    return professional.can(Permission.MANAGE_PEOPLE) and not professional.can(Permission.HANDLE_SIGNALS)


def in_order(tasks: list[tuple[date, Task]]) -> list[Task]:
    return [task for _due, task in sorted(tasks, key=itemgetter(0))]


def is_urgent(signal: Signal) -> bool:
    return signal.is_late or (signal.danger_now and signal.status == Status.RECEIVED)


def signal_task(signal: Signal) -> Task:
    if signal.part_of_id:
        return part_task(signal)
    today = timezone.localdate()
    url = reverse("signals:signal", args=[signal.number])
    names = {"number": signal.number, "reporter": signal.reporter}
    text = _("%(about)s, signal %(number)s") % {
        "about": signal.household or signal.organisation,
        "number": signal.number,
    }
    due = _("before %(day)s") % {"day": short_day(signal.promised)}
    if signal.danger_now and signal.status == Status.RECEIVED:
        title = _("Signal %(number)s: there is danger now") % names
        return Task(
            "alert-octagon", title, f"{signal.reporter}, {signal.organisation}", url, _("Read"), _("now"), "danger"
        )
    if signal.is_late:
        late = workdays_between(signal.answer_by, today)
        title = _("%(reporter)s waits for an answer") % names
        return Task(
            "clock",
            title,
            text,
            url,
            _("Answer"),
            ngettext("%(days)s working day late", "%(days)s working days late", late) % {"days": late},
            "danger",
        )
    if signal.status == Status.RECEIVED:
        title = _("New signal of %(reporter)s") % names
        return Task(
            "inbox",
            title,
            _("%(organisation)s, nobody has taken it up") % {"organisation": signal.organisation},
            url,
            _("Read"),
            due,
            "warning",
        )
    if signal.reporter_waits:
        title = _("%(reporter)s wrote back") % names
        return Task("message-circle", title, text, url, _("Read"), "", "warning")
    if signal.question_overdue:
        title = _("%(reporter)s did not answer our question") % names
        return Task("clock", title, text, url, _("Look"), "", "warning")
    if signal.outcome_told:
        title = _("The signal of %(reporter)s can be closed") % names
        return Task("check", title, text, url, _("Look"), "")
    if signal.household_id is None:
        title = _("Signal of %(reporter)s: whom is it about?") % names
        return Task("link", title, text, url, _("Go on"), due)
    title = _("%(reporter)s does not know the outcome yet") % names
    return Task("message-circle", title, text, url, _("Answer"), due)


def more_signals() -> list[Task]:
    text = _("Here are those that can wait least")
    return [Task("inbox", _("More signals wait in the inbox"), text, reverse("signals:inbox"), _("Look"), "")]


def asked_of_partners(professional: Professional) -> Asks:
    """Answers of partners that were not read yet, and questions that got none in time."""
    asked = Observation.objects.changeable_by(professional).select_related("asked", "household")
    return {observation_task: (asked.to_be_read() | asked.overdue()).order_by("pk")[:50]}


def observation_task(one: Observation) -> Task:
    answered, not_answered = _("%(name)s answered your question"), _("%(name)s did not answer your question")
    return Task(
        "message-question",
        (answered if one.answered_at else not_answered) % {"name": one.asked},
        one.household.name,
        reverse("signals:observations", args=[one.household.number]),
        _("Read") if one.answered_at else _("Look"),
        short_day(timezone.localdate(one.answered_at) if one.answered_at else one.answer_by),
        "warning",
    )


def call_task(call: Call) -> Task:
    return Task(
        "phone",
        _("Phone %(reporter)s: our mail did not arrive") % {"reporter": call.signal.reporter},
        _("%(organisation)s, signal %(number)s")
        % {"organisation": call.signal.organisation, "number": call.signal.number},
        reverse("signals:signal", args=[call.signal.number]),
        _("Phone"),
        short_day(timezone.localdate(call.asked_at)),
        "warning",
    )


def step_task(household) -> Task:
    overdue = household.next_step_on < timezone.localdate()
    return Task(
        "calendar",
        household.next_step,
        household.name,
        reverse("desk:household", args=[household.number]),
        _("Go on"),
        short_day(household.next_step_on),
        "warning" if overdue else "",
    )


def action_task(action: Action) -> Task:
    url = reverse("desk:household", args=[action.household.number]) + f"#doel-{action.goal_id}"
    kind = "warning" if action.is_overdue else ""
    return Task("check", action.what, action.household.name, url, _("Go on"), short_day(action.due_on), kind)
