"""PostgreSQL and Redis of our own, for `make run`, `make test` and a bare `manage.py`: no Docker, nothing to set up.

A *place* is a folder `.local/<name>/` with a pair of servers; HUISPLAN_PLACE is its name. The first process that needs
them starts them, the next ones find them through `services.json`, the last one that leaves stops them. With
DATABASE_URL in the environment (production, somebody's own servers) nothing of this happens.
"""

import atexit
import base64
import fcntl
import json
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from config.local_services.postgres import Postgres, shelter
from config.local_services.redis import Redis
from config.local_services.server import Server, free_port

LOCAL = Path(os.environ.get("HUISPLAN_LOCAL") or Path(__file__).resolve().parents[2] / ".local")
# For commands that need settings but no data: no server starts, and nothing can be read or written.
NOWHERE = "none"


def place() -> Path:
    """The folder of this place. It is made here, so that the log and the mail have a home too."""
    name = os.environ.get("HUISPLAN_PLACE") or "run"
    if not re.fullmatch(r"[a-z0-9-]+", name):
        sys.exit("HUISPLAN_PLACE: only small letters, digits and hyphens.")
    folder = LOCAL / name
    # Others may pass through (PostgreSQL runs as another user when we are root), not look around.
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        sys.exit(f"{folder} belongs to another user. Work as that user, or remove the folder.")
    return folder


def ensure() -> None:
    """Makes the servers run, and puts their addresses and the keys into the environment."""
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        return
    if os.environ.get("HUISPLAN_PLACE") == NOWHERE:
        return _publish(_new_state() | {"postgres_port": 1, "redis_port": 1, "mail_port": 1})
    folder = place()
    with _one_at_a_time(folder):
        users = _open_lock(folder, "users")
        first = _nobody_else(users)
        fcntl.flock(users, fcntl.LOCK_SH)
        atexit.register(_leave, folder, users, os.getpid())
        state, servers = _load(folder)
        if first:
            state["mail_port"] = free_port(state.get("mail_port", 0))
        for server in servers:
            if not server.running():
                for _ in server.start():
                    _save(folder, state)
    os.environ.setdefault("HUISPLAN_DEMO", "1")
    _publish(state)


def servers() -> tuple[Postgres, Redis]:
    """Those of this place, for a trial that stops, kills and starts them."""
    return _load(place())[1]


def start(server: Server) -> None:
    for _ in server.start():
        _save(place(), server.state)


def reset() -> None:
    folder = place()
    with _one_at_a_time(folder):
        users = _open_lock(folder, "users")
        if not _nobody_else(users):
            sys.exit(f"The place '{folder.name}' is in use. Stop it first (Ctrl-C).")
        for server in _load(folder)[1]:
            server.stop()
        for path in {shelter(folder), folder}:
            shutil.rmtree(path)
            with suppress(OSError):
                path.parent.rmdir()  # goes when it is empty
        os.close(users)
    print(f"The data of the place '{folder.name}' is gone.")


def _leave(folder: Path, users: int, pid: int) -> None:
    if os.getpid() != pid:  # a fork of the process that came in
        return
    with _one_at_a_time(folder):
        if _nobody_else(users):
            for server in _load(folder)[1]:
                server.stop()
        os.close(users)


def _publish(state: dict[str, Any]) -> None:
    for name, value in {
        "DATABASE_URL": "postgres://huisplan:{postgres_password}@127.0.0.1:{postgres_port}/huisplan",
        "REDIS_URL": "redis://:{redis_password}@127.0.0.1:{redis_port}/0",
        "EMAIL_URL": "smtp://127.0.0.1:{mail_port}",  # config.mailbox listens there
        "SECRET_KEY": "{secret_key}",
        "HUISPLAN_ENCRYPTION_KEYS": "{encryption_key}",
    }.items():
        os.environ.setdefault(name, value.format(**state))


# ---- what is kept


def _new_state() -> dict[str, Any]:
    return {
        "secret_key": secrets.token_urlsafe(50),
        "encryption_key": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "postgres_password": secrets.token_hex(16),
        "redis_password": secrets.token_hex(16),
    }


def _load(folder: Path) -> tuple[dict[str, Any], tuple[Postgres, Redis]]:
    path = folder / "services.json"
    state = json.loads(path.read_text()) if path.exists() else _new_state()
    _save(folder, state)
    durable = folder.name != "test"
    return state, (Postgres(folder, state, durable), Redis(folder, state, durable))


def _save(folder: Path, state: dict[str, Any]) -> None:
    new = folder / "services.json.new"
    new.touch(mode=0o600)
    new.write_text(json.dumps(state, indent=1))
    new.replace(folder / "services.json")


# ---- who is here. The locks are files beside the place, so that they outlive a reset; a killed process lets go of them.


def _open_lock(folder: Path, what: str) -> int:
    return os.open(folder.with_suffix(f".{what}"), os.O_CREAT | os.O_RDWR, 0o600)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    lock = _open_lock(folder, "lock")
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(lock)


def _nobody_else(users: int) -> bool:
    """Everybody who uses the place holds a shared lock; alone, we can have it exclusively."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
