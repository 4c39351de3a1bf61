"""The side of the team: the inbox, one signal, and what can be done with it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.forms import SearchForm
from households import access
from households import actions as household_actions
from households.models import Household
from partners.models import Professional
from partners.permissions import Permission
from partners.requests import TeamRequest, needs
from signals import actions, workflow
from signals.forms import ConsentForm, DeclineForm, FeedbackForm, HouseholdForm
from signals.models import Message, Signal
from signals.sentences import Sentence, consents, deciding_members, may_hear_about_people, offered
from signals.workflow import Status

SIGNALS = Signal.objects.select_related("team", "organisation", "taken_up_by", "household__coordinator").with_answers()
READ_FIRST = gettext_lazy("The reporter wrote in the meantime. Read that first, then send again.")
TABS = {"open": gettext_lazy("Open"), "mij": gettext_lazy("Waiting for me"), "afgerond": gettext_lazy("Closed")}


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_SIGNALS)
def inbox(request: TeamRequest) -> HttpResponse:
    """Lines of the team's signals, in order of harm. What was seen is behind a click, and the click is logged.

    Searching is a POST, so that no name ever stands in an address."""
    signals = access.reach(request, SIGNALS)
    lists = {
        "open": signals.open(),
        "mij": signals.filter(pk__in=Signal.objects.waiting_for(request.user)),
        "afgerond": signals.filter(status=Status.CLOSED),
    }
    tab = request.GET.get("lijst", "open")
    rows = lists.get(tab, lists["open"]).in_order_of_harm()
    if tab == "afgerond":
        rows = rows.order_by("-closed_at")
    sought = SearchForm.words(request.POST)
    if sought:
        access.record(action=access.Action.SEARCH, event="search signals", by=request.user)
        rows = rows.filter(
            Q(number__icontains=sought) | Q(reporter_name__icontains=sought) | Q(organisation__name__icontains=sought)
        )
    page = Paginator(rows, 50).get_page(request.GET.get("blad"))
    tabs = [(key, label, lists[key].count() if key != "afgerond" else None) for key, label in TABS.items()]
    return render(request, "signals/inbox.html", {"page": page, "tabs": tabs, "tab": tab, "q": sought})


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


@require_http_methods(["GET", "POST"])
def link(request: TeamRequest, number: str) -> HttpResponse:
    """Which household is this about? An existing one of the team, or a new one with its one coordinator."""
    signal = access.load(request, SIGNALS, rule="changeable_by", number=number, event="read signal")
    if signal.status != Status.TAKEN_UP:
        messages.warning(request, _("Take the signal up first."))
        return redirect("signals:signal", number=number)
    searching, choosing = "q" in request.POST, "household" in request.POST
    if choosing:
        reach = access.reach(request, Household.objects).filter(team=signal.team)
        household = reach.filter(number=SearchForm.words(request.POST, "household")).first()
        if household is not None:
            return linked(request, signal, lambda: household)
        messages.warning(request, _("This household is not there any more. Search again."))
    making = request.method == "POST" and not searching and not choosing
    form = HouseholdForm(request.POST if making else None, signal=signal, by=request.user)
    if making and form.is_valid():
        facts = form.cleaned_data
        return linked(
            request, signal, lambda: household_actions.make_household(team=signal.team, by=request.user, **facts)
        )
    sought = SearchForm.words(request.POST)
    if searching:
        found = access.search_team(request.user, sought, team=signal.team)
    else:
        found = access.suggest_households(request.user, f"{signal.about_name} {signal.about_address}", team=signal.team)
    context = {"signal": signal, "form": form, "found": found, "q": sought, "searching": searching}
    return render(request, "signals/link.html", context, status=422 if form.errors else 200)


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


# ---- what the views share


def linked(request: TeamRequest, signal: Signal, find: Callable[[], Household]) -> HttpResponse:
    """Link to what `find` gives. The coordinator then goes to the household, somebody else back to the inbox."""
    try:
        with transaction.atomic():  # a household that was made for nothing does not stay
            household = find()
            actions.link_to_household(signal=signal, household=household, by=request.user)
    except workflow.NotAllowed:
        messages.warning(request, _("This signal has moved on in the meantime."))
        return redirect("signals:signal", number=signal.number)
    if household.coordinator == request.user:
        messages.success(request, _("Linked. You are the coordinator of this household."))
        return redirect("desk:household", number=household.number)
    messages.success(
        request, _("Linked. %(name)s is the coordinator and goes on with it.") % {"name": household.coordinator}
    )
    return redirect("signals:inbox")


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
