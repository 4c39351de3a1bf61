"""Agreements about safety: for the coordinator, and for whom they were shown to. Nothing of it stands anywhere else."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.forms import key_in
from households import access
from households import actions as household_actions
from households.models import HouseholdMember
from partners.requests import TeamRequest
from plans import actions
from plans.forms.safety import SafetyPlanForm, ShowForm
from plans.models import SafetyGrant, SafetyPlan, SafetyReader

PLANS = SafetyPlan.objects.in_full().select_related("household__coordinator", "household__team")


@require_GET
def safety(request: TeamRequest, number: str) -> HttpResponse:
    """All of a household: those that stand, then those of before."""
    household = access.work_on_household(request, number, event="safety plan")
    found = list(SafetyPlan.objects.filter(household=household).in_full().prefetch_related("readers", "grants"))
    context = {
        "household": household,
        "standing": [one for one in found if one.ended_at is None],
        "ended": [one for one in found if one.ended_at],
    }
    return render(request, "plans/safety/all.html", context)


@require_http_methods(["GET", "POST"])
def write_safety(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="safety plan")
    form = SafetyPlanForm(request.POST or None, household=household)
    if request.method == "POST" and form.is_valid():
        plan = actions.write_safety_plan(household=household, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. Only you read it, until you show it to somebody."))
        return redirect("plans:safety_plan", number, plan.pk)
    context = {"household": household, "form": form}
    return render(request, "plans/safety/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_safety(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    plan = work_on(request, number, pk)
    form = SafetyPlanForm(request.POST or None, household=plan.household, instance=plan)
    if request.method == "POST" and form.is_valid():
        actions.change_safety_plan(safety_plan=plan, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("plans:safety_plan", number, pk)
    context = {"household": plan.household, "form": form, "changing": plan}
    return render(request, "plans/safety/form.html", context, status=422 if form.errors else 200)


@require_GET
def safety_plan(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """One, with who may read it."""
    plan = access.load(request, PLANS, pk=pk, household__number=number, event="safety plan")
    return page(request, plan)


@require_POST
def show_safety(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """To one person more."""
    plan = work_on(request, number, pk)
    form = ShowForm(request.POST, safety_plan=plan)
    if not form.is_valid():
        return page(request, plan, form=form)
    try:
        if isinstance(form.chosen, HouseholdMember):
            actions.show_to_resident(safety_plan=plan, member=form.chosen, by=request.user)
        else:
            actions.show_safety_plan(
                safety_plan=plan,
                participant=form.chosen,
                override=form.cleaned_data.get("without_consent"),
                by=request.user,
            )
    except household_actions.NoConsent:
        form.add_error("who", _("There is no consent for this yet. Write down first who agreed."))
        return page(request, plan, form=form)
    messages.success(request, _("Saved."))
    return redirect("plans:safety_plan", number, pk)


@require_POST
def hide_safety(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """One person fewer."""
    plan = work_on(request, number, pk)
    kind, _dash, key = request.POST.get("who", "").partition("-")
    rows = plan.readers if kind == "member" else plan.grants
    shown: SafetyReader | SafetyGrant = get_object_or_404(rows.filter(ended_at=None), pk=key_in(key))
    actions.hide_safety_plan(shown=shown, household=plan.household, by=request.user)
    messages.success(request, _("This person does not read it any more."))
    return redirect("plans:safety_plan", number, pk)


@require_POST
def end_safety(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    plan = work_on(request, number, pk)
    actions.end_safety_plan(safety_plan=plan, by=request.user)
    messages.success(request, _("Ended. Nobody but you reads it any more."))
    return redirect("plans:safety", number)


# ---- what the views share


def work_on(request: TeamRequest, number: str, pk: int) -> SafetyPlan:
    return access.load(
        request, PLANS.standing(), rule="changeable_by", pk=pk, household__number=number, event="safety plan"
    )


def page(request: TeamRequest, plan: SafetyPlan, *, form: ShowForm | None = None) -> HttpResponse:
    context = {
        "household": plan.household,
        "safety_plan": plan,
        "readers": plan.readers.filter(ended_at=None).select_related("member__resident"),
        "grants": plan.grants.open().in_full(),
        "form": form or ShowForm(safety_plan=plan),
    }
    return render(request, "plans/safety/plan.html", context, status=422 if form else 200)
