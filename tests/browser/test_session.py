"""A desk that somebody left: the warning, the empty screen, and what was typed there."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from desk.demo.people import AMIR, PASSWORD
from tests.browser.conftest import log_in
from tests.browser.guide import Guide
from tests.browser.test_pages import nothing_in_the_way

pytestmark = [pytest.mark.browser, pytest.mark.walk]
SHORT = {"HUISPLAN_IDLE_SECONDS": "8"}
WORDS = "De gang staat vol dozen."
STEP = "{theirs}volgende-stap/wijzigen/"


def somebody_at(guide: Guide, address: str) -> Page:
    page = guide.visit(address=address)
    log_in(page, AMIR)
    return page


def amir_whose_clock_can_jump(guide: Guide, path: str = STEP) -> Page:
    """The server's clock does not: there his session goes on."""
    page = guide.visit(person=AMIR, first_visit=True)
    page.context.clock.install()
    page.goto(path.format(**guide.places))
    return page


def warning(page: Page) -> Locator:
    return page.get_by_role("alertdialog", name="Ben je er nog?")


def step_field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Volgende stap")


def fill_in(page: Page, step: str) -> None:
    step_field(page).fill(step)
    page.get_by_label("Vóór welke dag?").fill(f"{date.today() + timedelta(days=3)}")


def over(page: Page) -> Locator:
    return page.get_by_role("alertdialog", name="Je bent uitgelogd")


