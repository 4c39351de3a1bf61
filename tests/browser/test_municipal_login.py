"""Coming in through the municipality's own login: a real OpenID Connect provider, and a gunicorn that is told about it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, Page, expect

from desk.demo.people import AMIR, BART, FADOUA, JOLANDA, TEAM, Person
from tests.browser.conftest import new_browser
from tests.browser.looking import obstacles
from tests.stage import PROJECT, Stage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.walk,
    pytest.mark.filterwarnings("ignore:get_jwt_config"),  # of the provider itself
]
NAME = "Gemeente Wilgenrade"
GROUPS = {"sg-regisseurs": ["COORDINATOR", TEAM["name"]], "sg-beleid": ["POLICY", TEAM["name"]]}
Visitor = Callable[[], Page]


class Provider:
    """The login of the municipality: who is in it, with which e-mail address and in which groups."""

    def __init__(self, port: int) -> None:
        self.port, self.address = port, f"http://localhost:{port}"

    def knows(self, sub: str, **claims: object) -> None:
        connection = HTTPConnection("localhost", self.port, timeout=10)
        connection.request("PUT", f"/users/{sub}", json.dumps(claims), {"Content-Type": "application/json"})
        assert connection.getresponse().status == 204
        connection.close()

    def has(self, person: Person, *groups: str, email: str = "") -> str:
        sub = person.first_name.lower()
        facts = {"given_name": person.first_name, "family_name": person.last_name, "groups": list(groups)}
        self.knows(sub, email=email or person.email, email_verified=True, **facts)
        return sub


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with pytest.MonkeyPatch.context() as patch, run_server_in_thread() as server:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # on this machine without https
        yield Provider(server.server_port)


def settings(provider: Provider) -> dict[str, str]:
    return {
        "HUISPLAN_OIDC_SERVER": provider.address,
        "HUISPLAN_OIDC_CLIENT_ID": "huisplan",
        "HUISPLAN_OIDC_CLIENT_SECRET": "geheim",
        "HUISPLAN_OIDC_NAME": NAME,
        "HUISPLAN_OIDC_GROUPS": json.dumps(GROUPS),
    }


@pytest.fixture(scope="module")
def municipal(stage: Stage, provider: Provider) -> Iterator[str]:
    """Where Huisplan is when the municipality's login is the only one."""
    with stage.web("municipal", HUISPLAN_LOCAL_LOGIN="0", **settings(provider)) as address:
        yield address


@pytest.fixture
def visitor(chromium: Browser, municipal: str) -> Iterator[Visitor]:
    """A browser that was never here."""
    contexts: list[BrowserContext] = []

    def visitor() -> Page:
        contexts.append(new_browser(chromium, municipal))
        return contexts[-1].new_page()

    yield visitor
    for context in contexts:
        context.close()


def come_in(page: Page, sub: str, *, to: str = "/") -> Page:
    page.goto(to)
    page.get_by_role("button", name=f"Inloggen met {NAME}").click()
    page.get_by_placeholder("sub").fill(sub)
    page.get_by_role("button", name="Authorize", exact=True).click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Authorize")
    return page


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def roles(stage: Stage, email: str) -> list[str]:
    found = stage.sql(
        "SELECT m.role FROM partners_teammembership m JOIN partners_professional p ON p.id = m.professional_id"
        " WHERE lower(p.email) = lower(%s) ORDER BY 1",
        email,
    )
    return [role for (role,) in found]


def test_a_known_person_comes_in_by_e_mail_also_with_other_capitals(stage, provider, visitor):
    sub = provider.has(JOLANDA, "sg-regisseurs", "printers", email="Jolanda@Wilgenrade.EXAMPLE")
    page = come_in(visitor(), sub, to="/huishoudens/")
    heading(page, "Mijn huishoudens")
    assert urlsplit(page.url).path == "/huishoudens/", "back to where she wanted to go"
    assert roles(stage, JOLANDA.email) == ["COORDINATOR"]
    assert stage.sql("SELECT count(*) FROM partners_professional WHERE lower(email) = %s", JOLANDA.email) == [(1,)]


