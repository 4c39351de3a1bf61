"""Where a reporter reads what became of the signal, behind a personal code and a mailed one."""

from contextlib import suppress
from functools import partial

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from config import reading
from config.crypto import normal_token
from config.forms import CodeForm
from config.limits import too_many
from households import access
from signals import actions, workflow
from signals.forms import AnswerForm, FindForm, NotSolvedForm, PulseForm, TalkForm
from signals.models import Pulse, Signal, Talk

READING = "reading"  # in the session: which signals this browser reads


@login_not_required
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Type a personal code from paper."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = normal_token(form.cleaned_data["code"])
        if followed(code) is not None:
            return redirect("signals:follow", code=code)
        form.add_error("code", _("We do not know this code (any more). Look again, letter by letter."))
    return render(request, "signals/find.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """What we wrote, after a one-time code. Before that: the door, and nothing about the signal."""
    signal = followed(code)
    if signal is None:
        return no_code(request)
    if may_read(request, signal):
        return thread(request, signal)
    form = CodeForm(request.POST or None)
    if reading.comes_in(request, READING, signal, form, opens=partial(actions.open_door, signal=signal)):
        return redirect("signals:follow", code=code)
    return door(request, signal, form, status=422 if form.errors else 200)


@login_not_required
@require_POST
def ask_code(request: HttpRequest, code: str) -> HttpResponse:
    """Mail a one-time code to the address the reporter gave."""
    signal = followed(code)
    if signal is None:
        return no_code(request)
    if not signal.reporter_email:
        return redirect("signals:follow", code=code)
    if too_many(request, what="one-time-code", rate="3/m", of=str(signal.pk)):
        return door(request, signal, CodeForm(), slow_down=True, status=429)
    actions.send_code(signal=signal)
    return reading.mailed(reverse("signals:follow", args=[code]))


@login_not_required
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The reporter writes back."""
    signal = followed(code)
    if signal is None:
        return no_code(request)
    if not may_read(request, signal):
        reading.keep(request, READING, signal.pk, "body")
        return redirect("signals:follow", code=code)
    form = AnswerForm(request.POST)
    slow_down = too_many(request, what="answer", rate=settings.POSTS["address"], of=str(signal.pk))
    if slow_down or not form.is_valid():
        return thread(request, signal, form, slow_down=slow_down)
    try:
        actions.hear_reporter(signal=signal, body=form.cleaned_data["body"])
    except workflow.NotAllowed:
        form.add_error("body", _("This message was closed in the meantime. Send a new message, or call us."))
        return thread(request, signal, form)
    reading.drop(request, READING, signal.pk)
    return redirect("signals:follow", code=code)


@login_not_required
@require_POST
def talk(request: HttpRequest, code: str) -> HttpResponse:
    """The reporter says yes to a moment to talk together, another one, or no."""
    signal = followed(code)
    if signal is None:
        return no_code(request)
    proposal = proposed(signal) if may_read(request, signal) else None
    if proposal is None:
        return redirect("signals:follow", code=code)
    form = TalkForm(request.POST, talk=proposal)
    if not form.is_valid():
        return thread(request, signal, talk_form=form)
    answer, words = form.answer
    with suppress(workflow.NotAllowed):  # sent twice, or closed meanwhile: the page shows what counts
        actions.answer_talk(signal=signal, talk=proposal, answer=answer, words=words)
    return redirect("signals:follow", code=code)


@login_not_required
@require_POST
def pulse(request: HttpRequest, code: str) -> HttpResponse:
    """Two questions after closing, once."""
    signal = followed(code)
    if signal is None:
        return no_code(request)
    if not may_read(request, signal) or not signal.closed_at:
        return redirect("signals:follow", code=code)
    form = PulseForm(request.POST)
    if not form.is_valid():
        return thread(request, signal, pulse_form=form)
    with suppress(workflow.NotAllowed, actions.SaidAlready):
        actions.give_pulse(signal=signal, **form.cleaned_data)
    return redirect("signals:follow", code=code)


@login_not_required
@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """The reporter says why it is not solved, and the signal is open again."""
    signal = followed(code)
    if signal is None:
        return no_code(request)
    if not may_read(request, signal):
        reading.keep(request, READING, signal.pk, "reason")
        return redirect("signals:follow", code=code)
    if not signal.closed_at:
        return redirect("signals:follow", code=code)
    form = NotSolvedForm(request.POST)
    if form.is_valid():
        try:
            actions.reopen(signal=signal, reason=form.cleaned_data["reason"], by=None)
        except actions.TooLate:
            form.add_error("reason", _("This message was closed too long ago. Send a new message, or call us."))
        except workflow.NotAllowed:
            return redirect("signals:follow", code=code)
        else:
            reading.drop(request, READING, signal.pk)
            return redirect("signals:follow", code=code)
    return thread(request, signal, reopen_form=form)


@login_not_required
@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Done reading: who comes after at this browser has to prove who it is."""
    request.session.flush()
    return redirect("signals:find")


def followed(code: str) -> Signal | None:
    return Signal.objects.followed_by(normal_token(code)).select_related("team").first()


def may_read(request: HttpRequest, signal: Signal) -> bool:
    return reading.goes_on(request, READING, signal.pk)


def door(request: HttpRequest, signal: Signal, form: CodeForm, *, status: int = 200, **said: bool) -> HttpResponse:
    """`said`: that it comes too fast, `slow_down`."""
    context = {
        "sent": reading.MAILED in request.GET,
        "signal": signal,
        "by_pin": not signal.reporter_email,
        "team": signal.team,
        "form": form,
        "locked": signal.is_locked,
        "kept": reading.keeps(request, READING, signal.pk),
    } | said
    return render(request, "signals/door.html", context, status=status)


def proposed(signal: Signal) -> Talk | None:
    """The newest proposal to talk together that was not answered or corrected."""
    waiting = Talk.objects.filter(proposal__signal=signal, proposal__correction=None, answer="")
    return waiting.order_by("pk").last()


def thread(
    request: HttpRequest,
    signal: Signal,
    form: AnswerForm | None = None,
    *,
    slow_down: bool = False,
    **forms: AnswerForm | TalkForm | PulseForm | NotSolvedForm,
) -> HttpResponse:
    """All messages, and what the reporter can do now; a refused form stands in the place of the empty one."""
    access.record(action=access.Action.VIEW, event="reporter reads", about=signal, by=None, role=actions.REPORTER)
    proposal = None if signal.closed_at else proposed(signal)
    kept = reading.kept(request, READING, signal.pk)
    context = {
        "signal": signal,
        "team": signal.team,
        "thread": signal.messages.select_related("corrects", "correction").order_by("-pk"),
        "kept": kept.get("reason" if signal.closed_at else "body"),
        "form": form or AnswerForm(initial=kept),
        "asked_until": signal.messages.open_questions().values_list("answer_by", flat=True).last(),
        "talk": proposal,
        "talk_form": TalkForm(talk=proposal) if proposal else None,
        "pulse": Pulse.objects.filter(signal=signal).first() if signal.closed_at else None,
        "pulse_form": PulseForm(),
        "reopen_form": NotSolvedForm(initial=kept),
        "slow_down": slow_down,
        "today": timezone.localdate(),
    } | forms
    refused = any(one.errors for one in (form, *forms.values()) if one)
    return render(request, "signals/follow.html", context, status=429 if slow_down else 422 if refused else 200)


def no_code(request: HttpRequest) -> HttpResponse:
    return render(request, "signals/no_code.html", {"phone": settings.PHONE}, status=404)
