"""Before a household or a resident is made: is it here already? What is asked shows no more than a number and whose it is."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from households.models import AccessLogEntry, Household, Resident
from partners.models import Professional, Team, TeamMembership
from partners.permissions import Role
from tests.helpers import Page

BORN = date(2015, 3, 1)
NEW = reverse("households:new_household")


@pytest.fixture
def typed(small_team):
    """A new household as it is filled in."""
    return {
        "name": "v.d. Bergh-Idrissi", "address": "Kade straat 12-b", "first_name": "", "last_name": "", "birth_date": "",
        "coordinator": f"{small_team.anna.pk}", "next_step": "Bellen", "next_step_on": f"{timezone.localdate()}",
    }  # fmt: skip


@pytest.fixture
def known(make, small_team) -> Household:
    """Somebody else's."""
    return make("Van den Berg-Idrissi", by=small_team.omar, address="Kadestraat 12B")


def looked_at(page: Page) -> str:
    return next(given["value"] for tag, given in page.elements if given.get("name") == "looked_at")


def test_a_household_that_nobody_resembles_is_made_at_once(typed, anna, small_team):
    answer = anna.post(NEW, typed | {"first_name": "Pip", "last_name": "Bergh", "birth_date": f"{BORN}"})
    made = Household.objects.get(name=typed["name"])
    assert answer.headers["Location"] == reverse("desk:household", args=[made.number])
    assert (made.coordinator, made.members.get().resident.birth_date) == (small_team.anna, BORN)


def test_one_that_looks_alike_is_shown_with_why_and_whose_it_is_and_nothing_else(
    typed, known, lives_in, anna, small_team
):
    lives_in(known, "Samira", "Idrissi", phone="000-000 07 77")
    page = Page(anna.post(NEW, typed))
    assert not Household.objects.filter(name=typed["name"]).exists()
    assert page.still_holds(typed)
    for words in (known.number, "Zelfde adres, zelfde naam", f"Regisseur: {small_team.omar}, {small_team.omar.phone}"):
        assert words in page.text
    for words in ("Samira", "000-000 07 77", "Kadestraat 12B"):
        assert words not in page.text
    lines = AccessLogEntry.objects.filter(actor=small_team.anna, event="suggest", household=known)
    assert lines.count() == 1


def test_who_says_no_gets_a_new_one_and_who_changed_meanwhile_is_asked_again(typed, known, make, anna):
    seen = looked_at(Page(anna.post(NEW, typed)))
    other = make("Kooistra", address="Dijkweg 9")
    again = Page(anna.post(NEW, typed | {"name": "Cooistra", "looked_at": seen}))
    assert other.number in again.text
    assert not Household.objects.filter(name="Cooistra").exists()
    assert anna.post(NEW, typed | {"looked_at": seen}).status_code == 302
    assert Household.objects.filter(name=typed["name"]).exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "Anders", "address": "", "first_name": "Pip", "birth_date": f"{BORN}"},
        {"name": "Anders", "address": "", "first_name": "Pip", "last_name": "Sonnedauw"},
    ],
)
def test_it_is_found_by_a_resident_too(facts, typed, known, lives_in, anna):
    lives_in(known, "Pip", birth_date=BORN)
    assert known.number in Page(anna.post(NEW, typed | facts)).text


def test_the_own_one_is_a_click_away(typed, make, anna):
    mine = make("Van den Berg-Idrissi", address="Kadestraat 12B")
    page = Page(anna.post(NEW, typed))
    assert ("a", reverse("desk:household", args=[mine.number])) in {
        (tag, given.get("href")) for tag, given in page.elements
    }


def test_of_another_team_nothing_is_shown(typed, known, small_team, cast, as_):
    jolanda = cast.jolanda
    known.name = "Raafschelder"
    known.save()
    page = as_("jolanda").post(NEW, typed | {"name": "Raafschelder", "coordinator": f"{jolanda.pk}"})
    assert page.status_code == 302
    assert Household.objects.filter(name="Raafschelder", team=jolanda.teams.get()).exists()


def test_a_protected_address_is_neither_found_nor_looked_for(typed, make, small_team, anna):
    make("Bos", by=small_team.omar, address="Kadestraat 12B", address_protected=True)
    make("Vos", by=small_team.omar, address="Dijkweg 4")
    assert anna.post(NEW, typed).status_code == 302
    assert (
        anna.post(NEW, typed | {"name": "Raaf", "address": "Dijkweg 4", "address_protected": "on"}).status_code == 302
    )


