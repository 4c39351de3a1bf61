"""What login servers tell about who comes, each in its own way, and what we make of it."""

import pytest

from desk.demo.people import TEAM
from partners import oidc
from partners.models import Team
from partners.permissions import Role

VERIFIED = {"sub": "1", "email": "Nienke@Wilgenrade.example", "email_verified": True}


def test_groups_may_stand_in_the_token_or_with_the_user():
    token = {"sub": "1", "groups": ["a", "b"]}
    assert oidc.arrival({"id_token": token, "userinfo": VERIFIED}).groups == {"a", "b"}
    assert oidc.arrival({"userinfo": VERIFIED | {"groups": ["a"]}}).groups == {"a"}
    assert oidc.arrival({"id_token": VERIFIED | {"groups": "one"}, "userinfo": {"sub": "1"}}).groups == {"one"}
    assert oidc.arrival({"id_token": VERIFIED}).groups == set()


def test_the_claim_with_the_groups_can_have_another_name(settings):
    settings.OIDC_GROUPS_CLAIM = "roles"
    assert oidc.arrival({"userinfo": VERIFIED | {"groups": ["a"], "roles": ["b"]}}).groups == {"b"}


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"given_name": "Nienke", "family_name": "van der Aa", "name": "x"}, ("Nienke", "van der Aa")),
        ({"name": "Nienke van der Aa"}, ("Nienke", "van der Aa")),
        ({}, ("nienke", "")),
        ({"given_name": "N" * 200, "family_name": "A" * 200}, ("N" * 60, "A" * 80)),
    ],
)
def test_everybody_gets_a_name(claims, name):
    arrival = oidc.arrival({"userinfo": VERIFIED | claims})
    assert (arrival.first_name, arrival.last_name, arrival.email) == (*name, "nienke@wilgenrade.example")


@pytest.mark.parametrize(
    "claims",
    [
        {"email": None},
        {"email": ""},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"email_verified": None, "email": "n@wilgenrade.example.elders.example"},
        {"email_verified": None, "email": "wilgenrade.example"},
        {"sub": "2"},
    ],
)
def test_an_address_that_is_not_surely_of_this_person_opens_nothing(claims, settings):
    settings.OIDC_EMAIL_DOMAINS = (
        ["elsewhere.example"] if claims == {"email_verified": None} else ["wilgenrade.example"]
    )
    with pytest.raises(oidc.NotVerified):
        oidc.arrival({"id_token": {"sub": "1"}, "userinfo": VERIFIED | claims})


def test_a_server_that_never_says_verified_is_believed_about_its_own_domain(settings):
    settings.OIDC_EMAIL_DOMAINS = ["wilgenrade.example"]
    silent = {name: value for name, value in VERIFIED.items() if name != "email_verified"}
    assert oidc.arrival({"userinfo": silent}).email == "nienke@wilgenrade.example"
    with pytest.raises(oidc.NotVerified):
        oidc.arrival({"userinfo": silent | {"email_verified": False}})


@pytest.mark.django_db
def test_a_group_for_a_team_that_does_not_exist_gives_nothing_and_is_said(settings, caplog):
    settings.OIDC_GROUPS = {"a": ["LEAD", TEAM["name"]], "b": ["MEMBER", "Team Nergens"], "c": ["POLICY", TEAM["name"]]}
    team = Team.objects.get(name=TEAM["name"])
    assert oidc.roles_of(frozenset("ab")) == [(team, Role.LEAD)]
    assert "Team Nergens" in caplog.text
