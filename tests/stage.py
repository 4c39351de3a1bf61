"""The running system, for tests in a browser: PostgreSQL with all migrations and the example, Redis, gunicorn, a Celery
worker, and a mail server that keeps what it takes. Every part is the real one; only beat stays away, because mail leaves
when a transaction commits and beat only asks again for what a dead broker or a dead mail server left behind."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils.crypto import get_random_string

from config.local_services.server import free_port
from desk.demo.people import PASSWORD
from trials.system import PROJECT, System, new_address

__all__ = ["PROJECT", "Mails", "Stage", "new_address"]


class Mails:
    """A mail server that keeps every mail, in the order in which they came."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.came = threading.Condition()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)
        with self.came:
            self.taken.append((envelope.rcpt_tos, mail))
            self.came.notify_all()
        return "250 OK"

    def to(self, address: str, subject: str = "") -> list[EmailMessage]:
        return [mail for recipients, mail in self.taken if address in recipients and subject in mail["Subject"]]


class Stage(System):
    """What a test may ask of the running system. `address` is where the pages are; `doors` is what `demo_doors` tells."""

    doors: dict[str, Any]

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, database="huisplan_stage", redis_number=9)  # the other tests empty theirs
        self.mails = Mails()

    # ---- what tests use

    def mails_to(self, address: str, *, subject: str = "", number: int = 1, within: float = 60) -> list[EmailMessage]:
        """All mails to this address, as soon as there are `number` of them; the newest is the last."""
        with self.mails.came:
            enough = self.mails.came.wait_for(lambda: len(self.mails.to(address, subject)) >= number, timeout=within)
        found = self.mails.to(address, subject)
        assert enough, f"{len(found)} of {number} mails to {address} came within {within} seconds"
        return found

    @contextmanager
    def web(self, name: str, **settings: str) -> Iterator[str]:
        """One more gunicorn on the same data, with other settings. Gives its address."""
        address = new_address()
        self.serve(name, address, **settings)
        try:
            self.wait_for_page(name, address)
            yield address
        finally:
            self.stop(name)

    # ---- how it is made

    def copy_the_example(self) -> None:
        """As the tests have it, but for the passwords: those are kept as they really are."""
        self.make_database()
        of_the_tests = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": os.environ["DATABASE_URL"]}
        self.python("tests.example", self.database, **of_the_tests)
        kept = PBKDF2PasswordHasher().encode(PASSWORD, get_random_string(22))
        self.sql("UPDATE partners_professional SET password = %s WHERE password LIKE 'md5$%%'", kept)

    @contextmanager
    def playing(self) -> Iterator["Stage"]:
        self.copy_the_example()
        # The name is given because the server would ask the network for it.
        post = Controller(self.mails, hostname="127.0.0.1", port=free_port(0), server_hostname="localhost")
        post.start()
        self.address = new_address()
        self.env |= {"EMAIL_URL": f"smtp://127.0.0.1:{post.port}", "HUISPLAN_BASE_URL": self.address}
        try:
            self.serve("web", self.address)
            self.start_worker()
            self.doors = json.loads(self.manage("demo_doors", "--json"))
            self.wait_for_page("web", self.address)
            yield self
        finally:
            self.stop_all()
            post.stop()
            self.drop_database()
