"""What somebody in the circle sees: the own action, what was granted, and nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from desk.demo import people
from households import actions
from households.models import AccessLogEntry, Household
from partners.models import Organisation
from plans import actions as plan_actions
from tests.circle.working import MINE, agree, invite, page_of
from tests.helpers import put_household

SECRETS = ("Doel", "Actie roos", "Actie child", "Actie mind", "Actie all", "verhaal van de kast", "Nergenspad", "Geheim van",
           "Rust in huis", "Geheime meerwaarde", "Fien", "Max", "Pip")  # fmt: skip


def shown(text: str, *words: str) -> list[str]:
    return [word for word in words if word in text]


# ---- by default


def test_nothing_is_visible_by_default_but_the_own_action(dennis, cast):
    page = page_of(cast.dennis)
    assert shown(page, *SECRETS) == []
    assert shown(page, "Actie van Dennis", "De bel is stuk.", "Roos: telefoon 000-000 07 40", "Bas:") == [
        "Actie van Dennis", "De bel is stuk.", "Roos: telefoon 000-000 07 40", "Bas:",
    ]  # fmt: skip
    assert cast.jolanda.phone in page


def test_a_volunteer_sees_the_own_action_the_first_name_and_what_is_practical(bianca, cast):
    page = page_of(cast.bianca)
    assert shown(page, "Een kopje thee", "elke woensdag 9.30", "Klop op het raam.", "Roos") == [
        "Een kopje thee", "elke woensdag 9.30", "Klop op het raam.", "Roos",
    ]  # fmt: skip
    assert shown(page, *SECRETS, "Zonnedauw", "Bas", "000-000 07", "Actie van Dennis") == []


def test_who_is_invited_and_has_not_come_sees_nothing(home, cast):
    plan_actions.add_action(
        goal=home.goals["money"], what="Actie van Greet", owner=cast.greet, by=home.by, due_on=timezone.localdate()
    )
    invite(home, cast.greet, comes=False)
    assert shown(page_of(cast.greet), "Actie van Greet", "Zonnedauw", *SECRETS) == []


@pytest.mark.parametrize("name", ["jolanda", "amir", "pascal", "bart", "els", "greet", "stranger"])
def test_others_have_no_part_in_it(name, dennis, as_):
    page = as_(name).get(MINE).content.decode()
    assert "Zonnedauw" not in page
    assert "Actie van Dennis" not in page


# ---- granted


def test_a_life_domain_shows_its_goals_about_those_who_agreed(dennis, asked, home, cast):
    asked("roos")
    actions.share(participant=dennis, domain="MONEY", by=home.by)
    assert shown(page_of(cast.dennis), "Doel money", "Doel roos", "Doel child", "Doel all", "kast") == ["Doel roos"]

    asked("bas")
    actions.share(participant=dennis, domain="MONEY", by=home.by)
    assert shown(page_of(cast.dennis), "Doel money", "Doel roos", "Doel child") == ["Doel money", "Doel roos"]


def test_one_goal_shows_that_goal(dennis, asked, home, cast):
    asked("roos", "bas")
    plan_actions.share_goal(goal=home.goals["roos"], participant=dennis, by=home.by)
    assert shown(page_of(cast.dennis), "Doel roos", "Doel money") == ["Doel roos"]


def test_a_goal_that_names_nobody_is_about_everybody(dennis, asked, home, cast):
    asked("roos", "bas", items=("HOUSING",))
    actions.share(participant=dennis, domain="HOUSING", by=home.by)
    assert "Doel all" not in page_of(cast.dennis)
    asked("roos", "bas", "pip", "max", "fien", items=("HOUSING",))
    actions.share(participant=dennis, domain="HOUSING", by=home.by)
    assert "Doel all" in page_of(cast.dennis)


def test_the_story_needs_everybody(dennis, asked, home, cast):
    asked("roos", "bas", "pip", "max", items=("STORY",))
    actions.share(participant=dennis, by=home.by)
    assert "verhaal van de kast" not in page_of(cast.dennis)
    asked("roos", "bas", "pip", "max", "fien", items=("STORY",))
    actions.share(participant=dennis, by=home.by)
    assert "verhaal van de kast" in page_of(cast.dennis)


def test_a_volunteer_never_sees_more(bianca, home, cast):
    agree(home, [home.roos], cast.bianca.organisation, ("MONEY",))
    actions.share(participant=bianca, domain="MONEY", by=home.by)
    assert "Doel" not in page_of(cast.bianca)


@pytest.mark.parametrize("answers", [{"roos": True}, {"roos": True, "bas": False}])
def test_without_all_who_decide_nothing_can_be_shared(answers, dennis, home, cast):
    answers = {getattr(home, name): answer for name, answer in answers.items()}
    agree(home, [home.pip], cast.dennis.organisation, ("PARENTING",), answers=answers)
    with pytest.raises(actions.NoConsent):
        actions.share(participant=dennis, domain="PARENTING", by=home.by)


def test_a_consent_is_for_its_own_recipient_and_its_own_things(dennis, home, cast):
    agree(home, [home.roos], cast.greet.organisation, ("MONEY",))
    agree(home, [home.roos], cast.dennis.organisation, ("HOUSING",))
    with pytest.raises(actions.NoConsent):
        actions.share(participant=dennis, domain="MONEY", by=home.by)


def test_a_consent_for_one_person_is_not_for_a_colleague(home, cast, dennis):
    agree(home, [home.roos], cast.dennis.organisation, ("MONEY",), person=cast.greet)
    with pytest.raises(actions.NoConsent):
        actions.share(participant=dennis, domain="MONEY", by=home.by)


@pytest.mark.parametrize("domain", ["PHYS_HEALTH", "MENTAL_HEALTH", "SAFETY_JUSTICE"])
def test_health_and_justice_are_looked_at_twice(domain, dennis, asked, home):
    asked("roos", items=(domain,))
    with pytest.raises(actions.SecondLook):
        actions.share(participant=dennis, domain=domain, by=home.by)
    actions.share(participant=dennis, domain=domain, sure=True, by=home.by)


def test_who_decides_about_an_income_hears_of_other_things_only_on_purpose(home, cast):
    hetty = invite(home, cast.hetty)
    assert cast.hetty.organisation.kind == Organisation.Kind.WORK
    agree(home, [home.roos], cast.hetty.organisation, ("MONEY", "WORK_EDU"))
    with pytest.raises(actions.SecondLook):
        actions.share(participant=hetty, domain="MONEY", by=home.by)
    actions.share(participant=hetty, domain="WORK_EDU", by=home.by)


# ---- and gone at the next request


def ends_the_consent(home, dennis, cast):
    consent = home.household.consents.get(resident=home.roos)
    actions.withdraw_consent(consent=consent, giver=home.roos, by=home.by)


def stops_the_sharing(home, dennis, cast):
    actions.stop_sharing(sharing=dennis.grants.get(), household=home.household, by=home.by)


def refuses_elsewhere(home, dennis, cast):
    agree(home, [home.roos], cast.dennis.organisation, ("MONEY",), answers={home.roos: False})


GONE_GOAL = [ends_the_consent, stops_the_sharing, refuses_elsewhere]


@pytest.mark.parametrize("deed", GONE_GOAL)
def test_what_was_shared_is_gone_at_the_next_request(deed, dennis, asked, home, cast):
    asked("roos")
    actions.share(participant=dennis, domain="MONEY", by=home.by)
    browser = Client()
    browser.force_login(cast.dennis)
    assert "Doel roos" in browser.get(MINE).content.decode()
    deed(home, dennis, cast)
    page = browser.get(MINE).content.decode()
    assert "Doel roos" not in page
    assert "Actie van Dennis" in page


def ends_the_participation(home, dennis, cast):
    actions.end_participation(participant=dennis, by=home.by)


def closes_the_household(home, dennis, cast):
    put_household(home.household, Household.Status.CLOSED)


@pytest.mark.parametrize("deed", [ends_the_participation, closes_the_household])
def test_who_leaves_the_circle_sees_and_does_nothing_more(deed, dennis, home, cast):
    browser = Client()
    browser.force_login(cast.dennis)
    own = cast.dennis.actions.get(goal__plan=home.plan)
    assert "Actie van Dennis" in browser.get(MINE).content.decode()
    deed(home, dennis, cast)
    assert "Actie van Dennis" not in browser.get(MINE).content.decode()
    assert browser.post(f"/mijn-gezinnen/acties/{own.pk}/", {"to": "ACCEPTED"}).status_code == 404
    assert browser.post(f"/mijn-gezinnen/bijdrage/{dennis.pk}/", {"contribution": "Ik"}).status_code == 404


def test_a_term_ends_by_itself(dennis, asked, home, cast):
    asked("roos")
    actions.share(participant=dennis, domain="MONEY", by=home.by)
    with time_machine.travel(timezone.localtime() + timedelta(days=60)):
        assert "Doel roos" in page_of(cast.dennis)
    with time_machine.travel(timezone.localtime() + timedelta(days=61)):
        assert shown(page_of(cast.dennis), "Doel roos", "Actie van Dennis", "Zonnedauw") == []


# ---- what a participant does


@pytest.fixture
def dennis_at_work(dennis, cast):
    browser = Client()
    browser.force_login(cast.dennis)
    own = cast.dennis.actions.get(goal__plan__household=dennis.household)

    def step(**data: str):
        answer = browser.post(f"/mijn-gezinnen/acties/{own.pk}/", data)
        own.refresh_from_db()
        return answer

    return step, own


def test_an_own_action_is_accepted_and_done(dennis_at_work):
    step, own = dennis_at_work
    for to in ("ACCEPTED", "DONE"):
        assert step(to=to).status_code == 302
        assert own.status == to


def test_saying_no_asks_a_reason_that_the_coordinator_reads(dennis_at_work, home, as_):
    step, own = dennis_at_work
    answer = step(to="DECLINED", because="")
    assert answer.status_code == 422
    assert "Schrijf op waarom" in answer.content.decode()
    assert own.status == "PROPOSED"
    step(to="DECLINED", because="Ik ben dan op vakantie.")
    assert (own.status, own.declined_because) == ("DECLINED", "Ik ben dan op vakantie.")
    page = as_("jolanda").get(f"/huishoudens/{home.household.number}/").content.decode()
    assert "Ik ben dan op vakantie." in page


@pytest.mark.parametrize("to", ["DROPPED", "DONE", "PROPOSED", "", "NIETS"])
def test_a_participant_takes_only_own_steps(to, dennis_at_work):
    step, own = dennis_at_work
    assert step(to=to).status_code == 302
    assert own.status == "PROPOSED"


def test_actions_of_others_are_not_found(dennis, home, as_, cast):
    browser = as_("dennis")
    for action in home.actions.values():
        assert browser.post(f"/mijn-gezinnen/acties/{action.pk}/", {"to": "ACCEPTED"}).status_code == 404


def test_one_line_about_the_own_part_reaches_the_coordinator(dennis, home, as_):
    as_("dennis").post(f"/mijn-gezinnen/bijdrage/{dennis.pk}/", {"contribution": "Ik maak het overzicht."})
    page = as_("jolanda").get(f"/huishoudens/{home.household.number}/kring/").content.decode()
    assert "Ik maak het overzicht." in page


def test_every_look_of_a_participant_is_a_line_of_that_household(dennis, home, cast):
    before = AccessLogEntry.objects.filter(household=home.household, actor=cast.dennis, action="VIEW").count()
    page_of(cast.dennis)
    lines = AccessLogEntry.objects.filter(household=home.household, actor=cast.dennis, action="VIEW")
    assert lines.count() == before + 1
    assert people.DENNIS.email not in str(lines.values())
