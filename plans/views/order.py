"""The page on which goals and actions are put in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from config.forms import key_in
from config.fragments import wants_card
from households import access
from households.models import Household
from partners.requests import TeamRequest
from plans import actions
from plans.models import Action, Goal
from plans.views.action import ACTIONS
from plans.views.shared import GOALS, home
from plans.whole import open_plan

END = ""


@dataclass(frozen=True)
class Row:
    """One goal or action, and what it comes in front of when it goes one place up or down; itself where it can not."""

    one: Any
    up: str
    down: str


@require_GET
def order(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="household")
    plan = open_plan(household)
    if plan is None or plan.light:
        return redirect(f"{home(household)}#plan")
    return render(request, "plans/order.html", in_order(household))


@require_POST
def order_goal(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    goal = access.load(request, GOALS, rule="changeable_by", pk=pk, plan__household__number=number, event="goal")
    goals = goal.plan.goals.all()
    actions.order_goal(goal=goal, before=chosen(goals, request.POST.get("before", END)), by=request.user)
    ranks = {one.pk: one.rank for one in goals.all()}
    said = _("Goal %(rank)s of %(total)s now.") % {"rank": ranks[goal.pk], "total": len(ranks)}
    return placed(request, goal.household, said, f"doel-{goal.pk}")


@require_POST
def order_action(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    action = access.load(
        request, ACTIONS, rule="changeable_by", pk=pk, goal__plan__household__number=number, event="goal"
    )
    plan = action.goal.plan
    goal = chosen(plan.goals.all(), request.POST.get("goal", END)) or action.goal
    of_plan = Action.objects.filter(goal__plan=plan).select_related("goal")
    before = chosen(of_plan, request.POST.get("before", END))
    actions.order_action(action=action, goal=goal, before=before, by=request.user)
    rows = list(goal.actions.all())
    words = {"rank": rows.index(action) + 1, "total": len(rows), "goal": goal.rank}
    said = _("Action %(rank)s of %(total)s under goal %(goal)s now.") % words
    if action.clashes.open().exists():
        messages.warning(request, _("This does not fit with something else in the plan. Look at it before you go on."))
    return placed(request, action.household, said, f"actie-{action.pk}")


def chosen(rows: QuerySet, key: str) -> Any:
    """The row with this key; None for the end. Raises Http404 for anything else."""
    if key == END:
        return None
    found = rows.filter(pk=key_in(key)).first()
    if found is None:
        raise Http404
    return found


def in_order(household: Household) -> dict[str, Any]:
    """The whole plan as rows: what is of one kind changes places."""
    plan = open_plan(household)
    goals = list(plan.goals.all()) if plan else []
    return {
        "household": household,
        "rows": [(row, rows_of_kinds(row.one.actions.all())) for row in rows_of(goals)],
        "goals": goals,
    }


def rows_of_kinds(of_goal: Sequence[Action]) -> list[Row]:
    return [row for _kind, kin in groupby(of_goal, key=lambda one: one.kind) for row in rows_of(list(kin))]


def rows_of(kin: Sequence[Goal] | Sequence[Action]) -> list[Row]:
    keys = [str(one.pk) for one in kin]
    last = len(kin) - 1
    return [
        Row(
            one,
            up=keys[max(place - 1, 0)],
            down=keys[place] if place == last else (keys[place + 2] if place + 2 <= last else END),
        )
        for place, one in enumerate(kin)
    ]


def placed(request: TeamRequest, household: Household, said: str, moved: str) -> HttpResponse:
    """The whole order anew, and in words where this one stands now."""
    if wants_card(request):
        context = in_order(household) | {"said": said, "unfold": request.POST.get("unfold")}
        return render(request, "plans/order.html#card", context)
    messages.success(request, said)
    return redirect(f"{reverse('plans:order', args=[household.number])}#{moved}")
