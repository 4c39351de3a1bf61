"""The system, a bare Django beside it, and what is measured of both."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import count, repeat
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import redis

from config.local_services.server import free_port
from config.queues import QUEUES
from trials.bench import data, figures
from trials.bench.rounds import Ratio, compare
from trials.bench.table import Line, budgets, say
from trials.clients import Answer, Client, all_at_once, slowest
from trials.form import filled_in
from trials.system import System, new_address

CLIENTS = 4
BARE = {"DJANGO_SETTINGS_MODULE": "trials.bench.bare.settings"}
AS_IN_PRODUCTION = {"HUISPLAN_SECOND_FACTOR": "1"}
PATIENCE = 120  # seconds until all mail left
LOOKS = 40  # in a round


@dataclass(frozen=True)
class Page:
    what: str
    budget: str
    session: dict[str, str]
    ask: Callable[[Client], Answer]


class Slowest:
    """Of all rounds: what the slowest in twenty took, beside the bare ones."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = {"ours": [], "bare": []}

    def look(self, whose: str, clients: list[Client], ask: Callable[[Client], Answer]) -> float:
        """Seconds for one page."""
        per_second, took = all_at_once(clients, repeat(ask), LOOKS, 200)
        self.took[whose] += took
        return 1 / per_second

    @property
    def ratio(self) -> float:
        return slowest(self.took["ours"]) / slowest(self.took["bare"])


