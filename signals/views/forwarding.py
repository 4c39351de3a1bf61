"""Passing a signal on to another organisation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from households import access
from partners.requests import TeamRequest
from signals import actions, workflow
from signals.forms import ForwardForm
from signals.views.signal import SIGNALS
from signals.workflow import FORWARDED_FROM


@require_http_methods(["GET", "POST"])
def forward(request: TeamRequest, number: str) -> HttpResponse:
    """To whom, and what? The reporter hears nothing before the other accepts it."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    if signal.is_question or signal.status not in FORWARDED_FROM or signal.forwards.open().exists():
        messages.warning(request, _("This step is not possible now."))
        return redirect("signals:signal", number=number)
    form = ForwardForm(request.POST or None, signal=signal)
    if form.is_valid():
        try:
            asked = actions.forward(signal=signal, by=request.user, **form.facts())
        except actions.NotAgreed:
            form.add_error(
                "what", _("Nobody agrees any more that people are named. Pass on the message without names.")
            )
        except (actions.AlreadyForwarded, workflow.NotAllowed):
            messages.warning(request, _("This signal has moved on in the meantime."))
            return redirect("signals:signal", number=number)
        else:
            messages.success(
                request,
                _("%(organisation)s gets a mail without names. Until they take it over it stays with you.")
                % {"organisation": asked.organisation},
            )
            return redirect("signals:signal", number=number)
    return render(request, "signals/forward.html", {"signal": signal, "form": form}, status=422 if form.errors else 200)


@require_POST
def take_back(request: TeamRequest, number: str) -> HttpResponse:
    """Ask the other organisation no longer."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    asked = signal.forwards.open().first()
    try:
        if asked is None:
            raise actions.NotAsked
        actions.take_back_forward(forward=asked, by=request.user)
        messages.success(request, _("Taken back. The other organisation can not read it any more."))
    except actions.NotAsked:
        messages.warning(request, _("This signal has moved on in the meantime."))
    return redirect("signals:signal", number=number)
