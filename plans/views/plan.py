"""The plan on the household's page, and on paper."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.fragments import done, show
from households import access
from partners.requests import TeamRequest
from plans import actions
from plans.forms.light import LightForm
from plans.views.shared import home
from plans.whole import open_plan


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
