"""What keeps a stranger out: how a form is known to be ours, what production refuses to start with, and files nobody takes."""

import base64
import hashlib
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config import safe_start
from config.logs import without_secrets
from desk.demo import people
from partners.actions import revoke_link
from partners.models import PartnerLink
from signals.models import Signal
from tests.helpers import Page, filled_in, link_of, parameters

PROJECT = Path(__file__).parent.parent

# ---- is this form ours?


@pytest.fixture
def post(db):
    """Post a form with its token, and with what a browser says about where it came from."""
    browser = Client(enforce_csrf_checks=True)
    address, code = reverse("signals:find"), Signal.objects.latest("pk").code
    page = browser.get(address).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token

    def post(*, with_token: bool = True, **headers: str) -> int:
        form = {"code": code} | ({"csrfmiddlewaretoken": token[1]} if with_token else {})
        return browser.post(address, form, headers=headers).status_code

    return post


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 302),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, 302),
        ({"Origin": "null"}, 302),  # an old phone
        ({}, 302),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://elders.example", "Sec-Fetch-Site": "same-origin"}, 403),
    ],
    ids=str,
)
def test_a_form_is_ours_when_the_browser_says_so(headers, status, post):
    assert post(**headers) == status


@pytest.mark.parametrize("headers", [{"Origin": "null", "Sec-Fetch-Site": "same-origin"}, {"Origin": "null"}, {}])
def test_without_its_token_no_form_is_ours(headers, post):
    assert post(with_token=False, **headers) == 403


# ---- the same for known and unknown


def test_a_known_and_an_unknown_household_give_a_reporter_the_same(db, bakelaar):
    """The same answer, the same page after it, and the same work."""

    def sent(name: str, address: str) -> tuple:
        browser, link = Client(), link_of(people.HOUSING)
        form = filled_in(about_name=name, about_address=address)
        browser.get(reverse("signals:post", args=[link.token]))
        with CaptureQueriesContext(connection) as asked:
            answer = browser.post(reverse("signals:post", args=[link.token]), form)
        page = browser.get(answer.headers["Location"]).content.decode()
        signal = Signal.objects.latest("pk")
        shown = [signal.number, signal.code, *re.findall(r"[0-9A-Z]{4}(?: [0-9A-Z]{2,4})+", page)]
        for own in shown:
            page = page.replace(own, "")
        return answer.status_code, re.sub(r'value="[^"]{64}"', "", page), len(asked)

    known, unknown = sent("Ruud Bakelaar", bakelaar.address), sent("Niemand Bekend", "Nergenspad 99")
    assert known == unknown


def test_an_unknown_an_ended_and_a_revoked_link_give_one_page(db, cast):
    def page(token: str) -> tuple[int, str]:
        answer = Client().get(reverse("signals:post", args=[token]))
        return answer.status_code, answer.content.decode().replace(token, "")

    ended, revoked = link_of(people.HOUSING), link_of(people.LIBRARY)
    PartnerLink.objects.filter(pk=ended.pk).update(expires_on="2020-01-01")
    revoke_link(link=revoked)
    pages = {page(token) for token in ("0" * 26, ended.token, revoked.token)}
    assert len(pages) == 1
    assert pages.pop()[0] == 404


# ---- files


def test_a_file_is_dropped_and_the_form_around_it_counts(db):
    file = SimpleUploadedFile("foto.jpg", b"x" * 5000, content_type="image/jpeg")
    address = reverse("signals:post", args=[link_of(people.HOUSING).token])
    answer = Client().post(address, filled_in(observation="Met een foto erbij.") | {"foto": file})
    assert answer.status_code == 302
    assert Signal.objects.latest("pk").observation == "Met een foto erbij."
    assert not answer.wsgi_request.FILES


def test_more_than_a_form_can_hold_is_refused(db):
    address = reverse("signals:post", args=[link_of(people.HOUSING).token])
    answer = Client().post(address, filled_in(observation="x" * (1024 * 1024 + 1)))
    assert answer.status_code in (400, 413)


# ---- for machines


