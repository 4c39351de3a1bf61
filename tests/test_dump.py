"""What somebody finds who steals a copy of everything: a dump of the database, and all that Redis holds. Names, addresses
and numbers, because the team searches on them; not a word of what people told, and nothing that opens a door."""

import base64
import json
import os
import re
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import redis
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config import backup
from config.crypto import unseal_bytes
from config.queues import QUEUES
from config.sealed import sealed_columns, values
from desk.demo import loader, people
from households.models import Household
from partners.actions import make_calendar_key
from partners.models import CalendarKey, PartnerLink
from plans.models import Goal
from signals import actions as signal_actions
from signals.models import Signal
from tests.conftest import Cast
from tests.helpers import filled_in, link_of, mails
from tests.log.verbs import VERBS
from tests.log.world import make_world

TOLD = "Zeegrasdroom"  # stands in everything that is told, and in no name
NAMED = "Kwetterpoel"  # stands in everything that can be written at all
# The only columns in which what somebody typed may be read: what the team searches on.
SEARCHED = {
    "Household": {"name", "address", "name_key", "street_key", "house_key"},
    "NetworkContact": {"name", "phone"},
    "HouseholdMember": {"phone", "email"},
    "Resident": {"first_name", "last_name", "name_key"},
    "Signal": {"about_name", "about_address", "reporter_name", "reporter_email", "reporter_phone"}
    | {"name_key", "street_key", "house_key"},
}


# ---- telling it


def tell_everything(cast: Cast) -> None:
    """Fill in every form in which something about people can be told, as a reporter and as a coordinator."""
    reporter = Client()
    form = filled_in(observation=TOLD, discussed="NOT_YET", not_yet_because=TOLD,
                     reporter_function=TOLD)  # fmt: skip
    door = reverse("signals:post", args=[link_of(people.HOUSING).token])
    assert reporter.post(door, form | {"danger_now": ""}).status_code == 422  # a mistake first
    assert reporter.post(door, form).status_code == 302
    signal = Signal.objects.latest("pk")
    reporter.post(reverse("signals:ask_code", args=[signal.code]))
    code = re.findall(r"\d{3} \d{3}", mails(signal.reporter_email)[-1])[-1]
    reporter.post(reverse("signals:follow", args=[signal.code]), {"code": code})
    assert reporter.post(reverse("signals:answer", args=[signal.code]), {"body": TOLD}).status_code == 302

    jolanda = Client()
    jolanda.force_login(cast.jolanda)
    here = f"/huishoudens/{Household.objects.get(name='Bakelaar-Idrissi').number}/"
    goal = Goal.objects.filter(plan__household__name="Bakelaar-Idrissi").first()
    assert goal
    day, soon = f"{timezone.localdate()}", f"{timezone.localdate() + timedelta(days=7)}"
    step = {"next_step": TOLD, "next_step_on": soon}
    for address, words in {
        "eigen-woorden/wijzigen/": dict.fromkeys(("request", "story", "told_by", "strengths"), TOLD) | {"told_on": day},
        "volgende-stap/wijzigen/": step,
        "naasten/nieuw/": {"name": "Tante Til", "relation": TOLD, "offers": TOLD},
        "bewoners/nieuw/": {"first_name": "Roos", "contact_by": "PHONE", "contact_note": TOLD, "lives_here": "on"},
        "plan/doelen/nieuw/": {"title": TOLD, "domain": "MONEY", "why": TOLD, "how_we_see_it": TOLD},
        f"plan/doelen/{goal.pk}/acties/nieuw/": {
            "what": TOLD, "owner": f"professional-{cast.jolanda.pk}", "due_on": soon, "rhythm": TOLD,
        },
    }.items():  # fmt: skip
        assert jolanda.post(here + address, words).status_code == 302, address
    jolanda.post(reverse("signals:take_up", args=[signal.number]))
    answer = {"sentence": "EXTRA_INFO", "question": f"{TOLD}ster?", "before": soon, "seen": "999999999"}
    assert jolanda.post(reverse("signals:feedback", args=[signal.number]), answer).status_code == 302
    new = {"name": "Hazelnoot", "coordinator": f"{cast.jolanda.pk}"} | step
    assert jolanda.post(reverse("signals:link", args=[signal.number]), new).status_code == 302
    jolanda.post(reverse("desk:search"), {"q": TOLD})
    jolanda.post(reverse("signals:inbox"), {"q": TOLD})
    Client().post(reverse("account_login"), {"login": f"{TOLD}@elders.example", "password": TOLD})
    make_calendar_key(professional=cast.jolanda)
    Client().post(reverse("account_reset_password"), {"email": people.JOLANDA.email})


