"""The running system, for tests in a browser: PostgreSQL with all migrations and the example, Redis, gunicorn, a Celery
worker, and a mail server that keeps what it takes. Every part is the real one; only beat stays away, because mail leaves
when a transaction commits and beat only asks again for what a dead broker or a dead mail server left behind."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import redis
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config.local_services.server import dying_with_us, free_port, tail
from config.serve import WEB, WORKER

PROJECT = Path(__file__).parent.parent
DATABASE = "huisplan_stage"
REDIS_NUMBER = 9  # the other tests empty theirs after each test
PATIENCE = 60  # seconds until the first page
GENEROUS = dict.fromkeys(("HUISPLAN_POSTS_PER_ADDRESS", "HUISPLAN_POSTS_PER_LINK", "HUISPLAN_POSTS_PER_MAIL"), "1000")


class Mails:
    """A mail server that keeps every mail, in the order in which they came."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.came = threading.Condition()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mail = message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)  # type: ignore[arg-type]
        with self.came:
            self.taken.append((envelope.rcpt_tos, mail))
            self.came.notify_all()
        return "250 OK"

    def to(self, address: str, subject: str = "") -> list[EmailMessage]:
        return [mail for recipients, mail in self.taken if address in recipients and subject in mail["Subject"]]


class Stage:
    """What a test may ask of the running system. `address` is where the pages are; `doors` is what `demo_doors` tells."""

    address: str
    doors: dict[str, Any]

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mails = Mails()
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.database_url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{DATABASE}").geturl()
        self.redis_url = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{REDIS_NUMBER}").geturl()
        self.env = os.environ | GENEROUS | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "HUISPLAN_DEMO": "1",
        }  # fmt: skip

    # ---- what tests use

    def mails_to(self, address: str, *, subject: str = "", number: int = 1, within: float = 20) -> list[EmailMessage]:
        """All mails to this address, as soon as there are `number` of them; the newest is the last."""
        with self.mails.came:
            enough = self.mails.came.wait_for(lambda: len(self.mails.to(address, subject)) >= number, timeout=within)
        found = self.mails.to(address, subject)
        assert enough, f"{len(found)} of {number} mails to {address} came within {within} seconds"
        return found

    def sql(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds, past the application."""
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def logs(self) -> Iterator[tuple[str, str]]:
        """The end of what each process had to say."""
        for path in sorted(self.folder.glob("*.log")):
            yield path.stem, tail(path, 40)

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

    @contextmanager
    def playing(self) -> Iterator["Stage"]:
        self.make_database()
        redis.from_url(self.redis_url).flushdb()
        # The name is given because the server would ask the network for it.
        post = Controller(self.mails, hostname="127.0.0.1", port=free_port(0), server_hostname="localhost")
        post.start()
        self.address = new_address()
        self.env |= {"EMAIL_URL": f"smtp://127.0.0.1:{post.port}", "HUISPLAN_BASE_URL": self.address}
        try:
            self.manage("migrate")
            self.manage("load_demo")
            self.serve("web", self.address)
            self.start("worker", "-m", *WORKER)
            self.doors = json.loads(self.manage("demo_doors", "--json"))
            self.wait_for_page("web", self.address)
            yield self
        finally:
            for child in self.children.values():
                child.terminate()  # all of them, before one is waited for
            for name in list(self.children):
                self.stop(name)
            post.stop()
            self.drop_database()

    def serve(self, name: str, address: str, **settings: str) -> None:
        command = [part for part in WEB if not part.startswith("--bind")]
        bind = f"--bind={urlsplit(address).netloc}"
        self.start(name, "-m", *command, bind, **{"HUISPLAN_BASE_URL": address} | settings)

    def make_database(self) -> None:
        self.drop_database()
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")

    def drop_database(self) -> None:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=PROJECT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {command[0]} failed:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, name: str, *command: str, **settings: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.children[name] = subprocess.Popen(
                dying_with_us([sys.executable, *command]),
                cwd=PROJECT,
                env=self.env | settings,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches only us, and we stop them in good order
            )

    def stop(self, name: str) -> None:
        child = self.children.pop(name)
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # what it left behind, or itself
        child.wait()

    def wait_for_page(self, name: str, address: str) -> None:
        page = f"{address}/inloggen/"
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.children[name].poll() is None:
            try:
                with direct.open(page, timeout=10):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"{page} gives none:\n{tail(self.folder / f'{name}.log', 20)}")


def new_address() -> str:
    return f"http://127.0.0.1:{free_port(0)}"
