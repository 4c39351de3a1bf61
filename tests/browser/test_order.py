"""Dragging on the page where a plan is put in order, with a real mouse. The buttons that do the same are in the other tests."""

import pytest
from playwright.sync_api import Locator, Page, expect

from desk.demo.people import JOLANDA
from tests.browser.guide import Guide

pytestmark = pytest.mark.browser
GOALS, ACTIONS = "[data-sort=goal] > li[data-key]", "[data-sort=action] > li[data-key]"


@pytest.fixture
def page(guide: Guide) -> Page:
    page = guide.at("{home}plan/volgorde/", JOLANDA)
    page.set_viewport_size({"width": 1280, "height": 3000})  # all of it, so that nothing scrolls away
    return page


def keys(rows: Locator) -> list[str]:
    return [row.get_attribute("data-key") or "" for row in rows.all()]


def take(page: Page, row: Locator) -> None:
    row.locator("[data-grip]").first.hover()
    page.mouse.down()


def move_above(page: Page, row: Locator) -> None:
    box = row.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 4, steps=8)


def test_a_goal_goes_where_it_is_dropped_and_stays_there(page: Page):
    before = keys(page.locator(GOALS))
    take(page, page.locator(GOALS).nth(1))
    move_above(page, page.locator(GOALS).nth(0))
    page.mouse.up()
    expect(page.locator(GOALS).nth(0)).to_have_attribute("data-key", before[1])
    page.reload()
    assert keys(page.locator(GOALS)) == [before[1], before[0], *before[2:]]


def test_an_action_goes_to_another_goal(page: Page):
    one, other = page.locator(GOALS).nth(0), page.locator(GOALS).nth(1)
    key = keys(one.locator(ACTIONS))[0]
    take(page, one.locator(ACTIONS).first)
    move_above(page, other.locator(ACTIONS).first)
    expect(other.locator(ACTIONS).first).to_contain_class("is-above")
    page.mouse.up()
    expect(page.locator(GOALS).nth(1).locator(ACTIONS).first).to_have_attribute("data-key", key)
    page.reload()
    assert key in keys(page.locator(GOALS).nth(1).locator(ACTIONS))


def test_escape_lets_go_and_nothing_moves(page: Page):
    before = keys(page.locator(GOALS))
    take(page, page.locator(GOALS).nth(1))
    move_above(page, page.locator(GOALS).nth(0))
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".is-held, .is-above")).to_have_count(0)
    page.reload()
    assert keys(page.locator(GOALS)) == before
