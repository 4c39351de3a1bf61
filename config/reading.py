"""Coming in by a mailed code, and reading on after it. Who came in reads on for as long as there is somebody: as long
without a click as a session of the team lasts, and on the same day in any case. What was sent just after that is kept,
sealed, and stands in its form again once the same browser showed a code."""

import json
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from config.crypto import seal, unseal
from config.forms import CodeForm
from config.one_time_codes import Door

MAILED = "gemaild"  # in the address of the door, after a code was asked for
WRITE_EVERY = 10  # seconds: a look does not always write
KEEP_FOR = 30 * 60  # seconds
MOST_KEPT = 4_000  # characters of each text


def comes_in(request: HttpRequest, what: str, door: Door, form: CodeForm, *, opens: Callable[..., bool]) -> bool:
    """Does the typed code open this door? Then this browser may read it from now on, else the form says what is wrong.
    `opens(typed=...)` is the action that looks, counts and writes the log."""
    if not form.is_valid() or door.is_locked:
        return False
    if opens(typed=form.cleaned_data["code"]):
        begin(request, what, door.pk)
        return True
    door.refresh_from_db(fields=["code_failures", "code_locked_until"])
    form.add_error("code", _("This code is not right, or it was used or is too old. Look again, or ask for a new one."))
    return False


def mailed(door: str) -> HttpResponse:
    """To the door, which says that a code was mailed. Never the answer itself: who reads the mail on the same phone often
    finds this page closed, and a browser that asks for it anew would have a second code mailed, which kills the first."""
    return redirect(f"{door}{'&' if '?' in door else '?'}{MAILED}=1")


def begin(request: HttpRequest, what: str, pk: int) -> None:
    """From now on this browser may read it. The key of the session changes, as at a login."""
    request.session.cycle_key()
    now = time.time()
    request.session[what] = request.session.get(what, {}) | {str(pk): {"since": now, "seen": now}}


def goes_on(request: HttpRequest, what: str, pk: int) -> bool:
    """May this browser read it? This look counts as one."""
    reading, now = request.session.get(what, {}), time.time()
    one = reading.get(str(pk))
    if not one or now - one["seen"] > settings.IDLE_SECONDS or now - one["since"] > settings.SESSION_SECONDS:
        return False
    if now - one["seen"] > WRITE_EVERY:
        request.session[what] = reading | {str(pk): one | {"seen": now}}
    return True


def leave(request: HttpRequest, what: str) -> None:
    """Done: who comes after at this browser has to prove who it is, and finds nothing that was typed."""
    request.session.pop(what, None)
    request.session.pop(typed_in(what), None)


# ---- what was sent just too late


def keep(request: HttpRequest, what: str, pk: int, *fields: str) -> None:
    """Keep what was typed in these fields by somebody who may not read it any more, or not yet."""
    typed = {name: request.POST[name][:MOST_KEPT] for name in fields if request.POST.get(name, "").strip()}
    if typed:
        kept = {"sealed": seal(json.dumps(typed)), "until": time.time() + KEEP_FOR}
        request.session[typed_in(what)] = request.session.get(typed_in(what), {}) | {str(pk): kept}


def kept(request: HttpRequest, what: str, pk: int) -> dict[str, str]:
    """What was typed, by field; empty when there is nothing. Only for who may read it."""
    return json.loads(unseal(request.session[typed_in(what)][str(pk)]["sealed"])) if keeps(request, what, pk) else {}


def keeps(request: HttpRequest, what: str, pk: int) -> bool:
    """Is something kept? That may be said at the door."""
    one = request.session.get(typed_in(what), {}).get(str(pk))
    return one is not None and one["until"] > time.time()


def drop(request: HttpRequest, what: str, pk: int) -> None:
    """It is sent, or not wanted any more."""
    if keeps(request, what, pk):
        request.session[typed_in(what)] = {
            key: one for key, one in request.session[typed_in(what)].items() if key != str(pk)
        }


def typed_in(what: str) -> str:
    return f"{what} typed"
