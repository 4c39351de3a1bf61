"""How it goes, asked of the database and the broker themselves."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from post_office.models import STATUS, Email

HEARTBEAT = "heartbeat"
LATE_BEAT = 300  # seconds; beat asks for one every minute
LATE_MAIL = timedelta(minutes=30)  # of mail that was not tried yet


def beat() -> None:
    """Beat asked for it, the broker brought it and a worker did it: the three of them live."""
    cache.set(HEARTBEAT, time.time(), timeout=24 * 3600)


def seconds_since_beat() -> float | None:
    """None when there has been none for a day."""
    last = cache.get(HEARTBEAT)
    return None if last is None else max(0.0, time.time() - float(last))


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrated() -> bool:
    """Every migration of this version was applied; that there are newer ones is fine, while a next version comes up."""
    return newest_migrations() <= MigrationRecorder(connection).applied_migrations().keys()


@lru_cache
def newest_migrations() -> frozenset[tuple[str, str]]:
    """The last of each app. They do not change while this process runs, and none is applied without those before it."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def broker() -> bool:
    with redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2) as server:
        return bool(server.ping())


def worker() -> bool:
    since = seconds_since_beat()
    return since is not None and since < LATE_BEAT


def outbox() -> bool:
    """No mail waits for its first try. One that a mail server refused for now is tried again by itself."""
    waiting = Email.objects.filter(status=STATUS.queued, number_of_retries=None)
    return not waiting.filter(created__lt=timezone.now() - LATE_MAIL).exists()


READY: dict[str, Callable[[], bool]] = {"database": database, "migrations": migrated}
ALL = READY | {"broker": broker, "worker": worker, "outbox": outbox}


def asked(checks: dict[str, Callable[[], bool]]) -> dict[str, bool]:
    """The answer of each. One that fails says nothing more than that."""
    found = {}
    for name, check in checks.items():
        try:
            found[name] = check()
        except Exception:  # whatever it is, it is not well
            found[name] = False
    return found
