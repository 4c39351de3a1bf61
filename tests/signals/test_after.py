"""After closing: two questions to the reporter, once, and opening it again with a reason."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from signals import actions, workflow
from signals.models import Pulse, Signal
from signals.workflow import REOPENS_TO, Status
from tests.helpers import Page, mails, sql
from tests.reading import Reader
from tests.signals.working import page_of, send, tell

DAY = timedelta(days=1)
NOT_SOLVED = "De kachel is weer kapot."


@pytest.fixture
def closed(linked, cast) -> Signal:
    tell(linked, "OPGEPAKT", cast.jolanda)
    actions.close(signal=linked, by=cast.jolanda)
    return linked


@pytest.fixture
def reader(closed) -> Reader:
    return Reader(closed).come_in()


# ---- two questions


def test_the_reporter_gives_a_mark_and_a_tip_once(closed, reader, as_):
    page = Page(reader.look())
    assert page.options["mark"] == [str(mark) for mark in range(1, 11)]
    assert reader.send("cijfer", mark="9", tip="Eindelijk <hoor> ik wat.").status_code == 302
    assert (closed.pulse.mark, closed.pulse.tip) == (9, "Eindelijk <hoor> ik wat.")
    assert "U gaf ons een 9." in Page(reader.look()).text
    reader.send("cijfer", mark="1", tip="Toch niet.")
    assert Pulse.objects.get(signal=closed).mark == 9
    text = page_of(closed, as_("jolanda")).text
    assert "Een 9 (van 1 tot en met 10)" in text
    assert "Eindelijk <hoor> ik wat." in text


@pytest.mark.parametrize("typed", [{}, {"mark": "0"}, {"mark": "11"}, {"mark": "8", "tip": "Bel 999990019"}])
def test_a_mark_that_can_not_be_is_not_kept(typed, closed, reader):
    response = reader.send("cijfer", **typed)
    assert response.status_code == 422
    assert Page(response).fields.get("tip", "") == typed.get("tip", "")
    assert not Pulse.objects.filter(signal=closed).exists()


def test_before_closing_and_without_a_code_nobody_is_asked(linked, cast):
    reader = Reader(linked).come_in()
    assert "mark" not in Page(reader.look()).options
    reader.send("cijfer", mark="9")
    with pytest.raises(workflow.NotAllowed):
        actions.give_pulse(signal=linked, mark=9)
    tell(linked, "OPGEPAKT", cast.jolanda)
    actions.close(signal=linked, by=cast.jolanda)
    Reader(linked).send("cijfer", mark="9")
    assert not Pulse.objects.exists() or not Pulse.objects.filter(signal=linked).exists()


def test_a_mark_never_changes(closed):
    actions.give_pulse(signal=closed, mark=9)
    with pytest.raises(DatabaseError, match="Cannot update or delete rows"), transaction.atomic():
        sql("UPDATE signals_pulse SET mark = 10")
    with pytest.raises(actions.SaidAlready):
        actions.give_pulse(signal=closed, mark=3)


# ---- opening it again


def test_the_reporter_opens_it_again_and_it_is_back_with_who_had_it(closed, reader, cast, as_):
    assert reader.send("heropenen", reason=NOT_SOLVED).status_code == 302
    closed.refresh_from_db()
    assert (closed.status, closed.closed_at, closed.taken_up_by) == (Status.LINKED, None, cast.jolanda)
    assert (closed.messages.last().direction, closed.messages.last().body) == ("THEIRS", NOT_SOLVED)
    assert closed in Signal.objects.waiting_for(cast.jolanda)
    text = page_of(closed, as_("jolanda")).text
    assert "Eén keer heropend" in text
    assert "de melder heeft geschreven" in text
    assert "body" in Page(reader.look()).fields  # the reporter can write again


@pytest.mark.parametrize("who", ["reporter", "team"])
def test_it_needs_a_new_answer_before_it_closes(who, closed, reader, cast, as_):
    if who == "reporter":
        reader.send("heropenen", reason=NOT_SOLVED)
    else:
        before = mails(closed.reporter_email)
        assert send(closed, as_("jolanda"), "reopen", reason="Wij hebben iets gemist.").status_code == 302
        assert closed.messages.last().sentence == "HEROPEND"
        assert len(mails(closed.reporter_email)) == len(before) + 1
        assert "Wij hebben iets gemist." not in Page(reader.look()).text  # that is for the team
    closed.refresh_from_db()
    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=closed, by=cast.jolanda)
    with pytest.raises(IntegrityError, match="its reporter has no answer"), transaction.atomic():
        sql("UPDATE signals_signal SET status = 'CLOSED', closed_at = now() WHERE id = %s", closed.pk)
    tell(closed, "OPGEPAKT", cast.jolanda)
    actions.close(signal=closed, by=cast.jolanda)
    actions.reopen(signal=closed, reason="Nog eens.", by=cast.jolanda)
    assert closed.reopenings.count() == 2
    assert "2 keer heropend" in page_of(closed, as_("jolanda")).text


def test_the_database_opens_nothing_without_a_reason(closed):
    with pytest.raises(IntegrityError, match="it opens again only with a reason"), transaction.atomic():
        sql("UPDATE signals_signal SET status = 'LINKED', closed_at = NULL WHERE id = %s", closed.pk)
    actions.reopen(signal=closed, reason=NOT_SOLVED, by=None)
    with pytest.raises(DatabaseError, match="Cannot update or delete rows"), transaction.atomic():
        sql("DELETE FROM signals_reopening")


@pytest.mark.parametrize("way", ["taken up", "declined"])
def test_it_goes_back_to_what_it_was(way, signal, cast):
    if way == "taken up":
        actions.take_up(signal=signal, by=cast.amir)
        tell(signal, "OPGEPAKT", cast.amir)
    else:
        actions.decline(signal=signal, reason=Signal.Decline.OTHER_AREA, by=cast.amir)
    was = signal.status
    actions.close(signal=signal, by=cast.amir)
    actions.reopen(signal=signal, reason=NOT_SOLVED, by=None)
    signal.refresh_from_db()
    assert (signal.status, signal.taken_up_by) == (was, cast.amir)
    assert was in REOPENS_TO


@pytest.mark.parametrize(("later", "may"), [(14, True), (15, False)])
def test_fourteen_days_long(later, may, closed, as_):
    with time_machine.travel(timezone.now() + later * DAY):
        reader, client = Reader(closed).come_in(), as_("jolanda")
        assert ("reason" in Page(reader.look()).fields) is may
        assert ("reason" in page_of(closed, client).fields) is may
        response = reader.send("heropenen", reason=NOT_SOLVED)
        assert response.status_code == (302 if may else 422)
        if not may:
            assert Page(response).fields["reason"] == NOT_SOLVED
            send(closed, client, "reopen", reason="Toch.")
        closed.refresh_from_db()
        assert (closed.status == Status.CLOSED) is not may


@pytest.mark.parametrize("reason", ["", "Haar nummer is 999990019"])
def test_a_reason_that_can_not_be_kept_is_not_lost(reason, closed, reader, as_):
    response = reader.send("heropenen", reason=reason)
    assert response.status_code == 422
    assert Page(response).fields["reason"] == reason
    assert send(closed, as_("jolanda"), "reopen", reason="").status_code == 422
    closed.refresh_from_db()
    assert closed.status == Status.CLOSED


def test_no_other_verb_opens_it(closed, household, cast):
    for deed in (
        lambda: actions.take_up(signal=closed, by=cast.jolanda),
        lambda: actions.link_to_household(signal=closed, household=household, by=cast.jolanda),
        lambda: actions.decline(signal=closed, reason=Signal.Decline.OTHER_AREA, by=cast.jolanda),
    ):
        with pytest.raises(workflow.NotAllowed):
            deed()


def test_a_signal_that_is_open_is_not_opened(linked, cast):
    with pytest.raises(workflow.NotAllowed):
        actions.reopen(signal=linked, reason=NOT_SOLVED, by=cast.jolanda)
    Reader(linked).come_in().send("heropenen", reason=NOT_SOLVED)
    assert not linked.reopenings.exists()
