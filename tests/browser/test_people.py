"""The functional manager looks after people: everybody can use the pages, and somebody new comes in with the mail."""

import re

import pytest
from playwright.sync_api import expect

from desk.demo.people import AMIR, MARLEEN, PASSWORD
from tests.browser.guide import Guide
from tests.browser.looking import obstacles

pytestmark = [pytest.mark.browser, pytest.mark.walk]


@pytest.fixture
def marleen(guide: Guide, visit):
    """Her first page. She has no day of her own, so she logs in here and not as the others do."""
    page = visit(address=guide.stage.address)
    page.goto("/inloggen/")
    page.get_by_label("E-mail").fill(MARLEEN.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mensen")
    return page


def test_everybody_can_use_the_pages_about_people(marleen):
    page = marleen
    assert not obstacles(page)
    page.get_by_role("link", name="Collega toevoegen").click()
    page.get_by_role("button", name="Toevoegen en mailen").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf een voornaam op.")
    page.get_by_text("Wat ziet elke rol?").click()
    assert not obstacles(page)
    page.goto("/beheer/mensen/")
    page.get_by_role("link", name=AMIR.name).click()
    page.get_by_role("button", name="Deze rol geven").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies een rol.")
    assert not obstacles(page)
    page.get_by_role("button", name="Account sluiten").click()
    expect(page.get_by_role("main")).to_contain_text("op een andere regisseur")
    assert not obstacles(page)
    page.get_by_role("button", name="Account openen").click()
    expect(page.get_by_role("button", name="Account sluiten")).to_be_visible()


def test_a_new_colleague_follows_the_mail_and_works(guide, visit, marleen):
    page = marleen
    page.get_by_role("link", name="Collega toevoegen").click()
    page.get_by_label("Voornaam").fill("Noor")
    page.get_by_label("Achternaam").fill("Dekkinga")
    page.get_by_label("E-mail van het werk").fill("noor@wilgenrade.example")
    page.get_by_label("Rol", exact=True).select_option(label="teamlid")
    page.get_by_role("button", name="Toevoegen en mailen").click()
    expect(page.get_by_role("row", name="Noor Dekkinga")).to_contain_text("nog niet binnen geweest")
    [mail] = guide.stage.mails_to("noor@wilgenrade.example")
    address = re.search(r"https?://\S+/wachtwoord/\S+", mail.get_content())
    assert address
    page = visit()
    page.goto(address[0])
    for field in page.locator("input[type=password]").all():
        field.fill("een-heel-nieuw-woord")
    page.get_by_role("button", name="Wachtwoord bewaren").click()
    page.get_by_role("main").get_by_role("link", name="Inloggen").click()
    page.get_by_label("E-mail").fill("noor@wilgenrade.example")
    page.get_by_label("Wachtwoord").fill("een-heel-nieuw-woord")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Noor")
