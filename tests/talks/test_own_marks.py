"""Residents give their own life marks, on their own page or by saying them: nobody gives one instead, and no number of theirs
is compared with anything."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from households import actions
from households.models import AccessLogEntry, OwnMark, Resident
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


# ---- said aloud


TODAY = timezone.localdate()


def marks_of(home):
    return OwnMark.objects.filter(household=home.household)


def said(**data) -> dict:
    return {"said_on": f"{TODAY}"} | data


def test_what_somebody_without_a_page_says_is_noted_as_said(home):
    how = reverse("households:levels", args=[home.household.number])
    there = reverse("households:said_marks", args=[home.household.number, home.roos.pk])
    assert there in home.browser.get(how).content.decode()
    assert "Hoe is uw lichaam?" in home.browser.get(there).content.decode()
    earlier = TODAY - timedelta(days=3)
    answer = home.browser.post(there, said(BODY="4", JOY="0", said_on=f"{earlier}"), follow=True)
    shown = Page(answer)
    assert {"Mijn lichaam", "Genieten"} <= {text.split(",")[0] for text in shown.texts}
    assert f"gezegd tegen {home.anna}" in shown.text
    assert {(mark.side, mark.mark, mark.page, mark.noted_by, timezone.localdate(mark.given_at)) for mark in marks_of(home)} == {
        ("BODY", 4, None, home.anna, earlier), ("JOY", 0, None, home.anna, earlier),
    }  # fmt: skip
    line = AccessLogEntry.objects.filter(event="note own marks").latest("pk")
    assert (line.actor, line.subject_ids) == (home.anna, [home.roos.pk])
    again = home.browser.post(there, said(BODY="5", said_on=f"{earlier}"))
    assert again.status_code == 302
    assert marks_of(home).filter(side="BODY").count() == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Kies een cijfer."),
        ({"BODY": "11"}, "11"),
        ({"BODY": "7", "said_on": f"{TODAY + timedelta(days=1)}"}, "Kies vandaag of een eerdere dag."),
        ({"BODY": "7", "said_on": "0001-01-01"}, "Kies een dag tussen 2000 en 2100."),
        ({"BODY": "7", "said_on": "31-02-2026"}, "Schrijf de datum als dag, maand en jaar"),
    ],
)
def test_what_can_not_have_been_said_is_refused_and_kept_on_the_page(typed, sentence, home):
    there = reverse("households:said_marks", args=[home.household.number, home.roos.pk])
    answer = home.browser.post(there, said(MIND="3" if "BODY" in typed else "") | typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not marks_of(home).exists()
    if "said_on" in typed:
        assert '<option value="7" selected' in answer.content.decode()


def test_a_noted_mark_is_of_somebody_who_lives_here_and_never_changes(home, page):
    (mark,) = actions.note_own_marks(
        member=home.household.members.get(resident=home.roos), marks={"BODY": 4}, said_on=TODAY, by=home.anna
    )
    for change in ({"mark": 9}, {"page": page, "noted_by": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnMark.objects.filter(pk=mark.pk).update(**change)
    elsewhere = {"household": home.household, "side": "JOY", "mark": 3, "resident": home.roos}
    outsider = Resident.objects.create(first_name="Bo")
    for wrong in (
        {"noted_by": None},
        {"noted_by": home.anna, "page": page},
        {"noted_by": home.anna, "resident": outsider},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnMark.objects.create(**elsewhere | wrong)
