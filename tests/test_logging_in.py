"""Coming in with mail and password, staying in, and what every answer carries."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from desk.demo import people
from tests.addresses import addresses
from tests.helpers import mails

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


def log_in(client: Client, email: str | None, password: str = people.PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


@pytest.mark.django_db
def test_mail_and_password_open_the_own_day():
    client = Client()
    assert log_in(client, people.JOLANDA.email).headers["Location"] == reverse("desk:my_day")
    assert "Jolanda" in client.get(reverse("desk:my_day")).content.decode()


@pytest.mark.django_db
def test_a_wrong_password_and_an_unknown_address_get_the_same_words():
    def words(email: str) -> str:
        page = log_in(Client(), email, "verkeerd-verkeerd").content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page).replace(email, "")

    assert words(people.JOLANDA.email) == words("niemand@wilgenrade.example")


@pytest.mark.django_db
def test_a_name_in_a_plan_is_no_login(cast):
    assert log_in(Client(), cast.dennis.email).status_code == 422
    assert log_in(Client(), cast.dennis.email, "").status_code == 422
    before = mails(cast.dennis.email)
    Client().post(reverse("account_reset_password"), {"email": cast.dennis.email})
    assert mails(cast.dennis.email) == before


@pytest.mark.django_db
def test_asking_a_new_password_does_as_much_for_nobody_as_for_somebody():
    """How long the answer takes must not tell who works here."""
    Client().post(reverse("account_reset_password"), {"email": people.JOLANDA.email})  # the first time more is written
    done, before = [], len(mails())
    for email in ("niemand@wilgenrade.example", people.JOLANDA.email):
        with CaptureQueriesContext(connection) as asked:
            Client().post(reverse("account_reset_password"), {"email": email})
        done.append([table for query in asked for table in re.findall(r'INSERT INTO "(\w+)"', query["sql"])])
    assert done[0] == done[1] != []
    assert len(mails()) == before + 1


@pytest.mark.django_db
def test_who_is_deactivated_is_out_at_the_next_request(as_, cast):
    client = as_("amir")
    assert client.get(reverse("desk:my_day")).status_code == 200
    amir = cast.amir
    amir.is_active = False
    amir.save()
    assert client.get(reverse("desk:my_day")).status_code == 302


@pytest.mark.django_db
def test_nobody_signs_up():
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


@pytest.mark.django_db
def test_logging_out_ends_the_session_on_the_server(as_):
    client = as_("jolanda")
    old = client.cookies["sessionid"].value
    client.post(reverse("account_logout"))
    client.cookies["sessionid"] = old
    assert client.get(reverse("desk:my_day")).status_code == 302


@pytest.mark.django_db(transaction=False)
def test_a_new_password_comes_through_the_outbox(django_capture_on_commit_callbacks):
    client = Client()
    for email in (people.JOLANDA.email, "niemand@wilgenrade.example"):
        answer = client.post(reverse("account_reset_password"), {"email": email})
        assert answer.headers["Location"] == reverse("account_reset_password_done")
    (mail,) = mails(people.JOLANDA.email)[-1:]
    address = re.search(r"https?://[^/]+(/wachtwoord/\S+)", mail)
    assert address
    page = client.get(address[1], follow=True)
    changed = client.post(
        page.request["PATH_INFO"], {"password1": "een-heel-nieuw-woord", "password2": "een-heel-nieuw-woord"}
    )
    assert changed.status_code == 302
    assert log_in(Client(), people.JOLANDA.email, "een-heel-nieuw-woord").status_code == 302
    assert not mails("niemand@wilgenrade.example")


@pytest.mark.django_db
def test_a_form_without_its_token_gets_a_kind_page():
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a@b.example"})
    assert answer.status_code == 403
    assert "wat u typte staat er nog" in answer.content.decode()


@pytest.mark.walk
@pytest.mark.django_db
def test_every_page_forbids_what_it_does_not_need_and_is_kept_nowhere(as_):
    client = as_("jolanda")
    for where, address in addresses().items():
        answer = client.get(address)
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy == POLICY, where
        assert "no-store" in answer.headers["Cache-Control"], where
        assert answer.headers["Referrer-Policy"] == "no-referrer", where
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow", where
        assert answer.headers["X-Content-Type-Options"] == "nosniff", where
        if answer.headers["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            assert not re.search(
                r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*(src=|type=.application/json.))", page
            ), where
            assert not re.search(r'(src|href|action)="(https?:)?//', page.replace("http://testserver", "")), where


@pytest.mark.django_db
def test_over_https_the_browser_stays_there(settings, as_):
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    answer = as_("jolanda").get(reverse("desk:my_day"), secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