def test_it_counts_as_the_second_factor_too(stage, provider, visitor):
    tess = provider.has(Person("Tess", "Tweestra", "tess@wilgenrade.example", ""), "sg-regisseurs")
    heading(come_in(visitor(), tess), "Tess")
    with_an_app = (
        "INSERT INTO mfa_authenticator (user_id, type, data, created_at) SELECT id, 'totp', '{}', now()"
        " FROM partners_professional WHERE email = 'tess@wilgenrade.example' RETURNING id"
    )
    assert len(stage.sql(with_an_app)) == 1
    page = come_in(visitor(), tess)
    heading(page, "Tess")
    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    methods = stage.manage(
        "shell",
        "-c",
        "from config.hashed_sessions import SessionStore as S;"
        f"print([one['method'] for one in S('{key}')['account_authentication_methods']])",
    )
    assert "['socialaccount']" in methods


def test_a_new_person_in_a_group_is_made_with_that_role(stage, provider, visitor):
    new = Person("Nienke", "Aardema", "nienke@wilgenrade.example", "")
    page = come_in(visitor(), provider.has(new, "sg-regisseurs"))
    heading(page, "Nienke")
    assert roles(stage, new.email) == ["COORDINATOR"]
    [(organisation, password)] = stage.sql(
        "SELECT o.name, p.password FROM partners_professional p JOIN partners_organisation o ON o.id = p.organisation_id"
        " WHERE p.email = %s",
        new.email,
    )
    assert organisation == "Gemeente Wilgenrade"
    assert password.startswith("!"), "no password that opens anything"
    assert stage.sql(
        "SELECT l.event, l.actor_role FROM households_accesslogentry l JOIN partners_professional p"
        " ON p.id = l.object_id AND l.object_type = 'professional' WHERE p.email = %s ORDER BY l.id",
        new.email,
    ) == [("add person", "OIDC"), ("give role", "OIDC")]


def test_who_leaves_the_group_loses_the_role_at_the_next_login(stage, provider, visitor):
    heading(come_in(visitor(), provider.has(AMIR, "sg-regisseurs")), "Amir")
    page = come_in(visitor(), provider.has(AMIR, "sg-beleid"))
    assert roles(stage, AMIR.email) == ["POLICY"]
    assert page.goto("/signalen/").status == 403
    page = come_in(visitor(), provider.has(AMIR))
    heading(page, "Je hebt (nog) geen rol")
    assert roles(stage, AMIR.email) == []
    assert page.goto("/").url.endswith("/inloggen/?next=/"), "and is not logged in"
    heading(come_in(visitor(), provider.has(AMIR, "sg-regisseurs")), "Amir")
    assert roles(stage, AMIR.email) == ["COORDINATOR"]


def test_who_is_in_no_group_gets_a_kind_page_and_nothing_is_made(stage, provider, visitor):
    nobody = Person("Nico", "Niemandsland", "nico@wilgenrade.example", "")
    page = visitor()
    with page.expect_response(lambda answer: "/terug/" in answer.url) as callback:
        come_in(page, provider.has(nobody, "printers"))
    assert callback.value.status == 403
    heading(page, "Je hebt (nog) geen rol")
    assert not obstacles(page)
    assert stage.sql("SELECT count(*) FROM partners_professional WHERE email = %s", nobody.email) == [(0,)]


def test_an_address_that_is_not_verified_opens_nothing(provider, visitor):
    provider.knows("liar", email=JOLANDA.email, email_verified=False, groups=["sg-regisseurs"])
    page = come_in(visitor(), "liar")
    heading(page, "Je bent niet ingelogd")
    assert not obstacles(page)
    provider.knows("silent", email=JOLANDA.email, groups=["sg-regisseurs"])
    heading(come_in(visitor(), "silent"), "Je bent niet ingelogd")


def test_who_is_deactivated_stays_out(stage, provider, visitor):
    stage.manage("shell", "-c", f"from partners.models import Professional as P; P.objects.filter(email='{BART.email}').update(is_active=False)")  # fmt: skip
    page = come_in(visitor(), provider.has(BART, "sg-regisseurs"))
    heading(page, "Dit account is gesloten")
    assert roles(stage, BART.email) == ["POLICY"], "nothing of it changes"
    assert page.goto("/").url.endswith("/inloggen/?next=/")
    stage.manage("shell", "-c", f"from partners.models import Professional as P; P.objects.filter(email='{BART.email}').update(is_active=True)")  # fmt: skip


def test_who_stops_half_way_can_try_again(provider, visitor):
    page = visitor()
    page.goto("/")
    page.get_by_role("button", name=f"Inloggen met {NAME}").click()
    page.get_by_role("button", name="Deny").click()
    heading(page, "Je bent niet ingelogd")
    page.get_by_role("link", name="Opnieuw inloggen").click()
    expect(page.get_by_role("button", name=f"Inloggen met {NAME}")).to_be_visible()


