"""make load [ARGS="--small"]      a working day in five minutes: a team of 40 at work, while 200 partners post; the figures

Exit code 1 on any answer that is not the right one, on a signal that is not there, and when one in twenty of any page takes
more than three times as long as for somebody who is alone. Real processes on this machine only, with bounded load."""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from threading import Lock
from typing import Any
from uuid import uuid4

from config import local_services
from trials.clients import Answer, Client, slowest
from trials.form import filled_in
from trials.system import System, new_address

COLLEAGUES, PARTNERS, DAY = 40, 200, 300.0  # in so many seconds
BETWEEN_PAGES = 10.0  # seconds; somebody reads what came
TIMES_SLOWER = 3.0
ALONE = 40  # looks at each page, by one client
FAST_ENOUGH = 0.05  # seconds; below that nobody notices a difference


@dataclass
class Clock:
    """How long each kind of deed took, and every answer that was not the right one."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def time(self, what: str, expected: int, deed: Callable[[], Answer]) -> None:
        began = time.perf_counter()
        try:
            status = str(deed().status)
        except OSError as error:
            status = type(error).__name__
        with self.lock:
            self.took[what].append(time.perf_counter() - began)
            if status != str(expected):
                self.wrong.append(f"{what}: {status}")


class Colleague:
    def __init__(self, address: str, told: dict[str, Any]) -> None:
        self.client = Client(address, dict(told["session"]))
        self.pages = {"my day": "/", "inbox": "/signalen/", "households": "/huishoudens/"}
        self.homes = told["households"]

    def look(self, clock: Clock, what: str) -> None:
        path = self.pages.get(what) or f"/huishoudens/{random.choice(self.homes)}/"
        clock.time(what, 200, lambda: self.client.get(path))

    def work(self, clock: Clock, until: float) -> None:
        """One page after the other, each at a moment of its own."""
        while (moment := time.monotonic() + random.uniform(0, 2 * BETWEEN_PAGES)) < until:
            time.sleep(moment - time.monotonic())
            self.client.close()  # the server did, meanwhile
            self.look(clock, random.choice(["household", "household", *self.pages]))


def post(address: str, link: str, clock: Clock, *, after: float = 0) -> None:
    """A partner opens the form on a phone, and sends it."""
    time.sleep(after)
    client = Client(address)
    clock.time("form of a partner", 200, lambda: client.get(link))
    form = filled_in(str(uuid4()), email=f"{uuid4().hex}@post.example")
    clock.time("signal sent, with its form", 302, lambda: client.look_and_post(link, form))
    client.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="make load")
    parser.add_argument("--small", action="store_true", help="one minute, with a fifth of the partners")
    part = 0.2 if parser.parse_args().small else 1.0
    local_services.ensure()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as (system, told):
        alone, together = Clock(), Clock()
        wake(system.address, told)
        by_one(alone, system.address, told)
        partners = int(PARTNERS * part)
        everybody(together, system.address, told, seconds=DAY * part, partners=partners)
        [(came,)] = system.sql("SELECT count(*) FROM signals_signal WHERE reporter_email LIKE '%%@post.example'")
        slow = say(alone, together, DAY * part, partners)
        wrong = [*alone.wrong, *together.wrong]
        expected = partners + len(alone.took["form of a partner"])
        print(f"\n{came} of {expected} signals came; {len(wrong)} wrong answers. {', '.join(wrong[:10])}")
        if wrong:
            for name, text in system.logs():
                print(f"\n--- the end of the log of {name}\n{text}")
    sys.exit(1 if wrong or slow or came != expected else 0)


@contextmanager
def running(folder: Path) -> Iterator[tuple[System, dict[str, Any]]]:
    """Everything but a mail server: mail waits in the outbox, as when the one of the municipality is away."""
    system = System(folder, database="huisplan_load", redis_number=6)
    system.address = new_address()
    try:
        system.make_database()
        system.manage("migrate")
        seeded = system.python("trials.seed", f"{COLLEAGUES}")
        system.serve("web", system.address)
        system.start_worker()
        system.wait_for_page("web", system.address)
        yield system, json.loads(seeded)
    finally:
        system.stop_all()
        system.drop_database()


def wake(address: str, told: dict[str, Any]) -> None:
    """The first look at everything is not counted: what a process loads and prepares once it does then. All at once, so that
    none of the processes is left out."""

    def look_at_all(one: Colleague) -> None:
        for what in [*one.pages, "household"] * 2:
            one.look(Clock(), what)
            one.client.close()  # the next look may come to another process

    with ThreadPoolExecutor() as pool:
        list(pool.map(look_at_all, (Colleague(address, one) for one in told["colleagues"])))


def by_one(clock: Clock, address: str, told: dict[str, Any]) -> None:
    one = Colleague(address, told["colleagues"][0])
    for what in [*one.pages, "household"]:
        for _ in range(ALONE):
            one.look(clock, what)
    for _ in range(ALONE):
        post(address, told["link"], clock)


def everybody(clock: Clock, address: str, told: dict[str, Any], *, seconds: float, partners: int) -> None:
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(COLLEAGUES + partners) as pool:
        team = [pool.submit(Colleague(address, one).work, clock, until) for one in told["colleagues"]]
        moments = [random.uniform(0, seconds - 5) for _ in range(partners)]
        posts = [pool.submit(post, address, told["link"], clock, after=moment) for moment in moments]
        for done in (*team, *posts):
            done.result()


def say(alone: Clock, together: Clock, seconds: float, partners: int) -> bool:
    """Prints the figures. Is anything too slow?"""
    number = sum(map(len, together.took.values()))
    print(f"{COLLEAGUES} colleagues and {partners} partners in {seconds:.0f} seconds: {number / seconds:.1f} deeds/s\n")
    print(f"{'':28}{'half of them within':>24}{'nineteen in twenty':>30}")
    print(f"{'':28}{'alone':>12}{'together':>12}{'alone':>12}{'together':>12}{'times':>8}{'of':>7}")
    slow = False
    for what in alone.took:
        before, after = slowest(alone.took[what]), slowest(together.took[what])
        times = after / before
        bad = times > TIMES_SLOWER and after > FAST_ENOUGH
        slow |= bad
        half, still_half = median(alone.took[what]), median(together.took[what])
        cells = "".join(f"{one * 1000:9.0f} ms" for one in (half, still_half, before, after))
        print(f"{what:28}{cells}{times:8.1f}{len(together.took[what]):7}{'  TOO SLOW' if bad else ''}")
    return slow


if __name__ == "__main__":
    main()
