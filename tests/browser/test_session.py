"""A desk that somebody left: the warning, the empty screen, and what was typed there."""

import pytest
from playwright.sync_api import Page, expect

from desk.demo.people import AMIR
from tests.browser.conftest import log_in
from tests.browser.looking import axe
from tests.browser.scenes import Guide

pytestmark = pytest.mark.browser
SHORT = {"HUISPLAN_IDLE_SECONDS": "8"}
WORDS = "De gang staat vol dozen."


def somebody_at(guide: Guide, address: str) -> Page:
    page = guide.visit(address=address)
    log_in(page, AMIR)
    return page


def test_who_is_still_there_stays(guide: Guide):
    with guide.stage.web("short-stay", **SHORT) as address:
        page = somebody_at(guide, address)
        warning = page.get_by_role("alertdialog", name="Ben je er nog?")
        for _ in range(2):
            expect(warning).to_be_visible()
            expect(page.get_by_role("button", name="Blijf ingelogd")).to_be_focused()
            assert axe(page) == []
            page.keyboard.press("Enter")
            expect(warning).to_be_hidden()
        page.reload()
        expect(page.get_by_role("banner")).to_contain_text(AMIR.first_name)


def test_a_desk_that_was_left_shows_nothing_and_loses_nothing(guide: Guide):
    with guide.stage.web("short-left", **SHORT) as address:
        page = somebody_at(guide, address)
        page.goto("{theirs}volgende-stap/wijzigen/".format(**guide.places))
        page.get_by_role("textbox", name="Volgende stap").fill(WORDS)
        expect(page.get_by_role("alertdialog", name="Je bent uitgelogd")).to_be_visible()
        expect(page.get_by_role("textbox", name="Volgende stap")).to_be_hidden()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Ga verder").click()
        expect(page.get_by_text("Wat je typte is bewaard.")).to_be_visible()
        page.get_by_label("E-mail").fill(AMIR.email)
        page.get_by_label("Wachtwoord").fill("Lindehof-2026-demo")
        page.get_by_role("button", name="Inloggen", exact=True).click()
        expect(page.get_by_role("heading", name="Dit had je getypt")).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text(WORDS)
        page.get_by_role("button", name="Alsnog opslaan").click()
        expect(page.get_by_role("main")).to_contain_text(WORDS)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Kortland-Van Asselt")
