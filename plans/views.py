"""The plan on the household's page. Each card is a page of its own without JavaScript, and a fragment with htmx."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.fragments import done, show
from households import access
from households.domains import LifeDomain
from households.models import Household
from partners.requests import TeamRequest
from plans import actions, workflow
from plans.forms import ActionForm, GoalForm, LightForm
from plans.models import Action, Goal, SupportPlan
from plans.pdf import kitchen_table

GOALS = Goal.objects.select_related("plan__household__coordinator")
ACTIONS = Action.objects.with_owner().select_related("goal__plan__household__coordinator")


@require_GET
def plan(request: TeamRequest, number: str) -> HttpResponse:
    household = access.load_household(request, number, event="household")
    return show(request, "plans/plan.html", {"household": household, "plan": open_plan(household)})


@require_POST
def make(request: TeamRequest, number: str) -> HttpResponse:
    """Start the one plan. One question with one action becomes it, with all that stands there; a plan that is there already
    is shown."""
    household = access.work_on_household(request, number, event="household")
    try:
        actions.make_plan(household=household, by=request.user)
    except actions.AlreadyAPlan as found:
        if found.plan.light:
            actions.make_full(plan=found.plan, by=request.user)
        else:
            messages.warning(request, _("This household has a plan already. Here it is."))
    context = {"household": household, "plan": open_plan(household)}
    return done(request, "plans/plan.html", context, back_to=f"{home(household)}#plan")


@require_http_methods(["GET", "POST"])
def light(request: TeamRequest, number: str) -> HttpResponse:
    """One question with one action, and no plan."""
    household = access.work_on_household(request, number, event="household")
    form = LightForm(request.POST or None, household=household)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("question", "domain", "what", "due_on")}
        try:
            with transaction.atomic():
                actions.ask_light(household=household, owner=form.chosen_owner(), by=request.user, **facts)
            messages.success(request, _("Saved."))
        except actions.AlreadyAPlan:
            messages.warning(request, _("This household has a plan already. Here it is."))
        return redirect(f"{home(household)}#plan")
    context = {"household": household, "form": form}
    return render(request, "plans/light.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def add_goal(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="household")
    the_plan = open_plan(household)
    if the_plan is None or the_plan.light:
        return redirect(f"{home(household)}#plan")
    form = GoalForm(request.POST or None, household=household, initial=from_talk(request, household))
    if request.method == "POST" and form.is_valid():
        actions.add_goal(plan=the_plan, by=request.user, **form.cleaned_data)
        context = {"household": household, "plan": open_plan(household)}
        return done(request, "plans/plan.html", context, back_to=f"{home(household)}#plan")
    return show(
        request,
        "plans/plan.html",
        {"household": household, "plan": the_plan, "goal_form": form},
        status=422 if form.errors else 200,
    )


@require_GET
def goal(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    goal = access.load(request, GOALS, pk=pk, plan__household__number=number, event="goal")
    return show(request, "plans/goal.html", card(goal))


@require_http_methods(["GET", "POST"])
def change_goal(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    goal = access.load(request, GOALS, rule="changeable_by", pk=pk, plan__household__number=number, event="goal")
    form = GoalForm(request.POST or None, household=goal.household, instance=goal, auto_id=f"doel-{goal.pk}-%s")
    if request.method == "POST" and form.is_valid():
        actions.change_goal(goal=goal, by=request.user, **form.cleaned_data)
        return done(request, "plans/goal.html", card(goal), back_to=place(goal))
    return show(request, "plans/goal.html", card(goal) | {"goal_form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def add_action(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    goal = access.load(request, GOALS, rule="changeable_by", pk=pk, plan__household__number=number, event="goal")
    form = ActionForm(request.POST or None, household=goal.household, auto_id=f"actie-{goal.pk}-%s")
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.add_action(goal=goal, owner=form.chosen_owner(), by=request.user, **written(form))
        return done(request, "plans/goal.html", card(goal), back_to=place(goal))
    return show(request, "plans/goal.html", card(goal) | {"action_form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_action(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    action = access.load(
        request, ACTIONS, rule="changeable_by", pk=pk, goal__plan__household__number=number, event="goal"
    )
    form = ActionForm(
        request.POST or None, household=action.household, action=action, auto_id=f"actie-{action.goal_id}-%s"
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.change_action(action=action, owner=form.chosen_owner(), by=request.user, **written(form))
        return done(request, "plans/goal.html", card(action.goal), back_to=place(action.goal))
    context = card(action.goal) | {"action_form": form, "changing": action}
    return show(request, "plans/goal.html", context, status=422 if form.errors else 200)


@require_POST
def move_action(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """One step further: accepted, done, dropped, or back."""
    action = access.load(
        request, ACTIONS, rule="changeable_by", pk=pk, goal__plan__household__number=number, event="goal"
    )
    try:
        actions.move_action(action=action, to=Action.Status(request.POST.get("to", "")), by=request.user)
    except (workflow.NotAllowed, ValueError):
        messages.warning(request, _("This action has changed in the meantime."))
    return done(request, "plans/goal.html", card(action.goal), back_to=place(action.goal))


@require_GET
def pdf(request: TeamRequest, number: str) -> HttpResponse:
    """The plan for the kitchen table."""
    household = access.load_household(request, number, action=access.Action.PRINT, event="print plan")
    the_plan = open_plan(household)
    if the_plan is None or the_plan.light:
        messages.warning(request, _("There is no plan yet. Make the plan first."))
        return redirect(f"{home(household)}#plan")
    response = HttpResponse(kitchen_table(the_plan), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="plan-{household.number}.pdf"'
    return response


# ---- what the views share


def open_plan(household: Household) -> SupportPlan | None:
    return SupportPlan.objects.filter(household=household).open().in_full().first()


def from_talk(request: TeamRequest, household: Household) -> dict:
    """What was said about a life domain in the talk that somebody comes from, so that a goal begins with those words."""
    key, domain = request.GET.get("gesprek", ""), request.GET.get("domein", "")
    if not (key.isascii() and key.isdigit() and len(key) < 10 and domain in LifeDomain.values):
        return {}
    talk = household.conversations.in_full().filter(pk=key).first()
    rows = talk.rows() if talk else {}
    words = {end: rows[f"{domain}-{end}"][0].value.strip() for end in ("wish", "says") if f"{domain}-{end}" in rows}
    return {"domain": domain, "title": words.get("wish", ""), "why": words.get("says", "")}


def card(goal: Goal) -> dict:
    """What the card of a goal shows, read anew."""
    return {"household": goal.household, "goal": Goal.objects.in_full().get(pk=goal.pk), "open": True}


def written(form: ActionForm) -> dict:
    return {name: form.cleaned_data[name] for name in ("what", "due_on", "rhythm", "practical")}


def home(household: Household) -> str:
    return reverse("desk:household", args=[household.number])


def place(goal: Goal) -> str:
    return f"{home(goal.household)}#doel-{goal.pk}"
