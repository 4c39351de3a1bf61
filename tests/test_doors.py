"""What is written down of who came in, left or was refused; and the lock after too many wrong passwords."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.demo import people
from households.models import AccessLogEntry
from partners.models import Professional
from tests.coming_in import SECOND, TOO_MANY, code_of_app, lines, log_in, recovery_codes, set_up_app
from tests.helpers import Page, everything
from tests.test_coming_by_code import FILL_IN, ask, code_for

pytestmark = pytest.mark.django_db
JOLANDA, DENNIS = people.JOLANDA.email, people.DENNIS.email
NOBODY = "niemand@elders.example"


def test_coming_in_with_a_password_and_leaving_are_lines():
    client = Client()
    log_in(client, JOLANDA)
    client.post(reverse("account_logout"))
    assert lines() == [("log in", JOLANDA, "password"), ("log out", JOLANDA, "")]
    line = AccessLogEntry.objects.filter(event="log in").get()
    assert (line.actor_role, line.origin, line.household_id) == ("COORDINATOR", "127.0.0.0/24", None)


def test_the_second_factor_is_in_the_line_and_so_is_a_wrong_one():
    first = Client()
    log_in(first, JOLANDA)
    secret = set_up_app(first)
    (code, *_others) = recovery_codes(first)
    before = len(lines())
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        for right in (code_of_app(secret), code):
            client = Client()
            log_in(client, JOLANDA)
            client.post(SECOND, {"code": "000000"})
            client.post(SECOND, {"code": right})
    assert lines()[before:] == [
        ("wrong second factor", JOLANDA, ""),
        ("log in", JOLANDA, "password + totp"),
        ("wrong second factor", JOLANDA, ""),
        ("log in", JOLANDA, "password + recovery code"),
    ]


def test_who_comes_by_code_is_a_line_and_so_is_a_wrong_code():
    client = ask(DENNIS)
    client.post(FILL_IN, {"code": "no"})
    client.post(FILL_IN, {"code": code_for(DENNIS)})
    ask(NOBODY).post(FILL_IN, {"code": "no"})
    ask(JOLANDA).post(FILL_IN, {"code": "no"})
    assert lines() == [
        ("wrong login code", DENNIS, ""),
        ("log in", DENNIS, "code"),
        ("wrong login code", None, ""),
        ("wrong login code", None, ""),
    ]


def test_a_wrong_password_is_a_line_without_the_address_that_was_typed():
    log_in(Client(), JOLANDA, "verkeerd-verkeerd")
    log_in(Client(), JOLANDA.upper(), "verkeerd-verkeerd")
    log_in(Client(), NOBODY, "verkeerd-verkeerd")
    wrong = "wrong password"
    assert lines() == [(wrong, JOLANDA, ""), (wrong, JOLANDA, ""), (wrong, None, "")]
    log = everything()["households_accesslogentry"]
    assert "@" not in log
    assert "verkeerd" not in log


def test_a_closed_account_is_refused_and_that_is_a_line():
    Professional.objects.filter(email=JOLANDA).update(is_active=False)
    assert log_in(Client(), JOLANDA).headers["Location"] == reverse("account_inactive")
    assert lines() == [("closed account", JOLANDA, "")]


def test_a_passkey_that_does_not_fit_is_a_line():
    Client().post(reverse("mfa_login_webauthn"), {"credential": json.dumps({"id": "x"})})
    assert lines() == [("wrong second factor", None, "")]


def test_when_the_line_can_not_be_written_nobody_comes_in(monkeypatch):
    def broken(**line):
        raise RuntimeError

    monkeypatch.setattr("desk.doors.access.record", broken)
    client = Client(raise_request_exception=False)
    assert log_in(client, JOLANDA).status_code == 500
    assert client.get(reverse("desk:my_day")).status_code == 302


# ---- too often wrong


@pytest.mark.parametrize("email", [JOLANDA, NOBODY])
def test_ten_wrong_passwords_close_the_door_for_a_quarter_of_an_hour(email):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for number in range(10):
            answer = Client(REMOTE_ADDR=f"10.0.0.{number}", headers={"host": f"testserver:{number + 1}"})
            assert TOO_MANY not in Page(log_in(answer, email, "verkeerd-verkeerd")).text
        assert TOO_MANY in Page(log_in(Client(), email)).text
        clock.shift(timedelta(minutes=14, seconds=59))
        assert TOO_MANY in Page(log_in(Client(), email.upper())).text
        assert lines()[-1][:2] == ("locked out", None if email == NOBODY else email)
        clock.shift(timedelta(seconds=2))
        assert TOO_MANY not in Page(log_in(Client(), email, "verkeerd-verkeerd")).text
        if email == JOLANDA:
            assert log_in(Client(), email).status_code == 302


def test_the_door_of_one_does_not_close_that_of_another():
    for _ in range(10):
        log_in(Client(), JOLANDA, "verkeerd-verkeerd")
    assert log_in(Client(), people.AMIR.email).status_code == 302


def test_a_whole_network_that_tries_gets_a_kind_page(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    log_in(Client(), JOLANDA, "verkeerd-verkeerd")
    answer = log_in(Client(), JOLANDA)
    assert answer.status_code == 429
    assert "Wacht één minuut" in Page(answer).text
