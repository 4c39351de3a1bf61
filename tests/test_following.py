"""The reporter reads along with a personal code and a one-time code, and writes back. No account."""

import io
import logging
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.templating.words import in_groups
from desk.demo import people
from households.models import AccessLogEntry
from signals import actions
from signals.models import Signal
from signals.sentences import sentences
from signals.views import following, posting
from tests.helpers import Page, link_of, mails
from tests.reading import Reader

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def receive(db):
    """Accept a signal past the form."""

    def signal(**seen: object) -> Signal:
        facts = {
            "observation": "De gang staat vol dozen.",
            "discussed": "AGREED",
            "danger_now": False,
            "about_name": "Familie Zonnedauw",
            "reporter_name": "Kees Mandemaker",
            "reporter_email": "kees@sleutelbrug.example",
        }
        submission = "6a4a7c9e-7a9f-4f5f-9d7e-0c6f0a1b2c3d" if not seen.get("submission") else seen.pop("submission")
        return actions.receive(link=link_of(people.HOUSING), submission=submission, **facts | seen)

    return signal


@pytest.fixture
def signal(receive) -> Signal:
    return receive()


@pytest.fixture
def answered(signal, cast) -> Signal:
    """Taken up, and the outcome is told."""
    actions.take_up(signal=signal, by=cast.jolanda)
    actions.give_feedback(signal=signal, sentence=sentences()["GELEZEN"], by=cast.jolanda)
    actions.give_feedback(signal=signal, sentence=sentences()["AFGESLOTEN"], by=cast.jolanda)
    signal.refresh_from_db()
    return signal


@pytest.fixture
def reader(signal) -> Reader:
    return Reader(signal)


def wrong(code: str) -> str:
    return f"{(int(code.replace(' ', '')) + 1) % 1_000_000:06}"


# ---- the personal code


