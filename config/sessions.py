"""How long somebody stays logged in, and what happens to what was typed when that was just too short.

A session ends when nobody used it for a while, and on the same day in any case. Then it is gone on the server, not only in
the browser. Forms that come in just after that are kept, sealed, for whoever was logged in, and for nobody else."""

import json
import re
import secrets
import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from config.crypto import seal, unseal

SINCE, SEEN, KEPT, ENDED = "since", "seen", "kept", "ended"  # in the session
KEEP_FOR = 30 * 60  # seconds
AFTER = 2  # seconds: the browser covers the screen just after the session ended, not before
MOST_KEPT = 200_000  # bytes, of all that is kept together
ALREADY_KEPT = "bewaard"  # the field that says which kept form this is
BY_ITSELF = "X-By-Itself"  # the header of what a page asks while nobody does anything: it is no use of the session
ONLY_KEEP = "alleen-bewaren"  # the field with which the script asks to keep a form, whether the session ended or not
# Secrets, and words to search for, which are soon typed again.
NEVER_KEPT = re.compile(rf"csrf.*|.*password.*|totp.*|(.*_)?(code|pin)|credential|q|{ALREADY_KEPT}|{ONLY_KEEP}")
# What the browser sends for a choice: a value of ours, a number, a date. Everything else was typed.
CHOICE = re.compile(
    r"\s*|[A-Z][A-Z\d_]*|\d{1,7}|[a-z]+-\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|\d{4}-\d\d-\d\d|ja|nee|on|new"
)


def every() -> float:
    """How often the last use is written down, in seconds: a page does not always write."""
    return min(10, settings.IDLE_SECONDS / 20)


def left(request: HttpRequest) -> dict[str, float]:
    """Seconds until this session ends when nothing is done, and until it ends whatever is done."""
    since = request.session.get(SINCE, time.time())
    return {"idle": settings.IDLE_SECONDS + AFTER, "day": since + settings.SESSION_SECONDS + AFTER - time.time()}


