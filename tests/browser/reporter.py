"""What a reporter does with a phone: posting a signal, and reading the answer with a code from the mail."""

import re

from playwright.sync_api import Page, expect

from desk.demo import people
from tests.stage import Stage

NO_DANGER, DANGER = "Nee", "Ja, er is nu gevaar"
AGREED = "Ja, en de bewoner vindt het goed"
NOT_AGREED = "Ja, maar de bewoner vindt het niet goed"
NOT_YET = "Nee, nog niet"
QUESTION = "Ik wil alleen overleggen, zonder naam"


def link_of(stage: Stage, organisation: str = people.MATERNITY) -> str:
    """The address that an organisation shares for posting."""
    return next(link["path"] for link in stage.doors["links"] if link["what"] == organisation)


def choose(page: Page, question: str, choice: str) -> None:
    page.get_by_role("group", name=question).get_by_label(choice, exact=True).check()


def fill_in(page: Page, *, seen: str, email: str = "", phone: str = "", about: str = "", address: str = "") -> None:
    """The form for a signal without danger, that the resident agrees with."""
    choose(page, "Is er nu gevaar?", NO_DANGER)
    page.get_by_label("Wat ziet of hoort u?").fill(seen)
    choose(page, "Weet de bewoner dat u dit vertelt?", AGREED)
    page.get_by_label("De bewoner vindt het goed dat ik hoor of er contact is").check()
    page.get_by_label("Om wie gaat het?").fill(about)
    page.get_by_label("Uw naam").fill("Ilse Waanders")
    page.get_by_label("Uw e-mail of telefoonnummer").fill(email or phone)
    if address:
        tell_more(page)
        page.get_by_label("Straat en huisnummer").fill(address)


def tell_more(page: Page) -> None:
    """Opens what is folded away."""
    page.get_by_text("Meer vertellen").click()


def send(page: Page) -> str:
    """Sends the form. The number of the signal."""
    page.get_by_role("button", name="Bericht versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank u wel. Wij hebben uw bericht ontvangen")
    found = re.search(r"Uw nummer is (\d{4}-\d{4})", page.get_by_role("main").inner_text())
    assert found
    return found[1]


def link_in(mail: str) -> str:
    found = re.search(r"http\S+/volg/\S+", mail)
    assert found, mail
    return found[0]


def ask_for_a_code(page: Page) -> None:
    page.get_by_role("button", name="Mail mij een code").click()
    expect(page.get_by_role("status")).to_contain_text("Wij hebben een code van zes cijfers gemaild")


def go_in_with_the_code(page: Page, mail: str, *, to: str = "Uw bericht") -> None:
    found = re.search(r"\b\d{3} \d{3}\b", mail)
    assert found, mail
    page.get_by_label("Code van zes cijfers").fill(found[0])
    page.get_by_role("button", name="Lezen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(to)
