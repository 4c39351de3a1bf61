"""The inbox in a browser: what comes in shows by itself, and nobody loses the place."""

import pytest
from playwright.sync_api import Page, expect

from desk.demo.people import JOLANDA
from tests.browser import reporter
from tests.browser.guide import Guide

pytestmark = pytest.mark.browser
LINES = "[data-rows] tbody th a"


def look(page: Page) -> None:
    """What the page does by itself every half minute."""
    page.evaluate("htmx.trigger('#lijst', 'look')")


def post(guide: Guide) -> str:
    page = guide.visit()
    page.goto(reporter.link_of(guide.stage))
    reporter.fill_in(page, seen="De gordijnen zijn altijd dicht.", email="mail@zonneboog.example")
    return reporter.send(page)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id")


def test_a_new_signal_shows_by_itself_and_the_focus_stays(guide: Guide):
    page = guide.at("/signalen/", JOLANDA)
    line = page.locator(LINES).nth(1)
    line.focus()
    here = focused(page)
    with page.expect_response(lambda response: "sinds=" in response.url) as empty:
        look(page)
    assert empty.value.status == 204
    number = post(guide)
    look(page)
    expect(page.get_by_role("status")).to_contain_text("Er is 1 nieuw signaal binnengekomen.")
    expect(page.get_by_role("link", name=number)).to_be_visible()
    assert focused(page) == here


def test_what_is_read_stays_where_it_is(guide: Guide):
    page = guide.at("/signalen/", JOLANDA)
    page.set_viewport_size({"width": 390, "height": 300})
    last = page.locator(LINES).last
    last.scroll_into_view_if_needed()
    line = page.locator(f"#{last.get_attribute('id')}")
    before = line.bounding_box()
    number = post(guide)
    look(page)
    expect(page.get_by_role("link", name=number)).to_be_attached()
    after = line.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2


def test_nothing_is_asked_while_the_session_is_over(guide: Guide):
    page = guide.at("/signalen/", JOLANDA)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("document.body.classList.add('hp-away')")
    look(page)
    page.wait_for_timeout(500)
    assert asked == []


def test_the_lines_can_be_walked_through_with_two_keys(guide: Guide):
    page = guide.at("/signalen/", JOLANDA)
    lines = page.locator(LINES).all()
    names = [str(line.get_attribute("id")) for line in lines]
    page.keyboard.press("j")  # no line has the focus: the key is nobody's
    assert focused(page) not in names
    lines[0].focus()
    page.keyboard.press("k")
    assert focused(page) == names[0]
    page.keyboard.press("j")
    assert focused(page) == names[1]
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert focused(page) == names[1]
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(names[1].removeprefix("s-"))


def test_without_script_the_list_is_whole(guide: Guide):
    page = guide.visit(person=JOLANDA, first_visit=True, script=False)
    page.goto("/signalen/")
    expect(page.locator(LINES).first).to_be_visible()
    expect(page.get_by_text("Met het toetsenbord")).to_be_hidden()
