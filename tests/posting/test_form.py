"""A partner posts a signal through the shared link of the organisation, without an account."""

from datetime import timedelta

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
from config.templating.words import in_groups
from desk.demo import people
from households.models import AccessLogEntry
from partners.actions import make_link, revoke_link
from partners.models import PartnerLink
from signals import actions
from signals.models import Signal
from signals.sentences import sentences
from tests.helpers import Page, filled_in, link_of, mails, sql
from tests.paper import read
from tests.posting.working import FREE_TEXT, counts, newest

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


@pytest.mark.parametrize(
    "broken",
    ["households.access.record", "config.mail.written", "signals.actions.reporter.receipt_of", "config.together.write"],
)
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
    assert Page(response).fields["reporter_contact"] == "kees@"


def test_who_gives_no_mail_address_gets_a_pin_and_no_mail(post):
    before, browser = Email.objects.count(), Client()
    page = Page(browser.get(post(browser, reporter_email=None).url))
    assert Email.objects.count() == before
    pin = page.text.split("Uw pincode: ")[1][:6]
    assert actions.open_door(signal=newest(), typed=pin)


def test_who_gives_no_mail_address_can_be_written_that_an_answer_waits(post, as_, cast):
    """On paper as in a mail: the address and the number, and not a word of what was seen."""
    seen, name = "De gordijnen zijn altijd dicht.", "Mevrouw Papierlief"
    post(reporter_email=None, observation=seen, reporter_name=name)
    signal = newest()
    here = reverse("signals:letter", args=[signal.number])
    assert here not in as_("jolanda").get(reverse("signals:signal", args=[signal.number])).text  # nothing waits yet
    actions.take_up(signal=signal, by=cast.jolanda)
    actions.give_feedback(signal=signal, sentence=sentences()["GELEZEN"], by=cast.jolanda)
    assert here in as_("jolanda").get(reverse("signals:signal", args=[signal.number])).text
    text = " ".join(read(as_("jolanda").get(here).content))
    for words in (name, signal.number, in_groups(signal.code), signal.team.phone):
        assert words in text
    for secret in (seen, "Nergenspad", actions.pin_of(signal)):
        assert secret not in text
    line = AccessLogEntry.objects.filter(event="print letter").latest("pk")
    assert (line.action, line.object_id) == ("PRINT", signal.pk)
    post(reporter_name=name)
    assert as_("jolanda").get(reverse("signals:letter", args=[newest().number])).status_code == 404


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
    for answer in answers:
        del answer.headers["X-Request-Id"]  # another one for every request, whatever is asked
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
    page = Page(answers[0])
    assert settings.PHONE in page.text
    assert "0800-2000" in page.text
    assert "csrfmiddlewaretoken" not in page.fields


def test_a_link_works_on_its_last_day_and_not_after_it(post, link):
    PartnerLink.objects.filter(pk=link.pk).update(expires_on=timezone.localdate())
    assert post().status_code == 302
    with time_machine.travel(timezone.localtime() + timedelta(days=1)):
        assert post().status_code == 404


def test_a_link_that_is_revoked_while_somebody_types_takes_nothing(post, link, address):
    browser = Client()
    assert browser.get(address).status_code == 200
    revoke_link(link=link)
    before = Signal.objects.count()
    assert post(browser).status_code == 404
    assert Signal.objects.count() == before
