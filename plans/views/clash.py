"""What does not fit together in the plan: to look at side by side, to solve, or to keep with a reason."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from households import access
from partners.permissions import Permission
from partners.requests import TeamRequest
from plans import actions, workflow
from plans.forms.clash import RaiseForm, ReasonForm, SolvedForm
from plans.models import Action, ActionConflict
from plans.rules import Rule
from plans.whole import open_plan

CLASHES = ActionConflict.objects.in_full().select_related("plan__household__coordinator")


@require_GET
def clashes(request: TeamRequest, number: str) -> HttpResponse:
    """Those of the plan that runs; what is open first, then what became of the others."""
    household = access.load_household(request, number, event="clashes")
    found = list(CLASHES.filter(plan__household=household).of_running_plans().order_by("-found_at", "-pk"))
    context = {
        "household": household,
        "open": [one for one in found if one.is_open],
        "settled": [one for one in found if not one.is_open],
        "may_write_aims": request.user.can(Permission.WRITE_QUESTIONS),
    }
    return render(request, "plans/clashes.html", context)


@require_GET
def clash(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    found = access.load(request, CLASHES, pk=pk, plan__household__number=number, event="clash")
    return page(request, found, form=form_of(found)())


@require_http_methods(["GET", "POST"])
def raise_clash(request: TeamRequest, number: str) -> HttpResponse:
    """Somebody sees what no rule finds."""
    household = access.work_on_household(request, number, event="household")
    plan = open_plan(household)
    if plan is None:
        return redirect("desk:household", household.number)
    form = RaiseForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        clash = actions.raise_clash(plan=plan, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(place(clash))
    context = {"household": household, "form": form}
    return render(request, "plans/raise_clash.html", context, status=422 if form.errors else 200)


@require_POST
def settle(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """It stays, with a reason; or what somebody said is solved, and how."""
    found = work_on(request, number, pk)
    form = form_of(found)(request.POST)
    if not form.is_valid():
        return page(request, found, form=form)
    verb = actions.solve_clash if found.rule == Rule.BY_HAND else actions.motivate_clash
    try:
        verb(clash=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
    except actions.SettledAlready:
        messages.warning(request, _("This has changed in the meantime."))
    return redirect("plans:clashes", number)


@require_POST
def drop(request: TeamRequest, number: str, pk: int, side: int) -> HttpResponse:
    """One of the two is not done."""
    found = work_on(request, number, pk)
    try:
        actions.drop_side(clash=found, side=side_of(found, side), by=request.user)
        messages.success(request, _("Saved."))
    except (workflow.NotAllowed, actions.SettledAlready):
        messages.warning(request, _("This action has changed in the meantime."))
    return redirect("plans:clashes", number)


@require_POST
def first(request: TeamRequest, number: str, pk: int, side: int) -> HttpResponse:
    """This one first; the other one waits until it is done."""
    found = work_on(request, number, pk)
    chosen = side_of(found, side)
    others = [one for one in found.sides.all() if one != chosen]
    try:
        if len(others) != 1:
            raise actions.NotTogether
        actions.put_in_turn(clash=found, first=chosen, then=others[0], by=request.user)
        messages.success(request, _("Saved."))
    except (actions.NotTogether, actions.SettledAlready):
        messages.warning(request, _("These can not be put one after the other: they wait for each other already."))
    return redirect("plans:clashes", number)


# ---- what the views share


def work_on(request: TeamRequest, number: str, pk: int) -> ActionConflict:
    return access.load(request, CLASHES, rule="changeable_by", pk=pk, plan__household__number=number, event="clash")


def side_of(clash: ActionConflict, pk: int) -> Action:
    for side in clash.sides.all():
        if side.pk == pk:
            return side
    raise Http404


def form_of(clash: ActionConflict) -> type[ReasonForm | SolvedForm]:
    return SolvedForm if clash.rule == Rule.BY_HAND else ReasonForm


def page(request: TeamRequest, clash: ActionConflict, *, form: ReasonForm | SolvedForm) -> HttpResponse:
    context = {"household": clash.household, "clash": clash, "sides": list(clash.sides.all()), "form": form}
    return render(request, "plans/clash.html", context, status=422 if form.errors else 200)


def place(clash: ActionConflict) -> str:
    return reverse("plans:clash", args=[clash.household.number, clash.pk])
