"""Closing a household, opening it again, and asking in between how it goes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from config import printing
from desk.closing import close as close_household
from desk.closing import in_the_way, letter, open_actions
from desk.closing import reopen as reopen_household
from desk.forms.circle import ReasonForm
from desk.forms.closing import AftercareForm, ClosingForm
from households import access, actions
from partners.requests import TeamRequest


@require_http_methods(["GET", "POST"])
def close(request: TeamRequest, number: str) -> HttpResponse:
    """By its coordinator alone: first what is in the way, then what worked and who goes on with what."""
    household = access.load_household(request, number, rule="owned_by", event="closing")
    if not household.is_open:
        messages.warning(request, _("This household is closed already."))
        return redirect("desk:household", number=number)
    form = ClosingForm(request.POST or None, actions=open_actions(household))
    if request.method == "POST" and form.is_valid():
        try:
            close_household(household=household, endings=form.endings(), by=request.user, **form.words())
        except actions.NotNow:
            form.add_error(None, _("Something came in or changed just now, so it is not closed. Look again."))
        else:
            messages.success(request, _("Closed. On the day that you chose you ask how it goes."))
            return redirect("desk:household", number=number)
    context = {"household": household, "form": form, "in_the_way": in_the_way(household)}
    return render(request, "desk/close.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def aftercare(request: TeamRequest, number: str) -> HttpResponse:
    """How does it go, some time after closing? Well enough, and that is written down; or it is opened again."""
    household = access.load_household(request, number, rule="owned_by", event="closing")
    closing = household.closings.to_ask().in_full().first()
    if closing is None:
        return redirect("desk:household", number=number)
    if "again" in request.POST:  # what was written already goes along as the reason
        context = {"household": household, "form": ReasonForm(initial={"reason": request.POST.get("how_it_goes", "")})}
        return render(request, "desk/reopen.html", context)
    form = AftercareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_aftercare(closing=closing, by=request.user, **form.cleaned_data)
            messages.success(request, _("Written down. The household stays closed."))
        except actions.NotNow:
            messages.warning(request, _("This has changed in the meantime."))
        return redirect("desk:household", number=number)
    context = {"household": household, "closing": closing, "form": form}
    return render(request, "desk/aftercare.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def reopen(request: TeamRequest, number: str) -> HttpResponse:
    """With a reason, and with the plan as it was."""
    household = access.load_household(request, number, rule="owned_by", event="closing")
    if household.is_open:
        messages.warning(request, _("This household is open already."))
        return redirect("desk:household", number=number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_household(household=household, because=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Open again. Who took part must be invited again."))
        except actions.NotNow:
            messages.warning(request, _("This household is open already."))
        return redirect("desk:household", number=number)
    return render(
        request, "desk/reopen.html", {"household": household, "form": form}, status=422 if form.errors else 200
    )


@require_GET
def closing_letter(request: TeamRequest, number: str) -> HttpResponse:
    """For the household, on paper: what worked, what keeps it good, and whom they call."""
    household = access.load_household(
        request, number, rule="owned_by", action=access.Action.PRINT, event="print closing letter"
    )
    closing = household.closings.standing().first()
    if closing is None:
        return redirect("desk:household", number=number)
    return printing.answer(letter(household, closing), f"afsluiting-{household.number}")
