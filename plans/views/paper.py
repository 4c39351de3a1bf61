"""What was written on the printed plan, back in the plan; and the signed paper itself."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.scans import NotTaken
from config.uploads import takes_files
from households import access
from households import actions as household_actions
from households.models import Household, Note
from partners.models import Professional
from partners.requests import TeamRequest
from plans import actions, workflow
from plans.forms.paper import FromPaperForm, ScanForm
from plans.models import Action, Scan, SupportPlan
from plans.views.shared import NOT_TAKEN, fetched, home
from plans.whole import open_plan


@require_http_methods(["GET", "POST"])
def from_paper(request: TeamRequest, number: str) -> HttpResponse:
    """The plan as it stands on paper, to type over what was written on it."""
    household = access.work_on_household(request, number, event="from paper")
    plan = plan_or_404(household)
    form = FromPaperForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                write(form, household, by=request.user)
        except workflow.NotAllowed:
            form.add_error(None, _("An action changed in the meantime. Look at it first."))
        except actions.ClashesOpen:
            form.add_error(None, _("Something in the plan does not fit together. First that, then agreeing."))
        except actions.NewerVersion:
            form.add_error(None, _("There is a newer version of the plan. Ask for that one."))
        else:
            messages.success(request, _("What was written on the paper stands in the plan now."))
            return redirect(f"{home(household)}#plan")
    return page(request, household, plan, form, status=422 if form.errors else 200)


@takes_files
@require_POST
def keep_scan(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="from paper")
    plan = plan_or_404(household)
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.keep_scan(plan=plan, file=form.cleaned_data["file"].read(), by=request.user)
            messages.success(request, _("The paper is kept."))
            return redirect("plans:from_paper", number)
        except NotTaken:
            form.add_error("file", NOT_TAKEN)
    return page(request, household, plan, FromPaperForm(plan=plan), scan_form=form, status=422)


@require_GET
def scan(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    found = access.load(request, scans_of(number), action=access.Action.EXPORT, event="fetch scan", pk=pk)
    return fetched(found, f"getekend-{number}-{found.pk}")


@require_POST
def remove_scan(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    found = access.load(request, scans_of(number), rule="changeable_by", event="from paper", pk=pk)
    actions.remove_scan(scan=found, by=request.user)
    messages.success(request, _("The paper is taken away."))
    return redirect("plans:from_paper", number)


# ---- what the views share


def scans_of(number: str):
    return Scan.objects.select_related("plan__household").filter(plan__household__number=number)


def plan_or_404(household: Household) -> SupportPlan:
    plan = open_plan(household)
    if plan is None or plan.light:
        raise Http404
    return plan


def page(
    request: TeamRequest,
    household: Household,
    plan: SupportPlan,
    form: FromPaperForm,
    *,
    scan_form: ScanForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "household": household,
        "plan": plan,
        "form": form,
        "goals": form.reach(),
        "groups": list(form.doing()),
        "scan_form": scan_form or ScanForm(),
        "scans": plan.scans.defer("file").select_related("kept_by"),
        "back": reverse("desk:household", args=[household.number]),
    }
    return render(request, "plans/from_paper.html", context, status=status)


def write(form: FromPaperForm, household: Household, *, by: Professional) -> None:
    """Only what was typed anew, each by its own verb. Signed was the plan as it stood on the paper, so that comes first."""
    for signature, said in form.signed():
        actions.sign(signature=signature, by=by, **said)
    words = {"request_in_own_words": form.typed("request"), "strengths": form.typed("strengths")}
    typed: dict[str, Any] = {name: text for name, text in words.items() if text is not None}
    if typed:
        household_actions.change_household(household=household, by=by, **typed)
    for goal in form.goals:
        if (title := form.typed(f"goal-{goal.pk}")) is not None:
            actions.change_goal(goal=goal, title=title, by=by)
    for action in form.actions:
        what, when = form.typed(f"what-{action.pk}"), form.typed(f"when-{action.pk}")
        if what is not None or when is not None:
            actions.reword_action(action=action, what=what, rhythm=when, by=by)
        if form.cleaned_data.get(f"done-{action.pk}"):
            actions.move_action(action=action, to=Action.Status.DONE, by=by)
    if form.cleaned_data["remark"]:
        household_actions.write_note(
            household=household,
            kind=Note.Kind.SAID,
            occasion=Note.Occasion.TALK,
            happened_on=timezone.localdate(),
            text=form.cleaned_data["remark"],
            said_by=form.cleaned_data["written_by"],
            by=by,
        )
