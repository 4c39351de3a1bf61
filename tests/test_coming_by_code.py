"""Coming in with a code by mail: who is in no team has no password."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.demo import people
from households.models import Participant
from tests.circle.working import MINE, invite, make_home
from tests.helpers import Page, mails

pytestmark = pytest.mark.django_db
ASK, FILL_IN = reverse("account_request_login_code"), reverse("account_confirm_login_code")
TOO_MANY = "Wacht 15 minuten"


def code_for(email: str) -> str:
    found = re.search(r"\b\d{6}\b", mails(email)[-1])
    assert found
    return found[0]


def ask(email: str, **data: str) -> Client:
    client = Client()
    answer = client.post(ASK, {"email": email} | data)
    assert answer.headers["Location"].startswith(FILL_IN)
    return client


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def fail(client: Client, times: int) -> None:
    for _ in range(times):
        client.post(FILL_IN, {"code": "no"})


def test_a_partner_comes_in_with_the_code_and_only_once():
    client = ask(people.DENNIS.email)
    mail = mails(people.DENNIS.email)[-1]
    assert "Dennis" not in mail
    code = code_for(people.DENNIS.email)
    answer = client.post(FILL_IN, {"code": f"{code[:3]} {code[3:]}"}, follow=True)
    assert answer.redirect_chain[-1][0] == MINE
    other = ask(people.DENNIS.email)
    assert other.post(FILL_IN, {"code": code}).status_code == 422 or code_for(people.DENNIS.email) == code


def test_somebody_writes_the_own_address_with_capitals():
    ask(people.BIANCA.email.upper())
    assert code_for(people.BIANCA.email)


def test_after_the_code_one_comes_where_one_wanted_to_be():
    client = Client()
    login = client.get(MINE)
    door = next(
        given["href"] for tag, given in Page(client.get(login.headers["Location"])).elements
        if tag == "a" and given.get("href", "").startswith(ASK)
    )  # fmt: skip
    asked = client.post(door, {"email": people.DENNIS.email})
    done = client.post(asked.headers["Location"], {"code": code_for(people.DENNIS.email)})
    assert done.headers["Location"] == MINE


def test_another_site_is_no_place_to_come_out():
    client = ask(people.DENNIS.email)
    done = client.post(FILL_IN, {"code": code_for(people.DENNIS.email), "next": "https://elders.example/"})
    assert done.headers["Location"] == reverse("desk:my_day")


def test_a_member_of_the_team_and_a_stranger_see_the_same_page_and_get_no_mail():
    def seen(email: str) -> list[str]:
        client = ask(email)
        pages = [client.get(FILL_IN), client.post(FILL_IN, {"code": "000000"})]
        return [re.sub(r'token" value="[^"]+"', "", page.content.decode()).replace(email, "") for page in pages]

    before = mails(people.JOLANDA.email)
    assert seen(people.DENNIS.email) == seen(people.JOLANDA.email) == seen("niemand@elders.example")
    assert mails(people.JOLANDA.email) == before
    assert not mails("niemand@elders.example")


def test_a_domain_that_only_looks_the_same_gets_no_code():
    looks_like = people.MO.email.replace("welzijn", "welzıjn")
    before = len(mails())
    ask(looks_like)
    assert len(mails()) == before


def test_a_name_in_a_plan_that_was_closed_gets_no_code(cast):
    type(cast.dennis).objects.filter(pk=cast.dennis.pk).update(is_active=False)
    before = mails(people.DENNIS.email)
    ask(people.DENNIS.email)
    assert mails(people.DENNIS.email) == before


def test_a_code_works_for_ten_minutes():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = ask(people.DENNIS.email)
        clock.shift(timedelta(minutes=9, seconds=59))
        assert client.get(FILL_IN).status_code == 200
        clock.shift(timedelta(seconds=2))
        code = code_for(people.DENNIS.email)
        assert client.post(FILL_IN, {"code": code}).headers["Location"] == ASK
        assert client.get(MINE).status_code == 302


@pytest.mark.parametrize("email", [people.DENNIS.email, "niemand@elders.example"])
def test_ten_wrong_codes_close_the_door_for_a_quarter_of_an_hour(email):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        first, second = ask(email), ask(email)
        fail(first, 6)
        fail(second, 3)
        assert TOO_MANY not in Page(second.post(FILL_IN, {"code": "no"})).text
        assert TOO_MANY in Page(first.post(FILL_IN, {"code": "no"})).text
        assert TOO_MANY in Page(Client().post(ASK, {"email": email})).text
        clock.shift(timedelta(minutes=14))
        assert TOO_MANY in Page(Client().post(ASK, {"email": email})).text
        clock.shift(timedelta(minutes=1, seconds=1))
        ask(email)


def test_the_right_code_does_not_help_while_the_door_is_closed():
    client, other = ask(people.DENNIS.email), ask(people.DENNIS.email)
    code = code_for(people.DENNIS.email)
    fail(client, 10)
    assert TOO_MANY in Page(other.post(FILL_IN, {"code": code})).text
    assert other.get(MINE).status_code == 302


def test_who_asks_for_many_codes_waits_a_minute():
    for _ in range(3):
        ask(people.DENNIS.email)
    page = Page(Client().post(ASK, {"email": people.DENNIS.email}))
    assert "minuut" in page.text
    assert page.fields["email"] == people.DENNIS.email


def test_who_came_to_the_wrong_door_can_go_back():
    client = ask(people.JOLANDA.email)
    start_again = client.post(reverse("account_logout"), {"next": ASK}, follow=True)
    assert start_again.redirect_chain[-1][0] == ASK
    assert client.get(reverse("account_login")).status_code == 200


# ---- from the invitation to the own page


def test_who_is_invited_comes_from_the_link_with_the_code_to_the_own_page_and_says_yes(cast):
    home = make_home(cast.jolanda)
    participant = invite(home, cast.dennis, comes=False)
    address = re.search(r"/uitnodiging/\S+/", mails(people.DENNIS.email)[-1])
    assert address
    client = Client()
    assert client.post(address[0]).headers["Location"] == FILL_IN
    done = client.post(FILL_IN, {"code": code_for(people.DENNIS.email)}, follow=True)
    assert done.redirect_chain[-1][0] == MINE
    assert "Zonnedauw" not in Page(done).text
    client.post(reverse("desk:accept_invitation", args=[participant.pk]))
    assert Participant.objects.active().filter(pk=participant.pk).exists()


def test_the_code_of_an_invitation_can_be_wrong_ten_times(cast):
    participant = invite(make_home(cast.jolanda), cast.dennis, comes=False)
    client = Client()
    client.post(reverse("desk:invitation", args=[participant.token]))
    fail(client, 10)
    client.post(reverse("desk:invitation", args=[participant.token]))
    assert TOO_MANY in Page(client.post(FILL_IN, {"code": code_for(people.DENNIS.email)})).text
