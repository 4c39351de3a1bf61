"""Kind brakes on what outsiders can send, counted in the shared cache."""

from django.http import HttpRequest
from django_ratelimit.core import is_ratelimited

from config.addresses import client_address


def too_many(request: HttpRequest, *, what: str, per_minute: int, of: str = "") -> bool:
    """Count this request. True when there were more than `per_minute`, of the caller's address or of the given thing."""
    key = of or client_address(request)
    return is_ratelimited(request, group=what, key=lambda group, request: key, rate=f"{per_minute}/m", increment=True)
