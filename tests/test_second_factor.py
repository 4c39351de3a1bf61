"""Whoever is in a team shows a second factor: a code of an app, a recovery code, or a passkey (tests/browser)."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.demo import people
from households.models import AccessLogEntry
from tests.addresses import LINES, addresses
from tests.coming_in import (
    ACCOUNT,
    SECOND,
    TOO_MANY,
    code_of_app,
    lines,
    log_in,
    recovery_codes,
    set_up_app,
)
from tests.helpers import Page, everything, mails

pytestmark = pytest.mark.django_db
DAY = reverse("desk:my_day")
JOLANDA = people.JOLANDA.email


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def jolanda() -> Client:
    client = Client()
    assert log_in(client, JOLANDA).headers["Location"] == DAY
    return client


@pytest.fixture
def secret(jolanda) -> str:
    """Of the app of Jolanda, who is in."""
    return set_up_app(jolanda)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def halfway() -> Client:
    """Jolanda after her password."""
    client = Client()
    assert log_in(client, JOLANDA).headers["Location"] == SECOND
    return client


# ---- first of all


def test_without_one_every_page_leads_to_setting_one_up(jolanda):
    at, wrong = addresses(), []
    for door, method, statuses in LINES:
        if statuses["nobody"] != 302 or door.route.startswith(("account_", "mfa_", "desk:invitation")):
            continue
        if not Client().generic(method, at[door]).headers["Location"].startswith(reverse("account_login")):
            continue  # of who has no account
        answer = jolanda.generic(method, at[door])
        if answer.status_code != 302 or answer.headers["Location"] != ACCOUNT:
            wrong.append(f"{method} {door.route}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_part_of_a_page_leads_there_too(jolanda):
    answer = jolanda.get(reverse("desk:households"), headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == ACCOUNT


def test_the_page_that_asks_for_it_has_no_menu_and_lets_one_leave(jolanda):
    page = Page(jolanda.get(DAY, follow=True))
    assert "Stel eerst een tweede stap in" in page.text
    assert "Signalen" not in page.text
    assert jolanda.post(reverse("account_logout")).status_code == 302
    assert jolanda.get(ACCOUNT).status_code == 302


def test_what_is_open_to_everybody_stays_open(jolanda):
    assert jolanda.get(reverse("signals:find")).status_code == 200


def test_a_partner_needs_none(as_):
    assert as_("dennis").get(reverse("desk:my_families")).status_code == 200


def test_who_came_through_the_own_organisation_showed_one_there(jolanda):
    session = jolanda.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": 0}]
    session.save()
    assert jolanda.get(DAY).status_code == 200


def test_it_can_be_turned_off(settings, jolanda):
    settings.SECOND_FACTOR_REQUIRED = False
    assert jolanda.get(DAY).status_code == 200


# ---- the app


def test_setting_up_the_app_gives_recovery_codes_and_opens_everything(jolanda, secret):
    assert len(recovery_codes(jolanda)) == 10
    assert jolanda.get(DAY).status_code == 200
    assert "Staat aan" in Page(jolanda.get(ACCOUNT)).text


def test_the_app_is_not_on_before_its_code_was_right(jolanda):
    address = reverse("mfa_activate_totp")
    before = Page(jolanda.get(address))
    refused = Page(jolanda.post(address, {"code": "12"}))
    assert "Deze code klopt niet" in refused.text
    assert [text for text in before.texts if len(text) == 39] == [text for text in refused.texts if len(text) == 39]
    assert not Authenticator.objects.exists()


def test_the_picture_holds_the_key_for_the_app(jolanda):
    image = next(given for tag, given in Page(jolanda.get(reverse("mfa_activate_totp"))).elements if tag == "img")
    assert image["src"].startswith("data:image/svg+xml;base64,")
    assert image["alt"]


def test_the_next_time_the_password_is_not_enough(secret, clock):
    clock.shift(timedelta(minutes=5))
    client = halfway()
    assert client.get(DAY).headers["Location"].startswith(reverse("account_login"))
    assert "Deze code klopt niet" in Page(client.post(SECOND, {"code": "000000"})).text
    code = code_of_app(secret)
    assert client.post(SECOND, {"code": f"{code[:3]} {code[3:]}"}).headers["Location"] == DAY
    assert client.get(DAY).status_code == 200


def test_after_the_second_step_one_comes_where_one_wanted_to_be(secret, clock):
    clock.shift(timedelta(minutes=5))
    client = Client()
    log_in(client, JOLANDA, next=reverse("desk:households"))
    done = client.post(SECOND, {"code": code_of_app(secret)})
    assert done.headers["Location"] == reverse("desk:households")


@pytest.mark.parametrize(("seconds", "works"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_phone_may_be_half_a_minute_wrong(secret, clock, seconds, works):
    clock.shift(timedelta(minutes=5))
    code = code_of_app(secret, at=timezone.now().timestamp() + seconds)
    assert (halfway().post(SECOND, {"code": code}).status_code == 302) is works


def test_a_code_works_once(secret, clock):
    clock.shift(timedelta(minutes=5))
    code = code_of_app(secret)
    assert halfway().post(SECOND, {"code": code}).status_code == 302
    clock.shift(timedelta(seconds=31))
    assert halfway().post(SECOND, {"code": code}).status_code == 422


def test_a_recovery_code_lets_in_once(jolanda, secret):
    first, *others = recovery_codes(jolanda)
    assert halfway().post(SECOND, {"code": first}).headers["Location"] == DAY
    assert halfway().post(SECOND, {"code": first}).status_code == 422
    assert recovery_codes(jolanda) == others


def test_new_recovery_codes_end_the_old_ones(jolanda, secret):
    old = recovery_codes(jolanda)
    jolanda.post(reverse("mfa_generate_recovery_codes"))
    assert not set(old) & set(recovery_codes(jolanda))
    assert halfway().post(SECOND, {"code": old[0]}).status_code == 422


def test_ten_wrong_codes_close_the_door_for_a_quarter_of_an_hour(secret, clock):
    clock.shift(timedelta(minutes=20))
    for _ in range(5):
        client = halfway()
        for _ in range(2):
            assert TOO_MANY not in Page(client.post(SECOND, {"code": "000000"})).text
    clock.shift(timedelta(minutes=14))
    client = halfway()
    assert TOO_MANY in Page(client.post(SECOND, {"code": code_of_app(secret)})).text
    assert client.get(DAY).status_code == 302
    clock.shift(timedelta(minutes=1, seconds=1))
    assert client.get(SECOND).status_code == 200
    assert client.post(SECOND, {"code": code_of_app(secret)}).headers["Location"] == DAY


def test_who_turns_off_the_last_one_sets_one_up_again(jolanda, secret):
    jolanda.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert jolanda.get(DAY).headers["Location"] == ACCOUNT


def test_a_while_later_one_shows_again_who_one_is(jolanda, secret, clock):
    off = reverse("mfa_deactivate_totp")
    clock.shift(timedelta(minutes=16))
    asked = jolanda.get(off).headers["Location"]
    assert asked.startswith(reverse("account_reauthenticate"))
    assert "Dit wachtwoord klopt niet" in Page(jolanda.post(asked, {"password": "niet dit"})).text
    assert Authenticator.objects.filter(type="totp").exists()
    assert jolanda.post(asked, {"password": people.PASSWORD}).headers["Location"] == off
    assert jolanda.get(off).status_code == 200
    clock.shift(timedelta(minutes=16))
    with_code = reverse("mfa_reauthenticate") + f"?next={off}"
    assert jolanda.get(with_code).status_code == 200
    assert jolanda.post(with_code, {"code": code_of_app(secret)}).headers["Location"] == off


def test_the_secrets_are_not_readable_in_the_database(jolanda, secret):
    codes = recovery_codes(jolanda)
    table = everything()["mfa_authenticator"]
    assert table
    for hidden in (secret.replace(" ", ""), *(code.replace(" ", "") for code in codes)):
        assert hidden not in table


def test_who_changes_the_own_security_gets_a_mail(jolanda, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(jolanda)
    mail = mails(JOLANDA)[-1]
    assert "Was jij het niet?" in mail
    assert "Jolanda" not in mail
    assert lines()[-1] == ("change security", JOLANDA, "")


def test_who_lost_everything_is_helped_and_sets_up_a_new_one(secret):
    call_command("forget_second_factor", JOLANDA.upper())
    assert "Er is iets veranderd" in mails(JOLANDA)[-1]
    line = AccessLogEntry.objects.get(event="forget second factor")
    assert (line.actor, line.actor_role, line.object_type) == (None, "TECHNICAL_MANAGER", "professional")
    client = Client()
    log_in(client, JOLANDA)
    assert client.get(DAY).headers["Location"] == ACCOUNT
    with pytest.raises(CommandError):
        call_command("forget_second_factor", "niemand@elders.example")


# ---- passkeys, as far as a browser is not needed

NOT_ONE = [
    "", "null", "[]", "{}", '"x"', "{", '{"id": 1}', '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA",'
    '"signature":"AA","userHandle":"MQ"}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
]  # fmt: skip


@pytest.mark.parametrize("credential", NOT_ONE)
def test_what_is_no_passkey_lets_nobody_in(secret, credential):
    stranger = Client()
    stranger.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    answer = stranger.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert answer.headers["Location"] == reverse("account_login")
    client = halfway()
    client.get(SECOND)
    assert client.post(SECOND, {"credential": credential}).status_code == 422
    assert client.get(DAY).status_code == 302


@pytest.mark.parametrize("credential", NOT_ONE)
def test_what_is_no_passkey_is_not_kept(jolanda, credential):
    address = reverse("mfa_add_webauthn")
    jolanda.get(address)
    assert jolanda.post(address, {"credential": credential, "name": "x"}).status_code == 422
    assert not Authenticator.objects.exists()


def test_a_passkey_of_somebody_else_is_not_there(jolanda, cast):
    theirs = Authenticator.objects.create(user=cast.amir, type="webauthn", data={"name": "Van Amir", "credential": {}})
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert jolanda.get(reverse(name, args=[theirs.pk])).status_code == 404
        assert jolanda.post(reverse(name, args=[theirs.pk]), {"name": "x"}).status_code == 404
    assert "Van Amir" not in Page(jolanda.get(reverse("mfa_list_webauthn"))).text


def test_a_session_from_before_the_second_factor_ends_when_somebody_else_sets_it_up():
    """Whoever stole a password can not wait on the page for setting one up until its owner does."""
    thief, owner = Client(), Client()
    for browser in (thief, owner):
        log_in(browser, people.JOLANDA.email)
        assert browser.get(reverse("mfa_index")).status_code == 200
    set_up_app(owner)
    assert owner.get("/").status_code == 200
    assert thief.get("/").headers["Location"] == reverse("account_login")
    assert "_auth_user_id" not in thief.session
