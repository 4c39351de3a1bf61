"""Who presses twice on a slow line sends a form once."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from desk.demo.people import JOLANDA
from tests.browser.guide import Guide

pytestmark = pytest.mark.browser
SLOW = {"offline": False, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1}


def test_a_second_press_on_a_slow_line_sends_nothing(guide: Guide):
    page = guide.at("{home}overleg/nieuw/", JOLANDA)
    [(before,)] = guide.stage.sql("SELECT count(*) FROM plans_meeting")
    page.get_by_label("casusoverleg").check()
    page.get_by_label("Op welke dag?").fill(f"{date.today() + timedelta(days=9)}")
    page.get_by_label("Hoe laat?").fill("10:00")
    page.get_by_label("Wat moet aan het eind duidelijk zijn?").fill("Wie doet wat met de huur?")
    page.get_by_label("Jolanda Terpstra").check()
    button = page.locator("main form [type=submit]").last
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    page.mouse.click(box["x"] + 9, box["y"] + 9)
    page.wait_for_timeout(1700)  # on its way: the answer takes longer
    page.mouse.click(box["x"] + 9, box["y"] + 9)
    expect(page.get_by_role("status").filter(has_text="Gepland.")).to_be_visible()
    [(after,)] = guide.stage.sql("SELECT count(*) FROM plans_meeting")
    assert after == before + 1
