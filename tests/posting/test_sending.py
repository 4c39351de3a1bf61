"""Sending a signal twice, too often, in danger, and about people who are known or not."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.templating.words import in_groups
from desk.demo import people
from signals import actions
from signals.actions import reporter
from signals.models import Signal
from tests.helpers import Meeting, Page, at_once, filled_in, link_of, mails
from tests.posting.working import counts, newest

# ---- sent twice


def test_a_form_that_is_sent_twice_is_one_signal(address):
    form, before = filled_in(), counts()
    pages = []
    for _ in range(2):
        browser = Client()
        pages.append(browser.get(browser.post(address, form).url).content)
    assert counts() == {name: count + 1 for name, count in before.items()}
    assert pages[0] == pages[1]


def test_who_sent_it_twice_and_gave_no_mail_address_gets_the_pin_again(address):
    """On a phone the first answer is lost when the button is pressed twice; the pin may not be lost with it."""
    form = filled_in(reporter_email=None)
    pins = []
    for browser in (Client(), Client()):
        pins.append(Page(browser.get(browser.post(address, form).url)).text.split("Uw pincode: ")[1][:6])
    assert pins[0] == pins[1]
    assert actions.open_door(signal=newest(), typed=pins[1])


def test_a_form_that_was_changed_after_sending_is_another_signal(address):
    """Going back, writing more and sending again: nothing of both is lost."""
    form, before = filled_in(), Signal.objects.count()
    for words in ("Er ligt post.", "Er ligt post. En er brandt geen licht.", "Er ligt post. En er brandt geen licht."):
        assert Client().post(address, form | {"observation": words}).status_code == 302
    assert [signal.observation for signal in Signal.objects.order_by("pk")[before:]][:1] == ["Er ligt post."]
    assert newest().observation == "Er ligt post. En er brandt geen licht."


def test_a_form_of_one_link_is_not_that_of_another(address):
    form = filled_in()
    Client().post(address, form)
    other = link_of(people.PRIMARY_SCHOOL)
    browser = Client()
    response = browser.post(reverse("signals:post", args=[other.token]), form)
    assert newest().organisation.name == people.PRIMARY_SCHOOL
    assert newest().number in Page(browser.get(response.url)).text


def test_a_form_that_is_sent_twice_at_the_same_moment_is_one_signal(team_of_their_own, monkeypatch):
    link = team_of_their_own.link
    address, form = reverse("signals:post", args=[link.token]), filled_in()
    # Both have looked whether it is there before either of them writes it.
    monkeypatch.setattr(reporter, "next_number_and_key", Meeting(5).before(reporter.next_number_and_key))
    before = counts()

    responses = at_once(lambda: Client().post(address, form), lambda: Client().post(address, form))

    assert [response.status_code for response in responses] == [302, 302]
    assert counts() == {name: count + 1 for name, count in before.items()}
    assert Signal.objects.get(submission=UUID(form["submission"])).messages.count() == 1


# ---- too many


def test_fifty_posts_a_minute_from_one_address_are_slowed_down(address, settings):
    browser, before = Client(REMOTE_ADDR="203.0.113.7"), Signal.objects.count()
    limit = int(settings.POSTS["address"].split("/")[0])
    with time_machine.travel(timezone.now(), tick=False) as clock:
        responses = [browser.post(address, filled_in()) for _ in range(50)]
        assert [response.status_code for response in responses] == [302] * limit + [429] * (50 - limit)
        assert Signal.objects.count() == before + limit
        assert responses[-1].headers["Retry-After"] == "60"
        assert "Wacht één minuut." in Page(responses[-1]).text
        assert Page(responses[-1]).still_holds(filled_in(submission=None))
        # Somebody else is not bothered, and after a minute this one can send again what was typed.
        assert Client(REMOTE_ADDR="203.0.113.8").post(address, filled_in()).status_code == 302
        clock.shift(61)
        assert browser.post(address, Page(responses[-1]).fields).status_code == 302


def test_a_link_that_is_used_too_often_is_slowed_down_for_everybody(address, settings):
    settings.POSTS = settings.POSTS | {"address": "10/m", "link": "3/m"}
    with time_machine.travel(timezone.now(), tick=False):
        statuses = [Client(REMOTE_ADDR=f"203.0.113.{rank}").post(address, filled_in()).status_code for rank in range(4)]
        assert statuses == [302, 302, 302, 429]
        other = reverse("signals:post", args=[link_of(people.PRIMARY_SCHOOL).token])
        assert Client(REMOTE_ADDR="203.0.113.9").post(other, filled_in()).status_code == 302


def test_who_is_slowed_down_does_not_use_up_the_link(address, settings):
    """One address alone can not close a link for the others."""
    settings.POSTS = settings.POSTS | {"address": "2/m", "link": "4/m"}
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(9):
            Client(REMOTE_ADDR="203.0.113.7").post(address, filled_in())
        assert Client(REMOTE_ADDR="203.0.113.8").post(address, filled_in()).status_code == 302


def test_forms_that_are_not_filled_in_well_do_not_use_up_the_link(address, settings):
    settings.POSTS = settings.POSTS | {"link": "2/m"}
    with time_machine.travel(timezone.now(), tick=False):
        for rank in range(4):
            Client(REMOTE_ADDR=f"203.0.113.{rank}").post(address, filled_in(observation=""))
        assert Client(REMOTE_ADDR="203.0.113.9").post(address, filled_in()).status_code == 302


def test_one_mailbox_is_not_flooded(address, settings):
    """Whoever fills in the address of somebody else, from wherever."""
    settings.POSTS = settings.POSTS | {"mail": "2/h"}
    with time_machine.travel(timezone.now(), tick=False):
        statuses = [
            Client(REMOTE_ADDR=f"203.0.113.{rank}").post(address, filled_in(reporter_email=email)).status_code
            for rank, email in enumerate(["kees@sleutelbrug.example", "KEES@sleutelbrug.example"] * 2)
        ]
    assert statuses == [302, 302, 429, 429]


def test_a_network_of_addresses_counts_as_one_caller(address, settings):
    settings.POSTS = settings.POSTS | {"address": "2/m"}
    with time_machine.travel(timezone.now(), tick=False):
        statuses = [Client(REMOTE_ADDR=f"2001:db8::{rank}").post(address, filled_in()).status_code for rank in range(3)]
        assert statuses == [302, 302, 429]
        assert Client(REMOTE_ADDR="2001:db8:0:1::1").post(address, filled_in()).status_code == 302


def test_a_receipt_is_shown_for_a_quarter_of_an_hour(post):
    browser = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        response = post(browser)
        clock.shift(14 * 60)
        assert browser.get(response.url).status_code == 200
        clock.shift(2 * 60)
        over = browser.get(response.url)
        assert over.status_code == 410
        assert "Uw bericht is binnen." in Page(over).text
        assert in_groups(newest().code) not in Page(over).text


def without_cookies(address: str, form: dict[str, str]) -> str:
    """A browser that keeps none sends the form; the address to which it is led."""
    return Client().post(address, form).url


def test_without_cookies_the_receipt_is_shown_too(address):
    form = filled_in(reporter_email=None)
    receipt = without_cookies(address, form)
    page = Page(Client().get(receipt)).text
    signal = newest()
    for shown in (signal.number, in_groups(signal.code), actions.pin_of(signal)):
        assert shown in page
    for secret in (signal.number, signal.code, actions.pin_of(signal), form["submission"], form["reporter_name"]):
        assert secret not in receipt
    again = without_cookies(address, form)  # sent twice, it is one signal
    assert Page(Client().get(again)).text == page
    assert newest() == signal


def test_without_cookies_it_is_shown_for_five_minutes(address):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        receipt = without_cookies(address, filled_in())
        clock.shift(4 * 60)
        assert Client().get(receipt).status_code == 200
        clock.shift(2 * 60)
        over = Client().get(receipt)
        assert over.status_code == 410
        assert "U hoeft het niet nog een keer te sturen." in Page(over).text
        assert newest().number not in Page(over).text


@pytest.mark.parametrize("wrong", ["", "1", "1:1xVwXh:AAAA", "another link", "\0"])
def test_a_ticket_that_is_not_ours_shows_nothing(wrong, address):
    receipt, there = without_cookies(address, filled_in()), reverse("signals:received", args=[address.split("/")[2]])
    ticket = receipt.partition("?bon=")[2]
    if wrong == "another link":  # it works only behind the link through which was sent
        there, wrong = reverse("signals:received", args=[link_of(people.PRIMARY_SCHOOL).token]), ticket
    answer = Client().get(f"{there}?bon={wrong}")
    assert answer.status_code in (302, 410)
    assert newest().number not in answer.content.decode()


# ---- danger


def test_danger_now_goes_to_the_safeguarding_lead_without_any_content(post, cast, settings):
    browser = Client()
    response = post(browser, danger_now="ja", observation="Glas aan scherven.", about_address="Kastanjepad 12")
    mail = mails(cast.fadoua.email)[-1]
    assert settings.BASE_URL + reverse("signals:inbox") in mail
    signal = newest()
    for secret in (
        "Glas",
        "Kastanjepad",
        "Zonnedauw",
        "Mandemaker",
        "sleutelbrug",
        people.HOUSING,
        signal.number,
        signal.code,
    ):
        assert secret not in mail
    assert "Bel 112" in Page(browser.get(response.url)).text


def test_without_danger_the_safeguarding_lead_gets_no_mail(post, cast):
    before = mails(cast.fadoua.email)
    post()
    assert mails(cast.fadoua.email) == before


# ---- known or not


def test_a_known_and_an_unknown_household_look_the_same(post, bakelaar):
    """Not a word, a header or a mail tells the reporter whether the team knows the household."""

    def seen(**about: str) -> list:
        browser = Client()
        response = post(browser, **about)
        signal = newest()
        door = reverse("signals:follow", args=[signal.code])
        answers = [response, browser.get(response.url), browser.get(door), browser.post(f"{door}code/", follow=True)]
        words = [f"{answer.status_code} {answer.content.decode()}" for answer in answers] + mails(
            signal.reporter_email
        )[-2:]
        location = response.headers["Location"]
        response.headers["Location"] = location.partition("?")[0]  # its ticket holds the key of the signal
        for own, instead in ((signal.number, "NUMBER"), (signal.code, "CODE"), (in_groups(signal.code), "CODE")):
            words = [text.replace(own, instead) for text in words]
        tokens = [Page(answer).fields.get("csrfmiddlewaretoken", "no token") for answer in answers]
        for token in tokens:
            words = [text.replace(token, "TOKEN") for text in words]
        headers = [
            {name: value for name, value in answer.headers.items() if name not in ("Content-Length", "X-Request-Id")}
            for answer in answers
        ]
        return [without_digits(text) if "code is" in text else text for text in words] + headers

    with time_machine.travel(timezone.now(), tick=False):
        known = seen(about_name="Ruud Bakelaar", about_address=bakelaar.address)
        unknown = seen(about_name="Wim Nergenshuizen", about_address="Nergenspad 99")
    assert known == unknown


def without_digits(text: str) -> str:
    return "".join("0" if character.isdigit() else character for character in text)


# ---- a form that stood open


def test_a_form_that_stood_open_for_a_day_is_taken(address, cast):
    """Also when the cookies are gone, when somebody logged in beside it, and when its session ended."""
    pages = {"as it was": Client(enforce_csrf_checks=True), "cookies gone": Client(enforce_csrf_checks=True),
             "logged in": Client(enforce_csrf_checks=True)}  # fmt: skip
    forms = {}
    for name, browser in pages.items():
        fields = Page(browser.get(address)).fields
        forms[name] = filled_in() | {"submission": fields["submission"]}
    with time_machine.travel(timezone.localtime() + timedelta(days=1, hours=1), tick=False):
        pages["cookies gone"].cookies.clear()
        pages["logged in"].force_login(cast.jolanda)
        for name, browser in pages.items():
            answer = browser.post(address, forms[name], headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"})
            assert answer.status_code == 302, name
            assert newest().number in Page(browser.get(answer.url)).text, name


def test_the_page_asks_for_no_cookie_and_holds_no_address_in_what_the_phone_keeps(address, link):
    answer = Client().get(address)
    assert not answer.cookies
    kept_as = next(attributes["data-draft"] for tag, attributes in Page(answer).elements if "data-draft" in attributes)
    assert kept_as not in link.token_hash
    assert link.token not in kept_as
    other = Page(Client().get(reverse("signals:post", args=[link_of(people.PRIMARY_SCHOOL).token])))
    assert kept_as != next(attributes["data-draft"] for tag, attributes in other.elements if "data-draft" in attributes)
