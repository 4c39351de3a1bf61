"""The loop always closes: no signal is put away while its reporter has no answer. And the mails about it."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.crypto import new_token, token_hash
from desk.demo import kortland, people
from households.models import Household, NetworkContact, Resident
from partners.models import Organisation, Professional, Team
from signals import actions, workflow
from signals.actions import team
from signals.models import Message, Signal
from signals.workflow import Status
from tests.helpers import Meeting, Page, at_once, filled_in, mails, sql
from tests.signals.working import ABOUT_PEOPLE, OUTCOMES, page_of, send, tell

# ---- the loop always closes


@pytest.fixture
def unanswered(taken_up, cast) -> Signal:
    """The reporter heard from us, and does not know what became of it."""
    for code in ("GELEZEN", "BEKEND"):
        tell(taken_up, code, cast.jolanda)
    return taken_up


def closed_by_sql(signal: Signal) -> None:
    with transaction.atomic():
        sql("UPDATE signals_signal SET status = 'CLOSED', closed_at = now() WHERE id = %s", signal.pk)


def test_no_signal_closes_before_its_reporter_knows_the_outcome(unanswered, cast, as_):
    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=unanswered, by=cast.jolanda)
    assert "Nog niet" in Page(send(unanswered, as_("jolanda"), "close")).text
    with pytest.raises(IntegrityError, match="its reporter has no answer"):
        closed_by_sql(unanswered)
    unanswered.refresh_from_db()
    assert (unanswered.status, unanswered.closed_at) == (Status.TAKEN_UP, None)


def test_no_closed_signal_can_be_put_in_the_database(unanswered):
    columns = [field.column for field in Signal._meta.concrete_fields if not field.primary_key]
    other = {
        "number": "'2026-9999'",
        "submission": f"'{uuid.uuid4()}'",
        "code_hash": f"'{token_hash(new_token())}'",
        "status": "'CLOSED'",
        "closed_at": "now()",
    }
    values = ", ".join(other.get(column, column) for column in columns)
    insert = f"INSERT INTO signals_signal ({', '.join(columns)}) SELECT {values} FROM signals_signal WHERE id = %s"
    with pytest.raises(IntegrityError, match="its reporter has no answer"), transaction.atomic():
        sql(insert, unanswered.pk)
    sql(insert.replace("'CLOSED'", "status").replace("now()", "closed_at"), unanswered.pk)  # the rest of it is right
    assert Signal.objects.filter(number="2026-9999").exists()


@pytest.mark.parametrize("code", sorted(OUTCOMES - ABOUT_PEOPLE))
def test_a_told_outcome_lets_it_close(code, unanswered, cast):
    tell(unanswered, code, cast.jolanda)
    actions.close(signal=unanswered, by=cast.jolanda)
    unanswered.refresh_from_db()
    assert unanswered.status == Status.CLOSED


def test_what_the_system_says_by_itself_is_no_answer(unanswered):
    """Only a person can tell the outcome, whatever a row says."""
    sql(
        "INSERT INTO signals_message (signal_id, direction, body, level, ground, sentence, tells_outcome, sent_at) "
        "VALUES (%s, 'OURS', '', 'F1', 'X', 'AFGESLOTEN', true, clock_timestamp())",
        unanswered.pk,
    )
    with pytest.raises(IntegrityError, match="its reporter has no answer"):
        closed_by_sql(unanswered)


def test_when_the_reporter_writes_after_it_we_answer_again(unanswered, cast):
    tell(unanswered, "OPGEPAKT", cast.jolanda)
    actions.hear_reporter(signal=unanswered, body="Ik zag nog iets.")
    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=unanswered, by=cast.jolanda)
    with pytest.raises(IntegrityError, match="its reporter has no answer"):
        closed_by_sql(unanswered)
    tell(unanswered, "GELEZEN", cast.jolanda)  # an answer, and not what became of it
    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=unanswered, by=cast.jolanda)
    tell(unanswered, "OPGEPAKT", cast.jolanda)
    actions.close(signal=unanswered, by=cast.jolanda)


def test_what_was_told_before_it_was_taken_up_after_all_is_no_outcome(signal, cast):
    """We said that we do not go on, and then we did: the reporter hears what became of that."""
    actions.decline(signal=signal, reason=Signal.Decline.TOO_LITTLE_KNOWN, by=cast.jolanda)
    actions.take_up(signal=signal, by=cast.amir)
    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=signal, by=cast.amir)
    with pytest.raises(IntegrityError, match="its reporter has no answer"):
        closed_by_sql(signal)
    tell(signal, "OPGEPAKT", cast.amir)
    actions.close(signal=signal, by=cast.amir)


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("feedback", {"sentence": "OPGEPAKT"}),
        ("feedback", {"sentence": "OPGEPAKT", "and_close": "on"}),
        ("decline", {"reason": "OTHER_AREA"}),
        ("close", {}),
    ],
    ids=["answer", "answer and close", "decline", "close"],
)
def test_nobody_answers_over_the_head_of_a_reporter_who_just_wrote(verb, data, taken_up, cast, as_):
    """The page was open when the message came in: first it is shown, then one can go on."""
    if verb == "close":
        tell(taken_up, "OPGEPAKT", cast.jolanda)
    client = as_("jolanda")
    stale = page_of(taken_up, client).fields["seen"]
    actions.hear_reporter(signal=taken_up, body="Ik zag nog iets.")
    before = taken_up.messages.count()
    page = Page(client.post(reverse(f"signals:{verb}", args=[taken_up.number]), data | {"seen": stale}, follow=True))
    assert "De melder schreef intussen." in page.text
    assert "Ik zag nog iets." in page.text
    taken_up.refresh_from_db()
    assert (taken_up.status, taken_up.messages.count()) == (Status.TAKEN_UP, before)
    assert int(page.fields["seen"]) > int(stale)
    if verb == "feedback":
        send(taken_up, client, "feedback", seen=page.fields["seen"], **data)
        assert taken_up.messages.count() == before + 1


def test_a_reporter_who_writes_while_we_close_is_heard(team_of_their_own, monkeypatch):
    """Whoever is first: a closed signal with an unheard message can not exist, and nobody meets an error page."""
    anna, link = team_of_their_own.anna, team_of_their_own.link
    Client().post(reverse("signals:post", args=[link.token]), filled_in())
    signal = link.signals.get()
    actions.take_up(signal=signal, by=anna)
    tell(signal, "OPGEPAKT", anna)
    monkeypatch.setattr(team, "may_be_closed", after(team.may_be_closed, Meeting()))
    monkeypatch.setattr(Message.objects, "create", after(Message.objects.create, Meeting()))

    closed, written = at_once(
        lambda: actions.close(signal=signal, by=anna), lambda: actions.hear_reporter(signal=signal, body="Wacht even.")
    )

    signal.refresh_from_db()
    if signal.status == Status.CLOSED:
        assert isinstance(written, workflow.NotAllowed)
    else:
        assert isinstance(closed, actions.NoAnswerYet)
        assert isinstance(written, Message)


def after(function, wait):
    def waiting(*args, **kwargs):
        result = function(*args, **kwargs)
        wait()
        return result

    return waiting


def test_a_closed_signal_is_closed(unanswered, cast, as_):
    tell(unanswered, "OPGEPAKT", cast.jolanda)
    actions.close(signal=unanswered, by=cast.jolanda)
    with pytest.raises(workflow.NotAllowed):
        tell(unanswered, "OPGEPAKT", cast.jolanda)
    before = unanswered.messages.count()
    send(unanswered, as_("jolanda"), "feedback", sentence="OPGEPAKT")
    send(unanswered, as_("jolanda"), "decline", reason="OTHER_AREA")
    assert unanswered.messages.count() == before


@pytest.mark.parametrize("change", ["UPDATE signals_message SET body = 'x'", "DELETE FROM signals_message"])
def test_what_was_said_never_changes(change, unanswered):
    with pytest.raises(DatabaseError, match=r"Cannot update or delete rows"), transaction.atomic():
        sql(f"{change} WHERE signal_id = %s", unanswered.pk)
    assert unanswered.messages.count() == 3


def test_the_first_answer_stops_the_clock(taken_up, cast):
    Signal.objects.filter(pk=taken_up.pk).update(answer_by=timezone.localdate() - timedelta(days=1))
    assert taken_up in Signal.objects.late()
    first = tell(taken_up, "GELEZEN", cast.jolanda)
    with time_machine.travel(timezone.localtime() + timedelta(days=1)):
        tell(taken_up, "BEKEND", cast.jolanda)
    taken_up.refresh_from_db()
    assert taken_up.first_answer_at == first.sent_at
    assert taken_up not in Signal.objects.late()


# ---- the mails about it


def test_mails_tell_that_something_waits_and_nothing_else(receive, household, lives_there, cast, as_):
    """All mails that a signal can cause, held against everything that the example and the signal hold."""
    before = len(mails())
    seen = kortland.S4
    signal = receive(
        people.MATERNITY,
        observation=seen.observation,
        about_name=seen.about_name,
        about_address=seen.about_address,
        reporter_name="Ilse Waanders",
        danger_now=True,
    )
    Client().post(reverse("signals:ask_code", args=[signal.code]))
    actions.take_up(signal=signal, by=cast.jolanda)
    tell(signal, "GELEZEN", cast.jolanda)
    tell(signal, "EXTRA_INFO", cast.jolanda, question="Wanneer bent u bij Demi?", before="vrijdag")
    actions.link_to_household(signal=signal, household=household, by=cast.jolanda)
    actions.record_feedback_consent(
        signal=signal, residents=[lives_there("Demi", 22)], by=cast.jolanda, given_on=timezone.localdate()
    )
    tell(signal, "AFGESLOTEN_RESULTAAT", cast.jolanda, result="Oma past op.", read_aloud_on="maandag")
    actions.close(signal=signal, by=cast.jolanda)

    sent = mails()[before:]
    assert len(sent) == 6  # receipt, danger, code, and three that a message waits
    words = {person.first_name for person in Resident.objects.all()} | {seen.about_name, seen.about_address}
    words |= {person.last_name for person in [*Resident.objects.all(), *Professional.objects.all()] if person.last_name}
    words |= {person.first_name for person in Professional.objects.all()} | {"Oma", "Zonnedauw"}
    words |= {contact.name for contact in NetworkContact.objects.all()}
    words |= {home.name for home in Household.objects.all()}
    words |= {home.address.rsplit(" ", 1)[0] for home in Household.objects.all()} - {""}
    words |= {organisation.name for organisation in Organisation.objects.all()}
    words |= {team.name for team in Team.objects.all()}
    words |= {sentence.strip() for one in Signal.objects.all() for sentence in one.observation.split(".")} - {""}
    words |= {"huilt", "schimmel", "baby", "maandag", "vrijdag"}
    assert len(words) > 100
    assert [(word, mail) for mail in sent for word in words if word in mail] == []
    # A number of a household can be the beginning of the number of a signal.
    numbers = "|".join(home.number for home in Household.objects.all())
    assert not [mail for mail in sent if re.search(rf"\b({numbers})\b", mail)]


def test_who_gave_no_mail_address_gets_none(receive, cast):
    signal = receive(reporter_email="", reporter_phone="000-000 03 02")
    before = mails()
    actions.take_up(signal=signal, by=cast.jolanda)
    tell(signal, "GELEZEN", cast.jolanda)
    assert mails() == before
