"""A talk is saved while somebody types: a browser, a server or a line that stops takes at most a few seconds of it, and two
windows never overwrite each other."""

import time
from datetime import date
from itertools import pairwise

import pytest
from playwright.sync_api import Page, Route, expect

from desk.demo.people import AMIR, PASSWORD
from tests.browser.conftest import log_in
from tests.browser.guide import Guide
from tests.browser.test_pages import nothing_in_the_way

pytestmark = [pytest.mark.browser, pytest.mark.walk]
LOST = 5_000  # milliseconds of typing that may be gone
SAYS, SEES = "De inwoner zegt", "Jij ziet"


def talk(guide: Guide, page: Page) -> str:
    """The address of the open talk with Amir's household."""
    page.goto("{theirs}gesprek/".format(**guide.places))
    page.get_by_label("Wie zijn erbij?").fill("Demi en Jordy")
    page.get_by_role("button", name="Begin het gesprek").click()
    expect(page.get_by_role("navigation", name="Stappen van dit gesprek")).to_be_visible()
    return page.url.removesuffix("wat-gaat-goed/")


def at(guide: Guide, step: str) -> Page:
    page = guide.visit(person=AMIR)
    page.goto(f"{talk(guide, page)}{step}/")
    return page


def saved(page: Page) -> None:
    expect(page.locator("[data-saving]")).to_contain_text("Bewaard.", use_inner_text=True, timeout=LOST)


def again(page: Page) -> Page:
    other = page.context.new_page()
    other.goto(page.url)
    return other


def test_a_browser_that_is_killed_loses_at_most_five_seconds(guide: Guide):
    page = at(guide, "money")
    page.get_by_label(SAYS).press_sequentially("Wij komen elke maand tekort", delay=20)
    page.wait_for_timeout(LOST)
    page.get_by_label(SAYS).press_sequentially(", en dit is te laat getypt")
    page.close()  # nothing on the page gets a chance to ask
    other = guide.visit(person=AMIR)
    other.goto(f"{talk(guide, other)}money/")
    assert other.get_by_label(SAYS).input_value().startswith("Wij komen elke maand tekort")


def test_who_types_on_and_on_is_saved_in_between(guide: Guide):
    page = at(guide, "housing")
    saves: list[float] = []
    page.on("response", lambda answer: saves.append(time.monotonic()) if answer.request.method == "POST" else None)
    began = time.monotonic()
    page.get_by_label(SAYS).press_sequentially("abcdefghij" * 8, delay=100)  # never a pause
    assert len(saves) >= 2
    moments = [began, *saves]
    assert max(later - earlier for earlier, later in pairwise(moments)) < LOST / 1000


def test_a_server_that_stops_loses_nothing_that_stands_on_the_screen(guide: Guide):
    with guide.stage.web("stops") as address:
        page = guide.visit(address=address)
        log_in(page, AMIR)
        page.goto(f"{talk(guide, page)}parenting/")
        page.get_by_label(SAYS).fill("Fenna lacht naar ons.")
        saved(page)
        guide.stage.kill("stops")
        page.get_by_label(SEES).fill("Beide ouders troosten haar.")
        expect(page.get_by_text("Nog niet bewaard: er is geen verbinding.")).to_be_visible(timeout=20_000)
        nothing_in_the_way(page)
        guide.stage.serve("stops", address)
        guide.stage.wait_for_page("stops", address)
        saved(page)
        expect(again(page).get_by_label(SEES)).to_have_value("Beide ouders troosten haar.")


def test_an_answer_that_is_lost_is_no_clash_with_oneself(guide: Guide):
    page = at(guide, "work-edu")
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        if lost or route.request.method != "POST":
            return route.fallback()
        lost.append(route.fetch().text())  # it arrived, and was kept
        return route.abort()

    page.route("**/work-edu/", lose_the_answer)
    page.get_by_label(SAYS).fill("Ik werk graag")
    expect(page.get_by_text("Nog niet bewaard: er is geen verbinding.")).to_be_visible()
    page.get_by_label(SAYS).fill("Ik werk graag met mensen.")
    saved(page)
    assert '"versions"' in lost[0]
    expect(page.get_by_role("button", name="Houd de mijne")).to_have_count(0)
    expect(again(page).get_by_label(SAYS)).to_have_value("Ik werk graag met mensen.")


def test_what_can_help_opens_as_soon_as_the_resident_has_spoken(guide: Guide):
    page = at(guide, "daily-life")
    expect(page.get_by_text("Eerst de woorden van de inwoner.")).to_be_visible()
    expect(page.get_by_label("Wat kunnen zij zelf?")).to_have_count(0)
    page.get_by_label(SAYS).fill("De was blijft liggen.")
    page.get_by_label("Wat kunnen zij zelf?").fill("Jordy doet de was op zondag.")
    saved(page)
    expect(page.get_by_label(SAYS)).to_have_value("De was blijft liggen.")
    page.get_by_text("Kan niemand anders het?").click()
    nothing_in_the_way(page)
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Netwerk en meedoen")


@pytest.mark.parametrize(
    ("choice", "stands"),
    [
        ("Zet ze onder elkaar", "Oma helpt.\n\nLotte belt elke dag."),
        ("Houd de mijne", "Oma helpt."),
        ("Neem de andere", "Lotte belt elke dag."),
    ],
)
def test_two_windows_see_the_words_of_each_other_and_choose(guide: Guide, choice: str, stands: str):
    mine = at(guide, "network-part")
    mine.get_by_label(SAYS).fill("")
    mine.get_by_label(SAYS).fill("Begin.")
    saved(mine)
    theirs = again(mine)
    theirs.get_by_label(SAYS).fill("Lotte belt elke dag.")
    saved(theirs)
    mine.get_by_label(SAYS).fill("Oma helpt.")
    expect(mine.get_by_text("Lotte belt elke dag.")).to_be_visible()
    expect(mine.get_by_label(SAYS)).to_have_value("Oma helpt.")
    if choice == "Zet ze onder elkaar":
        nothing_in_the_way(mine)
    mine.get_by_role("button", name=choice).click()
    saved(mine)
    expect(mine.get_by_role("button", name=choice)).to_have_count(0)
    expect(again(mine).get_by_label(SAYS)).to_have_value(stands)


def test_words_that_were_typed_when_the_session_ended_are_kept(guide: Guide):
    with guide.stage.web("short-talk", HUISPLAN_IDLE_SECONDS="6") as address:
        page = guide.visit(address=address)
        log_in(page, AMIR)
        page.goto(f"{talk(guide, page)}phys-health/")
        expect(page.get_by_role("alertdialog", name="Je bent uitgelogd")).to_be_visible(timeout=30_000)
        page.evaluate("document.getElementById('PHYS_HEALTH-says').value = 'Mijn rug doet zeer.'")
        page.get_by_role("button", name="Verder").click()
        page.get_by_label("E-mail").fill(AMIR.email)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Inloggen", exact=True).click()
        expect(page.get_by_text("Mijn rug doet zeer.")).to_be_visible()
        page.get_by_role("button", name="Alsnog opslaan").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Gezondheid hoofd en gevoel")
        page.get_by_role("link", name="Gezondheid lichaam").click()
        expect(page.get_by_label(SAYS)).to_have_value("Mijn rug doet zeer.")


def test_nothing_of_a_talk_stays_in_the_browser(guide: Guide):
    page = at(guide, "home-relations")
    page.get_by_label(SAYS).fill("Wij praten weer.")
    saved(page)
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "praten" not in kept
    assert f"{date.today()}" not in kept
