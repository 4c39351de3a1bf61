"""Every address for every kind of visitor, looked at and sent to. What each one gets stands in `doors.txt`, one line for
looking (GET) and one for sending (POST, of an empty form). An address that stands in no line there fails the test:
somebody must decide."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from desk.demo.bakelaar import SAMIRA
from households.models import OwnPage
from signals.models import Signal
from tests.addresses import LINES, VISITORS, addresses
from tests.coming_in import behind_code
from tests.helpers import parameters

NOTHING = {"csrfmiddlewaretoken": "x"}  # what a browser sends of an empty form


def come_in(visitor: str, as_) -> Client:
    """Who reads without an account has typed the code from the mail: Ilse of the signal, Samira of her own page."""
    if visitor == "ilse":
        signal = Signal.objects.filter(reporter_name="Ilse Waanders").earliest("pk")
        return behind_code(reverse("signals:follow", args=[signal.code]), to=signal.reporter_email)
    if visitor == "samira":
        page = OwnPage.objects.open().get(member__email=SAMIRA.email)
        return behind_code(reverse("desk:own_page", args=[page.token]), to=page.member.email)
    return as_(None if visitor == "nobody" else visitor)


def status(client: Client, method: str, address: str) -> int:
    """What comes back; then everything is as it was before."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, NOTHING)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code


@pytest.mark.django_db
def test_every_address_is_in_the_table():
    assert {line.door.route for line in LINES} == set(parameters())
    assert {line.door for line in LINES} == set(addresses())


@pytest.mark.walk
@pytest.mark.django_db
@pytest.mark.parametrize("visitor", VISITORS)
def test_each_visitor_gets_what_the_table_says(visitor, as_, short_answers):
    at, client = addresses(), come_in(visitor, as_)
    wrong = []
    for door, method, statuses in LINES:
        got = status(client, method, at[door])
        if got != statuses[visitor]:
            wrong.append(f"{method} {door.route} {door.example}: {got}, not {statuses[visitor]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_what_does_not_exist_looks_the_same_as_what_is_out_of_reach(as_, bakelaar):
    client = as_("bart")
    hidden = client.get(reverse("desk:household", args=[bakelaar.number]))
    missing = client.get(reverse("desk:household", args=["2026-999999"]))
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)


@pytest.mark.django_db
def test_a_refusal_names_the_coordinator_and_nothing_of_the_household(as_, bakelaar):
    page = as_("amir").get(reverse("desk:household", args=[bakelaar.number])).content.decode()
    assert "Jolanda Terpstra" in page
    for secret in (bakelaar.name, bakelaar.address, bakelaar.request_in_own_words, "Ruud"):
        assert secret not in page
