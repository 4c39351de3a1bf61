"""A goal on the household's page. Each card is a page of its own without JavaScript, and a fragment with htmx."""

from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from config.fragments import done, show
from households import access
from households.domains import LifeDomain
from households.models import Household
from partners.permissions import Permission
from partners.requests import TeamRequest
from plans import actions
from plans.examples import by_domain, examples_of
from plans.forms.examples import GoalFromExample
from plans.forms.goal import GoalForm
from plans.models import ExampleGoal
from plans.views.shared import GOALS, card, home, place
from plans.whole import open_plan


@require_http_methods(["GET", "POST"])
def add_goal(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="household")
    the_plan = open_plan(household)
    if the_plan is None or the_plan.light:
        return redirect(f"{home(household)}#plan")
    examples = examples_of(household.team)
    form = new_goal(request, household, examples.get(request.GET.get("voorbeeld", "")))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            goal = actions.add_goal(plan=the_plan, by=request.user, **without_seen(form))
            for facts in form.actions() if isinstance(form, GoalFromExample) else ():
                actions.add_action(goal=goal, by=request.user, **facts)
        fresh = {"household": household, "plan": open_plan(household)}
        return done(request, "plans/plan.html", fresh, back_to=f"{home(household)}#plan")
    context: dict[str, Any] = {
        "household": household,
        "plan": the_plan,
        "goal_form": form,
        "examples": by_domain(one for one in examples.values() if one.in_use),
        "asked": request.GET.urlencode(),
        "talk": urlencode({name: request.GET[name] for name in ("gesprek", "domein") if name in request.GET}),
        "may_write_examples": request.user.can(Permission.WRITE_QUESTIONS),
    }
    return show(request, "plans/plan.html", context, status=422 if form.errors else 200)


def new_goal(request: TeamRequest, household: Household, example: ExampleGoal | None) -> GoalForm:
    """Empty, with what was said in a talk, or with the words of an example. Nothing is saved before somebody saves it."""
    said = from_talk(request, household)
    if example:
        return GoalFromExample(request.POST or None, household=household, example=example, initial=said)
    return GoalForm(request.POST or None, household=household, initial=said)


@require_GET
def goal(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    goal = access.load(request, GOALS, pk=pk, plan__household__number=number, event="goal", often=True)
    return show(request, "plans/goal.html", card(goal))


@require_http_methods(["GET", "POST"])
def change_goal(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    goal = access.load(
        request, GOALS, rule="changeable_by", pk=pk, plan__household__number=number, event="goal", often=True
    )
    form = GoalForm(request.POST or None, household=goal.household, instance=goal, auto_id=f"doel-{goal.pk}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.change_goal(goal=goal, by=request.user, **form.cleaned_data)
            return done(request, "plans/goal.html", card(goal), back_to=place(goal))
        except actions.WrittenMeanwhile as meanwhile:
            form.show_theirs(meanwhile)
    return show(request, "plans/goal.html", card(goal) | {"goal_form": form}, status=422 if form.errors else 200)


def without_seen(form: GoalForm) -> dict[str, Any]:
    """Of a goal that is new nobody saw anything before."""
    return {name: value for name, value in form.cleaned_data.items() if name != "seen"}


def from_talk(request: TeamRequest, household: Household) -> dict:
    """What was said about a life domain in the talk that somebody comes from, so that a goal begins with those words."""
    key, domain = request.GET.get("gesprek", ""), request.GET.get("domein", "")
    if not (key.isascii() and key.isdigit() and len(key) < 10 and domain in LifeDomain.values):
        return {}
    talk = household.conversations.in_full().filter(pk=key).first()
    rows = talk.rows() if talk else {}
    words = {end: rows[f"{domain}-{end}"][0].value.strip() for end in ("wish", "says") if f"{domain}-{end}" in rows}
    return {"domain": domain, "title": words.get("wish", ""), "why": words.get("says", "")}
