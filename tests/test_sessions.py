"""Nobody stays logged in at a desk that was left, and nobody loses what was typed there."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.hashed_sessions import SessionStore, stored
from desk.demo import people, secrets
from households.models import Household
from signals.models import Signal
from tests.helpers import Page, everything, filled_in
from tests.test_logging_in import log_in

DAY = "/"
WORDS = "De gang staat vol dozen & zij lacht “het” weg."


def after(**how_long: int):
    return time_machine.travel(timezone.now() + timedelta(**how_long), tick=False)


@pytest.fixture
def jolanda(as_) -> Client:
    browser = as_("jolanda")
    assert browser.get(DAY).status_code == 200
    return browser


@pytest.fixture
def step(bakelaar) -> str:
    return reverse("households:change_next_step", args=[bakelaar.number])


def a_step(**changes: str) -> dict[str, str]:
    return {"next_step": WORDS, "next_step_on": f"{timezone.localdate() + timedelta(days=3)}"} | changes


# ---- it ends


def test_a_session_ends_after_twenty_minutes_without_use(jolanda):
    with after(minutes=19, seconds=50):
        assert jolanda.get(DAY).status_code == 200
    with after(minutes=39):
        assert jolanda.get(DAY).status_code == 200
    with after(minutes=60):
        answer = jolanda.get("/signalen/?lijst=mij")
        assert answer.headers["Location"] == "/inloggen/?next=%2Fsignalen%2F%3Flijst%3Dmij"
        assert "Je deed een tijd niets" in jolanda.get(answer.headers["Location"]).content.decode()


def test_a_session_ends_after_twelve_hours_whatever_is_done(jolanda):
    for quarter in range(1, 48):
        with after(minutes=15 * quarter):
            assert jolanda.get(reverse("desk:search")).status_code == 200
    with after(hours=12, minutes=1):
        assert jolanda.get(DAY).status_code == 302


def test_an_ended_session_is_gone_on_the_server(jolanda):
    key = jolanda.cookies["sessionid"].value
    assert Session.objects.filter(session_key=stored(key)).exists()
    with after(minutes=21):
        jolanda.get(DAY)
        assert not Session.objects.filter(session_key=stored(key)).exists()
        jolanda.cookies["sessionid"] = key
        assert jolanda.get(DAY).status_code == 302


def test_the_key_of_a_session_stands_in_no_table(jolanda):
    jolanda.get(DAY)
    key = jolanda.cookies["sessionid"].value
    assert [name for name, rows in everything().items() if key in rows] == []
    for row in Session.objects.all():  # what is stored opens nothing
        jolanda.cookies["sessionid"] = row.session_key
        assert jolanda.get(DAY).status_code == 302


def test_saying_that_one_is_there_is_enough(jolanda):
    with after(minutes=19):
        assert jolanda.post(reverse("desk:stay")).status_code == 204
    with after(minutes=38):
        assert jolanda.get(DAY).status_code == 200


def test_the_page_knows_how_long_it_has(jolanda):
    body = next(given for tag, given in Page(jolanda.get(DAY)).elements if tag == "body")
    assert (body["data-idle"], 43000 < int(body["data-day"]) <= 43202) == ("1202", True)
    public = Page(Client().get(reverse("account_login")))
    assert "data-idle" not in next(given for tag, given in public.elements if tag == "body")


# ---- what was typed stays


def come_back(browser: Client, email: str) -> str:
    """Log in again in the same browser; the address where that leads."""
    answer = browser.post(f"{reverse('account_login')}?next=/bewaard/", {
        "login": email, "password": people.PASSWORD, "next": "/bewaard/",
    })  # fmt: skip
    return str(answer.headers["Location"])


def test_what_was_sent_too_late_is_kept_and_saved_on_purpose(jolanda, step, bakelaar):
    with after(minutes=21):
        answer = jolanda.post(step, a_step())
        assert answer.headers["Location"] == "/inloggen/?next=%2Fbewaard%2F"
        assert "Wat je typte is bewaard." in jolanda.get(answer.headers["Location"]).content.decode()
        bakelaar.refresh_from_db()
        assert bakelaar.next_step != WORDS

        assert come_back(jolanda, people.JOLANDA.email) == "/bewaard/"
        page = Page(jolanda.get("/bewaard/"))
        assert WORDS in page.text
        fields = {name: value for name, value in page.fields.items() if name != "csrfmiddlewaretoken"}
        assert fields == a_step() | {"bewaard": fields["bewaard"], "q": ""}
        bakelaar.refresh_from_db()
        assert bakelaar.next_step != WORDS

        assert jolanda.post(step, fields | {"next_step_on": ""}).status_code == 422
        assert jolanda.post(step, fields).status_code == 302
        bakelaar.refresh_from_db()
        assert bakelaar.next_step == WORDS
        assert "Er is nu niets bewaard" in jolanda.get("/bewaard/").content.decode()


def test_it_can_be_thrown_away(jolanda, step):
    with after(minutes=21):
        jolanda.post(step, a_step())
        come_back(jolanda, people.JOLANDA.email)
        kept = Page(jolanda.get("/bewaard/")).fields["bewaard"]
        assert jolanda.post("/bewaard/", {"bewaard": kept}).headers["Location"] == DAY
        assert WORDS not in Page(jolanda.get("/bewaard/")).text


def test_somebody_else_at_that_browser_never_sees_it(jolanda, step):
    with after(minutes=21):
        jolanda.post(step, a_step())
        come_back(jolanda, people.AMIR.email)
        assert WORDS not in Page(jolanda.get("/bewaard/")).text
        jolanda.post(reverse("account_logout"))
        come_back(jolanda, people.JOLANDA.email)
        assert WORDS not in Page(jolanda.get("/bewaard/")).text


def test_it_is_kept_for_half_an_hour(jolanda, step):
    with after(minutes=21):
        jolanda.post(step, a_step())
    with after(minutes=52):
        come_back(jolanda, people.JOLANDA.email)
        assert WORDS not in Page(jolanda.get("/bewaard/")).text


def test_it_can_be_read_in_no_table(jolanda, step):
    with after(minutes=21):
        jolanda.post(step, a_step(next_step="Kwetterpoel in de blauwe bak"))
        assert [name for name, rows in everything().items() if "Kwetterpoel" in rows] == []
        data = SessionStore(jolanda.cookies["sessionid"].value).load()
        assert "kept" in data
        assert "Kwetterpoel" not in str(data)


def test_a_forged_form_plants_nothing(cast, step):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.jolanda)
    browser.get(DAY)
    with after(minutes=21):
        assert browser.post(step, a_step()).status_code == 403
        assert "kept" not in browser.session


@pytest.mark.parametrize("name", ["password", "password1", "code", "totp_code", "pin", "credential"])
def test_secrets_are_not_kept(name, jolanda, step):
    with after(minutes=21):
        jolanda.post(step, a_step(**{name: "Kwetterpoel"}))
        come_back(jolanda, people.JOLANDA.email)
        assert "Kwetterpoel" not in jolanda.get("/bewaard/").content.decode()


def test_too_much_is_not_kept_and_the_login_says_so(jolanda, step):
    with after(minutes=21):
        answer = jolanda.post(step, a_step(next_step="x" * 200_001))
        assert answer.headers["Location"] == "/inloggen/?next=%2F"
        assert "kept" not in jolanda.session
        assert "was te veel om te bewaren" in jolanda.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize("fields", [{}, {"to": "DONE"}, {"answer": "ja", "giver": "12"}, {"q": "Bakelaar"}])
def test_a_button_without_a_text_is_not_pressed_blindly_later(fields, jolanda, step):
    with after(minutes=21):
        assert jolanda.post(step, fields).headers["Location"] == "/inloggen/?next=%2F"
        assert "kept" not in jolanda.session


def test_what_stood_in_other_windows_is_kept_too(jolanda, step, bakelaar):
    """One window ends the session for all of them."""
    other = reverse("households:add_contact", args=[bakelaar.number])
    with after(minutes=21):
        jolanda.get(DAY)
        jolanda.post(step, a_step())
        jolanda.post(other, {"name": "Buurman Fons", "relation": "Woont hiernaast."})
        come_back(jolanda, people.JOLANDA.email)
        page = jolanda.get("/bewaard/")
        first, second = (one["id"] for one in page.context["forms"])
        assert WORDS in Page(page).text
        assert "Woont hiernaast." in Page(page).text
        assert jolanda.post(step, a_step(bewaard=first)).status_code == 302
        left = Page(jolanda.get("/bewaard/"))
        assert (WORDS in left.text, left.fields["bewaard"]) == (False, second)


def test_a_forged_form_plants_nothing_in_the_other_windows_either(cast, step):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.jolanda)
    browser.get(DAY)
    with after(minutes=21):
        browser.get(DAY)
        assert browser.post(step, a_step()).status_code == 403
        assert "kept" not in browser.session


def test_what_was_typed_before_the_weekend_is_kept(jolanda, step):
    with after(days=2, hours=16):
        jolanda.post(step, a_step())
        come_back(jolanda, people.JOLANDA.email)
        assert WORDS in Page(jolanda.get("/bewaard/")).text


def test_whichever_door_leads_to_what_was_kept_once(jolanda, step):
    with after(minutes=21):
        jolanda.post(step, a_step())
        log_in(jolanda, people.JOLANDA.email)
        assert jolanda.get("/signalen/").headers["Location"] == "/bewaard/"
        assert jolanda.get("/signalen/").status_code == 200


# ---- what the script asks to keep


def test_a_form_that_is_only_to_be_kept_is_never_carried_out(jolanda, step, bakelaar, cast):
    """Also when the session is still there: the browser counts a little faster than the server."""
    only = {"alleen-bewaren": f"{cast.jolanda.pk}"}
    assert jolanda.post(step, a_step(**only)).status_code == 204
    with after(minutes=21):
        assert jolanda.post(step, a_step(**only)).status_code == 204
        come_back(jolanda, people.JOLANDA.email)
        page = jolanda.get("/bewaard/")
        assert len(page.context["forms"]) == 2
        assert "alleen-bewaren" not in page.content.decode()
    bakelaar.refresh_from_db()
    assert bakelaar.next_step != WORDS


def test_what_somebody_else_typed_is_not_kept_for_who_is_here_now(as_, cast, step):
    amir = as_("amir")
    amir.get(DAY)
    only = {"alleen-bewaren": f"{cast.jolanda.pk}"}
    assert amir.post(step, a_step(**only)).status_code == 409
    with after(minutes=21):
        assert amir.post(step, a_step(**only)).status_code == 409
        assert "kept" not in amir.session


def test_htmx_leads_the_whole_window_to_the_login(jolanda, step):
    with after(minutes=21):
        answer = jolanda.post(step, a_step(), headers={"HX-Request": "true"})
        assert answer.headers["HX-Redirect"] == "/inloggen/?next=%2Fbewaard%2F"


def test_a_reporter_is_in_no_session_that_ends(db, ilses_signal):
    browser = Client()
    with after(minutes=30):
        assert browser.get(reverse("signals:follow", args=[ilses_signal.code])).status_code == 200


def test_who_has_no_account_can_tell_something_in_a_browser_of_the_team(jolanda):
    before = Signal.objects.count()
    address = reverse("signals:post", args=[secrets.link_token(people.MATERNITY)])
    with after(minutes=21):
        assert "/inloggen/" not in jolanda.post(address, filled_in()).headers["Location"]
        assert jolanda.get(DAY).status_code == 302
    assert Signal.objects.count() == before + 1


def test_a_page_that_is_not_there_knows_nobody_after_the_end(jolanda):
    with after(minutes=21):
        assert "Jolanda" not in jolanda.get("/nergens/").content.decode()
        assert "Je deed een tijd niets" in jolanda.get(DAY, follow=True).content.decode()


def test_logging_in_starts_the_day_anew(db):
    browser = Client()
    log_in(browser, people.JOLANDA.email)
    assert browser.get(DAY).status_code == 200
    with after(hours=12, minutes=5):
        assert browser.get(DAY).status_code == 302
        log_in(browser, people.JOLANDA.email)
        assert re.search(r'data-day="43\d{3}"', browser.get(DAY).content.decode())
        assert Household.objects.exists()
