"""How a test reads along as a reporter."""

import re

from django.test import Client
from django.urls import reverse

from signals.models import Signal
from tests.helpers import Page, mails


class Reader:
    """Somebody with the personal code of a signal, in a browser of its own."""

    def __init__(self, signal: Signal) -> None:
        self.signal, self.browser = signal, Client()
        self.door = reverse("signals:follow", args=[signal.code])

    def look(self):
        return self.browser.get(self.door)

    def ask(self) -> str:
        """Ask for a one-time code, and read it in the mail."""
        assert self.browser.post(f"{self.door}code/").status_code == 302
        found = re.search(r"code is (\d{3} \d{3})\.", mails(self.signal.reporter_email)[-1])
        assert found
        return found[1]

    def type(self, code: str):
        return self.browser.post(self.door, {"code": code})

    def come_in(self) -> "Reader":
        assert self.type(self.ask()).status_code == 302
        return self

    def write(self, body: str):
        return self.browser.post(f"{self.door}antwoord/", {"body": body})

    def send(self, what: str, **typed: str):
        """Send one of the other forms on the page."""
        return self.browser.post(f"{self.door}{what}/", typed)

    @property
    def reads(self) -> bool:
        response = self.look()
        return response.status_code == 200 and "Uw bericht" in Page(response).text
