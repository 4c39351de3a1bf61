"""Who came in by a mailed code reads on for as long as there is somebody: as long without a click as a session of the team
lasts, and on the same day in any case."""

import time

from django.conf import settings
from django.http import HttpRequest

WRITE_EVERY = 10  # seconds: a look does not always write


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
