"""What the team writes down against a clock: that the household was told, why that waits, and what the Wmo asks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from households import access
from partners.requests import TeamRequest
from signals import actions
from signals.forms import PostponeForm, ToldForm, WmoForm
from signals.views.signal import SIGNALS, page


@require_POST
def told(request: TeamRequest, number: str) -> HttpResponse:
    """The household was told about this signal."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    form = ToldForm(request.POST, signal=signal, by=request.user)
    if not form.is_valid():
        return page(request, signal, told_form=form)
    try:
        actions.record_told(signal=signal, by=request.user, **form.cleaned_data)
        messages.success(request, _("Written down."))
    except actions.NoHousehold:
        messages.warning(request, _("Link the signal to a household first."))
    return redirect("signals:signal", number=number)


@require_POST
def postpone(request: TeamRequest, number: str) -> HttpResponse:
    """Telling would do harm now."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    form = PostponeForm(request.POST)
    if not form.is_valid():
        return page(request, signal, postpone_form=form)
    try:
        actions.postpone_telling(signal=signal, by=request.user, **form.cleaned_data)
        messages.success(request, _("Written down."))
    except actions.NoHousehold:
        messages.warning(request, _("Link the signal to a household first."))
    return redirect("signals:signal", number=number)


@require_POST
def wmo(request: TeamRequest, number: str) -> HttpResponse:
    """This is also a report for the Wmo: its clocks run from the day that is filled in."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    form = WmoForm(request.POST)
    if not form.is_valid():
        return page(request, signal, wmo_form=form)
    actions.start_wmo(signal=signal, notified_on=form.cleaned_data["notified_on"], by=request.user)
    messages.success(request, _("Written down."))
    return redirect("signals:signal", number=number)


@require_POST
def wmo_step(request: TeamRequest, number: str) -> HttpResponse:
    """One thing that the Wmo asks was done today."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    notification = getattr(signal, "wmo", None)
    step = notification.to_do(request.POST.get("step", "")) if notification else None
    if notification and step:
        actions.do_wmo_step(notification=notification, step=step.name, done_on=timezone.localdate(), by=request.user)
        messages.success(request, _("Written down."))
    return redirect("signals:signal", number=number)
