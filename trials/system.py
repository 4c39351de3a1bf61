"""The running system, on a database of its own: gunicorn, a Celery worker, beat, and whatever else a trial wants beside it.
PostgreSQL and Redis are those of the place (see `config.local_services`)."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import redis

from config.local_services.server import dying_with_us, free_port, tail
from config.serve import BEAT, WEB, WORKER

PROJECT = Path(__file__).parent.parent
PATIENCE = 60  # seconds until the first page
GENEROUS = dict.fromkeys(
    ("HUISPLAN_POSTS_PER_ADDRESS", "HUISPLAN_POSTS_PER_LINK", "HUISPLAN_POSTS_PER_MAIL", "HUISPLAN_SEARCHES"), "1000000"
)


class System:
    """Processes by name, each with a log of its own in `folder`."""

    address: str

    def __init__(self, folder: Path, *, database: str, redis_number: int) -> None:
        self.folder, self.database = folder, database
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.database_url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
        self.redis_url = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{redis_number}").geturl()
        self.env = os.environ | GENEROUS | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "HUISPLAN_DEMO": "1",
        }  # fmt: skip

    # ---- data

    def make_database(self) -> None:
        self.drop_database()
        self._administer(f"CREATE DATABASE {self.database}")
        redis.from_url(self.redis_url).flushdb()

    def drop_database(self) -> None:
        self._administer(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")

    def _administer(self, statement: str) -> None:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(statement.encode())

    def sql(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds, past the application."""
        with psycopg.connect(self.database_url) as connection:
            cursor = connection.execute(query.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    # ---- processes

    def manage(self, *command: str, **settings: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=PROJECT,
            env=self.env | settings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {command[0]} failed:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def python(self, module: str, *arguments: str, **settings: str) -> str:
        """What this module tells on its last line."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=PROJECT,
            env=self.env | settings,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout.strip().rpartition("\n")[2]

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

    def serve(self, name: str, address: str, *, wsgi: str = "config.wsgi", **settings: str) -> None:
        command = [wsgi if part == "config.wsgi" else part for part in WEB if not part.startswith("--bind")]
        bind = f"--bind={urlsplit(address).netloc}"
        self.start(name, "-m", *command, bind, **{"HUISPLAN_BASE_URL": address} | settings)

    def start_worker(self, **settings: str) -> None:
        self.start("worker", "-m", *WORKER, **settings)

    def start_beat(self, **settings: str) -> None:
        self.start("beat", "-m", *BEAT, f"--schedule={self.folder / 'celerybeat-schedule'}", **settings)

    def kill(self, name: str) -> None:
        """With all that it started, and without a chance to put anything away."""
        child = self.children.pop(name)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def stop(self, name: str) -> None:
        child = self.children.pop(name)
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # what it left behind, or itself
        child.wait()

    def stop_all(self) -> None:
        for child in self.children.values():
            child.terminate()  # all of them, before one is waited for
        for name in list(self.children):
            self.stop(name)

    def wait_for_page(self, name: str, address: str, path: str = "/inloggen/") -> None:
        page = address + path
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.children[name].poll() is None:
            try:
                with direct.open(page, timeout=10):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"{page} gives none:\n{tail(self.folder / f'{name}.log', 20)}")

    def logs(self) -> Iterator[tuple[str, str]]:
        """The end of what each process had to say."""
        for path in sorted(self.folder.glob("*.log")):
            yield path.stem, tail(path, 40)


def new_address() -> str:
    return f"http://127.0.0.1:{free_port(0)}"