def test_there_are_no_passwords_any_more(visitor):
    page = visitor()
    page.goto("/inloggen/")
    expect(page.get_by_label("Wachtwoord")).to_have_count(0)
    expect(page.get_by_role("link", name="Wachtwoord vergeten?")).to_have_count(0)
    assert not obstacles(page)
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    for address in (
        "/inloggen/",
        "/wachtwoord/",
        "/wachtwoord/verstuurd/",
        "/wachtwoord/1-oud/",
        "/wachtwoord/gewijzigd/",
    ):
        answer = page.request.post(
            address, form={"csrfmiddlewaretoken": token, "login": JOLANDA.email, "password": "x"}
        )
        assert answer.status == 404, address
        assert address == "/inloggen/" or page.request.get(address).status == 404, address


def test_the_way_in_is_a_form_and_takes_nothing_from_its_address(provider, visitor):
    """A link of somebody else logs nobody in, and can not ask the provider for more."""
    page = visitor()
    assert page.goto("/inloggen/gemeente/").url.endswith("/inloggen/")
    assert page.request.post("/inloggen/gemeente/").status == 403, "no token"
    page.goto("/inloggen/")
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    answer = page.request.post(
        "/inloggen/gemeente/?scope=everything&process=connect&auth_params=prompt%3Dnone",
        form={"csrfmiddlewaretoken": token, "next": "https://elders.example/"},
        max_redirects=0,
    )
    where = answer.headers["location"]
    assert where.startswith(f"{provider.address}/oauth2/authorize?")
    assert "code_challenge_method=S256" in where
    assert not [word for word in ("everything", "connect", "none", "elders") if word in where]
    assert page.goto("/inloggen/gemeente/terug/?code=x&state=invented").status == 403


def test_people_come_back_to_our_own_address_whatever_host_was_named(municipal):
    connection = HTTPConnection(urlsplit(municipal).netloc, timeout=20)
    connection.request("GET", "/inloggen/", headers={"Host": "elders.example"})
    page = connection.getresponse()
    cookies = "; ".join(value.split(";")[0] for name, value in page.getheaders() if name == "Set-Cookie")
    token = page.read().decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    head = {"Host": "elders.example", "Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/inloggen/gemeente/", f"csrfmiddlewaretoken={token}", head)
    where = connection.getresponse().getheader("Location") or ""
    assert f"redirect_uri={municipal.replace(':', '%3A').replace('/', '%2F')}%2Finloggen%2Fgemeente%2Fterug%2F" in where
    connection.close()


def test_nothing_of_what_the_municipality_told_is_kept_but_who_came(stage, provider, visitor):
    heading(come_in(visitor(), provider.has(FADOUA, "sg-regisseurs")), "Fadoua")
    for table in ("socialaccount", "socialtoken", "socialapp"):
        assert stage.sql(f"SELECT count(*) FROM socialaccount_{table}") == [(0,)], table


def test_without_its_own_login_and_without_passwords_nothing_starts(stage):
    start = [sys.executable, "manage.py", "check"]
    for wrong in (
        {"HUISPLAN_LOCAL_LOGIN": "0"},
        {"HUISPLAN_OIDC_SERVER": "https://login.wilgenrade.example"},
        {"HUISPLAN_OIDC_SERVER": "http://login.wilgenrade.example", "HUISPLAN_DEMO": "0"},
        settings(Provider(1)) | {"HUISPLAN_OIDC_GROUPS": '{"sg": "COORDINATOR"}'},
        settings(Provider(1)) | {"HUISPLAN_OIDC_GROUPS": '{"sg": ["KING", "Sociaal team Lindehof"]}'},
    ):
        done = subprocess.run(start, cwd=PROJECT, env=stage.env | wrong, capture_output=True, text=True, check=False)
        assert done.returncode == 1, wrong
        assert "ImproperlyConfigured" in done.stderr, wrong


def test_both_doors_stand_side_by_side_and_a_silent_provider_is_said(stage, provider, chromium):
    away = settings(provider) | {"HUISPLAN_OIDC_SERVER": "http://127.0.0.1:9"}
    with stage.web("both", **away) as address:
        context = new_browser(chromium, address)
        page = context.new_page()
        page.goto("/inloggen/")
        expect(page.get_by_label("Wachtwoord")).to_be_visible()
        assert not obstacles(page)
        page.get_by_role("button", name=f"Inloggen met {NAME}").click()
        heading(page, "Je bent niet ingelogd")
        context.close()
