"""How long somebody stays logged in, and what happens to what was typed when that was just too short.

A session ends when nobody used it for a while, and on the same day in any case. Then it is gone on the server, not only in
the browser. A form that comes in just after that is kept, sealed, for whoever sent it, and for nobody else."""

import json
import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from config.crypto import seal, unseal

SINCE, SEEN, KEPT = "since", "seen", "kept"  # in the session
KEEP_FOR = 30 * 60  # seconds
AFTER = 2  # seconds: the screen is covered just after the session ended, so that what is sent then is kept, not saved
MOST_KEPT = 200_000  # bytes
ALREADY_KEPT = "bewaard"  # the field that says that this form was kept before
NEVER_KEPT = ("password", "csrf", "code", "totp", "pin", ALREADY_KEPT)


def every() -> float:
    """How often the last use is written down, in seconds: a page does not always write."""
    return min(10, settings.IDLE_SECONDS / 20)


def left(request: HttpRequest) -> dict[str, float]:
    """Seconds until this session ends when nothing is done, and until it ends whatever is done."""
    since = request.session.get(SINCE, time.time())
    return {"idle": settings.IDLE_SECONDS + AFTER, "day": since + settings.SESSION_SECONDS + AFTER - time.time()}


class SessionClock:
    """Stands after the login and before whatever asks for it. What it does comes after the check of the form's token, so
    that nobody can plant a form in the session of somebody else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        session, now = request.session, time.time()
        if KEPT in session and (kept_for(request) is None or ALREADY_KEPT in request.POST):
            del session[KEPT]
        since, seen = session.setdefault(SINCE, now), session.setdefault(SEEN, now)
        if now - seen > settings.IDLE_SECONDS:
            return end(request, _("You did nothing for a while, so you were logged out. Log in again."))
        if now - since > settings.SESSION_SECONDS:
            return end(request, _("You were logged in for a whole day. Log in again."))
        if now - seen > every():
            session[SEEN] = now
        return None


def end(request: Any, why: str) -> HttpResponse:
    """End the session on the server, keep what was just sent, and lead to the login."""
    kept = kept_of(request) if request.method == "POST" else None
    request.session.flush()
    if kept:
        request.session[KEPT] = kept
    messages.info(request, why)
    if kept:
        messages.info(request, _("What you typed is kept."))
    back = reverse("desk:kept") if kept else request.get_full_path() if request.method == "GET" else "/"
    login = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": login})
    return redirect(login)


# ---- what was typed


def kept_of(request: Any) -> dict[str, Any] | None:
    """What was sent, sealed for who sent it. None when there is nothing worth keeping, or too much."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in NEVER_KEPT)
        for value in values
    ]
    text = json.dumps({"path": request.path, "fields": fields})
    if not any(value.strip() for _name, value in fields) or len(text.encode()) > MOST_KEPT:
        return None
    return {"who": request.user.pk, "until": time.time() + KEEP_FOR, "sealed": seal(text)}


def kept_for(request: Any) -> dict[str, Any] | None:
    """The form that this person sent just too late: `path` and `fields`. None for anybody else, and after half an hour."""
    kept = request.session.get(KEPT)
    if kept is None or kept["who"] != request.user.pk or kept["until"] < time.time():
        return None
    return json.loads(unseal(kept["sealed"]))
