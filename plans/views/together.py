"""How everybody works together: who does what, who waits for whom, and what was agreed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from households import access
from partners.requests import TeamRequest
from plans import actions
from plans.cooperation import cooperation
from plans.forms.agreement import AgreementForm
from plans.models import Agreement
from plans.views.shared import home
from plans.whole import open_plan

AGREEMENTS = Agreement.objects.standing().select_related("plan__household__coordinator")


@require_GET
def together(request: TeamRequest, number: str) -> HttpResponse:
    household = access.load_household(request, number, event="together")
    plan = open_plan(household)
    context = {"household": household, "plan": plan, "rows": cooperation(household, plan)}
    return render(request, "plans/together.html", context)


@require_http_methods(["GET", "POST"])
def agree_on(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="together")
    plan = open_plan(household)
    if plan is None or plan.light:
        messages.warning(request, _("There is no plan yet. Make the plan first."))
        return redirect(f"{home(household)}#plan")
    form = AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.agree_on(plan=plan, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("plans:together", number)
    context = {"household": household, "form": form}
    return render(request, "plans/agreement_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_agreement(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    found = work_on(request, number, pk)
    form = AgreementForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.change_agreement(agreement=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("plans:together", number)
    context = {"household": found.household, "form": form, "changing": found}
    return render(request, "plans/agreement_form.html", context, status=422 if form.errors else 200)


@require_POST
def end_agreement(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    found = work_on(request, number, pk)
    actions.end_agreement(agreement=found, by=request.user)
    messages.success(request, _("This agreement does not stand in the plan any more."))
    return redirect("plans:together", number)


def work_on(request: TeamRequest, number: str, pk: int) -> Agreement:
    return access.load(
        request, AGREEMENTS, rule="changeable_by", pk=pk, plan__household__number=number, event="together"
    )
