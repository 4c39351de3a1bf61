"""Residents give their own life marks, on their own page: nobody else, no number of theirs is compared with anything."""

import pytest
from django.test import Client
from django.urls import reverse

from households import actions
from households.models import AccessLogEntry, OwnMark
from tests.coming_in import behind_code
from tests.helpers import Page


@pytest.fixture
def page(home):
    member = home.household.members.get(resident=home.roos)
    actions.change_resident(member=member, by=home.anna, email="roos@thuis.example")
    return actions.give_own_page(member=home.household.members.get(resident=home.roos), by=home.anna)


@pytest.fixture
def roos(page) -> Client:
    """Roos, who typed the code from her mail."""
    return behind_code(reverse("desk:own_page", args=[page.token]), to="roos@thuis.example")


def address(page) -> str:
    return reverse("desk:own_marks", args=[page.token])


def test_a_resident_gives_marks_and_sees_them_with_a_table(home, page, roos):
    assert address(page) in roos.get(reverse("desk:own_page", args=[page.token])).content.decode()
    answer = roos.post(address(page), {"BODY": "4", "JOY": "0", "MIND": ""}, follow=True)
    assert "Uw cijfers zijn bewaard." in answer.content.decode()
    given = {mark.side: mark.mark for mark in OwnMark.objects.filter(household=home.household, resident=home.roos)}
    assert given == {"BODY": 4, "JOY": 0}
    shown = Page(answer)
    assert "Mijn lichaam" in shown.text
    assert [given["role"] for tag, given in shown.elements if tag == "svg" and "role" in given] == ["img", "img"]
    line = AccessLogEntry.objects.filter(event="give own marks").latest("pk")
    assert (line.actor, line.actor_role, line.subject_ids) == (None, "RESIDENT", [home.roos.pk])


@pytest.mark.parametrize("typed", [{}, {"BODY": ""}, {"BODY": "11"}, {"BODY": "-1"}, {"BODY": "heel goed"}])
def test_what_is_no_mark_is_refused_in_words(typed, home, page, roos):
    answer = roos.post(address(page), {"csrfmiddlewaretoken": "x"} | typed)
    assert answer.status_code == 422
    assert Page(answer).texts
    assert not OwnMark.objects.filter(household=home.household).exists()


def test_a_resident_sees_only_the_own_marks(home, page, roos):
    actions.change_resident(
        member=home.household.members.get(resident=home.pip), by=home.anna, email="pip@thuis.example"
    )
    theirs = actions.give_own_page(member=home.household.members.get(resident=home.pip), by=home.anna)
    actions.give_own_marks(page=theirs, marks={"MEANING": 3})
    assert "Wat voor mij belangrijk is" not in Page(roos.get(address(page))).texts
    assert roos.get(address(theirs)).status_code == 302  # to the door


def test_nobody_of_the_team_gives_a_mark_for_a_resident(home, page):
    answer = home.browser.post(address(page), {"BODY": "9"})
    assert answer.headers["Location"] == reverse("desk:own_page", args=[page.token])
    assert not OwnMark.objects.filter(household=home.household).exists()
    assert Client().post(reverse("desk:own_marks", args=["NOSUCHPAGE"]), {"BODY": "9"}).status_code == 404
