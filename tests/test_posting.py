"""A partner posts a signal through the shared link of the organisation, without an account."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from post_office.models import Email

from config.bsn import looks_like_bsn, passes_eleven_test
from config.templatetags.huisplan import in_groups
from desk.demo import people
from households.models import AccessLogEntry
from partners.actions import make_link, revoke_link
from partners.models import PartnerLink
from signals import actions
from signals.models import Message, Signal
from tests.helpers import Meeting, Page, at_once, filled_in, link_of, mails, sql

MESSAGE = "Er staat iets niet goed"
FREE_TEXT = ["observation", "about_name", "about_address", "not_yet_because", "reporter_name", "reporter_function"]


@pytest.fixture
def link(db) -> PartnerLink:
    return link_of(people.HOUSING)


@pytest.fixture
def address(link) -> str:
    return reverse("signals:post", args=[link.token])


@pytest.fixture
def post(address):
    """Fill in the form and send it, from a browser that nobody knows."""

    def send(browser: Client | None = None, **changes: str | None):
        return (browser or Client()).post(address, filled_in(**changes))

    return send


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in (Signal, Message, Email, AccessLogEntry)} | {
        "uses": sum(PartnerLink.objects.values_list("uses", flat=True))
    }


@pytest.fixture
def nothing_is_kept(db):
    """Whatever happens in the test, nothing of it is kept."""
    before = counts()
    yield
    assert counts() == before


def newest() -> Signal:
    return Signal.objects.order_by("-pk")[0]


# ---- what comes of it


def test_a_message_becomes_a_signal_with_a_receipt_and_a_mail(post, link):
    before = counts()
    browser = Client()
    response = post(browser)

    signal = newest()
    assert (signal.organisation.name, signal.team, signal.status) == (people.HOUSING, link.team, "RECEIVED")
    assert signal.observation == "De gang staat vol dozen & zij lacht “het” weg."
    assert (signal.about_name, signal.reporter_name) == ("Familie Zonnedauw", "Kees <Mandemaker>")
    assert signal.danger_now is False
    (receipt,) = signal.messages.all()
    assert (receipt.direction, receipt.level, receipt.sentence, receipt.author) == ("OURS", "F0", "ONTVANGEN", None)
    assert signal.number in receipt.body
    assert not receipt.tells_outcome
    assert counts() == {name: count + 1 for name, count in before.items()}
    (mail,) = mails("kees@sleutelbrug.example")[-1:]
    assert reverse("signals:follow", args=[signal.code]) in mail
    line = AccessLogEntry.objects.latest("pk")
    assert (line.actor, line.actor_role, line.event, line.object_id) == (None, "REPORTER", "receive signal", signal.pk)

    page = Page(browser.get(response.url))
    assert signal.number in page.text
    assert in_groups(signal.code) in page.text


@pytest.mark.parametrize("broken", ["households.access.record", "config.mail.queue", "signals.models.Message.save"])
def test_signal_receipt_and_mail_are_kept_together_or_not_at_all(broken, post, monkeypatch, nothing_is_kept):
    def fails(*args, **kwargs):
        raise RuntimeError(broken)

    monkeypatch.setattr(broken, fails)
    assert post(Client(raise_request_exception=False)).status_code == 500


def test_the_promise_counts_in_working_days(post):
    with time_machine.travel("2026-12-23T11:00:00+01:00", tick=False):
        post()
    assert f"{newest().read_by} {newest().answer_by}" == "2026-12-24 2026-12-31"


def test_the_link_writes_only(post, address, link):
    """Who has the link of an organisation sees nothing of what was ever sent through it."""
    post()
    signal = newest()
    stranger = Client()
    page = stranger.get(address).content.decode()
    for secret in (signal.number, signal.code, in_groups(signal.code), signal.about_name, "vol dozen", "Mandemaker"):
        assert secret not in page
    response = stranger.get(reverse("signals:received", args=[link.token]))
    assert (response.status_code, response.url) == (302, address)


def test_a_receipt_is_shown_with_its_own_link_only(post):
    browser = Client()
    post(browser)
    other = link_of(people.PRIMARY_SCHOOL)
    response = browser.get(reverse("signals:received", args=[other.token]))
    assert (response.status_code, response.url) == (302, reverse("signals:post", args=[other.token]))


# ---- what is asked


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("danger_now", "Kies of er nu gevaar is."),
        ("observation", "Vertel wat u ziet of hoort."),
        ("discussed", "Kies of u dit heeft besproken."),
        ("reporter_name", "Schrijf uw naam op."),
    ],
)
def test_what_must_be_answered(question, words, post, nothing_is_kept):
    response = post(**{question: None})
    page = Page(response)
    assert response.status_code == 422
    assert words in page.text
    assert page.still_holds(filled_in(submission=None, **{question: None}))


@pytest.mark.parametrize("changes", [{"reporter_email": None}, {"reporter_phone": None}])
def test_mail_or_phone_is_enough(changes, post):
    assert post(**changes).status_code == 302


def test_without_mail_and_phone_we_can_not_answer(post, nothing_is_kept):
    response = post(reporter_email=None, reporter_phone="")
    assert response.status_code == 422
    assert "Schrijf een e-mailadres of telefoonnummer op." in Page(response).text


def test_a_mail_address_that_is_not_one_is_asked_again(post, nothing_is_kept):
    response = post(reporter_email="kees@")
    assert response.status_code == 422
    assert Page(response).fields["reporter_email"] == "kees@"


def test_who_gives_no_mail_address_gets_a_pin_and_no_mail(post):
    before, browser = Email.objects.count(), Client()
    page = Page(browser.get(post(browser, reporter_email=None).url))
    assert Email.objects.count() == before
    pin = page.text.split("Uw pincode: ")[1][:6]
    assert actions.open_door(signal=newest(), typed=pin)


# ---- discussed with the family?


def test_discussed_and_agreed_keeps_the_names(post):
    assert post(resident_agrees_to_feedback="on").status_code == 302
    assert newest().resident_agrees_to_feedback
    assert newest().about_address == "Nergenspad 99"


@pytest.mark.parametrize("changes", [{"about_name": None}, {"about_address": None}, {}])
def test_without_agreement_names_are_refused_and_nothing_typed_is_lost(changes, post, nothing_is_kept):
    typed = filled_in(discussed="NOT_AGREED", submission="6a4a7c9e-7a9f-4f5f-9d7e-0c6f0a1b2c3d", **changes)
    response = post(**typed)
    page = Page(response)
    assert response.status_code == 422
    assert "De bewoner vindt het niet goed." in page.text
    assert page.still_holds(typed)


def test_without_agreement_and_without_names_it_is_welcome(post):
    assert post(discussed="NOT_AGREED", about_name="", about_address="").status_code == 302
    assert newest().names_because == ""


@pytest.mark.parametrize("reason", ["SAFETY", "LEGAL_TASK"])
def test_without_agreement_names_need_a_reason(reason, post):
    assert post(discussed="NOT_AGREED", names_because=reason).status_code == 302
    assert (newest().names_because, newest().about_name) == (reason, "Familie Zonnedauw")


def test_not_discussed_yet_needs_a_reason(post, nothing_is_kept):
    response = post(discussed="NOT_YET")
    assert response.status_code == 422
    assert "Schrijf op waarom u het nog niet heeft besproken." in Page(response).text


def test_not_discussed_yet_with_a_reason_is_welcome(post):
    assert post(discussed="NOT_YET", not_yet_because="Er was niemand thuis.").status_code == 302
    assert newest().not_yet_because == "Er was niemand thuis."


def test_in_danger_nobody_asks_why_it_was_not_discussed(post):
    assert post(discussed="NOT_YET", danger_now="ja").status_code == 302
    assert (newest().danger_now, newest().not_yet_because) == (True, "")


def test_answers_to_other_questions_do_not_count(post):
    """What was filled in under another answer, and is hidden on the page, is not kept."""
    post(discussed="NOT_YET", not_yet_because="Later.", names_because="SAFETY", resident_agrees_to_feedback="on")
    assert (newest().names_because, newest().resident_agrees_to_feedback) == ("", False)
    post(discussed="AGREED", not_yet_because="Toch wel.")
    assert newest().not_yet_because == ""


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("about_name = 'Ruud'", "signal_no_names_without_agreement"),
        ("about_address = 'Kastanjepad 12'", "signal_no_names_without_agreement"),
        ("discussed = 'NOT_YET'", "signal_not_yet_has_a_reason"),
    ],
)
def test_the_database_refuses_it_too(change, rule, db):
    nameless = Signal.objects.get(discussed="NOT_AGREED")
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        sql(f"UPDATE signals_signal SET {change} WHERE id = %s", nameless.pk)


# ---- no citizen service numbers


@pytest.mark.parametrize("number", ["999990019", "999.990.019", "9999 90 019", "999-990-019"])
@pytest.mark.parametrize("field", FREE_TEXT)
def test_a_bsn_is_refused_in_every_free_text(field, number, post, nothing_is_kept):
    typed = filled_in(submission=None, discussed="NOT_YET", not_yet_because="Komt nog.")
    typed[field] = f"Nummer {number}, zegt hij."
    response = post(**typed)
    page = Page(response)
    assert response.status_code == 422
    assert "Dit lijkt op een BSN." in page.text
    assert page.still_holds(typed)


@pytest.mark.parametrize(
    "text", ["999990019 12 jaar", "In 2019: 999990019", "kamer 4 999990019", "(999990019)", "x999990019"]
)
def test_a_bsn_is_seen_beside_other_numbers(text):
    assert looks_like_bsn(text)


PHONES = ["0999990019", "0999 990 019", "09999-90019", "+31 999990019", "+31999990019", "0031 999990019"]


@pytest.mark.parametrize("phone", PHONES)
def test_a_phone_number_is_no_bsn(phone, post):
    """Each of these holds nine digits in a row that would pass as a BSN."""
    assert post(observation=f"Zij belt vaak met {phone}. Neem niet op.").status_code == 302


WORDS = st.text(alphabet="abc ,()\n", max_size=8)


@given(st.lists(st.integers(0, 9), min_size=9, max_size=9), st.lists(st.sampled_from(["", ".", " ", "-"]), min_size=9, max_size=9), WORDS)  # fmt: skip
def test_nine_digits_are_a_bsn_exactly_when_they_pass_the_eleven_test(digits, separators, words):
    run = "".join(f"{digit}{separator}" for digit, separator in zip(digits, separators, strict=True)).rstrip(" .-")
    total = sum(digit * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    assert looks_like_bsn(f"{words}x{run}x{words}") == (total % 11 == 0 and any(digits))


@given(st.integers(10_000_000, 99_999_999), st.integers(10**9, 10**12))
def test_fewer_or_more_digits_are_no_bsn(short, long):
    assert not looks_like_bsn(f"{short} of {long}")
    assert passes_eleven_test("999990019")


# ---- what the page says before anything is sent


def test_before_the_button_stands_what_one_must_know(address, link):
    page = Client().get(address).content.decode()
    before = page[: page.rindex('<button type="submit"')]
    team = link.team
    for words in (
        team.phone,
        team.days,
        team.hours,
        "tel:112",
        "0800-2000",
        "geen aanvraag",
        "geen melding bij Veilig Thuis",
    ):
        assert words in before
    assert people.HOUSING in before


# ---- links that do not work


@pytest.fixture
def dead_links(link, cast) -> dict[str, str]:
    """Tokens of links that do not work, by the reason why."""
    yesterday = timezone.localdate() - timedelta(days=1)
    expired = make_link(organisation=link.organisation, team=link.team, by=cast.marleen, expires_on=yesterday)
    revoked = make_link(organisation=link.organisation, team=link.team, by=cast.marleen)
    revoke_link(link=revoked)
    return {"expired": expired.token, "revoked": revoked.token, "unknown": "NOSUCHLINK", "odd": "ë' OR 1=1"}


def test_every_link_that_does_not_work_gives_the_same_page(dead_links, settings):
    browser, answers = Client(), []
    for token in dead_links.values():
        for name in ("signals:post", "signals:received"):
            answers.append(browser.get(reverse(name, args=[token])))
        answers.append(browser.post(reverse("signals:post", args=[token]), filled_in()))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
    page = Page(answers[0])
    assert settings.PHONE in page.text
    assert "0800-2000" in page.text
    assert "csrfmiddlewaretoken" not in page.fields


def test_a_link_works_on_its_last_day_and_not_after_it(post, link):
    PartnerLink.objects.filter(pk=link.pk).update(expires_on=timezone.localdate())
    assert post().status_code == 302
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert post().status_code == 404


def test_a_link_that_is_revoked_while_somebody_types_takes_nothing(post, link, address):
    browser = Client()
    assert browser.get(address).status_code == 200
    revoke_link(link=link)
    before = Signal.objects.count()
    assert post(browser).status_code == 404
    assert Signal.objects.count() == before


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
    monkeypatch.setattr(actions, "next_number", Meeting(5).before(actions.next_number))
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
        assert browser.get(response.url).status_code == 302


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
        answers = [response, browser.get(response.url), browser.get(door), browser.post(f"{door}code/")]
        words = [f"{answer.status_code} {answer.content.decode()}" for answer in answers] + mails(
            signal.reporter_email
        )[-2:]
        for own, instead in ((signal.number, "NUMBER"), (signal.code, "CODE"), (in_groups(signal.code), "CODE")):
            words = [text.replace(own, instead) for text in words]
        tokens = [Page(answer).fields.get("csrfmiddlewaretoken", "no token") for answer in answers]
        for token in tokens:
            words = [text.replace(token, "TOKEN") for text in words]
        headers = [
            {name: value for name, value in answer.headers.items() if name != "Content-Length"} for answer in answers
        ]
        return [without_digits(text) if "code is" in text else text for text in words] + headers

    with time_machine.travel(timezone.now(), tick=False):
        known = seen(about_name="Ruud Bakelaar", about_address=bakelaar.address)
        unknown = seen(about_name="Wim Nergenshuizen", about_address="Nergenspad 99")
    assert known == unknown


def without_digits(text: str) -> str:
    return "".join("0" if character.isdigit() else character for character in text)
