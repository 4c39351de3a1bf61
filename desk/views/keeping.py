"""Of one household: what stops that its file is destroyed, and who asked to destroy it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from config.workdays import months_after
from desk.forms.keeping import YES, AnswerForm, HoldForm, LiftForm, RequestForm
from households import access, actions
from households.models import Household
from partners.requests import TeamRequest

Form = forms.Form | None


@require_http_methods(["GET", "POST"])
def keeping(request: TeamRequest, number: str) -> HttpResponse:
    """Why the file stays, and what was asked. A POST puts it on hold."""
    household = load(request, number)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.place_hold(household=household, by=request.user, **form.cleaned_data)
        messages.success(request, _("Written down. Nobody can destroy this file now."))
        return redirect("desk:keeping", number=household.number)
    return page(request, household, hold_form=form)


@require_POST
def lift_hold(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    household = load(request, number)
    hold = get_object_or_404(household.holds, pk=pk)
    form = LiftForm(request.POST, prefix=f"vrij-{pk}")
    if not form.is_valid():
        return page(request, household, wrong={hold: form})
    once(request, lambda: actions.lift_hold(hold=hold, reason=form.cleaned_data["reason"], by=request.user))
    return redirect("desk:keeping", number=household.number)


@require_POST
def ask_erasure(request: TeamRequest, number: str) -> HttpResponse:
    household = load(request, number)
    form = RequestForm(request.POST, household=household)
    if not form.is_valid():
        return page(request, household, request_form=form)
    answer_by = months_after(form.cleaned_data["received_on"], 3)
    try:
        actions.register_erasure_request(household=household, by=request.user, answer_by=answer_by, **form.cleaned_data)
    except actions.AskedAlready:
        form.add_error("resident", _("This person asked it already, and waits for an answer."))
        return page(request, household, request_form=form)
    messages.success(request, _("Written down. Answer within three months."))
    return redirect("desk:keeping", number=household.number)


@require_POST
def answer_erasure(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    household = load(request, number)
    asked = get_object_or_404(household.erasure_requests, pk=pk)
    form = AnswerForm(request.POST, prefix=f"antwoord-{pk}")
    if not form.is_valid():
        return page(request, household, wrong={asked: form})
    facts = form.cleaned_data | {"granted": form.cleaned_data["granted"] == YES}
    once(request, lambda: actions.answer_erasure_request(asked=asked, by=request.user, **facts))
    return redirect("desk:keeping", number=household.number)


def load(request: TeamRequest, number: str) -> Household:
    """For its coordinator and who leads the team, open or closed."""
    return access.load_household(request, number, rule="handed_over_by", event="keeping")


def once(request: TeamRequest, deed: Callable[[], None]) -> None:
    try:
        deed()
    except actions.AnsweredAlready:
        messages.warning(request, _("This has changed in the meantime."))
    else:
        messages.success(request, _("Saved."))


def page(
    request: TeamRequest,
    household: Household,
    *,
    hold_form: Form = None,
    request_form: Form = None,
    wrong: dict[Model, forms.Form] | None = None,
) -> HttpResponse:
    """What was filled in and is not right stands in its own form (`wrong`); the others are empty."""
    wrong = wrong or {}
    context = {
        "household": household,
        "hold_form": hold_form or HoldForm(),
        "request_form": request_form or RequestForm(household=household, initial={"received_on": timezone.localdate()}),
        "holds": [(one, wrong.get(one) or LiftForm(prefix=f"vrij-{one.pk}")) for one in household.holds.in_full()],
        "asked": [
            (one, wrong.get(one) or AnswerForm(prefix=f"antwoord-{one.pk}"))
            for one in household.erasure_requests.in_full()
        ],
    }
    refused = wrong or any(form and form.errors for form in (hold_form, request_form))
    return render(request, "desk/keeping.html", context, status=422 if refused else 200)
