"""Coming in with a passkey of a (virtual) device, with an app, and with a code by mail."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Page, expect

from desk.demo.people import BIANCA, MARLEEN, PASSWORD, TON, Person
from tests.browser.guide import Guide
from tests.browser.test_pages import nothing_in_the_way
from tests.coming_in import code_of_app

pytestmark = [pytest.mark.browser, pytest.mark.walk]


@pytest.fixture(scope="module")
def strict(stage) -> Iterator[str]:
    """Where a second factor must be. A passkey is for a name, never for a number as 127.0.0.1."""
    with stage.web("second-factor", HUISPLAN_SECOND_FACTOR="1") as address:
        yield address.replace("127.0.0.1", "localhost")


def device(page: Page, *, knows_its_owner: bool = True) -> CDPSession:
    """Gives the browser a device that can keep passkeys, and says yes at once when it knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": knows_its_owner, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def password(page: Page, person: Person) -> None:
    page.goto("/inloggen/")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()


def test_a_passkey_is_made_and_then_opens_the_door_alone_or_after_the_password(guide: Guide, strict: str):
    page = guide.visit(address=strict)
    device(page)
    password(page, MARLEEN)
    expect(page.get_by_role("status")).to_contain_text("Stel eerst een tweede stap in")
    nothing_in_the_way(page)
    page.get_by_role("link", name="Passkey toevoegen").click()
    nothing_in_the_way(page)
    page.get_by_label("Een naam").fill("Laptop van het werk")
    page.get_by_role("button", name="Passkey maken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je herstelcodes")
    nothing_in_the_way(page)
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mensen")

    page.get_by_role("link", name="Marleen (mijn account)").click()
    nothing_in_the_way(page)
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("button", name="Passkey gebruiken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mensen")

    page.goto("/uitloggen/")
    page.get_by_role("button", name="Uitloggen").click()
    password(page, MARLEEN)
    expect(page.get_by_role("heading", level=1)).to_have_text("De tweede stap")
    nothing_in_the_way(page)
    page.get_by_role("button", name="Passkey gebruiken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mensen")

    page.goto("/mijn-account/bevestigen/passkey/")
    nothing_in_the_way(page)
    page.get_by_role("button", name="Passkey gebruiken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mensen")

    page.goto("/mijn-account/passkeys/")
    nothing_in_the_way(page)
    page.get_by_role("link", name="Andere naam (Laptop van het werk)").click()
    page.get_by_label("Een naam").fill("Oude laptop")
    page.get_by_role("button", name="Bewaren").click()
    page.get_by_role("link", name="Weghalen (Oude laptop)").click()
    nothing_in_the_way(page)
    page.get_by_role("button", name="Weghalen").click()
    expect(page.get_by_role("main")).to_contain_text("Je hebt nog geen passkeys.")
    page.goto("/")
    expect(page.get_by_role("status")).to_contain_text("Stel eerst een tweede stap in")


def test_a_device_that_does_not_know_its_owner_makes_no_passkey(guide: Guide, strict: str):
    page = guide.visit(address=strict)
    device(page, knows_its_owner=False)
    password(page, TON)
    page.get_by_role("link", name="Passkey toevoegen").click()
    page.get_by_role("button", name="Passkey maken").click()
    expect(page.get_by_role("alert")).to_contain_text("Er is geen passkey gemaakt.")
    nothing_in_the_way(page)


def test_an_unknown_device_is_told_so_at_the_door(guide: Guide, strict: str):
    page = guide.visit(address=strict)
    device(page)
    page.goto("/inloggen/")
    page.get_by_role("button", name="Passkey gebruiken").click()
    expect(page.get_by_role("alert")).to_contain_text("Het lukte niet met een passkey.")


def test_without_javascript_one_sets_up_the_app_and_comes_in_with_it(guide: Guide, strict: str):
    page = guide.visit(address=strict, script=False)
    page.goto("/inloggen/")
    expect(page.get_by_role("button", name="Passkey gebruiken")).to_be_hidden()
    password(page, TON)
    page.get_by_role("link", name="Passkey toevoegen").click()
    page.get_by_role("link", name="App instellen").click()
    secret = page.locator(".hp-code").inner_text()
    page.get_by_label("De code die de app nu laat zien").fill(code_of_app(secret))
    page.get_by_role("button", name="App aanzetten").click()
    codes = page.get_by_role("main").get_by_role("listitem")
    expect(codes).to_have_count(10)
    code = codes.first.inner_text()
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    page.goto("/uitloggen/")
    page.get_by_role("button", name="Uitloggen").click()
    password(page, TON)
    page.get_by_label("Code uit de app, of een herstelcode").fill(code)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ton")


def test_a_volunteer_comes_in_with_a_code_by_mail(guide: Guide):
    page = guide.at("/inloggen/")
    page.get_by_role("link", name="Inloggen met een code").click()
    nothing_in_the_way(page)
    page.get_by_label("Uw e-mailadres").fill(BIANCA.email)
    page.get_by_role("button", name="Mail mij een code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")
    nothing_in_the_way(page)
    [mail] = guide.stage.mails_to(BIANCA.email, subject="Uw code voor Huisplan")
    code = re.search(r"\b\d{6}\b", mail.get_content())
    assert code
    page.get_by_label("Code van zes cijfers").fill(code[0])
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/mijn-gezinnen/")
    page.get_by_role("link", name="Bianca (mijn account)").click()
    nothing_in_the_way(page)
