"""Looking back on the plan, and what was said the other times."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from households import access
from households.models import Household, Resident
from partners.requests import TeamRequest
from plans import actions
from plans.forms.evaluation import EvaluationForm
from plans.models import Evaluation
from plans.views.shared import home
from plans.whole import open_plan


@require_GET
def evaluations(request: TeamRequest, number: str) -> HttpResponse:
    """Newest first, of all plans that this household had."""
    household = access.load_household(request, number, event="evaluations")
    found = Evaluation.objects.filter(plan__household=household).in_full()
    return render(
        request, "plans/evaluations.html", {"household": household, "evaluations": found, "plan": open_plan(household)}
    )


@require_http_methods(["GET", "POST"])
def evaluate(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="evaluations")
    plan = open_plan(household)
    if plan is None or not plan.goals.all():
        messages.warning(request, _("There is no goal yet to look back on."))
        return redirect(f"{home(household)}#plan")
    form = EvaluationForm(request.POST or None, plan=plan, residents=who_can_give_a_mark(household))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.evaluate(plan=plan, by=request.user, **form.facts())
            messages.success(request, _("Saved."))
            return redirect("plans:evaluations", number)
        except (actions.GoalsMissing, actions.NothingToLookBackOn):
            form.add_error(None, _("The goals of the plan have just changed. Copy your words, and begin again."))
    context = {"household": household, "plan": plan, "form": form}
    return render(request, "plans/evaluate.html", context, status=422 if form.errors else 200)


def who_can_give_a_mark(household: Household) -> list[Resident]:
    """Everybody who is old enough to read along."""
    members = household.members.select_related("resident")
    return [member.resident for member in members if member.resident.may_have_own_page]
