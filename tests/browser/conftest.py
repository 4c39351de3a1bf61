"""A browser before the running system. Both live as long as the tests of this folder, and no longer: Playwright keeps an
event loop in this thread, in which Django refuses to touch a database."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from desk.demo.people import PASSWORD, Person
from tests.stage import PROJECT, Stage

FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
PICTURES = PROJECT / "test-results"
SECONDS = 1000
Visit = Callable[..., Page]

expect.set_options(timeout=15 * SECONDS)


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


@pytest.fixture
def visit(stage: Stage, chromium: Browser) -> Iterator[Visit]:
    """A window of somebody new: visit(width=390). Without `script` the browser runs no JavaScript."""
    contexts: list[BrowserContext] = []

    def open_window(*, width: int = 1280, script: bool = True, address: str = "", state: dict | None = None) -> Page:
        context = chromium.new_context(
            base_url=address or stage.address,
            viewport={"width": width, "height": 844 if width < 700 else 900},
            java_script_enabled=script,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            storage_state=state,  # type: ignore[arg-type]
        )
        context.set_default_timeout(15 * SECONDS)
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


def log_in(page: Page, person: Person) -> None:
    page.goto("/inloggen/")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(person.first_name)


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
            path = PICTURES / f"{item.name}-{number}.png".replace("/", "-")
            page.screenshot(path=path, full_page=True)
            report.sections.append((f"Window {number}", f"{page.url}\n{Path(path)}"))
    return report
