"""Numbers for Prometheus: how many answers of which page and how fast, what waits, and how old the oldest is. A page is
named by its route: an address holds numbers of households and secret codes."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# Several processes of one machine count together in this folder. It must be known before the library is loaded.
if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    Path(folder).mkdir(parents=True, exist_ok=True)

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from config.queues import QUEUES
from config.watching import state

ANSWERS = Counter("huisplan_answers", "Answers, by route, method and status", ["route", "method", "status"])
SECONDS = Histogram(
    "huisplan_answer_seconds", "How long an answer took, by route", ["route"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# What the database knows, each as one number.
ASKED = {
    "huisplan_mails_waiting": "SELECT count(*) FROM post_office_email WHERE status IN (2, 3)",
    "huisplan_oldest_mail_seconds": "SELECT coalesce(extract(epoch FROM now() - min(created)), 0)"
    " FROM post_office_email WHERE status IN (2, 3)",
    "huisplan_mails_given_up": "SELECT count(*) FROM post_office_email WHERE status = 1",
    "huisplan_log_chains_broken": "SELECT coalesce((SELECT broken FROM households_logcheck ORDER BY id DESC LIMIT 1), 0)",
    "huisplan_log_checked_seconds": "SELECT coalesce(extract(epoch FROM now() - max(checked_at)), -1)"
    " FROM households_logcheck",
    "huisplan_signals_past_their_promise": "SELECT count(*) FROM signals_signal WHERE status <> 'CLOSED'"
    " AND first_answer_at IS NULL AND part_of_id IS NULL AND answer_by < current_date",
    "huisplan_database_bytes": "SELECT pg_database_size(current_database())",
}


class Now:
    """Looked up at the moment that somebody asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, query in ASKED.items():
            with suppress(DatabaseError), connection.cursor() as cursor:  # that it is away, the health says
                cursor.execute(query)
                yield GaugeMetricFamily(name, name.removeprefix("huisplan_").replace("_", " "), cursor.fetchone()[0])
        since = state.seconds_since_beat()
        yield GaugeMetricFamily("huisplan_heartbeat_seconds", "since a worker last did what beat asked, -1: long ago",
                                -1 if since is None else since)  # fmt: skip
        waiting = GaugeMetricFamily("huisplan_tasks_waiting", "tasks that no worker took yet", labels=["queue"])
        with suppress(redis.RedisError), redis.from_url(settings.REDIS_URL, socket_timeout=2) as broker:
            for queue in QUEUES:
                waiting.add_metric([queue], broker.llen(queue))
        yield waiting


def count(*, route: str, method: str, status: int, began: float) -> None:
    ANSWERS.labels(route, method if method in METHODS else "other", str(status)).inc()
    SECONDS.labels(route).observe(time.perf_counter() - began)


def text() -> bytes:
    """All of it, as Prometheus reads it."""
    registry = CollectorRegistry()
    if folder:
        MultiProcessCollector(registry)
    else:
        registry.register(ANSWERS)
        registry.register(SECONDS)
    registry.register(Now())
    return generate_latest(registry)