@pytest.mark.parametrize("code", ["NOSUCHCODE", "0", "ë' OR 1=1"])
def test_a_code_that_nobody_has_gives_nothing(code, db, settings):
    browser = Client()
    answers = [browser.get(reverse("signals:follow", args=[code]))]
    answers += [browser.post(reverse(f"signals:{name}", args=[code])) for name in ("follow", "ask_code", "answer")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert settings.PHONE in Page(answers[0]).text


@pytest.mark.parametrize(
    "typed",
    [str, str.lower, in_groups, lambda code: code.replace("0", "o").replace("1", "l"), lambda code: f" {code}.\n"],
    ids=["bare", "small", "in groups", "look-alikes", "sloppy"],
)
def test_a_code_is_found_as_people_type_it(typed, signal):
    response = Client().post(reverse("signals:find"), {"code": typed(signal.code)})
    assert response.url == reverse("signals:follow", args=[signal.code])
    assert Client().get(reverse("signals:follow", args=[typed(signal.code).strip(" .\n")])).status_code == 200


def test_the_door_tells_nothing_of_the_signal(answered, reader):
    page = reader.look().content.decode()
    assert "csrfmiddlewaretoken" in page
    secrets = [answered.number, "dozen", "Zonnedauw", "Mandemaker", "sleutelbrug", people.HOUSING, "Jolanda"]
    secrets += [message.body[:30] for message in answered.messages.all()]
    assert [secret for secret in secrets if secret in page] == []


def test_nobody_reads_or_writes_through_the_door(answered, reader):
    assert not reader.reads
    before = answered.messages.count()
    response = reader.write("Ik ben iemand anders.")
    assert (response.status_code, response.url) == (302, reader.door)
    assert answered.messages.count() == before


def test_what_was_written_too_late_stands_in_the_form_after_a_new_code(signal, reader):
    reader.come_in()
    reader.browser.session.flush()
    reader.browser.cookies.clear()
    before, words = signal.messages.count(), "Het is koud & de <deur> klemt."
    reader.write(words)
    assert signal.messages.count() == before
    door = Page(reader.look()).text
    assert "Wat u typte is bewaard en nog niet verstuurd." in door
    assert "koud" not in door
    kept = "".join(map(str, reader.browser.session.items()))
    assert "koud" not in kept  # also in the database nobody reads it

    page = Page(reader.come_in().look())
    assert page.fields["body"].strip() == words
    assert "Wat u typte is nog niet verstuurd." in page.text
    assert signal.messages.count() == before
    reader.write(words)
    assert signal.messages.count() == before + 1
    assert not Page(reader.look()).fields["body"].strip()


def test_what_was_written_too_late_is_kept_for_half_an_hour_and_until_the_reader_leaves(reader):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        reader.write("Het is koud.")
        clock.shift(30 * MINUTE)
        assert not Page(reader.come_in().look()).fields["body"].strip()
    reader.send("klaar")
    reader.write("Het is koud.")
    reader.send("klaar")
    assert not Page(reader.come_in().look()).fields["body"].strip()


def test_why_it_is_not_solved_is_kept_too_when_it_came_too_late(answered, reader, cast):
    actions.close(signal=answered, by=cast.jolanda)
    reader.send("heropenen", reason="Het is weer koud.")
    assert Page(reader.come_in().look()).fields["reason"].strip() == "Het is weer koud."


# ---- the one-time code


def test_the_mailed_code_opens_the_door(reader):
    code = reader.ask()
    assert not reader.reads
    assert reader.type(code).url == reader.door
    assert reader.reads


def test_the_page_after_asking_a_code_can_be_asked_anew_and_mails_nothing(reader, signal):
    answer = reader.browser.post(f"{reader.door}code/")
    mailed = len(mails(signal.reporter_email))
    for _ in range(2):  # a phone that comes back from the mail
        page = reader.browser.get(answer.url)
        assert "Wij hebben een code van zes cijfers gemaild" in Page(page).text
    assert len(mails(signal.reporter_email)) == mailed
    assert "gemaild" not in Page(reader.look()).text


def test_a_code_works_once(reader, signal):
    code = reader.ask()
    reader.type(code)
    other = Reader(signal)
    assert other.type(code).status_code == 422
    assert not other.reads


@pytest.mark.parametrize(("later", "reads"), [(timedelta(minutes=9, seconds=50), True), (10 * MINUTE, False)])
def test_a_code_works_for_ten_minutes(later, reads, reader):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = reader.ask()
        clock.shift(later)
        assert (reader.type(code).status_code == 302) is reads
        assert reader.reads is reads


def test_an_earlier_code_dies_when_a_new_one_is_asked(reader):
    first = reader.ask()
    second = reader.ask()
    assert reader.type(first).status_code == 422
    assert reader.type(second).status_code == 302


def test_a_code_opens_its_own_signal_only(reader, receive):
    other = Reader(receive(submission="0d9b6b3e-7a9f-4f5f-9d7e-0c6f0a1b2c3d"))
    other.ask()
    assert reader.type(other.ask()).status_code == 422
    assert not reader.reads


def test_no_more_than_three_codes_a_minute_are_mailed(reader):
    with time_machine.travel(timezone.now(), tick=False):
        before = len(mails())
        for _ in range(6):
            reader.browser.post(f"{reader.door}code/")
        assert len(mails()) == before + 3


def test_ten_wrong_codes_lock_the_door_for_a_quarter_of_an_hour(reader, signal):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = reader.ask()
        for _ in range(10):
            assert reader.type(wrong(code)).status_code == 422
        assert "Te veel verkeerde codes." in Page(reader.look()).text
        reader.type(code)
        assert not reader.reads
        clock.shift(14 * MINUTE)
        assert not actions.open_door(signal=signal, typed=reader.ask())
        clock.shift(MINUTE)
        assert reader.type(reader.ask()).status_code == 302
        assert reader.reads


def test_each_ten_more_wrong_codes_lock_it_for_twice_as_long(reader, signal):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for quarters in (1, 2, 4):
            for _ in range(10):
                actions.open_door(signal=signal, typed="nonsense")
            clock.shift(quarters * 15 * MINUTE - timedelta(seconds=1))
            assert "Te veel verkeerde codes." in Page(reader.look()).text
            clock.shift(timedelta(seconds=1))
            assert "Te veel verkeerde codes." not in Page(reader.look()).text
        assert reader.come_in().reads


def test_nine_wrong_codes_are_forgiven_after_a_right_one(reader):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(2):
            code = reader.ask()
            for _ in range(9):
                reader.type(wrong(code))
            assert reader.type(code).status_code == 302
            reader.browser = Client()
            clock.shift(MINUTE)


def test_wrong_codes_count_also_in_another_browser(reader, signal):
    code = reader.ask()
    for _ in range(10):
        Reader(signal).type(wrong(code))
    reader.type(code)
    assert not reader.reads


def test_reading_ends_after_twenty_minutes_without_a_click(reader):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        reader.come_in()
        for _ in range(3):
            clock.shift(19 * MINUTE)
            assert reader.reads
        clock.shift(21 * MINUTE)
        assert not reader.reads


def test_who_is_done_reading_leaves_nothing_behind(reader):
    reader.come_in()
    assert reader.browser.post(f"{reader.door}klaar/").url == reverse("signals:find")
    assert not reader.reads


# ---- the pin


def test_who_gave_no_mail_address_reads_with_the_pin(receive):
    signal = receive(reporter_email="", reporter_phone="000-000 03 02")
    pin, before = actions.pin_of(signal), mails()
    for _ in range(2):  # it is written on paper: it works again
        reader = Reader(signal)
        assert reader.type(wrong(pin)).status_code == 422
        assert reader.type(f" {pin[:3]}-{pin[3:]}").status_code == 302
        assert reader.reads
    reader.browser.post(f"{reader.door}code/")
    assert mails() == before


def test_an_empty_pin_opens_nothing(reader):
    """A signal with a mail address has no pin, and nothing is not equal to nothing."""
    for code in ("", " ", "-", "abc"):
        assert reader.type(code).status_code == 422
    assert not reader.reads


# ---- what stands there


def test_messages_stand_newest_first(answered, reader):
    reader.come_in()
    reader.write("Dank u. Vrijdag ben ik er weer.")
    text = Page(reader.look()).text
    bodies = [message.body for message in answered.messages.order_by("-pk")]
    assert bodies[0] == "Dank u. Vrijdag ben ik er weer."
    assert len(bodies) == 4
    places = [text.index(" ".join(body.split())) for body in bodies]
    assert places == sorted(places)


def test_an_answer_is_kept_and_the_team_sees_it(answered, reader, as_):
    response = reader.come_in().write("Er lag <b>weer</b> post & een brief.\nMet een rode rand.")
    assert (response.status_code, response.url) == (302, reader.door)
    message = answered.messages.last()
    assert (message.direction, message.level, message.author) == ("THEIRS", "", None)
    assert message.body.splitlines() == ["Er lag <b>weer</b> post & een brief.", "Met een rode rand."]
    page = as_("jolanda").get(reverse("signals:signal", args=[answered.number])).content.decode()
    assert "&lt;b&gt;weer&lt;/b&gt;" in page


@pytest.mark.parametrize(
    ("body", "words"), [("", "Schrijf eerst"), ("Haar nummer is 999990019", "Dit lijkt op een BSN.")]
)
def test_an_answer_that_can_not_be_sent_is_not_lost(body, words, signal, reader):
    response = reader.come_in().write(body)
    assert response.status_code == 422
    assert words in Page(response).text
    assert Page(response).fields["body"] == body
    assert signal.messages.count() == 1


def test_too_many_answers_are_slowed_down_and_kept_on_the_page(signal, reader, settings):
    with time_machine.travel(timezone.now(), tick=False):
        reader.come_in()
        limit = int(settings.POSTS["address"].split("/")[0])
        statuses = [reader.write(f"Antwoord {rank}").status_code for rank in range(limit + 1)]
        assert statuses == [302] * limit + [429]
        assert Page(reader.write("Nog één ding.")).fields["body"] == "Nog één ding."
        assert signal.messages.count() == 1 + limit


def test_a_closed_signal_takes_no_answer_and_loses_no_word(answered, reader, cast):
    reader.come_in()
    actions.close(signal=answered, by=cast.jolanda)
    before = answered.messages.count()
    page = Page(reader.look())
    assert "Afgerond op" in page.text
    assert "body" not in page.fields
    response = reader.write("Nog één ding.")
    assert response.status_code == 422
    assert Page(response).fields["body"] == "Nog één ding."
    assert answered.messages.count() == before


def test_following_ends_half_a_year_after_closing(answered, reader, cast):
    actions.close(signal=answered, by=cast.jolanda)
    closed_at = answered.closed_at
    for later, status in ((182 * DAY, 200), (183 * DAY - MINUTE, 200), (183 * DAY + MINUTE, 404)):
        with time_machine.travel(closed_at + later):
            assert reader.look().status_code == status


def test_an_open_signal_is_followed_as_long_as_it_takes(reader):
    with time_machine.travel(timezone.now() + 1000 * DAY):
        assert reader.look().status_code == 200


# ---- quietly


def test_no_browser_keeps_these_pages_and_no_search_engine_finds_them(reader, signal):
    pages = [reader.look(), reader.come_in().look(), reader.browser.get(reverse("signals:find"))]
    pages += [reader.browser.get(reverse("signals:follow", args=["NOSUCHCODE"]))]
    pages += [reader.browser.get(reverse("signals:post", args=[signal.link.token]))]
    for page in pages:
        assert "no-store" in page.headers["Cache-Control"]
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert page.headers["Referrer-Policy"] == "no-referrer"


def test_reading_asking_and_guessing_are_in_the_log(signal, reader):
    before = AccessLogEntry.objects.latest("pk").pk
    code = reader.ask()
    reader.type(wrong(code))
    reader.type(code)
    reader.look()
    lines = AccessLogEntry.objects.filter(pk__gt=before).order_by("pk")
    assert [(line.action, line.event) for line in lines] == [
        ("CREATE", "ask code"),
        ("DENIED", "wrong code"),
        ("VIEW", "reporter reads"),
    ]
    for line in lines:
        assert (line.actor, line.actor_role, line.object_type, line.object_id) == (
            None,
            "REPORTER",
            "signal",
            signal.pk,
        )


class Broken(Exception):
    pass


@pytest.fixture
def log_lines(monkeypatch):
    """What the console of a server would show."""
    stream = io.StringIO()
    for handler in logging.getLogger("django").handlers + logging.getLogger().handlers:
        if any(type(each).__name__ == "NoSecrets" for each in handler.filters):
            monkeypatch.setattr(handler, "stream", stream)
    return stream


def test_a_secret_address_is_in_no_log_line(signal, reader, log_lines, monkeypatch):
    def breaks(request, *args, **kwargs):
        raise Broken(f"while answering {request!r}")

    browser = Client(raise_request_exception=False)
    gone = reverse("signals:follow", args=["ABCDEFGH12345678"])
    assert browser.get(gone).status_code == 404
    monkeypatch.setattr(following, "door", breaks)
    monkeypatch.setattr(posting, "PostForm", breaks)
    assert browser.get(reader.door).status_code == 500
    post = reverse("signals:post", args=[signal.link.token])
    assert browser.post(post, {"danger_now": "ja"}).status_code == 500
    lines = log_lines.getvalue()
    assert "Not Found: /volg/…/" in lines
    assert lines.count("Internal Server Error: ") == 2
    assert lines.count("tests.test_following.Broken") == 2
    assert "while answering" not in lines  # what an error says may hold anything
    for secret in ("ABCDEFGH12345678", signal.code, signal.link.token):
        assert secret not in lines
