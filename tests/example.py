"""The database of the tests: the example, played once and copied for whoever tests with it. Playing takes most of a minute.

python -m tests.example NAME        a copy of this name, for a system that runs"""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from psycopg.sql import SQL, Identifier

ROOMS = ("config", "partners", "signals", "households", "plans", "desk", "locale")
LOCK = 7_140_923  # of everybody who tests on this server


@contextmanager
def copied() -> Iterator[None]:
    """From now on we work in a copy of our own; it goes afterwards."""
    before = connection.settings_dict["NAME"]
    own = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(**address(before), autocommit=True) as server:
        copy(server, own)
        work_in(own)
        try:
            yield
        finally:
            work_in(before)
            server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(own)))


def copy(server: psycopg.Connection, name: str) -> None:
    server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    example = f"example_{fingerprint()}"
    if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [example]).fetchone():
        play(server, example)
    server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
    server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(example)))
    server.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def play(server: psycopg.Connection, name: str) -> None:
    """Others of another day, or of code that was, go first."""
    for (old,) in server.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'example\_%'").fetchall():
        server.execute(SQL("ALTER DATABASE {} IS_TEMPLATE false").format(Identifier(old)))
        server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(old)))
    server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    from desk.demo import loader  # its models are there only after `django.setup()`

    work_in(name)
    call_command("migrate", verbosity=0, interactive=False)
    loader.load()
    connection.close()
    server.execute(SQL("ALTER DATABASE {} IS_TEMPLATE true").format(Identifier(name)))


def work_in(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def address(name: str) -> dict[str, str]:
    known = connection.settings_dict
    return {"host": known["HOST"], "port": str(known["PORT"]), "user": known["USER"], "dbname": name} | (
        {"password": known["PASSWORD"]} if known["PASSWORD"] else {}
    )


def fingerprint() -> str:
    """Of all that decides what the example is: the code of the app, its words, and the day."""
    found = hashlib.sha256(f"{timezone.localdate()} {settings.SECRET_KEY} {settings.ENCRYPTION_KEYS}".encode())
    for room in ROOMS:
        for path in sorted(Path(settings.BASE_DIR, room).rglob("*")):
            if path.suffix in {".py", ".po", ".json", ".sql"}:
                found.update(path.read_bytes())
    return found.hexdigest()[:16]


if __name__ == "__main__":
    django.setup()
    with psycopg.connect(**address(connection.settings_dict["NAME"]), autocommit=True) as server:
        copy(server, sys.argv[1])
