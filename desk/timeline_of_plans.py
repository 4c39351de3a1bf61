"""What happened with the plan of a household, and with what is asked for it: for its timeline.

What can change is told by the history that the database keeps, and a table says what each state is called."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import Lag
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.money import in_euros
from desk.entry import Entry, Kind, moment_of_day, whose
from households.models import Household
from partners.models import Professional
from plans.budget import BudgetStatus
from plans.models import (
    Action,
    Agreement,
    Application,
    BudgetLine,
    Decision,
    Evaluation,
    Goal,
    Meeting,
    OwnPlan,
    PlanVersion,
    Reminder,
    SchemeCheck,
    SupportPlan,
)
from plans.own_plan import Choice

AT_ONCE = timedelta(minutes=1)


def happened(household: Household, reader: Professional) -> Iterator[Entry]:
    """All of it that `reader` may read."""
    yield from of_plan(household)
    yield from of_agreeing(household)
    yield from of_meetings(household)
    yield from of_agreements(household)
    yield from of_reminders(household)
    yield from of_own_plans(household)
    yield from of_applications(household)
    yield from of_schemes(household)
    yield from of_money(household, reader)


def of_plan(household: Household) -> Iterator[Entry]:
    """The steps of the actions come from the history that the database keeps."""
    for plan in SupportPlan.objects.filter(household=household).select_related("made_by"):
        began = _("One question, one action") if plan.light else _("Plan started")
        yield Entry(at=plan.made_at, kind=Kind.PLAN, title=began, by=str(plan.made_by))
    goals = {goal.pk: goal for goal in Goal.objects.filter(plan__household=household).prefetch_related("about")}
    for goal in goals.values():
        yield Entry(
            at=goal.made_at, kind=Kind.PLAN, title=_("Goal added"), text=goal.title, people=about(goal),
            href=address_of(household, goal),
        )  # fmt: skip
    words = {
        "PROPOSED": _("Action planned"), "ACCEPTED": _("Action runs"), "HELD": _("Action put on hold"), "DONE": _("Action done"),
        "DECLINED": _("Somebody said no to an action"), "DROPPED": _("Action dropped"), "HANDED_ON": _("Somebody else goes on with an action"),
    }  # fmt: skip
    steps = steps_of(Action, "status", beside="changed_at", goal__plan__household=household)
    names = who_did(steps)
    for step in steps:
        if step.status == "ACCEPTED" and step.was_changed_at and step.changed_at - step.was_changed_at < AT_ONCE:
            continue  # planned and accepted in one go
        goal = goals[step.goal_id]
        yield Entry(
            at=step.changed_at, kind=Kind.PLAN, title=words[step.status], text=step.what, by=names(step),
            people=about(goal) | whose(step.owner_resident_id), href=address_of(household, goal),
        )  # fmt: skip


def of_agreeing(household: Household) -> Iterator[Entry]:
    """The plan was laid before everybody, and looked back on."""
    for version in PlanVersion.objects.filter(plan__household=household).select_related("made_by"):
        yield Entry(
            at=version.made_at, kind=Kind.PLAN, title=_("Plan laid before everybody"),
            text=_("Version %(number)s") % {"number": version.number}, by=str(version.made_by),
            href=reverse("plans:version", args=[household.number, version.pk]),
        )  # fmt: skip
    evaluations = Evaluation.objects.filter(plan__household=household).select_related("written_by")
    for one in evaluations.prefetch_related("results"):
        yield Entry(
            at=one.written_at, kind=Kind.PLAN, title=_("Looked back on the plan"), text=one.keep, by=str(one.written_by),
            also=" ".join([one.change, *(said.words for said in one.results.all())]),
            href=reverse("plans:evaluations", args=[household.number]),
        )  # fmt: skip


def of_meetings(household: Household) -> Iterator[Entry]:
    """Those that were held or cancelled, and what was decided there."""
    meetings = Meeting.objects.filter(household=household).exclude(held_at=None, cancelled_at=None)
    for met in meetings.select_related("made_by"):
        kind = capfirst(met.get_kind_display())
        yield Entry(
            at=met.cancelled_at or met.starts_at, kind=Kind.PLAN, text=met.purpose, by=str(met.made_by),
            title=_("%(meeting)s cancelled") % {"meeting": kind} if met.cancelled_at else kind,
            href=reverse("plans:meeting", args=[household.number, met.pk]),
        )  # fmt: skip
    for one in Decision.objects.filter(meeting__household=household).select_related("written_by"):
        yield Entry(
            at=one.written_at, kind=Kind.PLAN, title=_("Decided at a meeting"), text=one.what, also=one.interests,
            by=str(one.written_by), people=whose(one.resident_id),
            href=reverse("plans:meeting", args=[household.number, one.meeting_id]),
        )  # fmt: skip


def of_agreements(household: Household) -> Iterator[Entry]:
    here = reverse("plans:together", args=[household.number])
    for one in Agreement.objects.filter(plan__household=household).select_related("written_by"):
        facts: dict[str, Any] = {"kind": Kind.PLAN, "text": f"{one.who}: {one.what}", "href": here}
        yield Entry(at=one.written_at, title=_("Agreement written down"), by=str(one.written_by), **facts)
        if one.ended_at:
            yield Entry(at=one.ended_at, title=_("Agreement ended"), **facts)


def of_reminders(household: Household) -> Iterator[Entry]:
    told = Reminder.objects.filter(action__goal__plan__household=household).select_related("action", "told_by")
    for one in told:
        yield Entry(
            at=one.sent_at, kind=Kind.PLAN, title=_("Reminded of an action"), text=one.action.what,
            by=str(one.told_by or _("by itself")), people=whose(one.action.owner_resident_id),
            href=reverse("plans:goal", args=[household.number, one.action.goal_id]),
        )  # fmt: skip


def of_own_plans(household: Household) -> Iterator[Entry]:
    """What was offered to them, and what they chose."""
    words = dict(Choice.choices) | {Choice.WAITS.value: _("offered")}
    for row in steps_of(OwnPlan, "choice", household=household).select_related("recorded_by"):
        day = row.made_on or row.chosen_on or row.offered_on
        yield Entry(
            at=moment_of_day(day, row.recorded_at) if day else row.recorded_at, kind=Kind.PLAN,
            title=f"{capfirst(row.get_kind_display())}: {words[row.choice]}", by=str(row.recorded_by),
            text=row.made_by or row.they_say or row.not_offered_because, also=row.text,
            href=reverse("plans:own_plan", args=[household.number, row.pgh_obj_id]),
        )  # fmt: skip


def of_applications(household: Household) -> Iterator[Entry]:
    """What was asked of the municipality, each change of its term, and what was decided."""
    rows = steps_of(Application, "law", "decide_by", "outcome", household=household)
    names = who_did(rows)
    for row in rows:
        law, at, text = {"law": row.get_law_display()}, row.pgh_created_at, ""
        if row.was_law is None:
            title, at = _("Application came in, %(law)s") % law, moment_of_day(row.applied_on, row.recorded_at)
        elif row.law != row.was_law:
            title = _("The law of an application was corrected: %(law)s") % law
        elif row.outcome != row.was_outcome:
            title = _("Application, %(law)s: %(outcome)s") % (law | {"outcome": row.get_outcome_display()})
            at = moment_of_day(row.decided_on, at)
        else:
            title, text = _("An application is decided later"), row.suspended_because
        yield Entry(
            at=at, kind=Kind.PLAN, title=title, text=text, by=names(row), people=whose(row.resident_id),
            href=reverse("signals:wmo_terms", args=[household.number]),
        )  # fmt: skip


def of_schemes(household: Household) -> Iterator[Entry]:
    for row in steps_of(SchemeCheck, "state", household=household).select_related("changed_by"):
        yield Entry(
            at=moment_of_day(row.since, row.changed_at), kind=Kind.PLAN, text=row.name, by=str(row.changed_by),
            title=_("Scheme: %(state)s") % {"state": row.get_state_display()}, also=row.remark,
            href=reverse("plans:schemes", args=[household.number]),
        )  # fmt: skip


def of_money(household: Household, reader: Professional) -> Iterator[Entry]:
    """Of who reads about the money."""
    lines = BudgetLine.objects.visible_to(reader).filter(household=household)
    rows = steps_of(BudgetLine, "status", pk__in=lines)
    names = who_did(rows)
    for row in rows:
        at = {
            BudgetStatus.PROPOSED: row.proposed_at,
            BudgetStatus.AGREED: row.decided_at,
            BudgetStatus.GRANTED: row.seconded_at or row.decided_at,
            BudgetStatus.REFUSED: row.seconded_at or row.decided_at,
            BudgetStatus.PAID: row.paid_on and moment_of_day(row.paid_on, row.pgh_created_at),
            BudgetStatus.WITHDRAWN: row.pgh_created_at,
        }[row.status]
        yield Entry(
            at=at, kind=Kind.PLAN, title=_("Money: %(state)s") % {"state": row.get_status_display()}, by=names(row),
            text=f"{in_euros(row.amount)}: {row.purpose}", href=reverse("plans:budget", args=[household.number, row.pgh_obj_id]),
            also=" ".join([row.motivation, row.reason, row.second_reason, row.withdrawn_because]),
        )  # fmt: skip


def address_of(household: Household, goal: Goal) -> str:
    return reverse("plans:goal", args=[household.number, goal.pk])


def about(goal: Goal) -> frozenset[int]:
    return frozenset(resident.pk for resident in goal.about.all())


# ---- the history in the database


def steps_of(model: Any, *names: str, beside: str = "", **rows: Any) -> Any:
    """Each moment at which one of these columns of a row got something else, from the history that the database keeps. What
    stood there before, and in the column `beside` them, is its `was_...`; of the first of a row that is None."""
    before: dict[str, Any] = {"partition_by": ["pgh_obj_id"], "order_by": ["pk"]}
    was = {f"was_{name}": Window(Lag(name), **before) for name in (*names, beside) if name}
    changed = (Q(**{f"was_{name}": None}) | ~Q(**{f"was_{name}": F(name)}) for name in names)
    history = model.pgh_event_model.objects.filter(**{f"pgh_obj__{name}": wanted for name, wanted in rows.items()})
    return history.select_related("pgh_context").annotate(**was).filter(reduce(or_, changed))


def who_did(rows: Iterable[Any]) -> Callable[[Any], str]:
    """A function that names who made a change, when a person did. One query for all of them."""
    keys = {row.pk: row.pgh_context.metadata.get("user") for row in rows if row.pgh_context}
    people = Professional.objects.in_bulk({key for key in keys.values() if key})
    return lambda row: str(people.get(keys.get(row.pk), ""))
