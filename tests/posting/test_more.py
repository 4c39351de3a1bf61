"""What a reporter may add, and the two ways that go elsewhere: arrears, and a question without a name."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.templating.parts import icon
from desk.demo import people
from households import actions as household_actions
from households.domains import LifeDomain
from households.models import AccessLogEntry
from partners.categories import ARREARS, Category, preset
from partners.models import Organisation
from signals import actions, workflow
from signals.models import Message, OneTimeCode, Signal
from signals.sentences import grounds_of, offered, sentences
from signals.tasks import delete_old_questions
from signals.workflow import TRANSITIONS, Status
from tests.helpers import Page, everything, filled_in, link_of, sql
from tests.posting.working import newest

ALL_FOUR = ["CONTACT", "HELP", "LETTER", "NO_OBJECTION"]
MORE = {
    "strengths": "Vader leest elke avond voor.",
    "wish": "Dat moeder een keer kan slapen.",
    "last_day": "2026-12-04",
    "domains": ["MENTAL_HEALTH", "PARENTING"],
    "category": "BABY",
    "family_may_know": "nee",
}


def send(organisation: str, **changes):
    """Fill in the form behind the link of this organisation; a list is several ticks."""
    browser = Client()
    return browser.post(reverse("signals:post", args=[link_of(organisation).token]), filled_in() | changes)


# ---- how much there is to fill in


def test_six_things_to_fill_in_and_the_rest_is_folded_away(address):
    """Outside of what is folded away, and of what only follows from an answer."""
    page = Client().get(address).content.decode()
    start, end = page.index("<form"), page.index("</form>")
    seen, follows = page[start:end], ("names_because", "not_yet_because", "resident_agrees_to_feedback")
    while "<details" in seen:
        before, _, rest = seen.partition("<details")
        seen = before + rest.partition("</details>")[2]
    names = {part.split('"')[0] for part in seen.split(' name="')[1:]} - {"submission", *follows}
    assert names == {"danger_now", "observation", "discussed", "about_name", "reporter_name", "reporter_contact"}


def test_what_was_added_is_kept_and_shown_to_the_team(as_):
    assert send(people.MATERNITY, **MORE).status_code == 302
    signal = newest()
    assert (signal.strengths, signal.wish) == (MORE["strengths"], MORE["wish"])
    assert (signal.last_day, signal.category, signal.family_may_know) == (date(2026, 12, 4), "BABY", False)
    assert signal.life_domains == [LifeDomain.PARENTING, LifeDomain.MENTAL_HEALTH]
    answer = as_("jolanda").get(reverse("signals:signal", args=[signal.number]))
    words = Page(answer).text
    for told in (
        MORE["strengths"],
        MORE["wish"],
        "vrijdag 4 december 2026",
        "Zorgen rond een baby",
        "liever niet dat het gezin",
    ):
        assert told in words
    for domain in signal.life_domains:
        assert f"{icon(domain.icon)}{domain.label}" in answer.content.decode()


def test_nothing_of_it_has_to_be_filled_in(post, as_):
    post()
    signal = newest()
    assert (signal.strengths, signal.wish, signal.last_day, signal.category) == ("", "", None, "")
    assert (signal.domains, signal.family_may_know) == ([], None)
    words = Page(as_("jolanda").get(reverse("signals:signal", args=[signal.number]))).text
    assert "Vraag de melder eerst" in words
    assert "Gaat goed" not in words


def test_a_mistake_in_what_is_folded_away_opens_it(db):
    for changes in (
        {"last_day": "morgen"},
        {"strengths": "999990019"},
        {"domains": ["NERGENS"]},
        {"last_day": "0001-01-01"},
    ):
        response = send(people.MATERNITY, **changes)
        assert response.status_code == 422
        assert '<details class="hp-card hp-details" open>' in response.content.decode()


def test_a_link_offers_what_its_organisation_often_sees(db):
    for name, kind in ((people.MATERNITY, "MATERNITY"), (people.PRIMARY_SCHOOL, "SCHOOL")):
        page = Page(Client().get(reverse("signals:post", args=[link_of(name).token])))
        assert page.options["category"] == preset(kind)
    assert send(people.MATERNITY, category="ABSENCE").status_code == 422


def test_the_database_knows_the_same_subjects_and_domains(db):
    for change in ("domains = '{NERGENS}'",):
        with pytest.raises(IntegrityError, match="signal_known_domains"), transaction.atomic():
            sql(f"UPDATE signals_signal SET {change}")
    with pytest.raises(IntegrityError, match="partnerlink_known_categories"), transaction.atomic():
        sql("UPDATE partners_partnerlink SET categories = '{NERGENS}'")


# ---- how we reach somebody


@pytest.mark.parametrize(
    ("contact", "phone", "kept"),
    [
        ("kees@sleutelbrug.example", "", ("kees@sleutelbrug.example", "")),
        (" kees@sleutelbrug.example ", "000-000 03 02", ("kees@sleutelbrug.example", "000-000 03 02")),
        ("000-000 03 02", "", ("", "000-000 03 02")),
        ("+31 6 00000302", "+31 6 00000302", ("", "+31 6 00000302")),
    ],
)
def test_one_field_takes_a_mail_address_or_a_phone_number(contact, phone, kept, db):
    assert send(people.HOUSING, reporter_contact=contact, reporter_phone=phone).status_code == 302
    assert (newest().reporter_email, newest().reporter_phone) == kept


@pytest.mark.parametrize(
    ("contact", "phone", "words"),
    [
        ("kees", "", "Dit is geen e-mailadres en geen telefoonnummer."),
        ("kees@sleutelbrug", "", "Dit e-mailadres is niet compleet."),
        ("000-000 03 02", "000-000 03 03", "Haal één van de twee weg."),
        ("0" * 40, "", "Dit is geen e-mailadres en geen telefoonnummer."),
        ("", "000-000 03 02", "Schrijf een e-mailadres of telefoonnummer op."),
    ],
)
def test_what_is_neither_is_asked_again(contact, phone, words, nothing_is_kept):
    response = send(people.HOUSING, reporter_contact=contact, reporter_phone=phone)
    assert response.status_code == 422
    assert words in Page(response).text
    assert Page(response).fields["reporter_contact"] == contact


# ---- arrears


def test_arrears_go_through_the_early_help_with_debts(as_, cast):
    page = Page(Client().get(reverse("signals:post", args=[link_of(people.HOUSING).token])))
    assert "Dit loopt via Vroegsignalering schulden." in page.text
    assert page.options["arrears_steps"] == ALL_FOUR
    assert not any("bedrag" in name or "amount" in name for name in page.fields)
    assert send(people.HOUSING, arrears_steps=ALL_FOUR).status_code == 302
    assert newest().category == "RENT_ARREARS"
    shown = Page(as_("jolanda").get(reverse("signals:signal", args=[newest().number]))).text
    assert "Dit loopt via Vroegsignalering schulden." in shown
    assert "schuldhulp" in shown
    jolanda = as_("jolanda")
    jolanda.post(reverse("signals:take_up", args=[newest().number]))
    passing_on = reverse("signals:forward", args=[newest().number])
    assert passing_on in jolanda.get(reverse("signals:signal", args=[newest().number])).content.decode()
    assert Page(jolanda.get(passing_on)).fields["person"] == f"{cast.dennis.pk}"  # who does the debt help


def test_who_has_nothing_to_do_with_arrears_reads_nothing_about_it(db):
    page = Page(Client().get(reverse("signals:post", args=[link_of(people.MATERNITY).token])))
    assert "Vroegsignalering" not in page.text
    assert send(people.MATERNITY, arrears_steps=ALL_FOUR).status_code == 302
    assert newest().category == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"arrears_steps": ALL_FOUR[:3]}, "Zet alle vier de vinkjes."),
        ({"discussed": "NOT_AGREED", "about_name": "", "about_address": ""}, "mag u niet doorgeven"),
        ({"discussed": "QUESTION", "about_name": "", "about_address": ""}, "mag u niet doorgeven"),
        ({"about_name": "", "about_address": ""}, "Schrijf op wie achterloopt met betalen"),
    ],
)
def test_arrears_are_passed_on_only_as_the_law_says(changes, words, nothing_is_kept):
    response = send(people.HOUSING, **{"arrears_steps": ALL_FOUR} | changes)
    assert response.status_code == 422
    assert words in Page(response).text


def test_every_kind_of_organisation_has_subjects(db):
    for kind in Organisation.Kind.values:
        assert preset(kind)
        assert set(preset(kind)) <= set(Category.values)
        assert bool(ARREARS & set(preset(kind))) == (kind in ("HOUSING", "UTILITY"))


# ---- a question without a name


@pytest.fixture
def question(db) -> Signal:
    response = send(people.PRIMARY_SCHOOL, discussed="QUESTION", about_name="", about_address="", domains=["MONEY"])
    assert response.status_code == 302
    return newest()


@pytest.fixture
def answered(question, cast) -> Signal:
    actions.take_up(signal=question, by=cast.jolanda)
    tell_advice(question, cast.jolanda)
    return question


def tell_advice(question: Signal, by) -> None:
    sentence = sentences()["ADVIES"]
    actions.give_feedback(signal=question, sentence=sentence, by=by, answers={"advice": "Vraag hoe het thuis gaat."})


@pytest.mark.parametrize("changes", [{"about_name": ""}, {"about_address": ""}, {}])
def test_a_question_holds_no_name_and_nothing_typed_is_lost(changes, nothing_is_kept):
    typed = filled_in(discussed="QUESTION") | changes
    response = send(people.PRIMARY_SCHOOL, **typed)
    assert response.status_code == 422
    assert "U wilt overleggen zonder naam." in Page(response).text
    assert Page(response).still_holds(typed)


def test_the_page_says_what_becomes_of_a_question(address):
    words = Page(Client().get(address)).text
    assert "Wij koppelen uw vraag nooit aan een gezin. Na drie maanden wissen wij uw vraag." in words


def test_a_question_is_answered_with_advice(answered, as_):
    assert "Vraag hoe het thuis gaat." in answered.messages.last().body
    assert actions.may_be_closed(answered)
    ilse = Signal.objects.filter(discussed="AGREED").first()
    assert "ADVIES" in {one.code for one in offered(answered, grounds_of(answered))}
    assert "ADVIES" not in {one.code for one in offered(ilse, grounds_of(ilse))}


def test_advice_is_given_on_the_page_of_the_question(question, as_, cast):
    jolanda = as_("jolanda")
    jolanda.post(reverse("signals:take_up", args=[question.number]))
    page = Page(jolanda.get(reverse("signals:signal", args=[question.number])))
    assert "Een vraag zonder naam" in page.text
    assert "Koppelen aan een huishouden" not in page.text
    address, answer = reverse("signals:feedback", args=[question.number]), {"sentence": "ADVIES", "seen": "999999999"}
    refused = jolanda.post(address, answer)
    assert refused.status_code == 422
    assert "Schrijf op wat je aanraadt." in Page(refused).text
    assert jolanda.post(address, answer | {"advice": "Praat eerst met moeder.", "and_close": "on"}).status_code == 302
    question.refresh_from_db()
    assert question.status == Status.CLOSED


def test_no_way_leads_from_a_question_to_a_household(question, cast, as_, bakelaar):
    actions.take_up(signal=question, by=cast.jolanda)
    with pytest.raises(workflow.NotAllowed):
        actions.link_to_household(signal=question, household=bakelaar, by=cast.jolanda)
    answer = as_("jolanda").post(
        reverse("signals:link", args=[question.number]), {"household": bakelaar.number}, follow=True
    )
    assert "hoort nooit bij een huishouden" in Page(answer).text
    assert Signal.objects.get(pk=question.pk).household is None


@pytest.mark.parametrize(
    "change",
    [
        "household_id = (SELECT min(id) FROM households_household)",
        "status = 'LINKED', taken_up_by_id = 1, household_id = 1",
        "about_name = 'Ruud'",
        "about_address = 'Kastanjepad 12'",
    ],
)
def test_the_database_keeps_a_question_apart(change, question):
    with (
        pytest.raises(IntegrityError, match="signal_question_without_household"),
        transaction.atomic(),
    ):
        sql(f"UPDATE signals_signal SET {change} WHERE id = %s", question.pk)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        sql(f"UPDATE signals_signal SET discussed = 'AGREED', {change} WHERE id = %s", question.pk)


@pytest.mark.parametrize("present", Status.values)
@pytest.mark.parametrize("wanted", Status.values)
def test_the_steps_of_a_question(present, wanted):
    may = wanted in TRANSITIONS[Status(present)] and wanted not in (Status.LINKED, Status.FORWARDED)
    if may:
        workflow.check(present, wanted, question=True)
    else:
        with pytest.raises(workflow.NotAllowed):
            workflow.check(present, wanted, question=True)


# ---- and is deleted


def test_a_question_is_deleted_after_three_months_and_nothing_of_it_stays(answered, cast):
    actions.send_code(signal=answered)
    actions.hear_reporter(signal=answered, body="Dank je. Kwetterpoel.")
    tell_advice(answered, cast.jolanda)
    sealed = sql("SELECT observation, code FROM signals_signal WHERE id = %s", answered.pk)[0]
    seen = set(sealed) | {answered.code_hash, answered.number}
    days_from_now(answered, 91)
    assert Signal.objects.filter(pk=answered.pk).exists()
    days_from_now(answered, 93)
    assert not Signal.objects.filter(pk=answered.pk).exists()
    assert not Message.objects.filter(signal_id=answered.pk).exists()
    assert not OneTimeCode.objects.filter(signal_id=answered.pk).exists()
    left = {name: rows for name, rows in everything().items() if any(secret in rows for secret in seen)}
    assert left == {}
    line = AccessLogEntry.objects.latest("pk")
    assert (line.event, line.object_id, line.actor_role) == ("delete question", answered.pk, "SYSTEM")
    assert link_of(people.PRIMARY_SCHOOL).uses > 0


def days_from_now(signal: Signal, days: int) -> None:
    with time_machine.travel(signal.received_at + timedelta(days=days), tick=False):
        delete_old_questions()


def test_a_question_that_nobody_answered_stays_and_is_late(question, answered_signals):
    days_from_now(question, 120)
    with time_machine.travel(timezone.localtime() + timedelta(days=120), tick=False):
        assert question in Signal.objects.late()
    assert set(Signal.objects.values_list("pk", flat=True)) >= answered_signals | {question.pk}


@pytest.fixture
def answered_signals(db) -> set[int]:
    """All other signals, closed ones too: these are not ours to delete."""
    return set(Signal.objects.exclude(discussed="QUESTION").values_list("pk", flat=True))


def test_whoever_wrote_back_is_answered_first(answered, cast):
    actions.hear_reporter(signal=answered, body="En als zij boos wordt?")
    days_from_now(answered, 120)
    tell_advice(answered, cast.jolanda)
    days_from_now(answered, 121)
    assert not Signal.objects.filter(pk=answered.pk).exists()


def test_only_a_question_can_be_deleted(ilses_signal):
    with (
        time_machine.travel(timezone.localtime() + timedelta(days=400), tick=False),
        pytest.raises(workflow.NotAllowed),
    ):
        actions.delete_question(question=ilses_signal)


def test_the_household_of_somebody_else_is_not_found_by_a_question(question, cast):
    """Nothing suggests a household for it either: the page to link is closed."""
    before = AccessLogEntry.objects.filter(event="suggest").count()
    household_actions.make_household(name="Zonnedauw", team=question.team, coordinator=cast.jolanda, by=cast.jolanda)
    actions.take_up(signal=question, by=cast.jolanda)
    client = Client()
    client.force_login(cast.jolanda)
    assert client.get(reverse("signals:link", args=[question.number])).status_code == 302
    assert AccessLogEntry.objects.filter(event="suggest").count() == before


def test_a_question_goes_with_no_signal_and_to_no_other_organisation(question, cast, as_):
    other = Signal.objects.filter(status=Status.TAKEN_UP, household=None).first()
    assert other
    actions.take_up(signal=question, by=cast.jolanda)
    for one, two in ((question, other), (other, question)):
        with pytest.raises(actions.NotTogether):
            actions.merge(signal=one, other=two, by=cast.jolanda)
    answer = as_("jolanda").get(reverse("signals:forward", args=[question.number]))
    assert answer.status_code == 302
