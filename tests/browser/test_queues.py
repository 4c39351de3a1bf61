"""A mail waits for no paper, by the real workers."""

import time

import pytest

from config.serve import WORKER
from tests.browser import reporter

pytestmark = [pytest.mark.browser, pytest.mark.walk]
ASK = """
from desk.tasks import make_print
from households import actions
from households.models import Household, Print
home = Household.objects.get(name="Bakelaar-Idrissi")
for _ in range(2):
    print(actions.ask_print(kind=Print.Kind.WEEK, households=[home], by=home.coordinator, make=make_print.delay).pk)
"""


def test_mail_goes_while_papers_wait_and_papers_are_made_while_mail_waits(stage, visit):
    stage.stop("worker")
    try:
        stage.start("worker of mail", "-m", *WORKER, "--queues=mail", "--hostname=mail@%h")
        keys = [int(key) for key in stage.manage("shell", "-v0", "-c", ASK).split()]
        page = visit()
        page.goto(reporter.link_of(stage))
        reporter.fill_in(page, seen="De tuin is netjes.", email="wacht.niet@zonneboog.example")
        reporter.send(page)
        stage.mails_to("wacht.niet@zonneboog.example", within=30)
        assert made(stage, keys) == 0, "no worker of papers is there"
        stage.stop("worker of mail")
        stage.start("worker of papers", "-m", *WORKER, "--queues=pdf", "--hostname=pdf@%h")
        deadline = time.monotonic() + 120
        while made(stage, keys) < len(keys) and time.monotonic() < deadline:
            time.sleep(0.2)
        assert made(stage, keys) == len(keys)
    finally:
        for name in {"worker of mail", "worker of papers"} & stage.children.keys():
            stage.stop(name)
        stage.start_worker()


def made(stage, keys: list[int]) -> int:
    [(number,)] = stage.sql("SELECT count(*) FROM households_print WHERE id = ANY(%s) AND state = 'READY'", keys)
    return number