def test_who_finds_a_weakness_reads_whom_to_tell(client, settings):
    settings.SECURITY_CONTACTS, settings.SECURITY_POLICY = ["mailto:veilig@wilgenrade.example"], "https://x.example/p"
    answer = client.get("/.well-known/security.txt")
    facts = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert facts["Contact"] == "mailto:veilig@wilgenrade.example"
    assert (facts["Preferred-Languages"], facts["Policy"]) == ("nl, en", "https://x.example/p")
    assert facts["Canonical"].endswith("/.well-known/security.txt")
    ends = datetime.strptime(facts["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < ends - datetime.now(UTC) < timedelta(days=365)


def test_nothing_is_for_search_engines(client):
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


# ---- how production starts

KEY = base64.urlsafe_b64encode(hashlib.sha256(b"only of the tests").digest()).decode()
GOOD = {
    "secret_key": "0f9d5c1b7a3e48260f9d5c1b7a3e48261c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f",
    "encryption_keys": [KEY],
    "allowed_hosts": ["huisplan.example.nl"],
    "base_url": "https://huisplan.example.nl",
    "trusted_proxies": 1,
}


def test_good_settings_start():
    safe_start.check(**GOOD)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"secret_key": ""}, "SECRET_KEY is shorter"),
        ({"secret_key": "kort"}, "SECRET_KEY is shorter"),
        ({"secret_key": "ab" * 40}, "SECRET_KEY can be guessed"),
        ({"secret_key": "django-insecure-" + GOOD["secret_key"]}, "SECRET_KEY can be guessed"),
        ({"secret_key": "changeme" + GOOD["secret_key"]}, "SECRET_KEY can be guessed"),
        ({"encryption_keys": []}, "HUISPLAN_ENCRYPTION_KEYS is empty"),
        ({"encryption_keys": ["geheim"]}, "Key 1 of HUISPLAN_ENCRYPTION_KEYS is no key"),
        ({"encryption_keys": [KEY, "x" * 44]}, "Key 2 of HUISPLAN_ENCRYPTION_KEYS"),
        ({"encryption_keys": [KEY, KEY]}, "same key twice"),
        ({"encryption_keys": ["A" * 43 + "="]}, "can be guessed"),
        ({"encryption_keys": [*safe_start.EXAMPLE_KEYS]}, "can be guessed"),
        ({"allowed_hosts": []}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS"),
        ({"base_url": "http://huisplan.example.nl"}, "https://"),
        ({"trusted_proxies": 0}, "HUISPLAN_TRUSTED_PROXIES"),
    ],
    ids=str,
)
def test_production_says_what_is_wrong_and_does_not_start(wrong, said):
    with pytest.raises(ImproperlyConfigured, match=re.escape(said)):
        safe_start.check(**GOOD | wrong)


def manage(*command: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """A command of production, with the settings that .env.example asks for."""
    production = {
        "SECRET_KEY": GOOD["secret_key"], "HUISPLAN_ENCRYPTION_KEYS": KEY, "ALLOWED_HOSTS": "huisplan.example.nl",
        "HUISPLAN_BASE_URL": "https://huisplan.example.nl", "HUISPLAN_TRUSTED_PROXIES": "1",
        "HUISPLAN_MUNICIPALITY": "Gemeente Wilgenrade", "HUISPLAN_PHONE": "14 000",
        "HUISPLAN_MAIL_FROM": "team@huisplan.example.nl", "EMAIL_URL": "smtp+tls://user:password@mail.example.nl:587",
        "DATABASE_URL": os.environ["DATABASE_URL"], "REDIS_URL": os.environ["REDIS_URL"],
    }  # fmt: skip
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | production | changes
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=PROJECT,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_finds_nothing():
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_without_its_secret_production_does_not_start():
    done = manage("check", SECRET_KEY="kort")
    assert done.returncode != 0
    assert "SECRET_KEY is shorter than 50 characters" in done.stderr
    assert manage("check", HUISPLAN_ENCRYPTION_KEYS=None).returncode != 0


def test_over_https_cookies_belong_to_this_host_alone():
    told = manage(
        "shell", "--no-imports", "-c",
        "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE,"
        " s.CSRF_COOKIE_SAMESITE, s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT)",
    )  # fmt: skip
    assert told.stdout.split() == [
        "__Host-sessionid", "__Host-csrftoken", "True", "True", "True", "True", "Lax", "Lax", "31536000", "True",
    ]  # fmt: skip


def test_a_locked_door_takes_the_same_form_as_an_open_one(db, ilses_signal):
    """Ten wrong codes lock it for a quarter of an hour; nothing tells a stranger how near a guess was."""
    browser, address = Client(), reverse("signals:follow", args=[ilses_signal.code])
    answers = [browser.post(address, {"code": "000000"}).status_code for _ in range(12)]
    assert set(answers) <= {200, 422}
    ilses_signal.refresh_from_db()
    assert ilses_signal.code_locked_until


def test_no_secret_of_any_address_stands_in_a_log():
    """Every route that takes a secret, also one that somebody adds tomorrow."""
    secret = {"token", "code", "key"}
    routes = {name: params for name, params in parameters().items() if params & secret}
    known = ("examples:", "schemes:", "plans:plan_scheme")  # the key of something in a list that everybody may know
    routes = {name: params for name, params in routes.items() if not name.startswith(known)}
    assert {"signals:post", "signals:follow", "desk:invitation", "desk:own_page"} <= set(routes)
    for name, params in routes.items():
        address = reverse(name, kwargs=dict.fromkeys(params, "GEHEIM7"))
        assert "GEHEIM7" not in without_secrets(f'"GET {address} HTTP/1.1" 200'), name


# ---- an address that only takes forms


@pytest.mark.django_db
def test_an_address_of_a_form_that_is_asked_for_as_a_page_leads_to_its_page(as_):
    signal = Signal.objects.filter(code_hash__isnull=False, part_of=None).earliest("pk")
    for address, above in (
        (reverse("signals:answer", args=[signal.code]), reverse("signals:follow", args=[signal.code])),
        (reverse("signals:take_up", args=[signal.number]), reverse("signals:signal", args=[signal.number])),
        (reverse("desk:share", args=["2026-001", 1]), reverse("desk:circle", args=["2026-001"])),
    ):
        answer = as_("jolanda").get(address, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
        links = [given.get("href") for tag, given in Page(answer).elements if tag == "a"]
        assert above in links
        assert signal.number not in Page(answer).text