class Bench:
    def __init__(self, folder: Path, *, rounds: int, posts: int) -> None:
        self.system = System(folder, database="huisplan_bench", redis_number=8)
        self.rounds, self.posts = rounds, posts
        self.ours, self.bare = new_address(), new_address()
        self.broker = redis.from_url(self.system.redis_url)
        self.figures: list[figures.Figures] = []
        self.lists: dict[str, float] = {}  # what each list took, in that of a bare page, at the size before

    @contextmanager
    def running(self) -> Iterator[None]:
        system = self.system
        port = free_port(0)
        system.start("taker", "-m", "trials.bench.taker", str(port))
        system.env |= AS_IN_PRODUCTION | {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        try:
            system.make_database()
            system.manage("migrate")
            self.system.python("django", "migrate", "--run-syncdb", "--verbosity=0", **BARE)
            self.seeded = json.loads(self.system.python("trials.seed"))
            self.full = json.loads(self.system.python("trials.bench.full"))
            system.serve("web", self.ours)
            system.serve("bare", self.bare, wsgi="trials.bench.bare.wsgi", **BARE)
            system.wait_for_page("web", self.ours)
            system.wait_for_page("bare", self.bare, "/")
            yield
        finally:
            system.stop_all()
            system.drop_database()

    # ---- what is measured

    def measure(self, *, sizes: list[int]) -> Iterator[Line]:
        """Everything, with so many households and signals; without sizes only posting."""
        there = 0
        yield self.publishes()
        self.system.start_worker()
        self.start_bare_worker()
        for size in sizes:
            began = time.monotonic()
            say(f"Filling the database: {size:,} households, {50 * size:,} lines in the log")
            data.fill(self.system, number=size - there)
            self.system.python("trials.bench.log", "50")
            say(f"Filled in {time.monotonic() - began:.0f} seconds")
            there = size
            yield from self.pages(size)
        if sizes:
            yield from self.saving()
        yield from self.posting()
        yield from self.papers()

    def publishes(self) -> Line:
        """Before any worker is there to take them."""
        client, posts = self.clients(1)[0], 20
        self.broker.delete(*QUEUES)
        for _ in range(posts):
            assert self.post(client).status == 302
        return Line("tasks per signal", "publishes", sum(map(self.broker.llen, QUEUES)) / posts)

    def posting(self) -> Iterator[Line]:
        ours, bare = self.clients(CLIENTS), self.bare_clients(CLIENTS)
        ratio = compare(
            lambda: self.speed(ours, self.post), lambda: self.speed(bare, self.bare_post), rounds=self.rounds
        )
        detail = f"{median(ratio.ours):.0f} of {median(ratio.bare):.0f} requests/s"
        yield Line("a signal posted, in requests/s", "post", ratio.median, detail, tuple(ratio.rounds))
        for name in ("worker", "bare worker"):
            self.system.stop(name)
        ratio = compare(
            lambda: self.speed(ours, self.post), lambda: self.speed(bare, self.bare_post), rounds=self.rounds
        )
        detail = f"{median(ratio.ours):.0f} of {median(ratio.bare):.0f} requests/s"
        yield Line("  while its worker delivers elsewhere", "post_alone", ratio.median, detail, tuple(ratio.rounds))
        yield self.drain()

    def drain(self) -> Line:
        """As many mails wait now as tasks that do nothing: each worker gets them out."""
        mails, tasks = self.waiting(), int(self.broker.llen("bare"))
        ours = mails / self.until_empty("worker", self.system.start_worker, self.waiting)
        bare = tasks / self.until_empty("bare worker", self.start_bare_worker, lambda: int(self.broker.llen("bare")))
        return Line("mails sent by a worker", "drain", ours / bare, f"{ours:.0f} mails/s beside {bare:.0f} tasks/s")

    def until_empty(self, name: str, start: Callable[[], None], left: Callable[[], int]) -> float:
        """Seconds from the first that is gone."""
        all_of_them, began = left(), time.monotonic()
        start()
        deadline = began + PATIENCE
        while number := left():
            if number == all_of_them:
                began = time.monotonic()
            assert time.monotonic() < deadline, f"{number} are left"
            time.sleep(0.02)
        took = time.monotonic() - began
        self.system.stop(name)
        return took

    def start_bare_worker(self) -> None:
        self.system.start(
            "bare worker", "-m", "celery", "--app=trials.bench.bare.tasks", "worker", "--queues=bare", "--concurrency=2",
            **BARE,
        )  # fmt: skip

    def saving(self) -> Iterator[Line]:
        """One thing is changed, beside one row that is inserted."""
        home = f"/huishoudens/{self.full['household']}/volgende-stap/wijzigen/"
        ours = [Client(self.ours, dict(self.full["session"])) for _ in range(CLIENTS)]
        for client in ours:
            look_first(client, home)
        bare = self.bare_clients(CLIENTS)
        steps = count()

        def step(client: Client) -> Answer:
            form = {"next_step": f"Stap {next(steps)}.", "next_step_on": f"{date.today() + timedelta(days=7)}"}
            return client.post(home, form | {"csrfmiddlewaretoken": client.token})

        def insert(client: Client) -> Answer:
            return client.post("/insert/", filled_in(str(uuid4())) | {"csrfmiddlewaretoken": client.token})

        ratio = compare(
            lambda: all_at_once(ours, repeat(step), LOOKS, 302)[0],
            lambda: all_at_once(bare, repeat(insert), LOOKS, 302)[0],
            rounds=self.rounds,
        )
        detail = f"{median(ratio.ours):.0f} of {median(ratio.bare):.0f} requests/s"
        yield Line("a next step changed, in requests/s", "save", ratio.median, detail, tuple(ratio.rounds))

    def speed(self, clients: list[Client], post: Any) -> float:
        found, _took = all_at_once(clients, (post for _ in count()), self.posts, 302)
        if "worker" in self.system.children:
            self.wait_until_all_is_sent()
        return found

    def pages(self, size: int) -> Iterator[Line]:
        """What a page takes, in that of a bare page of 200 rows behind a login, in the same rounds."""
        told = json.loads(self.system.python("trials.bench.inside", json.dumps(self.seeded | {"full": self.full})))
        bare = [Client(self.bare, self.bare_session())]
        for page in self.all_pages(size):
            ours, slow = [Client(self.ours, dict(page.session))], Slowest()
            ratio = compare(
                partial(slow.look, "ours", ours, page.ask),
                partial(slow.look, "bare", bare, bare_rows),
                rounds=self.rounds,
            )
            detail = f"{median(ratio.ours) * 1000:.1f} ms beside {median(ratio.bare) * 1000:.1f}"
            yield Line(page.what, page.budget, ratio.median, detail, tuple(ratio.rounds))
            if f"{page.budget}_p95" in budgets():
                yield Line("  the slowest in twenty", f"{page.budget}_p95", slow.ratio)
            yield Line("  statements", f"{page.budget}_statements", told["statements"][page.budget])
            if page.what.startswith(("inbox", "households")):
                if before := self.lists.get(page.budget):
                    yield Line("  in that of a tenth of them", "grows", ratio.median / before)
                self.lists[page.budget] = ratio.median
            new_client = partial(Client, self.ours, dict(page.session))
            self.figures.append(figures.of_page(page.what, new_client, page.ask))
        yield Line("KB of the heaviest page, compressed", "weight", max(one.kilobytes for one in self.figures))
        yield Line("  requests", "requests", max(one.requests for one in self.figures))
        yield Line("  statements of a plan of 200 actions", "plan_statements", told["statements"]["longest_plan"])
        yield Line("  looking whether those fit together, in ms", "clashes", told["clashes"])
        yield Line(f"match among {size:,}, in ms", "match", told["match"])
        say(f"statements of a post: {told['post']}")

    def all_pages(self, size: int) -> list["Page"]:
        anna, bram, home = self.seeded["session"], self.full["session"], f"/huishoudens/{self.full['household']}/"
        return [
            Page(f"inbox, 50 of {size:,}", "inbox", anna, lambda one: one.get("/signalen/")),
            Page(f"households, 50 of {size:,}", "households", anna, lambda one: one.get("/huishoudens/")),
            Page(f"a search among {size:,}", "search", bram, lambda one: searched(one, "Bakelaar")),
            Page("  with a typing error", "search", bram, lambda one: searched(one, "Hoogstratne")),
            Page("a large household", "household", bram, lambda one: one.get(home)),
            Page("my day, with 25 households", "my_day", bram, lambda one: one.get("/")),
            Page("a plan of 40 actions", "plan", bram, lambda one: one.get(f"{home}plan/")),
            Page("  an action of it is changed", "action", bram, partial(changed, sent=self.full["change"])),
        ]

    def papers(self) -> Iterator[Line]:
        told = json.loads(self.system.python("trials.bench.papers"))
        ratio = Ratio(told["ours"], told["bare"])
        detail = f"{median(ratio.ours):.2f} s beside {median(ratio.bare):.2f}"
        yield Line("the plan for the kitchen table", "kitchen_table", ratio.median, detail, tuple(ratio.rounds))
        detail = f"{told['two_hundred']:.2f} s beside {told['fifty']:.2f}"
        yield Line("  200 actions, in the time of 50", "many_actions", told["two_hundred"] / told["fifty"], detail)
        few, many = told["memory"]
        detail = f"{many / 1024:.0f} MB beside {few / 1024:.0f}"
        yield Line("memory after 200 prints, in that after 20", "print_memory", many / few, detail)

    def wait_until_all_is_sent(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while any(map(self.broker.llen, QUEUES)) or self.broker.llen("bare") or self.waiting():
            assert time.monotonic() < deadline, "the mail does not leave"
            time.sleep(0.1)

    def waiting(self) -> int:
        [(number,)] = self.system.sql("SELECT count(*) FROM post_office_email WHERE status IS DISTINCT FROM 0")
        return int(number)

    # ---- who asks

    def clients(self, number: int) -> list[Client]:
        return [with_token(Client(self.ours), self.seeded["link"]) for _ in range(number)]

    def bare_clients(self, number: int) -> list[Client]:
        return [with_token(Client(self.bare), "/") for _ in range(number)]

    def bare_session(self) -> dict[str, str]:
        return dict(json.loads(self.system.python("trials.bench.bare.visitor", **BARE)))

    def post(self, client: Client) -> Answer:
        return client.post(self.seeded["link"], filled_in(str(uuid4())) | {"csrfmiddlewaretoken": client.token})

    def bare_post(self, client: Client) -> Answer:
        return client.post("/post/", filled_in(str(uuid4())) | {"csrfmiddlewaretoken": client.token})


def with_token(client: Client, path: str) -> Client:
    """A client that looked at the form first, as a browser does."""
    page = client.get(path)
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    client.cookies, client.token = page.cookies, found[1] if found else ""
    return client


def look_first(client: Client, path: str) -> None:
    if not hasattr(client, "token"):
        page = client.get(path)
        client.cookies |= page.cookies
        client.token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[-1]


def changed(client: Client, *, sent: dict[str, Any]) -> Answer:
    """Somebody saves an action: everything that does not fit with it is looked for, and its card comes anew."""
    look_first(client, sent["address"])
    form = sent["form"] | {"csrfmiddlewaretoken": client.token}
    return client.post(sent["address"], form, "HX-Request: true\r\n")


def searched(client: Client, words: str) -> Answer:
    """What comes while somebody types."""
    look_first(client, "/zoeken/")
    found = client.post("/zoeken/", {"q": words, "csrfmiddlewaretoken": client.token}, "HX-Request: true\r\n")
    assert "De eerste 10 huishoudens" in found.text
    return found


def bare_rows(client: Client) -> Answer:
    return client.get("/rows/")