def log_in_again(page: Page) -> None:
    page.get_by_label("E-mail").fill(AMIR.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def as_stored(guide: Guide) -> str:
    """The next step of the household, encrypted: the same as long as nobody saved it."""
    number = str(guide.places["theirs"]).strip("/").rpartition("/")[2]
    [(step,)] = guide.stage.sql("SELECT next_step FROM households_household WHERE number = %s", number)
    return step


# ---- in time


def test_who_is_still_there_stays_in_every_window(guide: Guide):
    page = amir_whose_clock_can_jump(guide)
    other = page.context.new_page()
    other.goto("/")
    step_field(page).focus()
    for key in ("Enter", "Escape"):
        page.clock.fast_forward("18:30")
        expect(warning(page)).to_be_visible()
        expect(warning(other)).to_be_visible()
        expect(page.get_by_role("button", name="Blijf ingelogd")).to_be_focused()
        page.keyboard.press(key)
        expect(warning(page)).to_be_hidden()
        expect(warning(other)).to_be_hidden()
        expect(step_field(page)).to_be_focused()


def test_who_is_typing_is_not_disturbed(guide: Guide):
    page = amir_whose_clock_can_jump(guide)
    page.clock.fast_forward("17:30")
    step_field(page).press_sequentially("De")
    with page.expect_response("**/blijven/") as answer:
        page.clock.fast_forward("00:45")
    assert answer.value.status == 204
    page.clock.fast_forward("17:00")
    expect(step_field(page)).to_be_focused()
    expect(warning(page)).to_be_hidden()


def test_everybody_can_use_the_warning_and_the_end(guide: Guide):
    page = amir_whose_clock_can_jump(guide)
    page.clock.fast_forward("18:30")
    expect(warning(page)).to_be_visible()
    nothing_in_the_way(page)
    page.clock.fast_forward("02:00")
    expect(over(page)).to_be_visible()
    nothing_in_the_way(page)


def test_the_end_of_a_day_is_said_once_and_leaves_time_to_finish(guide: Guide):
    with guide.stage.web("short-day", HUISPLAN_SESSION_SECONDS="20") as address:
        page = somebody_at(guide, address)
        page.goto(STEP.format(**guide.places))
        last = page.get_by_role("alertdialog", name="Je moet zo opnieuw inloggen")
        expect(last).to_be_visible()
        nothing_in_the_way(page)
        page.get_by_role("button", name="Ik maak het af").click()
        page.wait_for_timeout(2500)  # it looks every second
        expect(last).to_be_hidden()
        expect(over(page)).to_be_visible(timeout=30_000)
        page.get_by_role("button", name="Verder").click()
        expect(page.get_by_text("Je was een hele dag ingelogd")).to_be_visible()


# ---- too late


def test_a_desk_that_was_left_shows_nothing_and_loses_nothing(guide: Guide):
    with guide.stage.web("short-left", **SHORT) as address:
        page = somebody_at(guide, address)
        page.goto("{theirs}".format(**guide.places))
        page.get_by_role("link", name="Naaste toevoegen").click()
        page.get_by_label("Wie is dit voor het huishouden?").fill("Fons van hiernaast")
        page.get_by_role("region", name="Mensen dichtbij").get_by_role("button", name="Bewaren").click()
        expect(page.get_by_role("alert")).to_be_visible()  # the server has seen it, and did not save it
        page.get_by_role("link", name="Stap gezet, volgende plannen", exact=True).click()
        fill_in(page, WORDS)
        other = page.context.new_page()
        other.goto("/")
        before = as_stored(guide)
        for window in (page, other):
            expect(over(window)).to_be_visible(timeout=30_000)
            expect(window.get_by_role("banner")).to_be_hidden()
            assert window.title() == "Je bent uitgelogd"
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(over(page)).to_be_visible()

        other.get_by_role("button", name="Verder").click()
        expect(other.get_by_text("Je deed een tijd niets")).to_be_visible()
        page.context.set_offline(True)
        page.get_by_role("button", name="Verder").click()
        expect(page.get_by_text("Er is geen verbinding")).to_be_visible()
        page.context.set_offline(False)
        page.get_by_role("button", name="Verder").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")

        log_in_again(page)
        expect(page.get_by_role("heading", name="Dit had je getypt")).to_be_visible()
        expect(page.get_by_text("Fons van hiernaast")).to_be_visible()
        assert as_stored(guide) == before
        nothing_in_the_way(page)
        card = page.get_by_role("region", name="Wat je typte").filter(has_text=WORDS)
        card.get_by_role("button", name="Alsnog opslaan").click()
        expect(page.get_by_text("Bewaard.", exact=True)).to_be_visible()
        expect(page.get_by_text(WORDS)).to_be_hidden()
        page.get_by_role("button", name="Weggooien").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(AMIR.first_name)
        assert as_stored(guide) != before
        page.goto("{theirs}".format(**guide.places))
        expect(page.get_by_role("main")).to_contain_text(WORDS)


def test_half_a_sentence_is_not_sent_when_the_session_is_still_there(guide: Guide):
    page = amir_whose_clock_can_jump(guide)
    before = as_stored(guide)
    step_field(page).fill("Half een zi")
    page.clock.fast_forward("21:00")
    expect(over(page)).to_be_visible()
    page.get_by_role("button", name="Verder").click()
    expect(over(page)).to_be_hidden()
    expect(step_field(page)).to_have_value("Half een zi")
    assert as_stored(guide) == before


def test_after_logging_in_in_another_window_one_goes_on_where_one_was(guide: Guide):
    with guide.stage.web("short-back", **SHORT) as address:
        page = somebody_at(guide, address)
        page.goto(STEP.format(**guide.places))
        fill_in(page, "Sleutels halen.")
        expect(over(page)).to_be_visible(timeout=30_000)
        other = page.context.new_page()
        other.goto("/")
        log_in_again(other)
        expect(other.get_by_role("heading", level=1)).to_contain_text(AMIR.first_name)
        page.get_by_role("button", name="Verder").click()
        expect(step_field(page)).to_have_value("Sleutels halen.")
        page.get_by_role("main").get_by_role("button", name="Bewaren").click()
        expect(page.get_by_role("status")).to_contain_text("Bewaard.")
        expect(page.get_by_role("main")).to_contain_text("Sleutels halen.")
