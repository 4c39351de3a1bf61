"""Telling the reporter something, and the consent that it may."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from households import access
from households import actions as household_actions
from partners.requests import TeamRequest
from signals import actions, workflow
from signals.forms import ConsentForm, FeedbackForm
from signals.sentences import consents, offered
from signals.views.signal import READ_FIRST, SIGNALS, close, page, seen
from signals.workflow import Status


@require_POST
def consent(request: TeamRequest, number: str) -> HttpResponse:
    """The residents agree that the reporter hears that there is contact."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    if signal.household is None:
        messages.warning(request, _("Link the signal to a household first."))
        return redirect("signals:signal", number=number)
    form = ConsentForm(request.POST, signal=signal)
    if not form.is_valid():
        return page(request, signal, consent_form=form)
    actions.record_feedback_consent(signal=signal, by=request.user, **form.cleaned_data)
    return redirect("signals:signal", number=number)


@require_POST
def withdraw(request: TeamRequest, number: str) -> HttpResponse:
    """A resident takes the consent back: from now on nothing about people is told."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    wanted = request.POST.get("consent", "")
    given = signal.consents.valid().filter(pk=wanted).first() if wanted.isdecimal() else None
    if given is not None:
        household_actions.withdraw_consent(consent=given, by=request.user)
        messages.success(
            request, _("Written down: %(name)s took the consent back.") % {"name": given.resident.full_name}
        )
    return redirect("signals:signal", number=number)


@require_POST
def feedback(request: TeamRequest, number: str) -> HttpResponse:
    """Tell the reporter a sentence; close the signal after it when asked."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    if signal.status in (Status.RECEIVED, Status.CLOSED):
        messages.warning(
            request, _("Take the signal up first.") if signal.status == Status.RECEIVED else _("This signal is closed.")
        )
        return redirect("signals:signal", number=number)
    form = FeedbackForm(request.POST, signal=signal, sentences=offered(signal, consents(signal)))
    if not form.is_valid():
        return page(request, signal, feedback_form=form)
    sentence = form.sentences[form.cleaned_data["sentence"]]
    try:
        actions.give_feedback(
            signal=signal, sentence=sentence, by=request.user, answers=form.answers(sentence), seen=seen(request)
        )
    except PermissionError:
        form.add_error("sentence", _("The consent for this sentence is no longer there. Choose another one."))
        return page(request, signal, feedback_form=form)
    except actions.ReporterWrote:
        form.add_error(None, READ_FIRST)
        return page(request, signal, feedback_form=form)
    except workflow.NotAllowed:
        messages.warning(request, _("This signal has moved on in the meantime."))
        return redirect("signals:signal", number=number)
    messages.success(request, _("Sent. The reporter gets a mail without names that a message waits."))
    if form.cleaned_data["and_close"]:
        return close(request, number)
    return redirect("signals:signal", number=number)
