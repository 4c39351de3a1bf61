"""A second municipality has the same pages with a look of its own."""

import re

import pytest
from playwright.sync_api import Page

from desk.demo.people import JOLANDA
from tests.browser import reporter
from tests.browser.conftest import Visit, log_in
from tests.browser.looking import axe
from tests.stage import PROJECT, Stage

pytestmark = [pytest.mark.browser, pytest.mark.walk]
TOKENS = (PROJECT / "static/src/tokens/duinmeer.css").read_text()


def test_every_page_has_the_colours_of_the_municipality(stage: Stage, visit: Visit):
    link = reporter.link_of(stage)
    with stage.web("duinmeer", HUISPLAN_THEME="duinmeer", HUISPLAN_MUNICIPALITY="Gemeente Duinmeer") as address:
        here, there = visit(), visit(address=address)
        for page in (here, there):
            page.goto(link)
        assert colour(there, "header", "background-color") == rgb("accent-1-bg-default")
        assert colour(there, "button[type=submit]", "background-color") == rgb("action-1-bg-default")
        for what in (
            ("header", "background-color"),
            ("button[type=submit]", "background-color"),
            (".hp-card", "border-radius"),
        ):
            assert colour(here, *what) != colour(there, *what)
        assert "Gemeente Duinmeer" in there.locator("header").inner_text()

        # Its colours can be read, too.
        found = axe(there)
        log_in(there, JOLANDA)
        for path in ("/", "/signalen/", stage.doors["households"][0]["path"]):
            there.goto(path)
            found += axe(there)
        assert not found, "\n".join(found)


def colour(page: Page, selector: str, of: str) -> str:
    return page.locator(selector).first.evaluate("(element, of) => getComputedStyle(element)[of]", of)


def rgb(token: str) -> str:
    """The colour of a token as a browser says it."""
    found = re.search(rf"--basis-color-{token}: #(\w+);", TOKENS)
    assert found
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    return "rgb({}, {}, {})".format(*bytes.fromhex(digits))
