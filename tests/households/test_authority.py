"""Who decides for whom: never in a circle, never a child, and for an adult only about what the decision says."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from households import actions
from households.deciding import State, deciders, state, still_to_ask
from households.models import Consent, Custody
from tests.circle.working import aged, agree
from tests.helpers import Page, at_once

DAY = timedelta(days=1)


@pytest.fixture
def family(home, lives_in) -> SimpleNamespace:
    """Roos and Bas are grown up, Opa is too; Pip is five, and of Til no age is known."""
    ages = {"roos": 40, "bas": 41, "opa": 80, "pip": 5}
    people = {
        name: lives_in(home.household, name.capitalize(), birth_date=aged(age)).resident for name, age in ages.items()
    }
    return SimpleNamespace(**people, til=lives_in(home.household, "Til").resident, home=home)


def decide(family, holder: str, resident: str, kind: str = "PARENT", **facts) -> Custody:
    return actions.record_custody(
        household=family.home.household, resident=getattr(family, resident), holder=getattr(family, holder), kind=kind,
        source="DECISION", checked_on=family.home.today, by=family.home.by, **facts,
    )  # fmt: skip


# ---- who can not


@pytest.mark.parametrize(
    ("before", "holder", "resident", "kind", "objection"),
    [
        ([], "roos", "roos", "PARENT", "SELF"),
        ([], "pip", "til", "PARENT", "TOO_YOUNG"),
        ([], "pip", "opa", "MENTOR", "TOO_YOUNG"),
        ([("roos", "til")], "til", "roos", "PARENT", "CIRCLE"),
        ([("til", "pip")], "bas", "opa", "PARENT", "OF_ADULT"),
        ([], "roos", "pip", "CURATOR", "OF_CHILD"),
        ([("bas", "opa", "MENTOR")], "opa", "bas", "CURATOR", "CIRCLE"),
        ([("bas", "opa", "MENTOR"), ("roos", "bas", "ADMINISTRATOR")], "opa", "roos", "MENTOR", "CIRCLE"),
        ([("bas", "roos", "CURATOR")], "roos", "pip", "PARENT", "UNDER_CURATOR"),
        ([("bas", "roos", "CURATOR")], "roos", "opa", "MENTOR", "UNDER_CURATOR"),
    ],
)
def test_who_can_not_decide_is_refused(before, holder, resident, kind, objection, family):
    for one in before:
        decide(family, *one)
    count = Custody.objects.count()
    with pytest.raises(actions.CanNotHaveAuthority) as refused:
        decide(family, holder, resident, kind)
    assert refused.value.objection == objection
    assert Custody.objects.count() == count


def test_a_circle_of_people_without_a_known_age_is_refused_too(family, lives_in):
    family.jan = lives_in(family.home.household, "Jan").resident
    family.piet = lives_in(family.home.household, "Piet").resident
    decide(family, "jan", "til")
    decide(family, "piet", "jan")
    with pytest.raises(actions.CanNotHaveAuthority):
        decide(family, "til", "piet")


def test_the_database_refuses_a_circle_and_oneself(family):
    decide(family, "roos", "til")
    facts = {"source": "REGISTER", "checked_on": family.home.today, "recorded_by": family.home.by, "kind": "PARENT"}
    for resident, holder in ((family.roos, family.til), (family.roos, family.roos)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Custody.objects.create(resident=resident, holder=holder, **facts)


def test_a_parent_may_have_a_grown_up_child_as_mentor(family):
    """The authority over the child ended by itself when it became 18."""
    decide(family, "roos", "til")
    family.til.birth_date = aged(19)
    family.til.save()
    assert decide(family, "til", "roos", "MENTOR").counts()


@pytest.mark.parametrize("kind", ["PARENT", "MENTOR"])
def test_two_at_once_make_no_circle(kind, team_of_their_own):
    team = team_of_their_own
    household = actions.make_household(name="Rond", team=team.team, coordinator=team.anna, by=team.anna)
    jan, piet = (actions.add_resident(household=household, by=team.anna, first_name=name) for name in ("Jan", "Piet"))

    def decides(holder, resident):
        return lambda: actions.record_custody(
            household=household, resident=resident, holder=holder, kind=kind, source="DECISION",
            checked_on=date(2026, 1, 1), by=team.anna,
        )  # fmt: skip

    at_once(decides(jan, piet), decides(piet, jan))
    assert Custody.objects.filter(resident__in=[jan, piet]).count() == 1


# ---- about what


@pytest.mark.parametrize(
    ("kinds", "items", "who"),
    [
        ([], ("MONEY", "PHYS_HEALTH"), {"Opa"}),
        (["MENTOR"], ("PHYS_HEALTH",), {"Bas"}),
        (["MENTOR"], ("MONEY",), {"Opa"}),
        (["MENTOR"], ("MONEY", "HOUSING"), {"Opa", "Bas"}),
        (["MENTOR"], (), {"Bas"}),
        (["CURATOR"], ("MONEY", "PHYS_HEALTH", "STORY"), {"Bas"}),
        (["ADMINISTRATOR"], ("MONEY", "PHYS_HEALTH"), {"Opa"}),
    ],
)
def test_who_decides_for_an_adult_depends_on_what_it_is_about(kinds, items, who, family):
    for kind in kinds:
        decide(family, "bas", "opa", kind)
    assert {person.first_name for person in deciders(family.opa, items=items)} == who


def test_a_municipality_can_ask_the_administrator_too_about_money_alone(family, settings):
    settings.ADMINISTRATOR_AGREES_ON_MONEY = True
    decide(family, "bas", "opa", "ADMINISTRATOR")
    assert {person.first_name for person in deciders(family.opa, items=("MONEY",))} == {"Opa", "Bas"}
    assert {person.first_name for person in deciders(family.opa, items=("HOUSING",))} == {"Opa"}


def test_a_consent_waits_for_each_who_decides_about_a_part(family, cast):
    decide(family, "bas", "opa", "MENTOR")
    home = SimpleNamespace(household=family.home.household, by=family.home.by)
    (consent,) = agree(
        home, [family.opa], cast.dennis.organisation, ("MONEY", "HOUSING"), answers={family.bas: True}
    )  # fmt: skip
    consent = Consent.objects.in_full().get(pk=consent.pk)
    assert (state(consent), still_to_ask(consent)) == (State.INCOMPLETE, [family.opa])
    actions.add_voice(consent=consent, giver=family.opa, capacity="SELF", agreed=True, by=home.by)
    assert state(Consent.objects.in_full().get(pk=consent.pk)) == State.COMPLETE


def test_it_counts_from_its_first_day_until_its_last(family):
    today = family.home.today
    decide(family, "bas", "opa", "CURATOR", started_on=today + 10 * DAY, ended_on=today + 20 * DAY)
    who = [
        {one.first_name for one in deciders(family.opa, on=today + days * DAY)} for days in (0, 9, 10, 19, 20)
    ]  # fmt: skip
    assert who == [{"Opa"}, {"Opa"}, {"Bas"}, {"Bas"}, {"Opa"}]


def test_what_never_began_can_be_ended(family):
    custody = decide(family, "bas", "opa", "CURATOR", started_on=family.home.today + 10 * DAY)
    actions.end_custody(household=family.home.household, custody=custody, by=family.home.by)
    assert {one.first_name for one in deciders(family.opa, on=family.home.today + 11 * DAY)} == {"Opa"}


# ---- the form


@pytest.fixture
def form(family):
    return reverse("households:custody", args=[family.home.household.number])


@pytest.fixture
def typed(family):
    return {
        "resident": f"{family.opa.pk}", "kind": "ADMINISTRATOR", "holder": "", "first_name": "Lia", "last_name": "Bewind",
        "source": "CURATELE", "checked_on": f"{family.home.today}", "started_on": "2026-02-01", "ended_on": "",
        "decides_about": "Al het geld van Opa, niet het huis.", "reached_by": "000-000 08 08, op dinsdag",
    }  # fmt: skip


def test_an_administrator_stands_on_the_page_with_what_and_how_to_reach(typed, form, anna):
    page = Page(anna.post(form, typed, follow=True)).text
    for words in (
        "Lia Bewind, bewindvoerder",
        "Al het geld van Opa, niet het huis.",
        "000-000 08 08, op dinsdag",
        "Vanaf zo 1 februari",
    ):
        assert words in page
    custody = Custody.objects.latest("pk")
    assert (custody.kind, custody.source, custody.started_on) == ("ADMINISTRATOR", "CURATELE", date(2026, 2, 1))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "PARENT", "decides_about": "", "reached_by": ""}, "Wie 18 is, heeft geen ouder met gezag"),
        ({"kind": "GUARDIAN"}, "Laat dit bij een kind leeg"),
        ({"first_name": ""}, "Schrijf de naam op"),
        ({"ended_on": "2026-01-01"}, "Kies een latere dag dan vandaag."),
        ({"started_on": "2070-01-01", "ended_on": "2069-01-01"}, "Het einde ligt voor het begin."),
        ({"started_on": "0190-01-01"}, "Dit kan niet kloppen. Kijk naar het jaar."),
        ({"checked_on": "2070-01-01"}, "Kies vandaag of een eerdere dag."),
    ],
)
def test_a_mistake_is_said_by_the_field_and_loses_nothing(changes, said, typed, form, family, anna):
    refused = anna.post(form, typed | changes)
    page = Page(refused)
    assert (refused.status_code, family.opa.custody.count()) == (422, 0)
    assert said in page.text
    kept = {name: value for name, value in (typed | changes).items() if name != "holder"}
    assert page.still_holds(kept)


def test_of_a_child_the_other_home_reads_nothing_more(family):
    custody = decide(family, "roos", "pip", decides_about="Geheim", reached_by="000-000 08 08")
    assert (custody.decides_about, custody.reached_by) == ("", "")
    with pytest.raises(IntegrityError), transaction.atomic():
        Custody.objects.filter(pk=custody.pk).update(reached_by="000-000 08 08")
