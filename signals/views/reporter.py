"""The side of the reporter: posting through a shared link, following with a personal code. No account.

Nothing here tells whether a household is known."""

import time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.crypto import normal_token, token_hash
from config.forms import CodeForm
from config.limits import too_many
from households import access
from partners.models import PartnerLink
from signals import actions, workflow
from signals.forms import AnswerForm, FindForm, PostForm
from signals.models import Signal

RECEIPT = "sent"  # session: the signal just sent, so that its code can be shown
READING = "reading"  # session: which signals may be read, and until when
READ_FOR = 30 * 60  # seconds
SHOW_RECEIPT_FOR = 15 * 60  # seconds; a browser may be shared


@login_not_required
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, token: str) -> HttpResponse:
    """The one page on which a partner says what was seen."""
    link = open_link(token)
    if link is None:
        return no_link(request)
    form = PostForm(request.POST or None)
    context = {"form": form, "link": link, "team": link.team, "safe_home": settings.SAFE_HOME_PHONE}
    if request.method == "POST":
        if too_many(request, what="post", rate=settings.POSTS["address"]) or (
            form.is_valid() and too_busy(request, link, form)
        ):
            response = render(request, "signals/post.html", context | {"slow_down": True}, status=429)
            response.headers["Retry-After"] = "60"
            return response
        if form.is_valid():
            signal = actions.receive(link=link, **form.cleaned_data)
            request.session[RECEIPT] = {"signal": signal.pk, "until": time.time() + SHOW_RECEIPT_FOR}
            return redirect("signals:received", token=token)
    return render(request, "signals/post.html", context, status=422 if form.errors else 200)


@login_not_required
@require_GET
def received(request: HttpRequest, token: str) -> HttpResponse:
    """The number and the personal code, for whoever just sent the signal in this browser."""
    link, receipt = open_link(token), request.session.get(RECEIPT)
    if link is None:
        return no_link(request)
    if receipt is None or receipt["until"] < time.time():
        return redirect("signals:post", token=token)
    signal = link.signals.select_related("team").filter(pk=receipt["signal"]).first()
    if signal is None:
        return redirect("signals:post", token=token)
    context = {
        "signal": signal,
        "team": signal.team,
        "pin": actions.pin_of(signal),
        "address": settings.BASE_URL + reverse("signals:find"),
        "safe_home": settings.SAFE_HOME_PHONE,
    }
    return render(request, "signals/received.html", context)


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
    if request.method == "POST" and form.is_valid() and not signal.is_locked:
        if actions.open_door(signal=signal, typed=form.cleaned_data["code"]):
            request.session.cycle_key()
            request.session[READING] = request.session.get(READING, {}) | {str(signal.pk): time.time() + READ_FOR}
            return redirect("signals:follow", code=code)
        signal.refresh_from_db()
        form.add_error(
            "code", _("This code is not right, or it was used or is too old. Look again, or ask for a new one.")
        )
    return door(request, signal, form, status=422 if form.errors else 200)


@login_not_required
@require_POST
def ask_code(request: HttpRequest, code: str) -> HttpResponse:
    """Mail a one-time code to the address the reporter gave."""
    signal = followed(code)
    if signal is None:
        return no_code(request)
    if signal.reporter_email and not too_many(request, what="one-time-code", rate="3/m", of=str(signal.pk)):
        actions.send_code(signal=signal)
    return door(request, signal, CodeForm(), sent=bool(signal.reporter_email))


@login_not_required
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The reporter writes back."""
    signal = followed(code)
    if signal is None:
        return no_code(request)
    if not may_read(request, signal):
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
    return redirect("signals:follow", code=code)


@login_not_required
@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Done reading: who comes after at this browser has to prove who it is."""
    request.session.flush()
    return redirect("signals:find")


# ---- what the views share


def too_busy(request: HttpRequest, link: PartnerLink, form: PostForm) -> bool:
    """More good signals than a link or a mailbox can bear. What is not filled in well does not count against others."""
    email = form.cleaned_data["reporter_email"].lower()
    return too_many(request, what="post-link", rate=settings.POSTS["link"], of=str(link.pk)) or bool(
        email and too_many(request, what="post-mail", rate=settings.POSTS["mail"], of=token_hash(email))
    )


def open_link(token: str) -> PartnerLink | None:
    links = PartnerLink.objects.open().by_token(normal_token(token))
    return links.select_related("organisation", "team").first()


def followed(code: str) -> Signal | None:
    return Signal.objects.followed_by(normal_token(code)).select_related("team").first()


def may_read(request: HttpRequest, signal: Signal) -> bool:
    return request.session.get(READING, {}).get(str(signal.pk), 0) > time.time()


def door(
    request: HttpRequest, signal: Signal, form: CodeForm, *, sent: bool = False, status: int = 200
) -> HttpResponse:
    context = {"signal": signal, "team": signal.team, "form": form, "sent": sent, "locked": signal.is_locked}
    return render(request, "signals/door.html", context, status=status)


def thread(
    request: HttpRequest, signal: Signal, form: AnswerForm | None = None, *, slow_down: bool = False
) -> HttpResponse:
    access.record(action=access.Action.VIEW, event="reporter reads", about=signal, by=None, role=actions.REPORTER)
    context = {
        "signal": signal,
        "team": signal.team,
        "thread": reversed(signal.messages.all()),
        "form": form or AnswerForm(),
        "slow_down": slow_down,
        "today": timezone.localdate(),
    }
    status = 429 if slow_down else 422 if form and form.errors else 200
    return render(request, "signals/follow.html", context, status=status)


def no_link(request: HttpRequest) -> HttpResponse:
    """One and the same page for a link that is unknown, ended or revoked."""
    return render(
        request, "signals/no_link.html", {"phone": settings.PHONE, "safe_home": settings.SAFE_HOME_PHONE}, status=404
    )


def no_code(request: HttpRequest) -> HttpResponse:
    return render(request, "signals/no_code.html", {"phone": settings.PHONE}, status=404)