class SessionClock:
    """Stands after the login and before whatever asks for it. The session ends before anything else happens; what was
    typed is kept only after the check of the form's token, so that nobody can plant a form in the session of another."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        session = request.session
        if SESSION_KEY in session:
            tick(request)
        response = self.get_response(request)
        if SESSION_KEY in session and SINCE not in session:  # this was the login
            begin(session)
        if KEPT in session and (
            response.status_code < 400 or response.status_code == 422
        ):  # done, or on its page again
            drop(session, request.POST.get(ALREADY_KEPT))
        return response

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None  # reporters, and the login itself
        if SESSION_KEY not in request.session:
            if BY_ITSELF in request.headers:
                return HttpResponse(status=204)  # the page says itself that the session is over
            return to_login(request) if fresh(request.session.get(ENDED)) else None
        if ONLY_KEEP in request.POST:
            return only_keep(request, request.session[SESSION_KEY])
        return to_what_was_kept(request)


def tick(request: Any) -> None:
    session, now = request.session, time.time()
    if SINCE not in session:
        begin(session)
    elif now - session[SEEN] > settings.IDLE_SECONDS:
        end(request, "idle")
    elif now - session[SINCE] > settings.SESSION_SECONDS:
        end(request, "day")
    elif now - session[SEEN] > every() and BY_ITSELF not in request.headers:
        session[SEEN] = now


def begin(session: Any) -> None:
    """Somebody logged in. What was kept in this browser for somebody else goes."""
    session[SINCE] = session[SEEN] = time.time()
    session.pop(ENDED, None)
    session.set_expiry(None)
    if KEPT in session:
        session[KEPT] = [one for one in session[KEPT] if one["who"] == session[SESSION_KEY]]


def end(request: Any, why: str) -> None:
    """End the session on the server. For half an hour the browser is known as the one in which this person was."""
    session, who = request.session, request.session[SESSION_KEY]
    kept = session.get(KEPT, [])
    session.flush()
    session[ENDED] = {"who": who, "why": why, "until": time.time() + KEEP_FOR, "told": False}
    if kept:
        session[KEPT] = kept
    session.set_expiry(KEEP_FOR)
    request.user = AnonymousUser()


def fresh(one: dict[str, Any] | None) -> bool:
    return one is not None and one["until"] > time.time()


# ---- where to


def to_login(request: Any) -> HttpResponse:
    """After the end: keep what was just sent, and lead to the login, which says why."""
    ended = request.session[ENDED]
    if ONLY_KEEP in request.POST:
        return only_keep(request, ended["who"])
    kept = request.method == "POST" and keep(request, ended["who"])
    if not ended["told"]:
        messages.info(request, why(ended["why"]))
        request.session[ENDED] = ended | {"told": True}
    if kept:
        messages.info(request, _("What you typed is kept."))
    elif kept is None:
        messages.info(request, _("What you typed was too much to keep."))
    back = reverse("desk:kept") if kept else request.get_full_path() if request.method == "GET" else "/"
    login = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": login})
    return redirect(login)


def why(reason: str) -> str:
    if reason == "idle":
        return _("You did nothing for a while, so you were logged out. Log in again.")
    return _("You were logged in for a whole day. Log in again.")


def only_keep(request: Any, who: str) -> HttpResponse:
    """The script asks to keep a form that somebody may not have finished: it is never carried out. 409: not kept."""
    theirs = request.POST[ONLY_KEEP] == who
    return HttpResponse(status=204 if theirs and keep(request, who) is not None else 409)


def to_what_was_kept(request: Any) -> HttpResponse | None:
    """Once after the login, whichever door that was, and after each form that is done."""
    if request.method != "GET" or request.headers.get("HX-Request") or request.resolver_match.view_name == "desk:kept":
        return None
    new = any(fresh(one) and not one["led"] for one in request.session.get(KEPT, []))
    if new:
        lead(request.session)
    return redirect("desk:kept") if new else None


def lead(session: Any) -> None:
    session[KEPT] = [one | {"led": True} for one in session[KEPT]]


# ---- what was typed


def keep(request: Any, who: str) -> bool | None:
    """Keep what was sent, sealed, for this person. False when nothing was typed, None when it is too much."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not NEVER_KEPT.fullmatch(name.lower())
        for value in values
    ]
    if not texts_of(fields):
        return False
    text = json.dumps({"path": request.get_full_path(), "fields": fields})
    session, size = request.session, len(text.encode())
    drop(session, request.POST.get(ALREADY_KEPT))
    before = [one for one in session.get(KEPT, []) if fresh(one)]
    if size + sum(one["size"] for one in before) > MOST_KEPT:
        return None
    facts = {"id": secrets.token_hex(4), "who": who, "until": time.time() + KEEP_FOR, "led": False, "size": size}
    session[KEPT] = [*before, facts | {"sealed": seal(text)}]
    return True


def drop(session: Any, kept: str | None) -> None:
    """This one is done. Whoever did it is led to what is left."""
    if kept and KEPT in session:
        session[KEPT] = [one | {"led": False} for one in session[KEPT] if one["id"] != kept]


def kept_for(request: Any) -> list[dict[str, Any]]:
    """The forms that this person sent just too late: `id`, `path`, `fields` and `texts`. After half an hour none."""
    opened = []
    if KEPT in request.session:
        lead(request.session)
    for one in request.session.get(KEPT, []):
        if fresh(one) and one["who"] == str(request.user.pk):
            form = json.loads(unseal(one["sealed"]))
            opened.append(form | {"id": one["id"], "texts": texts_of(form["fields"])})
    return opened


def texts_of(fields: list) -> list[str]:
    """What somebody typed, without the choices."""
    return [value for _name, value in fields if not CHOICE.fullmatch(value)]
