"""What there is for a household and how far they are with it; and the list of schemes of a team, for who may write it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from households import access
from partners.permissions import Permission
from partners.requests import TeamRequest, needs
from plans import actions
from plans.forms.schemes import SchemeForm, SchemesForm
from plans.models import SchemeCheck, SupportPlan
from plans.schemes import by_state, checks_of, schemes_of
from plans.views.shared import line_of, own_team, place


@require_GET
def schemes(request: TeamRequest, number: str) -> HttpResponse:
    household = access.load_household(request, number, event="schemes")
    return page(request, household)


@require_POST
def check_schemes(request: TeamRequest, number: str) -> HttpResponse:
    """What was said in one walk through the list. Only what changed is written."""
    household = access.work_on_household(request, number, event="schemes")
    checks = checks_of(household)
    form = SchemesForm(request.POST, schemes=schemes_of(household.team), checks=checks)
    if form.is_valid():
        facts = {"said": form.said(), "on": form.cleaned_data["on"], "seen": form.cleaned_data["seen"]}
        try:
            with transaction.atomic():
                actions.check_schemes(household=household, by=request.user, **facts)
            messages.success(request, _("Saved."))
            return redirect("plans:schemes", number)
        except actions.WrittenMeanwhile as meanwhile:
            form.show_theirs(meanwhile)
    return page(request, household, form=form)


@require_POST
def plan_scheme(request: TeamRequest, number: str, key: str) -> HttpResponse:
    """What is possible becomes an action."""
    checks = SchemeCheck.objects.select_related("household")
    check = access.load(request, checks, rule="changeable_by", key=key, household__number=number, event="schemes")
    try:
        action = actions.plan_scheme(check=check, by=request.user)
    except actions.NoPlan:
        messages.warning(request, _("There is no plan yet. Begin one first."))
    except actions.NotToAsk:
        messages.warning(request, _("This has changed in the meantime."))
    else:
        messages.success(request, _("It stands in the plan, as yours. Change there who does it, and before which day."))
        return redirect(place(action.goal))
    return redirect("plans:schemes", number)


def page(request: TeamRequest, household, *, form: SchemesForm | None = None) -> HttpResponse:
    checks = form.checks if form else checks_of(household)
    context = {
        "household": household,
        "form": form or SchemesForm(schemes=schemes_of(household.team), checks=checks),
        "found": by_state(checks),
        "has_plan": SupportPlan.objects.filter(household=household, light=False).open().exists(),
        "may_write_list": request.user.can(Permission.WRITE_QUESTIONS),
    }
    return render(request, "plans/schemes.html", context, status=422 if form else 200)


# ---- the list of a team


@needs(Permission.WRITE_QUESTIONS)
@require_GET
def scheme_list(request: TeamRequest) -> HttpResponse:
    """Of the one team of who looks; somebody of several teams sees the first."""
    team = own_team(request)
    rows = schemes_of(team).values()
    access.record(action=access.Action.VIEW, event="scheme list", about=team, by=request.user)
    used, away = ([one for one in rows if one.in_use is kept] for kept in (True, False))
    return render(request, "plans/scheme_list.html", {"team": team, "used": used, "away": away})


@needs(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def write_scheme(request: TeamRequest, key: str = "") -> HttpResponse:
    """A new line, or another one anew."""
    team = own_team(request)
    scheme = line_of(schemes_of(team), key) if key else None
    form = SchemeForm(request.POST or None, scheme=scheme)
    if request.method == "POST" and form.is_valid():
        actions.write_scheme(team=team, key=key, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("schemes:schemes")
    return render(request, "plans/scheme.html", {"form": form, "scheme": scheme}, status=422 if form.errors else 200)


@needs(Permission.WRITE_QUESTIONS)
@require_POST
def put_scheme(request: TeamRequest, key: str) -> HttpResponse:
    """Put it away, or take it back."""
    scheme = line_of(schemes_of(own_team(request)), key)
    actions.put_scheme(scheme=scheme, in_use=request.POST.get("in_use") == "yes", by=request.user)
    messages.success(request, _("Saved."))
    return redirect("schemes:schemes")
