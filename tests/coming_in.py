"""How the tests come in, with an app that makes codes as RFC 6238 says, and what the access log then tells."""

import base64
import hashlib
import hmac
import re
import struct
import time

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from desk.demo import people
from households.models import AccessLogEntry
from tests.helpers import Page, mails

TOO_MANY = "Wacht 15 minuten"
ACCOUNT, SECOND = reverse("mfa_index"), reverse("mfa_authenticate")


def log_in(client: Client, email: str | None, password: str = people.PASSWORD, **data: str) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": email, "password": password} | data)


def code_of_app(secret: str, *, at: float | None = None) -> str:
    step = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret.replace(" ", "")), step, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def set_up_app(client: Client) -> str:
    """Turn on the app, and give its secret."""
    address = reverse("mfa_activate_totp")
    texts = Page(client.get(address)).texts
    secret = next(text for text in texts if len(text) == 39 and text.isupper())
    client.post(address, {"code": code_of_app(secret)})
    return secret


def recovery_codes(client: Client) -> list[str]:
    texts = Page(client.get(reverse("mfa_view_recovery_codes"))).texts
    return [text for text in texts if len(text) == 9 and text.replace(" ", "").isdigit()]


def behind_code(door: str, to: str) -> Client:
    """The browser of somebody without an account, who asked for a code by mail and typed it."""
    client = Client()
    client.post(f"{door}code/")
    found = re.search(r"\b(\d{3} \d{3})\b", mails(to)[-1])
    assert found
    assert client.post(door, {"code": found[1]}).status_code == 302
    return client


def lines() -> list[tuple[str, str | None, str]]:
    """What the access log tells of the doors: what happened, of whom, and how; oldest first."""
    found = AccessLogEntry.objects.filter(action="LOGIN").order_by("pk").select_related("actor")
    return [(line.event, line.actor and line.actor.email, line.basis) for line in found]
