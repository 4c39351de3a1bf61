"""One signal, and the steps with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from households import access
from partners.models import Professional
from partners.requests import TeamRequest
from signals import actions, workflow
from signals.forms import ConsentForm, DeclineForm, FeedbackForm
from signals.models import Message, Signal
from signals.sentences import Sentence, consents, deciding_members, may_hear_about_people, offered

SIGNALS = Signal.objects.select_related("team", "organisation", "taken_up_by", "household__coordinator").with_answers()
READ_FIRST = gettext_lazy("The reporter wrote in the meantime. Read that first, then send again.")


@require_GET
def signal(request: TeamRequest, number: str) -> HttpResponse:
    return page(request, access.load(request, SIGNALS, number=number, event="read signal"))


@require_POST
def take_up(request: TeamRequest, number: str) -> HttpResponse:
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    try:
        actions.take_up(signal=signal, by=request.user)
    except actions.TakenUpBy as first:
        messages.warning(request, _("%(name)s was just before you and looks into it.") % {"name": first.colleague})
    except workflow.NotAllowed:
        messages.warning(request, _("This signal has moved on in the meantime."))
    return redirect("signals:signal", number=number)


@require_POST
def decline(request: TeamRequest, number: str) -> HttpResponse:
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return page(request, signal, decline_form=form)
    try:
        actions.decline(signal=signal, reason=form.cleaned_data["reason"], by=request.user, seen=seen(request))
        messages.success(request, _("The reporter has got a message with the reason."))
    except actions.ReporterWrote:
        messages.warning(request, READ_FIRST)
    except workflow.NotAllowed:
        messages.warning(request, _("This signal has moved on in the meantime."))
    return redirect("signals:signal", number=number)


@require_POST
def close(request: TeamRequest, number: str) -> HttpResponse:
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    try:
        actions.close(signal=signal, by=request.user, seen=seen(request))
        messages.success(request, _("Signal %(number)s is closed.") % {"number": signal.number})
    except actions.ReporterWrote:
        messages.warning(request, READ_FIRST)
    except actions.NoAnswerYet:
        messages.warning(
            request,
            _("Not yet: the reporter does not know what became of it, or wrote after our last answer. Answer first."),
        )
    except workflow.NotAllowed:
        messages.warning(request, _("This step is not possible now."))
    return redirect("signals:signal", number=number)


def page(request: TeamRequest, signal: Signal, **forms: object) -> HttpResponse:
    """One signal with everything that can be done now; a refused form stands in the place of the empty one."""
    given = consents(signal)
    choices = sorted(offered(signal, given), key=lambda one: (not one.about_people, not one.outcome))
    thread = list(signal.messages.select_related("author"))
    context = {
        "signal": signal,
        "thread": thread,
        "given": given,
        "may_ask_consent": bool(signal.household_id) and not given and may_hear_about_people(signal),
        "agreed": list(signal.consents.valid().select_related("resident")),
        "deciding": deciding_members(signal),
        "heard": max((message.pk for message in thread if message.direction == Message.Direction.THEIRS), default=0),
        "closable": actions.may_be_closed(signal),
        "feedback_form": FeedbackForm(signal=signal, sentences=choices),
        "decline_form": DeclineForm(),
        "consent_form": ConsentForm(signal=signal),
    } | forms
    context["choices"] = [
        {"option": option, "sentence": shown, "text": preview(shown, signal, request.user)}
        for option in context["feedback_form"]["sentence"].subwidgets
        for shown in [context["feedback_form"].sentences[option.data["value"]]]
    ]
    return render(request, "signals/signal.html", context, status=422 if forms else 200)


def seen(request: TeamRequest) -> int:
    """The last message of the reporter that stood on the page from which this was sent."""
    value = request.POST.get("seen", "")
    return int(value) if value.isdecimal() else 0


def preview(sentence: Sentence, signal: Signal, by: Professional) -> str:
    """The sentence as the reporter will read it, with dots where something is still to be filled in."""
    return sentence.filled(signal, colleague=by.first_name, **dict.fromkeys(sentence.asks, "…"))
