"""Kind brakes on what outsiders can send, counted in the shared cache."""

import ipaddress
import time

from django.core.cache import cache
from django.http import HttpRequest

from config.addresses import client_address
from config.crypto import token_hash

SECONDS = {"m": 60, "h": 3600}


def too_many(request: HttpRequest, *, what: str, rate: str, of: str = "") -> bool:
    """Count this request. True when there were more than `rate` (such as 10/m), of the caller or of the given thing.

    A caller with IPv6 has a whole network (/64) of addresses, which counts as one. By hand, because each of these stands
    before every signal: one round trip, where the library needed three."""
    number, _slash, unit = rate.partition("/")
    seconds = SECONDS[unit]
    whose = token_hash(of or caller(client_address(request)))  # no address in the cache
    window = int(time.time()) // seconds
    return bool(cache.count(f"limit:{what}:{whose}:{window}", seconds) > int(number))  # type: ignore[attr-defined]  # our own cache


def caller(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ipaddress.ip_network((parsed, 64), strict=False))
