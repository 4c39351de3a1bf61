"""Telling the reporter something, and the consent that it may."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.forms import key_in
from households import access
from households import actions as household_actions
from partners.models import Professional
from partners.requests import TeamRequest
from signals import actions, workflow
from signals.forms import ConsentForm, FeedbackForm
from signals.models import Signal
from signals.sentences import grounds_of, offered
from signals.views.signal import READ_FIRST, SIGNALS, close, corrected, page, seen
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
    given = signal.consents.valid().filter(pk=key_in(request.POST.get("consent", ""))).first()
    if given is not None:
        household_actions.withdraw_consent(consent=given, by=request.user)
        messages.success(
            request, _("Written down: %(name)s took the consent back.") % {"name": given.resident.full_name}
        )
    return redirect("signals:signal", number=number)


@require_POST
def preview(request: TeamRequest, number: str) -> HttpResponse:
    """How the reporter will read it, before it is sent; for htmx while it is being filled in. Going back keeps what was
    typed."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    if refusal := not_now(request, signal):
        return refusal
    form = feedback_form(request, signal, sending=False)
    if request.htmx:
        return render(request, "signals/bubble.html", {"signal": signal, "text": words_of(form, request.user)})
    if "back" in request.POST:
        return page(request, signal, status=200, feedback_form=form)
    if not form.is_valid():
        return page(request, signal, feedback_form=form)
    return look(request, signal, form)


@require_POST
def feedback(request: TeamRequest, number: str) -> HttpResponse:
    """Tell the reporter a sentence; close the signal after it when asked."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    if refusal := not_now(request, signal):
        return refusal
    form = feedback_form(request, signal)
    if not form.is_valid():
        return look(request, signal, form) if form.only_unsure else page(request, signal, feedback_form=form)
    sentence = form.sentences[form.cleaned_data["sentence"]]
    try:
        actions.give_feedback(
            signal=signal,
            sentence=sentence,
            by=request.user,
            answers=form.answers(sentence),
            answer_by=form.cleaned_data["before"] if "before" in sentence.asks else None,
            corrects=corrected(request, signal),
            seen=seen(request),
        )
    except PermissionError:
        form.add_error("sentence", _("The consent for this sentence is no longer there. Choose another one."))
        return page(request, signal, feedback_form=form)
    except actions.ReporterWrote:
        form.add_error(None, READ_FIRST)
        return page(request, signal, feedback_form=form)
    except (workflow.NotAllowed, actions.CorrectedAlready):
        messages.warning(request, _("This signal has moved on in the meantime."))
        return redirect("signals:signal", number=number)
    messages.success(request, _("Sent. The reporter gets a mail without names that a message waits."))
    if form.cleaned_data["and_close"]:
        return close(request, number)
    return redirect("signals:signal", number=number)


# ---- what the views share


def not_now(request: TeamRequest, signal: Signal) -> HttpResponse | None:
    """Back to the signal when nobody took it up, it is closed, or what is being corrected was corrected by somebody else:
    a correction never goes out as a message of its own."""
    if signal.status == Status.RECEIVED:
        messages.warning(request, _("Take the signal up first."))
    elif signal.status == Status.CLOSED:
        messages.warning(request, _("This signal is closed."))
    elif request.POST.get("corrects") and corrected(request, signal) is None:
        messages.warning(request, _("This signal has moved on in the meantime."))
    else:
        return None
    return redirect("signals:signal", number=signal.number)


def feedback_form(request: TeamRequest, signal: Signal, *, sending: bool = True) -> FeedbackForm:
    choices = offered(signal, grounds_of(signal), correcting=corrected(request, signal) is not None)
    return FeedbackForm(request.POST, signal=signal, sentences=choices, sending=sending)


def look(request: TeamRequest, signal: Signal, form: FeedbackForm) -> HttpResponse:
    """The step before sending: the message as the reporter reads it, and what to look at twice."""
    context = {
        "signal": signal,
        "form": form,
        "text": words_of(form, request.user),
        "corrects": corrected(request, signal),
        "kept": [(name, value) for name, value in request.POST.items() if name in (*form.fields, "seen", "corrects")],
    }
    return render(request, "signals/preview.html", context, status=422 if form.errors else 200)


def words_of(form: FeedbackForm, by: Professional) -> str:
    sentence = form.chosen
    form.is_valid()
    return sentence.filled(form.signal, colleague=by.first_name, **form.as_far_as_it_goes(sentence)) if sentence else ""
