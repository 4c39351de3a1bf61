"""Who runs this sees how it goes and what went wrong, and nothing about anybody."""

import gzip
import json
import logging
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import brotli
import pytest
import sentry_sdk
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from post_office.models import STATUS, Email

from config import mail, tasks
from config.logs import AsJson, NoSecrets, without_people
from config.watching import errors, state
from desk.demo import people
from tests.helpers import filled_in, link_of, sql

TOKEN = "wachtwoord-van-de-wacht"
HEAD = {"headers": {"Authorization": f"Bearer {TOKEN}"}}
TOLD = {"observation": "Zeegrasdroom.", "about_name": "Kwebbelbeek", "reporter_name": "Kees Kwebbelbeek"}
NEVER = ("Kwebbelbeek", "Zeegrasdroom", "sleutelbrug", "000-000 03 02", "Mandemaker")


@pytest.fixture
def watch(settings, db) -> Client:
    settings.WATCH_TOKEN = TOKEN
    return Client(**HEAD)


def health(watch: Client) -> tuple[int, dict]:
    answer = watch.get(reverse("health"))
    return answer.status_code, answer.json()


def test_without_the_token_there_is_nothing_but_whether_it_lives(db, settings):
    stranger = Client()
    assert stranger.get(reverse("lives")).content == b"ok\n"
    assert stranger.get(reverse("ready")).json() == {"database": True, "migrations": True}
    for token in ("", TOKEN):
        settings.WATCH_TOKEN = token
        for name in ("health", "numbers"):
            nothing = stranger.get("/bestaat-niet/")
            assert stranger.get(reverse(name)).status_code == 404 == nothing.status_code
            wrong = Client(headers={"Authorization": "Bearer é"}).get(reverse(name))
            assert wrong.status_code == 404


def test_it_is_healthy_as_long_as_every_part_does_its_work(watch):
    cache.delete(state.HEARTBEAT)
    Email.objects.update(status=STATUS.sent)  # of the demo: nobody sends it here
    assert health(watch) == (
        503, {"database": True, "migrations": True, "broker": True, "worker": False, "outbox": True}
    )  # fmt: skip
    tasks.beat()
    assert health(watch)[0] == 200
    mail.queue(to="kees@sleutelbrug.example", subject="Iets", body="Iets")
    assert health(watch)[0] == 200
    Email.objects.update(created=timezone.now() - timedelta(hours=1))
    assert health(watch)[1]["outbox"] is False
    Email.objects.update(status=STATUS.sent)
    assert health(watch)[0] == 200
    cache.set(state.HEARTBEAT, timezone.now().timestamp() - state.LATE_BEAT - 1)
    assert health(watch)[1]["worker"] is False


def test_people_are_sent_to_it_only_when_it_was_migrated(watch):
    sql("DELETE FROM django_migrations WHERE app = 'signals'")
    answer = watch.get(reverse("ready"))
    assert (answer.status_code, answer.json()["migrations"]) == (503, False)
    assert watch.get(reverse("lives")).status_code == 200


