"""Every page, as it stands after what people do: everybody can use it, on every screen, and it is light."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from desk.demo import bakelaar, people, secrets
from desk.demo.people import AMIR, JOLANDA
from tests.browser import reporter
from tests.browser.conftest import Visit
from tests.browser.looking import PHONE, obstacles, tab_through
from tests.stage import Stage

pytestmark = pytest.mark.browser

KB = 1024


@dataclass
class Guide:
    """Knows where the pages are. `at` fills in the numbers: at("{home}plan/")."""

    stage: Stage
    visit: Visit
    places: dict[str, object]

    def at(self, path: str, person: people.Person | None = None) -> Page:
        page = self.visit(person=person)
        page.goto(path.format(**self.places))
        return page


@pytest.fixture(scope="package")
def places(stage: Stage) -> dict[str, object]:
    """The numbers of the example: Jolanda's household with a goal, an action and a resident of it, Amir's household, a
    signal in each state, and what a reporter opens."""
    homes = {one["name"]: one for one in stage.doors["households"]}
    own = homes["Bakelaar-Idrissi"]
    [(goal, action)] = stage.sql(
        "SELECT g.id, min(a.id) FROM plans_action a JOIN plans_goal g ON g.id = a.goal_id"
        " JOIN plans_supportplan p ON p.id = g.plan_id JOIN households_household h ON h.id = p.household_id"
        " WHERE h.number = %s GROUP BY g.id ORDER BY g.id LIMIT 1",
        own["number"],
    )
    [(resident,)] = stage.sql(
        "SELECT min(m.resident_id) FROM households_householdmember m JOIN households_household h"
        " ON h.id = m.household_id WHERE h.number = %s",
        own["number"],
    )
    signals = stage.sql(
        "SELECT lower(s.status), min(s.number) FROM signals_signal s LEFT JOIN households_household h"
        " ON h.id = s.household_id WHERE h.id IS NULL OR h.number = %s GROUP BY s.status",
        own["number"],
    )
    return dict(signals) | {
        "home": own["path"],
        "theirs": next(one["path"] for one in homes.values() if one["coordinator"] == AMIR.email),
        "goal": goal,
        "action": action,
        "resident": resident,
        "link": reporter.link_of(stage),
        "door": stage.doors["follow"][0]["path"],
    }


@pytest.fixture
def guide(stage: Stage, visit: Visit, places: dict[str, object]) -> Guide:
    return Guide(stage, visit, places)


# ---- pages with an address

TEAM = {
    "my day": "/",
    "households": "/huishoudens/",
    "a household": "{home}",
    "a household without a plan": "/huishoudens/2026-004/",
    "name and address": "{home}gegevens/",
    "a resident": "{home}bewoners/{resident}/",
    "somebody close": "{home}naasten/nieuw/",
    "own words": "{home}eigen-woorden/wijzigen/",
    "the next step": "{home}volgende-stap/wijzigen/",
    "who looked": "{home}wie-keek-mee/",
    "a new goal": "{home}plan/doelen/nieuw/",
    "a goal": "{home}plan/doelen/{goal}/wijzigen/",
    "a new action": "{home}plan/doelen/{goal}/acties/nieuw/",
    "an action": "{home}plan/acties/{action}/",
    "signals": "/signalen/",
    "closed signals": "/signalen/?lijst=afgerond",
    "a new signal": "/signalen/{received}/",
    "a signal that was taken up": "/signalen/{taken_up}/",
    "a linked signal": "/signalen/{linked}/",
    "a closed signal": "/signalen/{closed}/",
    "which household": "/signalen/{taken_up}/koppelen/",
    "search": "/zoeken/",
    "mails": "/demo/postvak/",
    "log out": "/uitloggen/",
    "not here": "/nergens/",
    "not yours": "{theirs}",
}
EVERYBODY = {
    "log in": "/inloggen/",
    "forgotten password": "/wachtwoord/",
    "forgotten password, sent": "/wachtwoord/verstuurd/",
    "new password, too late": "/wachtwoord/1-oud/",
    "new password, saved": "/wachtwoord/gewijzigd/",
    "closed account": "/inloggen/gesloten/",
    "post": "{link}",
    "no such link": "/s/NIETS/",
    "find": "/volg/",
    "door": "{door}",
    "no such code": "/volg/NIETS/",
}


@pytest.mark.parametrize("name", TEAM)
def test_everybody_in_the_team_can_use_the_page(guide: Guide, name: str):
    nothing_in_the_way(guide.at(TEAM[name], JOLANDA))


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_can_use_the_page(guide: Guide, name: str):
    nothing_in_the_way(guide.at(EVERYBODY[name]))


# ---- pages after somebody did something


def household_with_every_form(guide: Guide) -> Page:
    page = guide.at("{home}", JOLANDA)
    for name in ("Bewoner toevoegen", "Naaste toevoegen", "Stap gezet, volgende plannen", "Woorden wijzigen"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)
    page.get_by_role("link", name="Actie toevoegen bij doel 2").click()
    expect(page.get_by_role("form")).to_have_count(5)
    return page


def household_with_every_form_refused(guide: Guide) -> Page:
    page = household_with_every_form(guide)
    page.get_by_label("Wat vragen zij").fill("")
    for number in range(5):
        page.get_by_role("button", name="Bewaren").nth(number).click()
        expect(page.get_by_role("alert")).to_have_count(number + 1)
    return page


def household_with_a_goal_refused(guide: Guide) -> Page:
    page = guide.at("{home}", JOLANDA)
    page.get_by_role("link", name="Doel toevoegen").click()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_be_visible()
    return page


def action_with_somebody_new(guide: Guide) -> Page:
    page = guide.at("{home}plan/doelen/{goal}/acties/nieuw/", JOLANDA)
    page.get_by_label("Wie doet dit?").select_option(label="Staat niet in de lijst, hieronder invullen")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf de naam op van wie dit doet.")
    expect(page.get_by_label("Organisatie")).to_be_visible()
    return page


def signal_not_taken_up(guide: Guide) -> Page:
    page = guide.at(f"/signalen/{fresh_signal(guide)}/", JOLANDA)
    page.get_by_text("Wij gaan hier niet mee verder").click()
    page.get_by_role("button", name="Niet oppakken, en vertellen waarom").click()
    expect(page.get_by_text("Kies een reden. De melder krijgt die te horen.")).to_be_visible()
    page.get_by_label("Dit past bij een andere organisatie").check()
    page.get_by_role("button", name="Niet oppakken, en vertellen waarom").click()
    expect(page.get_by_role("button", name="Toch oppakken")).to_be_visible()
    return page


def answer_without_a_sentence(guide: Guide) -> Page:
    page = guide.at("/signalen/{taken_up}/", JOLANDA)
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies een zin.")
    return page


def answer_with_a_question(guide: Guide) -> Page:
    page = guide.at("/signalen/{taken_up}/", JOLANDA)
    page.get_by_role("radio", name="Wij hebben nog een vraag").check()
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf je vraag op.")
    expect(page.get_by_label("Je vraag")).to_be_visible()
    return page


def household_for_a_signal(guide: Guide) -> Page:
    page = guide.at("/signalen/{taken_up}/koppelen/", JOLANDA)
    page.get_by_role("main").get_by_label("Naam, adres of nummer").fill("Bakelaar")
    page.get_by_role("main").get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("button", name="Deze is het")).to_be_visible()
    return page


def new_household_refused(guide: Guide) -> Page:
    page = guide.at("/signalen/{taken_up}/koppelen/", JOLANDA)
    page.get_by_label("Naam van het huishouden").fill("")
    page.get_by_role("button", name="Huishouden maken en koppelen").click()
    expect(page.get_by_role("alert")).to_contain_text("Geef het huishouden een naam.")
    return page


def found(guide: Guide) -> Page:
    page = guide.at("/zoeken/", JOLANDA)
    page.get_by_role("main").get_by_label("Naam, adres of nummer").fill("Kortland")
    page.get_by_role("main").get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("main")).to_contain_text("Niet van jou. Bel de regisseur")
    return page


def no_signal_found(guide: Guide) -> Page:
    page = guide.at("/signalen/", JOLANDA)
    page.get_by_label("Zoek op nummer, melder of organisatie").fill("niemand")
    page.get_by_role("main").get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("main")).to_contain_text("Niets gevonden.")
    return page


def log_in_refused(guide: Guide) -> Page:
    page = guide.at("/inloggen/")
    page.get_by_label("E-mail").fill(JOLANDA.email)
    page.get_by_label("Wachtwoord").fill("niet dit")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    return page


def page_that_was_open_too_long(guide: Guide) -> Page:
    page = guide.at("/inloggen/")
    page.context.clear_cookies()
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit is nog niet verstuurd")
    return page


def post_with_danger(guide: Guide) -> Page:
    page = guide.at("{link}")
    reporter.choose(page, "Is er nu gevaar?", reporter.DANGER)
    expect(page.get_by_text("Wacht niet op ons. Bel 112.")).to_be_visible()
    return page


def post_that_the_resident_does_not_want(guide: Guide) -> Page:
    page = guide.at("{link}")
    expect(page.get_by_role("group", name="Om wie gaat het?")).to_be_visible()
    reporter.choose(page, "Weet de bewoner dat u dit vertelt?", reporter.NOT_AGREED)
    expect(page.get_by_text("Schrijf dan geen naam en geen adres op.")).to_be_visible()
    expect(page.get_by_role("group", name="Om wie gaat het?")).to_be_hidden()
    page.get_by_label("Iemand is niet veilig").check()
    expect(page.get_by_role("group", name="Om wie gaat het?")).to_be_visible()
    return page


def post_that_was_not_discussed(guide: Guide) -> Page:
    page = guide.at("{link}")
    reporter.choose(page, "Weet de bewoner dat u dit vertelt?", reporter.NOT_YET)
    expect(page.get_by_label("Waarom nog niet?")).to_be_visible()
    return page


def post_that_the_resident_agrees_with(guide: Guide) -> Page:
    page = guide.at("{link}")
    reporter.choose(page, "Weet de bewoner dat u dit vertelt?", reporter.AGREED)
    expect(page.get_by_label("De bewoner vindt het goed dat ik hoor of er contact is")).to_be_visible()
    return page


def post_refused(guide: Guide) -> Page:
    page = guide.at("{link}")
    page.get_by_role("button", name="Bericht versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies of er nu gevaar is.")
    return page


def received(guide: Guide, email: str = "mail@zonneboog.example") -> Page:
    page = guide.at("{link}")
    reporter.fill_in(page, seen="De tuin is netjes.", email=email)
    reporter.send(page)
    return page


def received_without_mail(guide: Guide) -> Page:
    page = guide.at("{link}")
    reporter.fill_in(page, seen="De tuin is netjes.", phone="000-000 03 99")
    reporter.choose(page, "Is er nu gevaar?", reporter.DANGER)
    reporter.send(page)
    expect(page.get_by_text("Uw pincode:")).to_be_visible()
    expect(page.get_by_text("Wacht niet op ons. Bel 112.")).to_be_visible()
    return page


def door_for_who_has_a_pin(guide: Guide) -> Page:
    page = received_without_mail(guide)
    page.get_by_role("link", name="Naar mijn bericht").click()
    expect(page.get_by_role("heading", name="Vul uw pincode in")).to_be_visible()
    return page


def wrong_code(guide: Guide) -> Page:
    page = received(guide)
    page.get_by_role("link", name="Naar mijn bericht").click()
    reporter.ask_for_a_code(page)
    page.get_by_label("Code van zes cijfers").fill("geen")
    page.get_by_role("button", name="Lezen").click()
    expect(page.get_by_text("Deze code klopt niet")).to_be_visible()
    return page


def thread(guide: Guide) -> Page:
    page = received(guide, email="reader@zonneboog.example")
    page.get_by_role("link", name="Naar mijn bericht").click()
    reporter.ask_for_a_code(page)
    [mail] = guide.stage.mails_to("reader@zonneboog.example", subject="Uw code")
    reporter.go_in_with_the_code(page, mail.get_content())
    page.get_by_role("button", name="Bericht versturen").click()
    expect(page.get_by_text("Schrijf eerst uw antwoord.")).to_be_visible()
    return page


def closed_thread(guide: Guide) -> Page:
    page = guide.at(f"/volg/{secrets.signal_code(bakelaar.S1.key)}/")
    reporter.ask_for_a_code(page)
    reader = bakelaar.S1.reporter
    assert reader
    [mail] = guide.stage.mails_to(reader.email, subject="Uw code")
    reporter.go_in_with_the_code(page, mail.get_content())
    expect(page.get_by_role("main")).to_contain_text("U kunt deze pagina lezen tot")
    return page


def no_code_typed(guide: Guide) -> Page:
    page = guide.at("/volg/")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Vul uw persoonlijke code in.")).to_be_visible()
    return page


SCENES: dict[str, Callable[[Guide], Page]] = {
    scene.__name__: scene
    for scene in (
        household_with_every_form, household_with_every_form_refused, household_with_a_goal_refused,
        action_with_somebody_new, signal_not_taken_up, answer_without_a_sentence, answer_with_a_question,
        household_for_a_signal, new_household_refused, found, no_signal_found, log_in_refused,
        page_that_was_open_too_long, post_with_danger, post_that_the_resident_does_not_want,
        post_that_was_not_discussed, post_that_the_resident_agrees_with, post_refused, received_without_mail,
        door_for_who_has_a_pin, wrong_code, thread, closed_thread, no_code_typed,
    )
}  # fmt: skip


@pytest.mark.parametrize("scene", SCENES)
def test_everybody_can_use_the_page_after(guide: Guide, scene: str):
    nothing_in_the_way(SCENES[scene](guide))


def test_who_sends_too_much_waits_and_loses_nothing(guide: Guide):
    with guide.stage.web("strict", HUISPLAN_POSTS_PER_ADDRESS="0") as address:
        page = guide.visit(address=address)
        page.goto(reporter.link_of(guide.stage))
        reporter.fill_in(page, seen="De tuin is netjes.", email="mail@zonneboog.example")
        page.get_by_role("button", name="Bericht versturen").click()
        expect(page.get_by_role("alert")).to_contain_text("Wacht één minuut.")
        expect(page.get_by_label("Wat ziet of hoort u?")).to_have_value("De tuin is netjes.")
        nothing_in_the_way(page)


# ---- with a keyboard


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
    tab_to(page, page.get_by_label("E-mail van uw werk"))
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
    card.get_by_role("link", name="Niet wijzigen").press("Enter")
    expect(card).to_be_focused()


# ---- how much it is


@pytest.mark.parametrize(
    ("path", "most"),
    [("{link}", 48), ("/", 60), ("/huishoudens/", 60), ("/signalen/", 60), ("/signalen/{linked}/", 62), ("{home}", 64)],
)
def test_a_first_visit_is_light(guide: Guide, path: str, most: int):
    """Everything that comes over the line to a browser that was never here."""
    page = guide.visit(width=PHONE, person=JOLANDA, first_visit=True)
    came: list[Request] = []
    page.on("requestfinished", lambda request: came.append(request))
    page.goto(path.format(**guide.places), wait_until="networkidle")
    sizes = {request.url: request.sizes()["responseBodySize"] for request in came}
    assert len(sizes) <= 6, sizes
    assert sum(sizes.values()) <= most * KB, sizes


# ---- what the tests share


def nothing_in_the_way(page: Page) -> None:
    found = obstacles(page)
    assert not found, "\n".join(found)


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not come to {wanted}")


def fresh_signal(guide: Guide) -> str:
    page = guide.at("{link}")
    reporter.fill_in(page, seen="De tuin is netjes.", email="fresh@zonneboog.example")
    return reporter.send(page)
