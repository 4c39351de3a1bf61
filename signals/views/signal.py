"""One signal, and the steps with it."""

from itertools import groupby
from operator import itemgetter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from config import printing
from config.forms import key_in
from households import access
from partners.models import Professional
from partners.requests import TeamRequest
from signals import actions, letters, workflow
from signals.forms import ConsentForm, DeclineForm, FeedbackForm, PostponeForm, ReopenForm, ToldForm, WmoForm
from signals.models import Message, Pulse, Signal
from signals.sentences import Sentence, deciding_members, grounds_of, may_hear_about_people, offered
from signals.workflow import FORWARDED_FROM, Status

# Put together once: nothing in it differs by day or by person.
SIGNALS = Signal.objects.select_related("team", "organisation", "taken_up_by", "household__coordinator").with_answers()
LINES = Signal.objects.with_answers().for_list()
READ_FIRST = gettext_lazy("The reporter wrote in the meantime. Read that first, then send again.")


@require_GET
def signal(request: TeamRequest, number: str) -> HttpResponse:
    return page(request, access.load(request, SIGNALS, number=number, event="read signal", on_look=actions.note_look))


@require_GET
def letter(request: TeamRequest, number: str) -> HttpResponse:
    """For a reporter who gave a name and no mail address: on paper that an answer waits."""
    signal = access.load(
        request, SIGNALS, rule="changeable_by", number=number, action=access.Action.PRINT, event="print letter"
    )
    if not signal.reads_by_letter:
        raise Http404
    return printing.answer(letters.message_waits(signal, by=request.user), f"brief-{signal.number}")


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
        if not signal.part_of_id:
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
    except actions.NoAnswerYet as waits:
        messages.warning(request, not_yet(signal, waits.signal))
    except workflow.NotAllowed:
        messages.warning(request, _("This step is not possible now."))
    return redirect("signals:signal", number=number)


@require_POST
def reopen(request: TeamRequest, number: str) -> HttpResponse:
    """Open a closed signal again: it goes back to who had it, and the reporter hears it."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return page(request, signal, reopen_form=form)
    try:
        actions.reopen(signal=signal, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(
            request,
            _("Open again. The reporter hears nothing of this part.")
            if signal.part_of_id
            else _("Open again. The reporter has got a message about it."),
        )
    except actions.TooLate:
        messages.warning(request, _("This was closed too long ago. Ask the reporter for a new signal."))
    except workflow.NotAllowed:
        messages.warning(request, _("This signal has moved on in the meantime."))
    return redirect("signals:signal", number=number)


@require_POST
def called(request: TeamRequest, number: str) -> HttpResponse:
    """The reporter whom no mail reached has been phoned."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    actions.reporter_called(signal=signal, by=request.user)
    messages.success(request, _("Written down: you phoned the reporter."))
    return redirect("signals:signal", number=number)


def not_yet(signal: Signal, waits: Signal) -> str:
    """Why it can not be closed."""
    if waits.part_of_id:
        return _("Not yet: first the reporter must know what became of the whole signal.")
    if waits.pk != signal.pk:
        return _("Not yet: the reporter of signal %(number)s, in the same case, waits for an answer.") % {
            "number": waits.number
        }
    return _("Not yet: the reporter does not know what became of it, or wrote after our last answer. Answer first.")


