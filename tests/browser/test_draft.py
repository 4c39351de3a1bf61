"""What a reporter typed survives a dead line, a closed tab and a mistake; it is sent once, and does not stay on the phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from desk.demo import people
from tests.browser import reporter
from tests.browser.conftest import Visit
from tests.browser.looking import PHONE, obstacles
from tests.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.walk]

SEEN = "De kinderen lopen zonder jas. Moeder zingt met ze."
NOT_SENT = "Uw bericht is nog niet verstuurd. Alles wat u typte staat hier nog."
STAYS = "Dit blijft op deze telefoon staan tot u verstuurt, hooguit 12 uur."
BACK_AGAIN = "Wat op deze telefoon is getypt en nog niet verstuurd, staat weer ingevuld."


def start(stage: Stage, visit: Visit, email: str, organisation: str = people.MATERNITY) -> Page:
    """Ilse fills in the form, and does not send it yet."""
    page = visit(width=PHONE)
    page.goto(reporter.link_of(stage, organisation))
    reporter.fill_in(page, seen=SEEN, email=email, about="familie Jasmijn", address="Jassenpad 3")
    page.get_by_label("Wat gaat goed?").fill("Zij zingen veel.")
    page.get_by_label("Opvoeden en opgroeien").check()
    return page


def open_again(page: Page) -> Page:
    """The tab is closed, and later another one is opened on the same phone."""
    address, phone = page.url, page.context
    page.close()
    again = phone.new_page()
    again.set_viewport_size({"width": PHONE, "height": 844})
    again.goto(address)
    return again


def still_holds(page: Page, email: str) -> None:
    expect(page.get_by_label("Wat ziet of hoort u?")).to_have_value(SEEN)
    expect(page.get_by_label(reporter.AGREED, exact=True)).to_be_checked()
    expect(page.get_by_label("De bewoner vindt het goed dat ik hoor of er contact is")).to_be_checked()
    expect(page.get_by_label("Om wie gaat het?")).to_have_value("familie Jasmijn")
    expect(page.get_by_label("Uw e-mail of telefoonnummer")).to_have_value(email)
    expect(page.get_by_label("Straat en huisnummer")).to_have_value("Jassenpad 3")  # what was folded away is open
    expect(page.get_by_label("Wat gaat goed?")).to_have_value("Zij zingen veel.")
    expect(page.get_by_label("Opvoeden en opgroeien")).to_be_checked()
    expect(page.get_by_label("Geld")).not_to_be_checked()


def kept_on(page: Page) -> str:
    return page.evaluate("JSON.stringify(localStorage)")


def signals_of(stage: Stage, email: str) -> list:
    return stage.sql("SELECT number FROM signals_signal WHERE reporter_email = %s", email)


def test_what_was_typed_survives_a_dead_line_and_a_closed_tab_and_is_sent_once(stage: Stage, visit: Visit):
    email = "jas@zonneboog.example"
    page = start(stage, visit, email)
    expect(page.get_by_text(STAYS)).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("button", name="Bericht versturen").click()
    expect(page.get_by_role("alert")).to_contain_text(NOT_SENT)
    expect(page.get_by_role("alert")).to_contain_text("Er is geen verbinding.")
    expect(page.get_by_role("button", name="Opnieuw versturen")).to_be_in_viewport()
    still_holds(page, email)

    page.context.set_offline(False)
    page = open_again(page)
    expect(page.get_by_text(BACK_AGAIN)).to_be_visible()
    still_holds(page, email)
    assert obstacles(page) == []
    assert signals_of(stage, email) == []

    number = reporter.send(page)
    assert signals_of(stage, email) == [(number,)]
    assert "klad" not in kept_on(page)
    page = open_again(page)
    assert number in page.inner_text("main")  # the receipt, still
    page.goto(reporter.link_of(stage))
    expect(page.get_by_label("Wat ziet of hoort u?")).to_have_value("")


def test_one_tap_sends_it_again_and_a_lost_answer_makes_no_second_signal(stage: Stage, visit: Visit):
    """The first time the signal comes in, and only our answer gets lost on the way back."""
    email = "lost@zonneboog.example"
    page = start(stage, visit, email)

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(re.compile("/s/"), lose_the_answer)
    page.get_by_role("button", name="Bericht versturen").click()
    expect(page.get_by_role("alert")).to_contain_text(NOT_SENT)
    [(number,)] = signals_of(stage, email)
    page.unroute(re.compile("/s/"))
    page.get_by_role("button", name="Opnieuw versturen").click()
    expect(page.get_by_text(f"Uw nummer is {number}")).to_be_visible()
    assert signals_of(stage, email) == [(number,)]


def test_two_taps_send_it_once(stage: Stage, visit: Visit):
    email = "taps@zonneboog.example"
    page = start(stage, visit, email)
    posts = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    page.get_by_role("button", name="Bericht versturen").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank u wel. Wij hebben uw bericht ontvangen")
    assert len(posts) == 1
    assert len(signals_of(stage, email)) == 1
    page.go_back()  # not to a form with everything in it
    assert SEEN not in page.content()


def test_a_mistake_and_a_trouble_on_our_side_lose_nothing(stage: Stage, visit: Visit):
    email = "typo@zonneboog.example"
    page = start(stage, visit, email)
    page.get_by_label("Uw naam").fill("")
    page.get_by_role("button", name="Bericht versturen").click()
    expect(page.get_by_role("alert").filter(has_text="Schrijf uw naam op.")).to_be_focused()
    still_holds(page, email)
    page = open_again(page)
    still_holds(page, email)

    page.route(re.compile("/s/"), lambda route: route.fulfill(status=500, body="<main>Au</main>"))
    page.get_by_label("Uw naam").fill("Ilse Waanders")
    page.get_by_role("button", name="Bericht versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Er gaat bij ons iets mis.")
    still_holds(page, email)
    page.unroute(re.compile("/s/"))
    page.get_by_role("button", name="Opnieuw versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank u wel. Wij hebben uw bericht ontvangen")
    assert len(signals_of(stage, email)) == 1


def test_one_tap_wipes_it(stage: Stage, visit: Visit):
    page = start(stage, visit, "wipe@zonneboog.example")
    page = open_again(page)
    page.get_by_role("button", name="Wis wat ik typte").first.click()
    expect(page.get_by_text("Gewist. Er staat niets meer van op deze telefoon.")).to_be_visible()
    expect(page.get_by_label("Wat ziet of hoort u?")).to_have_value("")
    expect(page.get_by_label(reporter.AGREED, exact=True)).not_to_be_checked()
    assert "klad" not in kept_on(page)
    page = open_again(page)
    expect(page.get_by_label("Uw naam")).to_have_value("")


def test_it_is_kept_apart_for_each_link_without_its_address_and_for_half_a_day(stage: Stage, visit: Visit):
    page = start(stage, visit, "apart@zonneboog.example")
    token = page.url.rstrip("/").rpartition("/")[2]
    kept = kept_on(page)
    assert SEEN in kept
    assert token not in kept
    page.goto(reporter.link_of(stage, people.HOUSING))
    expect(page.get_by_label("Wat ziet of hoort u?")).to_have_value("")
    assert SEEN in kept_on(page)
    for hours, there in ((11, True), (13, False)):
        page.clock.set_fixed_time(timezone.now() + timedelta(hours=hours))
        page.goto(reporter.link_of(stage, people.HOUSING))  # also on another page of ours
        expect(page.get_by_role("button", name="Bericht versturen")).to_be_visible()
        assert (SEEN in kept_on(page)) == there


def test_without_javascript_nothing_is_kept_and_everything_works(stage: Stage, visit: Visit):
    email = "plain@zonneboog.example"
    page = visit(width=PHONE, script=False)
    page.goto(reporter.link_of(stage))
    reporter.fill_in(page, seen=SEEN, email=email)
    expect(page.get_by_text(STAYS)).to_be_hidden()
    expect(page.get_by_text(NOT_SENT)).to_be_hidden()
    assert reporter.send(page)
    assert len(signals_of(stage, email)) == 1