def test_who_coordinates_for_two_teams_chooses_one(typed, small_team, anna):
    second = Team.objects.create(name="Sociaal team Verder", organisation=small_team.team.organisation)
    TeamMembership.objects.create(team=second, professional=small_team.anna, role=Role.COORDINATOR)
    assert "Sociaal team Verder" in Page(anna.get(NEW)).text
    assert anna.post(NEW, typed | {"team": f"{second.pk}"}).status_code == 302
    assert Household.objects.get(name=typed["name"]).team == second
    assert (
        anna.post(NEW, typed | {"team": "999999", "name": "Elders"}).status_code == 302
    )  # of no team of hers: her own
    assert Household.objects.get(name="Elders").team == small_team.team


def test_who_may_not_coordinate_makes_none(as_):
    assert [as_(name).get(NEW).status_code for name in ("fadoua", "els", "bart", "dennis")] == [403] * 4


# ---- the same person


@pytest.fixture
def add(home):
    return reverse("households:add_resident", args=[home.household.number])


PIP = {
    "first_name": "Pip",
    "last_name": "Zonnedauw",
    "birth_date": f"{BORN}",
    "contact_by": "PHONE",
    "wishes": "Zwemmen",
}


@pytest.mark.parametrize(
    ("first", "last", "born"),
    [("Pip", "Zonnedauw", BORN), ("Pipp", "Sonnedauw", BORN), ("P.", "Anders", BORN), ("Pip", "Zonnedauw", None)],
)
def test_a_child_that_lives_elsewhere_too_becomes_a_member_of_two(first, last, born, home, add, known, lives_in, anna):
    theirs = lives_in(known, first, last, birth_date=born, wishes="Geheim", phone="000-000 07 09")
    asked = anna.post(add, PIP)
    page = Page(asked)
    assert (asked.status_code, page.still_holds(PIP)) == (422, True)
    assert f"{known.number} van Omar Duinhof, 000-000 09 01" in page.text
    assert "Geheim" not in page.text
    assert "000-000 07 09" not in page.text
    assert anna.post(add, PIP | {"same_person": f"{theirs.resident_id}"}).status_code == 302
    mine = home.household.members.get(resident=theirs.resident)
    assert (mine.wishes, mine.phone) == ("Zwemmen", "")
    assert theirs.resident.memberships.count() == 2


def test_somebody_else_is_made_new(home, add, known, lives_in, anna):
    lives_in(known, "Pip", birth_date=BORN)
    assert anna.post(add, PIP | {"same_person": "nee"}).status_code == 302
    assert Resident.objects.filter(first_name="Pip").count() == 2


@pytest.mark.parametrize(
    ("first", "last", "born"),
    [("Max", "Kooistra", BORN), ("Pip", "Zonnedauw", date(2014, 3, 1)), ("Pip", "", None)],
)
def test_who_does_not_look_the_same_is_not_asked_about(first, last, born, home, add, known, lives_in, anna):
    lives_in(known, first, last, birth_date=born)
    assert anna.post(add, PIP).status_code == 302


def test_nobody_is_taken_over_by_typing_a_key(home, add, known, lives_in, anna):
    other = lives_in(known, "Max", "Kooistra", birth_date=date(2001, 1, 1))
    anna.post(add, PIP | {"same_person": f"{other.resident_id}"})
    assert other.resident.memberships.count() == 1


def test_of_another_team_nobody_is_asked_about(add, anna, cast, bakelaar):
    ruud = bakelaar.members.get(resident__first_name="Ruud").resident
    typed = PIP | {"first_name": "Ruud", "last_name": ruud.last_name, "birth_date": f"{ruud.birth_date}"}
    assert anna.post(add, typed).status_code == 302
    assert ruud.memberships.count() == 1


def test_asking_is_a_line_in_the_log_of_the_household_that_was_shown(home, add, known, lives_in, anna):
    lives_in(known, "Pip", birth_date=BORN)
    anna.post(add, PIP)
    line = AccessLogEntry.objects.filter(household=known).latest("pk")
    assert (line.action, line.event, line.actor.first_name) == ("SEARCH", "suggest", "Anna")
    assert isinstance(line.actor, Professional)


def test_what_is_missing_is_said_by_name(typed, anna):
    refused = anna.post(NEW, typed | {"coordinator": "", "next_step": "", "next_step_on": ""})
    page = Page(refused).text
    assert (refused.status_code, Household.objects.filter(name=typed["name"]).count()) == (422, 0)
    for said in ("Kies een collega.", "Schrijf de volgende stap op.", "Kies een dag."):
        assert said in page
    assert "-----" not in page