def secrets_of_now() -> set[str]:
    """Everything that opens a door, whole: addresses, codes, pins, and what stands in a mail."""
    found = {link.token for link in PartnerLink.objects.all()} | {key.token for key in CalendarKey.objects.all()}
    for signal in Signal.objects.all():
        found |= {signal.code, signal_actions.pin_of(signal)}
    said = "\n".join(mails())
    codes = re.findall(r"\b\d{3} \d{3}\b", said)
    resets = re.findall(r"/wachtwoord/(\S+)/", said)
    assert codes
    assert resets
    return (found | set(codes) | {code.replace(" ", "") for code in codes} | set(resets)) - {""}


# ---- stealing it


def dumps() -> Iterator[str]:
    """The whole database in plain text: by COPY of every table, and by pg_dump."""
    parts = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns "
            "WHERE table_schema = 'public' GROUP BY table_name"
        )
        for table, columns in cursor.fetchall():
            with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                rows = b"".join(copy).decode()
            parts.append(f"COPY public.{table} ({columns}) FROM stdin;\n{rows}\\.\n")
    yield "\n".join(parts)
    program = backup.program("pg_dump", connection.pg_version // 10000)  # type: ignore[attr-defined]  # of PostgreSQL
    yield subprocess.run(
        [program, "--no-password"], env=os.environ | backup.address(), capture_output=True, text=True, check=True
    ).stdout


def cells(dumped: str) -> Iterator[tuple[str, str, str]]:
    """Every value in a dump, with its table and column."""
    for table, columns, rows in re.findall(
        r"^COPY public\.\"?(\w+)\"? \((.*?)\) FROM stdin;\n(.*?)^\\\.$", dumped, re.DOTALL | re.MULTILINE
    ):
        names = [name.strip('" ') for name in columns.split(",")]
        for row in rows.splitlines():
            for name, value in zip(names, row.split("\t"), strict=True):
                yield table, name, value


def searched() -> set[tuple[str, str]]:
    return {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name in SEARCHED.get(model.__name__.removesuffix("Event"), ())
    }


@pytest.mark.walk
@pytest.mark.usefixtures("transactional_db")
def test_a_stolen_dump_tells_nothing():
    """Everything is really committed, and really dumped: the example, each verb, and each form filled in."""
    loader.load()
    cast = Cast()
    world = make_world(cast, NAMED)
    for deed in reversed(VERBS.values()):
        deed(world)
    tell_everything(cast)
    kept = {(str(column), stored) for column in sealed_columns() if not column.json for _key, stored in values(column)}
    assert len({column for column, _stored in kept}) > 25
    assert len({column for column, stored in kept if TOLD.encode() in unseal_bytes(stored)}) > 20
    doors = secrets_of_now() | {people.PASSWORD, settings.SECRET_KEY, *settings.ENCRYPTION_KEYS}
    door = re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, doors)) + r")(?!\w)")
    for dumped in dumps():
        for name in ("Bakelaar-Idrissi", "Jolanda", "Ilse Waanders"):
            assert name in dumped, "this is no dump of what we look for"
        assert TOLD not in dumped
        found = list(cells(dumped))
        assert kept <= {(f"{table}.{column}", value) for table, column, value in found}, "this is not all of it"
        leaks = {(table, column) for table, column, value in found if NAMED in value}
        assert leaks <= searched(), "what people wrote can be read"
        assert leaks, "names can be read, on purpose"
        assert {(table, column) for table, column, value in found if door.search(value)} == set()


# ---- Redis


def all_of_redis() -> str:
    """Every key with its value, and inside the messages of the queue too."""
    server = redis.from_url(settings.REDIS_URL)
    found: list[str] = []
    for key in server.scan_iter():
        read: dict[bytes, Any] = {
            b"string": server.get,
            b"list": lambda name: server.lrange(name, 0, -1),
            b"set": server.smembers,
            b"hash": server.hgetall,
            b"zset": lambda name: server.zrange(name, 0, -1),
        }
        try:
            found += [key.decode(), str(read[server.type(key)](key))]
        except (KeyError, redis.ResponseError):  # gone in the meantime: other tests run beside this one
            continue
    return "\n".join(found)


def queue() -> list[dict]:
    """What waits for a worker, opened."""
    broker = redis.from_url(settings.REDIS_URL)
    return [json.loads(message) for name in QUEUES for message in broker.lrange(name, 0, -1)]


def test_what_waits_for_a_worker_holds_no_words(cast, django_capture_on_commit_callbacks):
    """No worker runs here, so what was asked of it stays in the queue."""
    form = filled_in(observation=TOLD, reporter_name=TOLD, reporter_email=f"{TOLD}@elders.example")
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(reverse("signals:post", args=[link_of(people.HOUSING).token]), form)
    signal = Signal.objects.latest("pk")
    assert signal.observation == TOLD
    held, waiting = all_of_redis(), queue()
    assert waiting
    for message in waiting:
        positional, named, _how = json.loads(base64.b64decode(message["body"]))
        assert all(isinstance(value, int) for value in [*positional, *named.values()])
        held += str(message["headers"])
    assert "config.tasks.send_mail" in held
    for word in (TOLD, TOLD.lower(), signal.code, link_of(people.HOUSING).token, form["submission"]):
        assert word not in held
