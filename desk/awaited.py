"""The large papers that somebody waits for, in this session: wherever they are, they hear that one is ready.

Who waits for nothing costs no query."""

from households.models import Print
from partners.requests import TeamRequest

AWAITED = "awaited"  # in the session: keys


def wait_for(request: TeamRequest, asked: Print) -> None:
    request.session[AWAITED] = sorted({*request.session.get(AWAITED, []), asked.pk})


def wait_no_more(request: TeamRequest, asked: Print) -> None:
    """It was seen."""
    if asked.pk in request.session.get(AWAITED, []):
        keep(request, [key for key in request.session[AWAITED] if key != asked.pk])


def awaited(request: TeamRequest) -> list[Print]:
    """Those that are being made, and those that nobody looked at since."""
    keys = request.session.get(AWAITED)
    if not keys:
        return []
    found = list(Print.objects.visible_to(request.user).filter(pk__in=keys, fetched_at=None).defer("file", "to_check"))
    if len(found) < len(keys):
        keep(request, [one.pk for one in found])
    return found


def keep(request: TeamRequest, keys: list[int]) -> None:
    if keys:
        request.session[AWAITED] = keys
    else:
        del request.session[AWAITED]