def page(request: TeamRequest, signal: Signal, *, status: int = 422, **forms: object) -> HttpResponse:
    """One signal with everything that can be done now; a form that was filled in stands in the place of the empty one."""
    grounds, corrects = grounds_of(signal), corrected(request, signal)
    given = grounds.consents
    choices = sorted(offered(signal, grounds, correcting=corrects is not None), key=in_order_of_use)
    thread = list(signal.messages.select_related("author", "talk", "correction", "corrects"))
    case = [one for one in LINES.of_case(signal) if one.pk != signal.pk]
    open_ones = [one for one in [signal, *case] if one.status != Status.CLOSED]
    theirs = [message.pk for message in thread if message.direction == Message.Direction.THEIRS]
    if case:
        theirs += Message.objects.filter(signal__in=case, direction=Message.Direction.THEIRS).values_list(
            "pk", flat=True
        )
    context = {
        "signal": signal,
        "case": case,
        "parts": list(signal.parts.order_by("pk").values_list("number", flat=True)),
        "thread": thread,
        "calls": list(signal.calls.exclude(called_at=None).select_related("called_by").order_by("pk")),
        "given": given,
        "override": grounds.override,
        "corrects": corrects,
        "talk": next((message.talk for message in reversed(thread) if hasattr(message, "talk")), None),
        "reopenings": list(signal.reopenings.select_related("by")),
        "pulse": Pulse.objects.filter(signal=signal).first(),
        "may_ask_consent": bool(signal.household_id)
        and not given
        and not signal.part_of_id
        and may_hear_about_people(signal),
        "agreed": list(signal.consents.valid().select_related("resident")),
        "deciding": deciding_members(signal),
        "heard": max(theirs, default=0),
        "closable": all(actions.may_be_closed(one) for one in open_ones),
        "feedback_form": FeedbackForm(signal=signal, sentences=choices),
        "decline_form": DeclineForm(),
        "consent_form": ConsentForm(signal=signal),
        "reopen_form": ReopenForm(),
    } | around(request, signal)
    context |= forms
    offers = [
        {"option": option, "sentence": shown, "text": as_read(shown, signal, request.user), "group": group(shown)}
        for option in context["feedback_form"]["sentence"].subwidgets
        for shown in [context["feedback_form"].sentences[option.data["value"]]]
    ]
    context["choices"] = [(name, list(some)) for name, some in groupby(offers, key=itemgetter("group"))]
    return render(request, "signals/signal.html", context, status=status if forms else 200)


def in_order_of_use(sentence: Sentence) -> tuple[bool, bool, bool]:
    """What corrects first, then what tells about people, then what tells the outcome."""
    return not sentence.correcting, not sentence.about_people, not sentence.outcome


def group(sentence: Sentence) -> str:
    return "safety" if sentence.level == Message.Level.FS else "people" if sentence.about_people else "message"


def around(request: TeamRequest, signal: Signal) -> dict:
    """The clocks around a signal, and what other organisations were asked."""
    may_change = Signal.objects.changeable_by(request.user).filter(pk=signal.pk).exists()
    return {
        "telling": getattr(signal, "telling", None),
        "told_form": ToldForm(signal=signal, by=request.user),
        "postpone_form": PostponeForm(),
        "wmo": getattr(signal, "wmo", None),
        "wmo_form": WmoForm(),
        "may_change": may_change,
        "forwards": list(signal.forwards.select_related("organisation", "forwarded_by").order_by("-pk")),
        "may_forward": may_change and signal.status in FORWARDED_FROM,
        "left": Signal.objects.unowned().filter(pk=signal.pk).exists() if signal.status == Status.TAKEN_UP else False,
        "today": timezone.localdate(),
    }


def seen(request: TeamRequest) -> int:
    """The last message of the reporter that stood on the page from which this was sent."""
    value = request.POST.get("seen", "")
    return int(value) if value.isdecimal() else 0


def corrected(request: TeamRequest, signal: Signal) -> Message | None:
    """The message of ours that is being corrected, if any; one that was corrected before is left alone."""
    key = key_in(request.POST.get("corrects") or request.GET.get("verbetert") or "")
    return signal.messages.filter(pk=key, author__isnull=False, correction=None).first() if key else None


def as_read(sentence: Sentence, signal: Signal, by: Professional) -> str:
    """The sentence as the reporter will read it, with dots where something is still to be filled in."""
    return sentence.filled(signal, colleague=by.first_name, **dict.fromkeys(sentence.asks, "…"))
