"""make chaos [ARGS="--small"]      500 signals, while everything that can stop stops; the figures; 1 when anything is lost

Real processes on this machine only, with bounded load: gunicorn, a Celery worker, beat, PostgreSQL, Redis, a mail server."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config import local_services
from trials.chaos.checks import checks, tasks_waiting
from trials.chaos.faults import Faults
from trials.chaos.mailbox import Mailbox
from trials.chaos.posting import Posting
from trials.chaos.working import Working
from trials.system import System, new_address

QUIET_WITHIN = 150  # seconds after the last fault
FASTER = {"HUISPLAN_MAIL_RETRY_MINUTES": "0.25"}  # nobody waits for hours here


def main() -> None:
    parser = argparse.ArgumentParser(prog="make chaos")
    parser.add_argument("--small", action="store_true", help="60 signals and shorter outages")
    small = parser.parse_args().small
    local_services.ensure()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as (system, mailbox, told):
        posting = Posting(system.address, told["link"], 60 if small else 500)
        working = Working(system.address, told["colleagues"][0])
        faults = Faults(system, mailbox, outage=3 if small else 6, kills=1 if small else 3)
        happen(posting, working, faults, seconds=40 if small else 90)
        quiet = wait_until_quiet(system)
        found = list(checks(system, posting, working, mailbox))
        lost = [one for one in found if not one.holds]
        print()
        for one in found:
            print(f"{one.number:6}  {one.what:58}{'' if one.holds else f'  EXPECTED {one.expected}'}")
        print(f"\nAnswers on the way: {dict(posting.answers.most_common())}")
        print(f"The worker was killed in the middle of a mail {faults.in_the_middle} times.")
        print(f"Quiet {quiet:.0f} seconds after the last fault; {time.monotonic() - began:.0f} seconds in all.")
        if lost:
            for name, text in system.logs():
                print(f"\n--- the end of the log of {name}\n{text}")
    print("LOST" if lost else "Nothing is lost.")
    sys.exit(1 if lost else 0)


@contextmanager
def running(folder: Path) -> Iterator[tuple[System, Mailbox, dict[str, Any]]]:
    system = System(folder, database="huisplan_chaos", redis_number=7)
    mailbox = Mailbox(system)
    system.address = new_address()
    system.env |= FASTER | {"EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}", "HUISPLAN_BASE_URL": system.address}
    mailbox.start()
    try:
        system.make_database()
        system.manage("migrate")
        seeded = system.python("trials.seed", "1")
        system.serve("web", system.address)
        system.start_worker()
        system.start_beat()
        system.wait_for_page("web", system.address)
        yield system, mailbox, json.loads(seeded)
    finally:
        system.stop_all()
        system.drop_database()


def happen(posting: Posting, working: Working, faults: Faults, *, seconds: float) -> None:
    """One fault after the other, as long as partners post and somebody of the team works."""
    with ThreadPoolExecutor(2) as pool:
        people = [pool.submit(posting.run, seconds), pool.submit(working.run)]
        try:
            for what, fault in faults.all():
                print(f"{len(posting.sent):6}  signals came; now {what}", flush=True)
                fault()
                time.sleep(seconds / 40)
        finally:
            posting.hurry.set()  # the rest without pauses
            working.enough.set()
        for one in people:
            one.result()


def wait_until_quiet(system: System) -> float:
    """How long it took until no mail, paper or task waited any more. What is not so in the end is found by the checks."""
    began = time.monotonic()
    while time.monotonic() < began + QUIET_WITHIN:
        [(waiting,)] = system.sql(
            "SELECT (SELECT count(*) FROM post_office_email WHERE status IN (2, 3))"
            " + (SELECT count(*) FROM households_print WHERE state = 'WAITING')"
        )
        if not waiting and not tasks_waiting(system):
            break
        time.sleep(0.5)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
