"""Mail leaves at least once and at most twice; when it can not, somebody phones. Before a real mail server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from post_office.models import STATUS, Email

from config import mail, outbox
from config.local_services.server import free_port
from config.tasks import send_mail
from households.models import AccessLogEntry
from signals import actions
from signals.models import Call, Signal
from tests.helpers import Page, at_once, everything, filled_in, sql

ADDRESS = "kees@sleutelbrug.example"


class Server:
    """A mail server that says more than it should. `refuses` holds its answer to RCPT or to DATA, for an address or for
    all; `hangs_up` drops the line after it was given a mail, `says_goodbye` when it is offered a second one."""

    def __init__(self) -> None:
        self.refuses: dict[str, str] = {}
        self.hangs_up = False
        self.says_goodbye = ""
        self.taken: list[tuple[str, str]] = []

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        session.mails = getattr(session, "mails", 0) + 1
        if session.mails == 2 and self.says_goodbye == "in words":
            return "421 enough"
        if session.mails == 2 and self.says_goodbye:
            server.transport.abort()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        envelope.rcpt_tos.append(address)
        said = self.refuses.get("recipient") or self.refuses.get(address)
        return f"{said} {address}: Kwetterpoel" if said else "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        words = envelope.content.decode()
        if said := self.refuses.get("words"):
            return f"{said} no, because of Kwetterpoel in {words.splitlines()[-1]}"
        identity = next(line for line in words.splitlines() if line.lower().startswith("message-id:"))
        self.taken.append((envelope.rcpt_tos[0], identity))
        if self.hangs_up:
            server.transport.abort()
        return "250 OK"


@contextmanager
def listening(server: Server, port: int) -> Iterator[None]:
    controller = Controller(server, hostname="127.0.0.1", port=port, server_hostname="localhost")
    controller.start()
    try:
        yield
    finally:
        controller.stop()


@pytest.fixture
def server(settings) -> Iterator[Server]:
    settings.EMAIL_PORT = free_port(0)
    server = Server()
    with listening(server, settings.EMAIL_PORT):
        yield server


@pytest.fixture
def queued(db) -> Callable[..., Email]:
    def queue(to: str = ADDRESS, about: Signal | None = None) -> Email:
        return mail.queue(to=to, subject="Er staat iets klaar", body="Hier: /volg/ABC/", about=about)

    return queue


@pytest.fixture
def signal(small_team) -> Signal:
    """Just posted; nobody took it up. What waits in the outbox of others is gone."""
    Client().post(reverse("signals:post", args=[small_team.link.token]), filled_in(reporter_email=ADDRESS))
    Email.objects.exclude(to=ADDRESS).delete()
    return Signal.objects.latest("pk")


@pytest.fixture
def empty(db) -> None:
    Email.objects.all().delete()


def status(email: Email) -> int:
    email.refresh_from_db()
    return int(email.status)


# ---- leaving


def test_all_that_waits_leaves_once_and_over_one_connection(empty, server, queued):
    emails = [queued(f"{rank}@sleutelbrug.example") for rank in range(5)]
    send_mail()
    send_mail()
    assert [to for to, _identity in server.taken] == [email.to[0] for email in emails]
    assert {status(email) for email in emails} == {STATUS.sent}


@pytest.mark.parametrize("goodbye", ["in words", "without a word"])
def test_a_server_that_wants_no_more_over_one_connection_gets_the_next_mail_over_another(
    goodbye, empty, server, queued
):
    server.says_goodbye = goodbye
    for rank in range(3):
        queued(f"{rank}@sleutelbrug.example")
        send_mail()
    queued("3@sleutelbrug.example"), queued("4@sleutelbrug.example")
    send_mail()
    assert [to for to, _identity in server.taken] == [f"{rank}@sleutelbrug.example" for rank in range(5)]


def test_two_workers_send_each_mail_once(transactional_db, empty, server):
    emails = [mail.queue(to=f"{rank}@sleutelbrug.example", subject="Iets", body="Klaar") for rank in range(20)]
    assert at_once(outbox.send_waiting, outbox.send_waiting) == [None, None]
    assert sorted(to for to, _identity in server.taken) == sorted(email.to[0] for email in emails)


def test_with_a_dead_mail_server_one_mail_tries_and_the_others_wait(empty, settings, queued):
    settings.EMAIL_PORT = free_port(0)
    emails = [queued() for _ in range(3)]
    send_mail()
    assert [status(email) for email in emails] == [STATUS.requeued, STATUS.queued, STATUS.queued]
    server = Server()
    with listening(server, settings.EMAIL_PORT), time_machine.travel(timezone.now() + timedelta(minutes=6)):
        send_mail()
    assert {status(email) for email in emails} == {STATUS.sent}
    assert len(server.taken) == 3


def test_the_pauses_grow(empty, server, queued):
    server.refuses["recipient"] = "451"
    email, pauses = queued(), []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(10):
            send_mail()
            email.refresh_from_db()
            pauses.append((email.scheduled_time - timezone.now()) / timedelta(minutes=1))
            clock.move_to(email.scheduled_time - timedelta(seconds=1))
            tried = email.logs.count()
            send_mail()
            assert email.logs.count() == tried, "not before its pause is over"
            clock.shift(1)
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 640, 720, 720]
    assert email.status == STATUS.requeued


def test_every_attempt_has_the_same_message_id(empty, server, queued):
    server.hangs_up = True
    queued()
    send_mail()
    server.hangs_up = False
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        send_mail()
    (_first, one), (_second, other) = server.taken
    assert one == other


# ---- never three times


def test_when_twice_nobody_knows_whether_it_came_it_is_not_sent_a_third_time(empty, server, queued, small_team, signal):
    server.hangs_up = True
    email = Email.objects.get()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(4):
            send_mail()
            clock.shift(timedelta(hours=1))
    assert len(server.taken) == 2
    assert status(email) == STATUS.failed
    assert Call.objects.open().get().signal == signal


def test_a_mail_of_a_worker_that_died_is_tried_again_and_at_most_once_more(empty, server, signal):
    email = Email.objects.get()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert outbox.taken() == email  # and then the worker is gone
        send_mail()
        assert server.taken == []
        clock.shift(timedelta(minutes=6))
        assert outbox.taken() == email  # and the next one too
        clock.shift(timedelta(hours=1))
        send_mail()
    assert server.taken == []
    assert (status(email), Call.objects.open().count()) == (STATUS.failed, 1)


def test_what_was_refused_before_does_not_count_as_unclear(empty, server, queued):
    server.refuses["recipient"] = "451"
    email = queued()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(3):
            send_mail()
            clock.shift(timedelta(hours=1))
        server.refuses.clear()
        send_mail()
    assert status(email) == STATUS.sent


# ---- given up


@pytest.mark.parametrize(
    ("at", "said", "kept", "expected"),
    [
        ("recipient", "550", "SMTPRecipientsRefused 550", STATUS.failed),
        ("words", "554", "SMTPDataError 554", STATUS.failed),
        ("recipient", "450", "SMTPRecipientsRefused 450", STATUS.requeued),
        ("words", "451", "SMTPDataError 451", STATUS.requeued),
    ],
)
def test_of_a_refusal_only_its_kind_and_number_are_kept(at, said, kept, expected, empty, server, signal, caplog):
    server.refuses[at] = said
    email = Email.objects.get()
    send_mail()
    assert status(email) == expected
    assert email.logs.get().message == kept
    assert Call.objects.open().count() == (expected == STATUS.failed)
    assert kept in caplog.text
    tables = everything()
    for secret in ("Kwetterpoel", "ABC", "kees@", signal.code):
        assert secret not in tables["post_office_log"] + tables["signals_call"] + caplog.text


def test_one_address_that_is_wrong_keeps_no_other_mail_waiting(empty, server, queued):
    server.refuses["weg@sleutelbrug.example"] = "550"
    wrong, right = queued("weg@sleutelbrug.example"), queued()
    send_mail()
    assert (status(wrong), status(right)) == (STATUS.failed, STATUS.sent)


def test_after_three_days_it_is_given_up(empty, server, signal):
    server.refuses["recipient"] = "451"
    email = Email.objects.get()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(60):
            send_mail()
            clock.shift(timedelta(hours=1))
            assert status(email) == STATUS.requeued
        clock.shift(timedelta(hours=13))
        send_mail()
    assert status(email) == STATUS.failed
    assert Call.objects.open().get().signal == signal


def test_a_mail_that_is_about_nothing_is_given_up_too(empty, server, queued):
    server.refuses["recipient"] = "550"
    email, before = queued(), Call.objects.count()
    send_mail()
    assert (status(email), Call.objects.count()) == (STATUS.failed, before)


def test_giving_up_and_asking_to_phone_are_one_thing(empty, server, signal, monkeypatch):
    server.refuses["recipient"] = "550"
    monkeypatch.setattr("signals.actions.ask_to_call", lambda key: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send_mail()
    assert status(Email.objects.get()) == STATUS.requeued


# ---- one task for one transaction


def test_however_many_mails_a_signal_causes_it_is_one_task(small_team, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as asked:
        Client().post(reverse("signals:post", args=[small_team.link.token]), filled_in())
        assert Signal.objects.latest("pk").pk
    assert len(asked) == 1


def test_two_mails_in_one_transaction_are_one_task(db, queued):
    connection.run_on_commit = []
    queued(), queued()
    assert len(connection.run_on_commit) == 1


# ---- phoning


@pytest.fixture
def unreachable(signal) -> Signal:
    actions.ask_to_call(signal.pk)
    actions.ask_to_call(signal.pk)
    return signal


def day_of(person) -> str:
    client = Client()
    client.force_login(person)
    return Page(client.get(reverse("desk:my_day"))).text


TASK = "Bel Kees <Mandemaker>: onze mail kwam niet aan"


def test_as_long_as_a_signal_is_nobodys_the_whole_team_sees_it(unreachable, small_team):
    assert TASK in day_of(small_team.anna)
    assert TASK in day_of(small_team.omar)
    client = Client()
    client.force_login(small_team.omar)
    assert "Bel de melder" in Page(client.get(reverse("signals:inbox"))).text


def test_who_took_it_up_phones(unreachable, small_team):
    actions.take_up(signal=unreachable, by=small_team.anna)
    assert TASK in day_of(small_team.anna)
    assert TASK not in day_of(small_team.omar)


def test_a_click_resolves_it_and_is_a_line_in_the_log(unreachable, small_team):
    client = Client()
    client.force_login(small_team.anna)
    page = Page(client.get(reverse("signals:signal", args=[unreachable.number])))
    assert unreachable.reporter_phone in page.text
    before = AccessLogEntry.objects.filter(event="call reporter").count()
    for _ in range(2):
        assert client.post(reverse("signals:called", args=[unreachable.number])).status_code == 302
    line = AccessLogEntry.objects.filter(event="call reporter").latest("pk")
    assert (line.actor, line.object_id) == (small_team.anna, unreachable.pk)
    assert AccessLogEntry.objects.filter(event="call reporter").count() == before + 1
    assert TASK not in day_of(small_team.anna)
    assert Call.objects.get(signal=unreachable).called_by == small_team.anna
    actions.ask_to_call(unreachable.pk)  # a later mail does not arrive either
    assert TASK in day_of(small_team.anna)


def test_the_database_keeps_one_open_call_for_a_signal(unreachable):
    with pytest.raises(Exception, match="one_open_call"):
        sql("INSERT INTO signals_call (signal_id, asked_at) VALUES (%s, now())", unreachable.pk)
