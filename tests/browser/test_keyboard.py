"""Without a mouse: everything can be reached, the stop one is at can be seen, and the focus stays with the work."""

import pytest
from playwright.sync_api import Locator, Page, expect

from desk.demo.people import JOLANDA
from tests.browser import reporter
from tests.browser.guide import Guide
from tests.browser.looking import tab_through

pytestmark = pytest.mark.browser


def test_a_signal_can_be_sent_with_tab_space_and_enter(guide: Guide):
    page = guide.at("{link}")
    tab_to(page, page.get_by_role("radio", name=reporter.NO_DANGER, exact=True))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Wat ziet of hoort u?"))
    page.keyboard.type("De tuin is netjes.")
    tab_to(page, page.get_by_role("radio", name=reporter.AGREED))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Uw naam"))
    page.keyboard.type("Ilse Waanders")
    tab_to(page, page.get_by_label("Uw e-mail of telefoonnummer"))
    page.keyboard.type("keys@zonneboog.example")
    tab_to(page, page.get_by_role("button", name="Bericht versturen"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank u wel. Wij hebben uw bericht ontvangen")


@pytest.mark.parametrize("path", ["{link}", "/", "{home}"])
def test_the_first_stop_leads_past_the_menu(guide: Guide, path: str):
    page = guide.at(path, JOLANDA)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


@pytest.mark.parametrize("path", ["/inloggen/", "{link}", "/", "{home}", "/signalen/", "/signalen/{linked}/", "{door}"])
def test_every_stop_of_the_tab_key_can_be_seen(guide: Guide, path: str):
    page = guide.at(path, None if path == "/inloggen/" else JOLANDA)
    stops = tab_through(page)
    assert len(stops) > 3
    unseen = [stop["what"] for stop in stops if not (stop["marked"] and stop["inView"])]
    assert not unseen, "\n".join(unseen)


def test_the_focus_stays_with_the_work(guide: Guide):
    """A card that changes on the spot: its form takes the focus, then what went wrong, then that it is saved."""
    page = guide.at("{home}", JOLANDA)
    card = page.get_by_role("region", name="Mensen dichtbij")
    card.get_by_role("link", name="Naaste toevoegen").press("Enter")
    expect(card.get_by_role("heading", name="Naaste toevoegen")).to_be_focused()
    card.get_by_role("button", name="Bewaren").press("Enter")
    expect(card.get_by_role("alert")).to_be_focused()
    card.get_by_label("Naam").fill("Buurman Fons")
    card.get_by_label("Wie is dit voor het huishouden?").fill("buurman")
    card.get_by_role("button", name="Bewaren").press("Enter")
    expect(card).to_contain_text("Buurman Fons")
    expect(card.get_by_role("status")).to_be_focused()
    card.get_by_role("link", name="Naaste toevoegen").press("Enter")
    expect(card.get_by_role("heading", name="Naaste toevoegen")).to_be_focused()  # nobody is faster than that
    card.get_by_role("link", name="Niet wijzigen").press("Enter")
    expect(card).to_be_focused()


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not come to {wanted}")