def test_a_broker_that_is_away_is_seen_and_keeps_nobody_out(watch, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert health(watch)[1]["broker"] is False
    assert watch.get(reverse("ready")).status_code == 200
    assert watch.get(reverse("numbers")).status_code == 200


def test_the_numbers_name_routes_and_nobody(watch, as_, bakelaar):
    reporter, link = Client(), link_of(people.HOUSING)
    assert reporter.post(reverse("signals:post", args=[link.token]), filled_in(**TOLD)).status_code == 302
    as_("jolanda").get(f"/huishoudens/{bakelaar.number}/")
    mail.queue(to="kees@sleutelbrug.example", subject="Iets", body="Iets")
    text = watch.get(reverse("numbers")).content.decode()
    assert 'huisplan_answers_total{method="POST",route="signals:post",status="302"}' in text
    assert 'huisplan_answer_seconds_bucket{le="0.1",route="desk:household"}' in text
    for name in ("mails_waiting", "oldest_mail_seconds", "heartbeat_seconds", "log_chains_broken", "database_bytes",
                 "signals_past_their_promise", "tasks_waiting"):  # fmt: skip
        assert f"huisplan_{name}" in text, name
    for secret in (*NEVER, link.token, bakelaar.number, "Bakelaar", "Jolanda", "jolanda@"):
        assert secret not in text


# ---- what went wrong


@pytest.fixture
def broken(db) -> None:
    """The database refuses every signal, and quotes what was in it."""
    sql(
        "CREATE FUNCTION pg_temp.quotes() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION 'no: %%, %%, %%', NEW.about_name, NEW.reporter_name, NEW.reporter_email; END $$ LANGUAGE plpgsql"
    )
    sql("CREATE TRIGGER a_quotes BEFORE INSERT ON signals_signal FOR EACH ROW EXECUTE FUNCTION pg_temp.quotes()")


def go_wrong() -> str:
    """A reporter posts, and it fails. Gives the number of that request."""
    browser = Client(raise_request_exception=False)
    link = link_of(people.HOUSING)
    answer = browser.post(reverse("signals:post", args=[link.token]), filled_in(**TOLD))
    assert answer.status_code == 500
    for word in NEVER:
        assert word not in answer.content.decode()
    return answer.headers["X-Request-Id"]


class Receiver(BaseHTTPRequestHandler):
    """A server that speaks the language of Sentry, as far as it must."""

    came: list[bytes]

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(self.headers.get("Content-Encoding", ""), bytes)
        self.came.append(unpack(body))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_said):
        pass


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[bytes]]]:
    came: list[bytes] = []
    server = HTTPServer(("127.0.0.1", 0), type("Here", (Receiver,), {"came": came}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://key@127.0.0.1:{server.server_port}/1", came
    server.shutdown()
    server.server_close()
    sentry_sdk.init()


def test_an_error_goes_out_without_anything_about_people(broken, receiver):
    dsn, came = receiver
    errors.begin(dsn, release="1.0")
    number = go_wrong()
    logging.getLogger("django").error("Kees Kwebbelbeek belde", extra={"family": "Zeegrasdroom"})
    sentry_sdk.flush(10)
    assert came, "nothing came"
    whole = b"\n".join(came).decode()
    assert "RaiseException" in whole
    assert "signals/actions" in whole
    assert number in whole
    link = link_of(people.HOUSING)
    for word in (*NEVER, link.token, "127.0.0.1", "observation", "Cookie", "cookie", "vars", "query_string"):
        assert word not in whole, word


def test_nothing_goes_out_unless_somebody_asks_for_it(broken, receiver):
    _dsn, came = receiver
    go_wrong()
    sentry_sdk.flush(2)
    assert came == []


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """The log as production writes it."""
    handlers = [one for one in (*logging.getLogger().handlers, *logging.getLogger("django").handlers)
                if isinstance(one, logging.StreamHandler) and any(isinstance(each, NoSecrets) for each in one.filters)]  # fmt: skip
    before = [(one, one.formatter, one.stream) for one in handlers]
    written = StringIO()
    for one in handlers:
        one.setFormatter(AsJson())
        one.setStream(written)
    yield written
    for one, formatter, stream in before:
        one.setFormatter(formatter)
        one.setStream(stream)


def test_a_line_of_the_log_is_json_with_a_number_and_without_people(broken, lines):
    number = go_wrong()
    logging.getLogger("django").warning("Mail van kees@sleutelbrug.example, tel. 000-000 03 02, /s/GEHEIMECODE/")
    said = lines.getvalue()
    read = [json.loads(line) for line in said.splitlines()]
    wrong = next(line for line in read if line["level"] == "ERROR")
    assert wrong["request_id"] == number
    assert "psycopg.errors.RaiseException" in wrong["error"]
    assert any("signals/actions" in place for place in wrong["error"])
    for word in (*NEVER, "GEHEIMECODE", link_of(people.HOUSING).token):
        assert word not in said, word


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("van kees@sleutelbrug.example", "van …"), ("bel 06-12 34 56 78 90", "bel …"), ("+31612345678.", "….") ,
        ("12 mails in 2026-11-28 10:00", "12 mails in 2026-11-28 10:00"), ("GET /volg/ABC/ 200", "GET /volg/…/ 200"),
    ],
)  # fmt: skip
def test_what_looks_like_an_address_or_a_phone_number_is_left_out(said, kept):
    assert without_people(said) == kept
