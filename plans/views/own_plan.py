"""A plan of their own: offered, chosen, made, and taken over in the plan."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.scans import NotTaken
from config.uploads import takes_files
from households import access
from households.models import Household
from partners.requests import TeamRequest
from plans import actions
from plans.forms.own_plan import NO_CHILDREN, ChoiceForm, HandInForm, OfferForm, TakeOverForm
from plans.models import OwnPlan, OwnPlanPaper
from plans.own_plan import Choice, may_follow
from plans.views.own_plan_card import waits_of
from plans.views.shared import NOT_TAKEN, fetched, home
from plans.whole import open_plan
from plans.workflow import NotAllowed

OWN_PLANS = OwnPlan.objects.in_full()


@require_http_methods(["GET", "POST"])
def own_plans(request: TeamRequest, number: str) -> HttpResponse:
    """Each time that one was offered. By POST: a family group plan is offered, or not, with the reason."""
    if request.method == "GET":
        household = access.load_household(request, number, event="own plans")
        return listed(request, household, OfferForm(household=household, by=request.user))
    household = access.work_on_household(request, number, event="own plans")
    form = OfferForm(request.POST, household=household, by=request.user)
    if not form.is_valid():
        return listed(request, household, form)
    said = form.cleaned_data
    try:
        with transaction.atomic():
            if said["offered"] == "yes":
                facts = {name: said[name] for name in ("offered_on", "told_by", "until")}
                actions.offer_own_plan(household=household, kind=OwnPlan.Kind.FAMILY, by=request.user, **facts)
            else:
                actions.do_not_offer(household=household, because=said["because"], by=request.user)
        messages.success(request, _("Written down."))
    except actions.OfferedAlready:
        messages.warning(request, _("This was offered already, and waits for what they say."))
    return redirect("plans:own_plans", number)


@require_http_methods(["GET", "POST"])
def own_plan(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """One of them. By POST: what they choose."""
    if request.method == "GET":
        return page(request, access.load(request, of(number), pk=pk, event="own plans"))
    found = work_on(request, number, pk)
    form = ChoiceForm(request.POST, own_plan=found)
    if not form.is_valid():
        return page(request, found, choice_form=form)
    said = form.cleaned_data | {"choice": Choice(form.cleaned_data["choice"])}
    try:
        with transaction.atomic():
            actions.choose_own_plan(own_plan=found, by=request.user, **said)
        messages.success(request, _("Written down."))
    except NotAllowed:
        messages.warning(request, _("This has changed in the meantime."))
    return redirect("plans:own_plan", number, pk)


@takes_files
@require_POST
def hand_in(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """What they made, in their words or as a file."""
    found = work_on(request, number, pk)
    form = HandInForm(request.POST, request.FILES, own_plan=found)
    if not form.is_valid():
        return page(request, found, hand_in_form=form)
    try:
        with transaction.atomic():
            actions.hand_in_own_plan(own_plan=found, by=request.user, **form.facts())
        messages.success(request, _("Their plan is kept."))
    except NotTaken:
        form.add_error("file", NOT_TAKEN)
        return page(request, found, hand_in_form=form)
    except NotAllowed:
        messages.warning(request, _("This has changed in the meantime."))
    return redirect("plans:own_plan", number, pk)


@require_POST
def take_over(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """Lines of their plan become goals."""
    found = work_on(request, number, pk)
    form = TakeOverForm(request.POST, own_plan=found)
    if not form.is_valid():
        return page(request, found, take_over_form=form)
    try:
        with transaction.atomic():
            actions.take_over_goals(own_plan=found, goals=form.goals(), by=request.user)
        messages.success(request, _("Their words stand in the plan now."))
        return redirect(f"{home(found.household)}#plan")
    except actions.NoPlan:
        messages.warning(request, _("There is no plan yet. Begin one first."))
    return redirect("plans:own_plan", number, pk)


@require_GET
def own_plan_paper(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    found = access.load(request, of(number), action=access.Action.EXPORT, event="fetch own plan", pk=pk)
    paper = OwnPlanPaper.objects.filter(own_plan=found).first()
    if paper is None:
        raise Http404
    return fetched(paper, f"eigen-plan-{number}-{pk}")


# ---- what the views share


def of(number: str) -> Any:
    return OWN_PLANS.filter(household__number=number)


def work_on(request: TeamRequest, number: str, pk: int) -> OwnPlan:
    return access.load(request, of(number), rule="changeable_by", pk=pk, event="own plans")


def listed(request: TeamRequest, household: Household, form: OfferForm) -> HttpResponse:
    rows = list(household.own_plans.in_full())
    waits = any(one.kind == OwnPlan.Kind.FAMILY and one.until for one in rows)
    context = {
        "household": household,
        "own_plans": rows,
        "waits": waits_of(household).get(),
        "no_children": "" if form.has_children else NO_CHILDREN,
        "form": form if form.has_children and not waits else None,
    }
    return render(request, "plans/own_plans.html", context, status=422 if form.errors else 200)


def page(request: TeamRequest, own_plan: OwnPlan, **forms: Any) -> HttpResponse:
    """With the form that was not right in the place of the empty one."""
    plan = open_plan(own_plan.household)
    context: dict[str, Any] = {
        "household": own_plan.household,
        "own_plan": own_plan,
        "goals": own_plan.goals.all(),
        "has_plan": plan is not None and not plan.light,
    }
    if may_follow(own_plan.choice, Choice.YES):
        context["choice_form"] = ChoiceForm(own_plan=own_plan)
    if may_follow(own_plan.choice, Choice.MADE):
        context["hand_in_form"] = HandInForm(own_plan=own_plan)
    if own_plan.choice == Choice.MADE:
        context["take_over_form"] = TakeOverForm(own_plan=own_plan)
    return render(request, "plans/own_plan.html", context | forms, status=422 if forms else 200)
