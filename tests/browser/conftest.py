"""A browser before the running system. Both live as long as the tests of this folder, and no longer: Playwright keeps an
event loop in this thread, in which Django refuses to touch a database."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, expect, sync_playwright

from desk.demo.people import AMIR, PASSWORD, Person
from tests.browser import reporter
from tests.browser.guide import Guide
from tests.stage import PROJECT, Stage

FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
PICTURES = PROJECT / "test-results"
PATIENCE = 15_000  # milliseconds; a busy machine is slow

Visit = Callable[..., Page]
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="package")
def stage(tmp_path_factory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage")).playing() as stage:
        yield stage


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.fail("There is no Chromium on this machine. On Debian or Ubuntu: sudo apt-get install chromium")
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []  # the sandbox of Chromium does not start for root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *alone])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def browser_of(stage: Stage, chromium: Browser) -> Iterator[Callable[[Person], BrowserContext]]:
    """The browser of somebody who is logged in, and has been here before."""
    known: dict[Person, BrowserContext] = {}

    def browser(person: Person) -> BrowserContext:
        if person not in known:
            known[person] = new_browser(chromium, stage.address)
            log_in(known[person].new_page(), person)
        return known[person]

    yield browser
    for context in known.values():
        context.close()


@pytest.fixture
def visit(stage: Stage, chromium: Browser, browser_of) -> Iterator[Visit]:
    """A window of somebody: visit(width=390), visit(person=JOLANDA). Without `script` it runs no JavaScript; on a
    `first_visit` nothing of the site is in the browser yet, and who is not logged in is always there for the first time.

    In no test may a page complain in the console, or ask anything of another host."""
    opened: list[BrowserContext | Page] = []
    complaints: list[str] = []

    def open_window(
        *,
        width: int = 1280,
        script: bool = True,
        person: Person | None = None,
        first_visit: bool = False,
        address: str = stage.address,
    ) -> Page:
        if person and not first_visit:
            context = browser_of(person)
        else:
            cookies = browser_of(person).storage_state() if person else None
            context = new_browser(chromium, address, java_script_enabled=script, storage_state=cookies)
            opened.append(context)
        page = context.new_page()
        opened.append(page)
        page.set_viewport_size({"width": width, "height": 844 if width < 700 else 900})
        page.on("console", lambda message: complaints.extend(errors_in(message)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.extend(elsewhere(request, address)))
        return page

    yield open_window
    for each in reversed(opened):
        each.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="package")
def places(stage: Stage) -> dict[str, object]:
    """The numbers of the example: Jolanda's household with a goal, an action and a resident of it, Amir's household, a
    signal in each state, and what a reporter opens."""
    homes = {one["name"]: one for one in stage.doors["households"]}
    own = homes["Bakelaar-Idrissi"]
    [(goal, action)] = stage.sql(
        "SELECT g.id, min(a.id) FROM plans_action a JOIN plans_goal g ON g.id = a.goal_id"
        " JOIN plans_supportplan p ON p.id = g.plan_id JOIN households_household h ON h.id = p.household_id"
        " WHERE h.number = %s GROUP BY g.id ORDER BY g.id LIMIT 1",
        own["number"],
    )
    [(resident,)] = stage.sql(
        "SELECT min(m.resident_id) FROM households_householdmember m JOIN households_household h"
        " ON h.id = m.household_id WHERE h.number = %s",
        own["number"],
    )
    [(talk,)] = stage.sql(
        "SELECT min(c.id) FROM households_conversation c JOIN households_household h ON h.id = c.household_id"
        " WHERE h.number = %s",
        own["number"],
    )
    signals = stage.sql(
        "SELECT lower(s.status), min(s.number) FROM signals_signal s LEFT JOIN households_household h"
        " ON h.id = s.household_id WHERE h.id IS NULL OR h.number = %s GROUP BY s.status",
        own["number"],
    )
    [(amount, asked)] = stage.sql(
        "SELECT min(b.id) FILTER (WHERE h.number = %s), min(b.id) FILTER (WHERE b.status = 'PROPOSED')"
        " FROM plans_budgetline b JOIN households_household h ON h.id = b.household_id",
        own["number"],
    )
    return dict(signals) | {
        "amount": amount,
        "asked": asked,
        "home": own["path"],
        "theirs": next(one["path"] for one in homes.values() if one["coordinator"] == AMIR.email),
        "goal": goal,
        "action": action,
        "resident": resident,
        "talk": talk,
        "link": reporter.link_of(stage),
        "door": stage.doors["follow"][0]["path"],
        "forward": stage.doors["forwards"][0]["path"],
    }


@pytest.fixture
def guide(stage: Stage, visit: Visit, places: dict[str, object]) -> Guide:
    return Guide(stage, visit, places)


def new_browser(chromium: Browser, address: str, **options) -> BrowserContext:
    context = chromium.new_context(base_url=address, locale="nl-NL", timezone_id="Europe/Amsterdam", **options)
    context.set_default_timeout(PATIENCE)
    return context


def errors_in(message: ConsoleMessage) -> list[str]:
    # A page that answers 403, 404 or 422 is no error; a style sheet that is not there is.
    refused_page = message.text.startswith("Failed to load resource") and "/static/" not in message.location["url"]
    return [f"{message.text} {message.location}"] if message.type == "error" and not refused_page else []


def elsewhere(request: Request, address: str) -> list[str]:
    ours = request.url.startswith((f"{address}/", "data:", "chrome-error:"))
    return [] if ours else [f"A request to another host: {request.url}"]


def log_in(page: Page, person: Person) -> None:
    page.goto("/inloggen/")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("banner")).to_contain_text(person.first_name)


# ---- when a test fails


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """The report of a failed test shows what the processes said, and where the pictures of the open windows are."""
    report = yield
    stage, browser = item.funcargs.get("stage"), item.funcargs.get("chromium")
    if report.failed and stage:
        report.sections += [(f"The end of the log of {name}", text) for name, text in stage.logs()]
    if report.failed and browser and call.when == "call":
        pages = [page for context in browser.contexts for page in context.pages]
        for number, page in enumerate(pages, 1):
            path = PICTURES / f"{item.name}-{number}.png".replace("/", "-").replace(" ", "-")
            with suppress(Error):  # a window that is gone can not be drawn
                page.screenshot(path=path, full_page=True)
            report.sections.append((f"Window {number}", f"{page.url}\n{path}"))
    return report
