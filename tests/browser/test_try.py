import pytest, time
from desk.demo import people
from tests.browser.conftest import log_in
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
def test_it(stage, visit):
    page = visit()
    log_in(page, people.JOLANDA)
    page.screenshot(path="/tmp/day.png", full_page=True)
    print(stage.doors)
    print(len(stage.mails_to(people.ILSE.email)))
