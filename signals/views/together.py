"""Several signals about one case, one signal about two families, and a link that was wrong."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from config.forms import SearchForm
from households import access
from partners.requests import TeamRequest
from signals import actions, workflow
from signals.forms import DetachForm, PartForm
from signals.models import Signal
from signals.views.signal import SIGNALS
from signals.workflow import Status


@require_POST
def merge(request: TeamRequest, number: str) -> HttpResponse:
    """The team says that both are about the same case."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    wanted = SearchForm.words(request.POST, "other").strip()
    if not access.reach(request.user, Signal.objects).filter(number=wanted).exists():
        messages.warning(request, _("There is no signal with this number in your team."))
        return redirect("signals:signal", number=number)
    other = access.load(request, SIGNALS, rule="changeable_by", number=wanted, event="read signal")
    try:
        actions.merge(signal=signal, other=other, by=request.user)
        messages.success(
            request, _("One case from now on. What you do, you do for all of them; each reporter keeps the own answer.")
        )
    except actions.NotTogether:
        messages.warning(
            request, _("These two can not be one case: one is put away, or they belong to different households.")
        )
    return redirect("signals:signal", number=number)


@require_POST
def separate(request: TeamRequest, number: str) -> HttpResponse:
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    try:
        actions.separate(signal=signal, by=request.user)
        messages.success(request, _("This signal goes on by itself."))
    except actions.NotTogether:
        messages.warning(request, _("This step is not possible now."))
    return redirect("signals:signal", number=number)


@require_http_methods(["GET", "POST"])
def split(request: TeamRequest, number: str) -> HttpResponse:
    """A part about another family: only what is taken over here goes with it."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    if signal.is_question or signal.status not in (Status.TAKEN_UP, Status.LINKED):
        messages.warning(
            request, _("This step is not possible now.") if signal.is_question else _("Take the signal up first.")
        )
        return redirect("signals:signal", number=number)
    form = PartForm(request.POST or None, signal=signal)
    if form.is_valid():
        try:
            part = actions.split(signal=signal, by=request.user, **form.cleaned_data)
        except workflow.NotAllowed:
            messages.warning(request, _("This step is not possible now."))
            return redirect("signals:signal", number=number)
        messages.success(request, _("This part goes on as signal %(number)s.") % {"number": part.number})
        return redirect("signals:signal", number=part.number)
    return render(request, "signals/split.html", {"signal": signal, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def detach(request: TeamRequest, number: str) -> HttpResponse:
    """The link to the household was wrong. Shows nothing of the signal: who made the link may not read it any more."""
    signal = access.load(request, SIGNALS, rule="detachable_by", number=number, event="detach signal")
    form = DetachForm(request.POST or None)
    if form.is_valid():
        try:
            actions.detach(signal=signal, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Taken off the household. Link it to the right one."))
        except workflow.NotAllowed:
            messages.warning(request, _("This signal has moved on in the meantime."))
        return redirect("signals:signal", number=number)
    return render(request, "signals/detach.html", {"signal": signal, "form": form}, status=422 if form.errors else 200)
