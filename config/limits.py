"""Kind brakes on what outsiders can send, counted in the shared cache."""

import ipaddress

from django.http import HttpRequest
from django_ratelimit.core import is_ratelimited

from config.addresses import client_address


def too_many(request: HttpRequest, *, what: str, rate: str, of: str = "") -> bool:
    """Count this request. True when there were more than `rate` (such as 10/m), of the caller or of the given thing.

    A caller with IPv6 has a whole network (/64) of addresses, which counts as one."""
    key = of or caller(client_address(request))
    return is_ratelimited(request, group=what, key=lambda group, request: key, rate=rate, increment=True)


def caller(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ipaddress.ip_network((parsed, 64), strict=False))
