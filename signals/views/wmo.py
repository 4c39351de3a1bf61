"""What the law asks of a household's reports and applications, and before which day. Nothing of it begins by itself."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from households import access
from households.models import Household
from partners.requests import TeamRequest
from plans import actions as plan_actions
from plans.forms.application import ApplicationForm, DecisionForm, LawForm
from plans.models import Application
from signals import actions
from signals.forms import CounterForm, PersonalPlanForm
from signals.models import WmoNotification


@require_http_methods(["GET", "POST"])
def wmo_terms(request: TeamRequest, number: str) -> HttpResponse:
    """All of it, newest first. By POST: somebody who came or called asks for support, and the clocks start."""
    if request.method == "GET":
        return page(request, access.load_household(request, number, event="wmo terms"))
    household = access.work_on_household(request, number, event="wmo terms")
    form = CounterForm(request.POST, household=household)
    if not form.is_valid():
        return page(request, household, counter_form=form)
    facts = {name: form.cleaned_data[name] for name in ("resident", "notified_on")}
    actions.start_wmo_of(household=household, by=request.user, **facts)
    messages.success(request, _("Written down."))
    return redirect("signals:wmo_terms", number)


@require_POST
def wmo_term_step(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """One thing that the Wmo asks was done today."""
    household = access.work_on_household(request, number, event="wmo terms")
    notification = of(household, pk)
    if step := notification.to_do(request.POST.get("step", "")):
        today = timezone.localdate()
        actions.do_wmo_step(notification=notification, step=step.name, done_on=today, by=request.user)
        messages.success(request, _("Written down."))
    return redirect("signals:wmo_terms", number)


@require_POST
def offer_personal_plan(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """They heard that they can hand in a plan of their own."""
    household = access.work_on_household(request, number, event="wmo terms")
    notification = of(household, pk)
    form = PersonalPlanForm(request.POST, notification=notification, by=request.user)
    if not form.is_valid():
        return page(request, household, plan_form=form)
    try:
        with transaction.atomic():
            actions.offer_personal_plan(
                notification=notification, household=household, by=request.user, **form.cleaned_data
            )
    except plan_actions.OfferedAlready:
        messages.warning(request, _("This was offered already, and waits for what they say."))
        return redirect("signals:wmo_terms", number)
    messages.success(request, _("Written down."))
    return redirect("plans:own_plans", number)


@require_POST
def apply_for_help(request: TeamRequest, number: str) -> HttpResponse:
    """An application that came in apart from the plan."""
    household = access.work_on_household(request, number, event="wmo terms")
    form = ApplicationForm(request.POST, household=household)
    if form.is_valid():
        try:
            with transaction.atomic():
                plan_actions.apply_for_help(household=household, by=request.user, **form.cleaned_data)
            messages.success(request, _("Written down."))
            return redirect("signals:wmo_terms", number)
        except plan_actions.AskedAlready:
            form.add_error("resident", _("An application of this person waits for a decision already."))
    return page(request, household, application_form=form)


@require_POST
def decide_application(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """What became of it, or that it is decided later."""
    application = work_on(request, number, pk)
    form = DecisionForm(request.POST, application=application)
    if not form.is_valid():
        return page(request, application.household, decision_form=form)
    said = form.cleaned_data
    try:
        with transaction.atomic():
            if form.is_later:
                facts = {"until": said["day"], "because": said["because"]}
                plan_actions.suspend_application(application=application, by=request.user, **facts)
            else:
                facts = {"outcome": Application.Outcome(said["outcome"]), "decided_on": said["day"]}
                plan_actions.decide_application(application=application, by=request.user, **facts)
        messages.success(request, _("Written down."))
    except plan_actions.DecidedAlready:
        messages.warning(request, _("This has changed in the meantime."))
    return redirect("signals:wmo_terms", number)


@require_POST
def correct_law(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """It is an application under another law than was written down."""
    application = work_on(request, number, pk)
    form = LawForm(request.POST, application=application)
    if form.is_valid():
        try:
            with transaction.atomic():
                plan_actions.correct_law(application=application, law=form.chosen, by=request.user)
            messages.success(request, _("Written down."))
            return redirect("signals:wmo_terms", number)
        except plan_actions.AskedAlready:
            form.add_error("law", _("An application of this person waits for a decision already."))
    return page(request, application.household, law_form=form)


# ---- what the views share


def work_on(request: TeamRequest, number: str, pk: int) -> Application:
    applications = Application.objects.in_full().filter(household__number=number)
    return access.load(request, applications, rule="changeable_by", pk=pk, event="wmo terms")


def of(household: Household, pk: int) -> WmoNotification:
    """Raises Http404."""
    found = WmoNotification.objects.of(household).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def page(
    request: TeamRequest,
    household: Household,
    *,
    plan_form: PersonalPlanForm | None = None,
    decision_form: DecisionForm | None = None,
    law_form: LawForm | None = None,
    **forms: Any,
) -> HttpResponse:
    """With the form that was not right in the place of the empty one."""
    works = request.user.pk in household.worked_on_by
    context = {
        "household": household,
        "works": works,
        "reports": [
            (
                one,
                plan_form
                if plan_form and plan_form.notification.pk == one.pk
                else PersonalPlanForm(notification=one, by=request.user),
            )
            for one in WmoNotification.objects.of(household)
        ],
        "applications": [
            (
                one,
                decision_form
                if decision_form and decision_form.application.pk == one.pk
                else DecisionForm(application=one),
                law_form if law_form and law_form.application.pk == one.pk else LawForm(application=one),
            )
            for one in household.applications.in_full()
        ],
        "counter_form": CounterForm(household=household),
        "application_form": ApplicationForm(household=household),
    }
    wrong = plan_form or decision_form or law_form or forms
    return render(request, "signals/wmo_terms.html", context | forms, status=422 if wrong else 200)
