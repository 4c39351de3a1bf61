"""Asking and answering back and forth: how it reads before it is sent, corrections, whose turn it is, talking together."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from households.models import AccessLogEntry
from signals import actions, tasks
from signals.models import Message, Signal, Talk
from signals.sentences import sentences
from signals.workflow import Status
from tests.helpers import Page, mails, sql
from tests.reading import Reader
from tests.signals.working import offered, page_of, send, tell
from tests.test_speed import queries

DAY = timedelta(days=1)
WAITS = "Er staat een bericht voor u klaar"


def day(offset: int) -> str:
    return f"{timezone.localdate() + offset * DAY}"


@pytest.fixture
def consented(linked, lives_there, agree):
    return agree(lives_there("Ruud", 44), lives_there("Samira", 41))


# ---- how it reads, before it is sent


def test_the_page_leads_to_a_preview_and_the_preview_to_sending(taken_up, as_):
    client = as_("jolanda")
    forms = [given for tag, given in page_of(taken_up, client).elements if tag == "form"]
    address = reverse("signals:preview", args=[taken_up.number])
    assert address in [form.get("action") for form in forms]
    assert reverse("signals:feedback", args=[taken_up.number]) not in [form.get("action") for form in forms]

    typed = {"sentence": "EXTRA_INFO", "question": "Wanneer bent u er?", "before": day(3), "seen": "0"}
    response = client.post(address, typed)
    page = Page(response)
    assert response.status_code == 200
    assert taken_up.messages.count() == 1
    assert page.still_holds(typed)

    assert client.post(reverse("signals:feedback", args=[taken_up.number]), page.fields).status_code == 302
    sent = taken_up.messages.last()
    assert " ".join(sent.body.split()) in page.text
    assert sent.answer_by == timezone.localdate() + 3 * DAY
    assert WAITS in mails("kees@sleutelbrug.example")[-1]


def test_what_is_sent_twice_is_one_message_and_one_mail(taken_up, as_):
    before, mailed = taken_up.messages.count(), len(mails("kees@sleutelbrug.example"))
    typed = {"sentence": "EXTRA_INFO", "question": "Wanneer bent u er?", "before": day(3), "seen": "0"}
    for _ in range(2):
        assert send(taken_up, as_("jolanda"), "feedback", **typed).status_code == 302
    assert (taken_up.messages.count(), len(mails("kees@sleutelbrug.example"))) == (before + 1, mailed + 1)
    reader = Reader(taken_up).come_in()
    for _ in range(2):
        assert reader.write("Op dinsdag.").status_code == 302
    assert taken_up.messages.count() == before + 2
    send(taken_up, as_("jolanda"), "feedback", **typed | {"seen": f"{taken_up.messages.last().pk}"})
    reader.write("Op dinsdag.")
    assert taken_up.messages.count() == before + 4  # something was said in between: that counts


def test_the_same_words_later_are_a_message_again(taken_up, cast):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(2):
            tell(taken_up, "GELEZEN", cast.jolanda)
            clock.shift(timedelta(hours=1))
    assert taken_up.messages.filter(sentence="GELEZEN").count() == 2


def test_when_it_is_taken_up_anew_the_same_words_are_an_answer_again(taken_up, cast):
    tell(taken_up, "AFGESLOTEN", cast.jolanda)
    Signal.objects.filter(pk=taken_up.pk).update(taken_up_at=timezone.now())
    tell(taken_up, "AFGESLOTEN", cast.jolanda)
    actions.close(signal=taken_up, by=cast.jolanda)


def test_going_back_from_the_preview_keeps_what_was_typed(taken_up, as_):
    typed = {"sentence": "EXTRA_INFO", "question": "Wanneer & “hoe laat”?", "before": day(3)}
    response = send(taken_up, as_("jolanda"), "preview", back="1", **typed)
    assert response.status_code == 200
    assert Page(response).still_holds(typed)
    assert taken_up.messages.count() == 1


def test_a_mistake_is_said_before_the_preview(taken_up, as_):
    response = send(taken_up, as_("jolanda"), "preview", sentence="EXTRA_INFO", question="Wanneer?")
    assert response.status_code == 422
    assert Page(response).fields["question"] == "Wanneer?"


def test_while_it_is_filled_in_the_text_is_shown_beside_it(taken_up, as_):
    address = reverse("signals:preview", args=[taken_up.number])
    typed = {"sentence": "EXTRA_INFO", "question": "Hoe <laat>?"}
    response = as_("jolanda").post(address, typed, headers={"HX-Request": "true"})
    words = response.content.decode()
    assert response.status_code == 200
    assert "Hoe &lt;laat&gt;? Wilt u antwoorden vóór …?" in words
    assert "<form" not in words
    assert as_("jolanda").post(address, headers={"HX-Request": "true"}).content.strip() == b""


def test_own_words_are_for_who_may_hear_about_people(linked, lives_there, agree, as_):
    client, own = as_("jolanda"), {"sentence": "EIGEN_WOORDEN", "own_words": "Wij drinken vrijdag koffie."}
    ruud = lives_there("Ruud", 44)
    assert "EIGEN_WOORDEN" not in offered(linked, client)
    assert send(linked, client, "feedback", **own).status_code == 422
    agree(ruud)
    assert send(linked, client, "feedback", **own).status_code == 302
    told = linked.messages.last()
    assert (told.body, told.level, told.tells_outcome) == ("Wij drinken vrijdag koffie.", "F2", False)
    assert told.ground.startswith("CONSENT ")


@pytest.mark.parametrize(
    "words", ["Ruud komt", "er zijn schulden", "zij is depressief", "de politie kwam", "op Nergenspad"]
)
def test_telling_words_are_shown_on_the_preview_and_asked_twice(words, linked, household, consented, as_):
    household.address = "Nergenspad 99"
    household.save()
    typed = {"sentence": "EIGEN_WOORDEN", "own_words": f"Wij zien dat {words}.", "seen": "0"}
    page = Page(send(linked, as_("jolanda"), "preview", **typed))
    assert "Dit vertelt iets over mensen" in page.text
    assert page.options["sure"] == ["on"]
    refused = send(linked, as_("jolanda"), "feedback", **page.fields)
    assert refused.status_code == 422
    assert Page(refused).still_holds(typed)
    before = linked.messages.count()
    send(linked, as_("jolanda"), "feedback", **page.fields, sure="on")
    assert linked.messages.count() == before + 1


def test_a_protected_address_and_a_bsn_are_never_told(linked, household, consented, as_):
    household.address, household.address_protected = "Nergenspad 99", True
    household.save()
    for words in ("Wij komen op het nergenspad.", "Het nummer is 999990019."):
        typed = {"sentence": "EIGEN_WOORDEN", "own_words": words, "sure": "on"}
        response = send(linked, as_("jolanda"), "feedback", **typed)
        assert response.status_code == 422
        assert Page(response).fields["own_words"] == words


def test_danger_now_can_be_answered_with_whom_to_call(receive, cast, as_, settings):
    signal = receive(danger_now=True)
    actions.take_up(signal=signal, by=cast.jolanda)
    send(signal, as_("jolanda"), "feedback", sentence="SPOED")
    told = signal.messages.last()
    assert (told.level, settings.SAFE_HOME_PHONE in told.body) == ("F0", True)


# ---- a correction


@pytest.fixture
def wrong(linked, cast) -> Message:
    return tell(linked, "AFGESLOTEN", cast.jolanda)


def correct(message: Message, client, sentence: str = "KLOPT_NIET", **data: str):
    return send(message.signal, client, "feedback", sentence=sentence, corrects=f"{message.pk}", **data)


def test_a_correction_that_is_sent_twice_never_goes_out_as_a_message_of_its_own(linked, wrong, as_):
    before = linked.messages.count()
    for verb in ("feedback", "feedback", "preview"):
        again = send(linked, as_("jolanda"), verb, sentence="GELEZEN", corrects=f"{wrong.pk}")
        assert again.status_code == 302
    assert linked.messages.count() == before + 1


def test_a_correction_is_a_new_message_that_says_which_one_it_corrects(linked, wrong, as_):
    client = as_("jolanda")
    address = reverse("signals:signal", args=[linked.number])
    assert f"?verbetert={wrong.pk}#antwoord" in client.get(address).content.decode()
    page = Page(client.get(address, {"verbetert": wrong.pk}))
    assert page.fields["corrects"] == f"{wrong.pk}"
    assert "KLOPT_NIET" in page.options["sentence"]
    assert correct(wrong, client).status_code == 302

    better = linked.messages.last()
    assert (better.corrects, better.sentence) == (wrong, "KLOPT_NIET")
    reader = Reader(linked).come_in()
    for text in (Page(reader.look()).text, page_of(linked, client).text):
        assert "Afgerond" in text or "afgerond" in text  # what was said stays where it was
        assert "Dit klopte niet. Lees het bericht van" in text
        assert "Komt in de plaats van het bericht van" in text
    assert f"?verbetert={wrong.pk}" not in client.get(address).content.decode()


def test_an_outcome_that_was_corrected_is_no_outcome(linked, wrong, cast, as_):
    correct(wrong, as_("jolanda"))
    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=linked, by=cast.jolanda)
    with pytest.raises(IntegrityError, match="its reporter has no answer"), transaction.atomic():
        sql("UPDATE signals_signal SET status = 'CLOSED', closed_at = now() WHERE id = %s", linked.pk)
    correct(linked.messages.last(), as_("jolanda"), "OPGEPAKT")
    actions.close(signal=linked, by=cast.jolanda)


def test_a_message_is_corrected_once_and_by_its_own_signal(linked, wrong, receive, cast, as_):
    other = receive()
    actions.take_up(signal=other, by=cast.jolanda)
    correct(wrong, as_("jolanda"))
    with pytest.raises(actions.CorrectedAlready):
        actions.give_feedback(signal=linked, sentence=sentences()["GELEZEN"], by=cast.jolanda, corrects=wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.give_feedback(
            signal=other, sentence=sentences()["GELEZEN"], by=cast.jolanda, corrects=linked.messages.last()
        )
    receipt = linked.messages.first()  # the system said that
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.give_feedback(signal=linked, sentence=sentences()["GELEZEN"], by=cast.jolanda, corrects=receipt)


# ---- whose turn it is


def turn(signal: Signal, client) -> str:
    text = page_of(signal, client).text
    return text.partition("Wie is er aan zet?")[2].partition("Wat wij tegen elkaar zeiden")[0].strip()


def test_the_turn_goes_back_and_forth(taken_up, cast, as_):
    client = as_("jolanda")
    assert turn(taken_up, client).startswith("Jolanda Terpstra: de melder weet nog niet")
    ask(taken_up, cast.jolanda, 3)
    assert turn(taken_up, client).startswith("Kees Mandemaker: wij hebben iets gevraagd")
    assert "Wacht op de melder" in client.get(reverse("signals:inbox")).content.decode()
    reader = Reader(taken_up).come_in()
    assert "Wij hebben u iets gevraagd." in Page(reader.look()).text
    reader.write("Donderdag om tien uur.")
    assert "Wij hebben u iets gevraagd." not in Page(reader.look()).text
    assert turn(taken_up, client).startswith("Jolanda Terpstra: de melder heeft geschreven")
    assert "Kees Mandemaker schreef terug" in client.get(reverse("desk:my_day")).content.decode()
    tell(taken_up, "OPGEPAKT", cast.jolanda)
    assert turn(taken_up, client).startswith("Jolanda Terpstra: de melder weet wat ermee is gebeurd")


def ask(signal: Signal, by, days: int) -> Message:
    return actions.give_feedback(
        signal=signal,
        sentence=sentences()["EXTRA_INFO"],
        by=by,
        answers={"question": "Wanneer?", "before": "vrijdag"},
        answer_by=timezone.localdate() + days * DAY,
    )


def test_a_question_without_answer_gives_one_reminder_and_then_shows(taken_up, cast, as_):
    ask(taken_up, cast.jolanda, 3)
    mailed = len(mails("kees@sleutelbrug.example"))
    for days, reminders in ((3, 0), (4, 1), (4, 1), (9, 1)):
        with time_machine.travel(timezone.now() + days * DAY):
            tasks.remind()
            assert len(mails("kees@sleutelbrug.example")) == mailed + reminders
            assert taken_up.messages.filter(sentence="HERINNERING").count() == reminders
    assert WAITS in mails("kees@sleutelbrug.example")[-1]
    with time_machine.travel(timezone.now() + 4 * DAY):
        client = as_("jolanda")
        assert turn(taken_up, client).startswith("Kees Mandemaker heeft niet geantwoord")
        assert "Kees Mandemaker heeft onze vraag niet beantwoord" in client.get(reverse("desk:my_day")).content.decode()
    lines = AccessLogEntry.objects.filter(event="remind reporter", object_id=taken_up.pk)
    assert [(line.actor, line.actor_role) for line in lines] == [(None, "SYSTEM")]


@pytest.mark.parametrize("how", ["answered", "closed", "corrected"])
def test_nobody_is_reminded_of_what_is_no_question_any_more(how, taken_up, cast):
    question = ask(taken_up, cast.jolanda, 1)
    if how == "answered":
        actions.hear_reporter(signal=taken_up, body="Morgen.")
    elif how == "corrected":
        actions.give_feedback(signal=taken_up, sentence=sentences()["KLOPT_NIET"], by=cast.jolanda, corrects=question)
    else:
        tell(taken_up, "OPGEPAKT", cast.jolanda)
        actions.close(signal=taken_up, by=cast.jolanda)
    before = taken_up.messages.count()
    with time_machine.travel(timezone.now() + 5 * DAY):
        tasks.remind()
    assert taken_up.messages.count() == before


# ---- talking together


@pytest.fixture
def proposed(linked, consented, as_) -> Talk:
    typed = {
        "sentence": "DRIEGESPREK",
        "moments": "vrijdag 10 uur\r\n\r\nmaandag na school",
        "place": "bij het gezin thuis",
        "before": day(4),
    }
    client = as_("jolanda")
    page = Page(send(linked, client, "preview", **typed))
    assert send(linked, client, "feedback", **page.fields).status_code == 302
    return Talk.objects.get(proposal__signal=linked)


def test_talking_together_needs_the_consent_of_the_residents(taken_up, cast, as_):
    typed = {"sentence": "DRIEGESPREK", "moments": "vrijdag", "place": "op school", "before": day(4)}
    assert "DRIEGESPREK" not in offered(taken_up, as_("jolanda"))
    assert send(taken_up, as_("jolanda"), "feedback", **typed).status_code == 422
    with pytest.raises(PermissionError):
        tell(taken_up, "DRIEGESPREK", cast.jolanda, moments="vrijdag", place="hier", before="morgen")


@pytest.mark.parametrize(
    ("chosen", "words", "answer", "said"),
    [
        ("1", "", "YES", "Ja, ik kom: maandag na school"),
        ("0", "Ik neem taart mee.", "YES", "Ja, ik kom: vrijdag 10 uur. Ik neem taart mee."),
        ("other", "Dinsdag om 9 uur.", "OTHER", "Een ander moment past mij beter: Dinsdag om 9 uur."),
        ("no", "", "NO", "Nee, ik kom niet."),
    ],
)
def test_the_reporter_chooses_and_the_team_sees_it(chosen, words, answer, said, proposed, linked, as_):
    reader = Reader(linked).come_in()
    page = Page(reader.look())
    assert page.options["moment"] == ["0", "1", "other", "no"]
    assert "maandag na school" in page.text
    assert reader.send("afspraak", moment=chosen, words=words).status_code == 302
    proposed.refresh_from_db()
    assert (proposed.answer, linked.messages.last().body) == (answer, said)
    assert "moment" not in Page(reader.look()).options
    assert said.rstrip(".") in turn(linked, as_("jolanda"))
    reader.send("afspraak", moment="no")  # once
    proposed.refresh_from_db()
    assert proposed.answer == answer


@pytest.mark.parametrize("typed", [{}, {"moment": "9"}, {"moment": "other"}, {"moment": "no", "words": "999990019"}])
def test_an_answer_that_is_not_complete_is_kept(typed, proposed, linked):
    response = Reader(linked).come_in().send("afspraak", **typed)
    assert response.status_code == 422
    assert Page(response).fields.get("words", "") == typed.get("words", "")
    proposed.refresh_from_db()
    assert proposed.answer == ""


def test_only_who_reads_can_answer(proposed, linked):
    assert Reader(linked).send("afspraak", moment="0").status_code == 302
    proposed.refresh_from_db()
    assert proposed.answer == ""
    assert linked.status == Status.LINKED


def test_the_pages_with_many_messages_ask_no_more_than_with_one(linked, consented, cast, as_):
    client, reader = as_("jolanda"), Reader(linked).come_in()
    address, rows = reverse("signals:signal", args=[linked.number]), []
    for messages in (1, 29):
        for _ in range(messages):
            wrong = tell(linked, "OPGEPAKT", cast.jolanda)
            actions.give_feedback(signal=linked, sentence=sentences()["CONTACT"], by=cast.jolanda, corrects=wrong)
            tell(linked, "DRIEGESPREK", cast.jolanda, moments="vrijdag", place="hier", before="morgen")
            actions.hear_reporter(signal=linked, body="Goed.")
        rows.append((queries(client, address), queries(reader.browser, reader.door)))
    assert rows == [(26, 6), (26, 6)]
