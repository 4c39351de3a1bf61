"""Every page, as it stands after what people do: everybody can use it, on every screen, and it is light."""

import pytest
from playwright.sync_api import Page, Request, expect

from desk.demo.people import BART, JOLANDA, MARLEEN, PASCAL
from tests.browser import reporter
from tests.browser.guide import EVERYBODY, LEAD, MANAGER, POLICY, TEAM, Guide
from tests.browser.looking import PHONE, obstacles
from tests.browser.scenes import SCENES

pytestmark = [pytest.mark.browser, pytest.mark.walk]
KB = 1024


@pytest.mark.parametrize("name", TEAM)
def test_everybody_in_the_team_can_use_the_page(guide: Guide, name: str):
    nothing_in_the_way(guide.at(TEAM[name], JOLANDA))


@pytest.mark.parametrize("name", POLICY)
def test_who_makes_policy_can_use_the_page(guide: Guide, name: str):
    nothing_in_the_way(guide.at(POLICY[name], BART))


@pytest.mark.parametrize("name", LEAD)
def test_a_team_lead_can_use_the_page(guide: Guide, name: str):
    nothing_in_the_way(guide.at(LEAD[name], PASCAL))


@pytest.mark.parametrize("name", MANAGER)
def test_a_functional_manager_can_use_the_page(guide: Guide, name: str):
    nothing_in_the_way(guide.at(MANAGER[name], MARLEEN))


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_can_use_the_page(guide: Guide, name: str):
    nothing_in_the_way(guide.at(EVERYBODY[name]))


@pytest.mark.parametrize("scene", SCENES)
def test_everybody_can_use_the_pages_of(guide: Guide, scene: str):
    for page in SCENES[scene](guide):
        nothing_in_the_way(page)


def test_who_sends_too_much_waits_and_loses_nothing(guide: Guide):
    with guide.stage.web("strict", HUISPLAN_POSTS_PER_ADDRESS="0") as address:
        page = guide.visit(address=address)
        page.goto(reporter.link_of(guide.stage))
        reporter.fill_in(page, seen="De tuin is netjes.", email="mail@zonneboog.example")
        page.get_by_role("button", name="Bericht versturen").click()
        expect(page.get_by_role("alert")).to_contain_text("Wacht één minuut.")
        expect(page.get_by_label("Wat ziet of hoort u?")).to_have_value("De tuin is netjes.")
        nothing_in_the_way(page)


# ---- how much it is


@pytest.mark.parametrize(
    ("path", "most"),
    [("{link}", 48), ("/", 63), ("/huishoudens/", 61), ("/signalen/", 63), ("/signalen/{linked}/", 65), ("{home}", 67)],
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


def nothing_in_the_way(page: Page) -> None:
    found = obstacles(page)
    assert not found, "\n".join([page.url, *found])
