"""What happens because time passed, by the real worker and the real mail server."""

import pytest

from config.celery import app
from config.settings import CELERY_BEAT_SCHEDULE
from desk.demo.people import PASCAL
from tests.browser import reporter

pytestmark = [pytest.mark.browser, pytest.mark.walk]
WAITS = "late@zonneboog.example"


def test_the_worker_tells_who_waits_and_the_lead_once(stage, visit):
    page = visit()
    page.goto(reporter.link_of(stage))
    reporter.fill_in(page, seen="De tuin is netjes.", email=WAITS)
    number = reporter.send(page)
    before = len(stage.mails.to(PASCAL.email, "Een signaal vraagt om jou"))
    stage.sql(
        "UPDATE signals_signal SET answer_by = current_date - 1, read_by = current_date - 1 WHERE number = %s"
        " RETURNING id",
        number,
    )
    ask = "from signals import tasks; tasks.{0}.delay(); tasks.{0}.delay()"
    for task in ("keep_promises", "tell_leads"):
        stage.manage("shell", "-c", ask.format(task))
    stage.mails_to(WAITS, subject="Er staat een bericht voor u klaar")
    stage.mails_to(PASCAL.email, subject="Een signaal vraagt om jou", number=before + 1)
    [(said,)] = stage.sql(
        "SELECT count(*) FROM signals_message m JOIN signals_signal s ON s.id = m.signal_id"
        " WHERE s.number = %s AND m.sentence = 'TE_LAAT'",
        number,
    )
    [(told,)] = stage.sql(
        "SELECT count(*) FROM households_accesslogentry l JOIN signals_signal s ON s.id = l.object_id"
        " WHERE s.number = %s AND l.event = 'tell lead'",
        number,
    )
    assert (said, told) == (1, 1)
    assert len(stage.mails.to(WAITS, "Er staat een bericht voor u klaar")) == 1


def test_beat_asks_only_for_what_the_worker_knows():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)
