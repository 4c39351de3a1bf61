"""Who agrees with the plan: a version that never changes, each person for himself, and nothing agreed while it does not fit."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from households import actions as household_actions
from households.models import AccessLogEntry, Resident
from plans import actions
from plans.agreeing import agreement_of, signers, snapshot
from plans.models import PlanVersion, Signature, SupportPlan
from tests.coming_in import behind_code
from tests.helpers import Page, sql
from tests.plans.working import SOON, to

Stand = Signature.Stand


def whole(plan: SupportPlan) -> SupportPlan:
    return SupportPlan.objects.in_full().get(pk=plan.pk)


def born(years: int) -> date:
    return timezone.localdate() - timedelta(days=years * 366 + 10)


@pytest.fixture
def roos(household) -> Resident:
    return household.members.get().resident


@pytest.fixture
def version(plan, action, cast) -> PlanVersion:
    return actions.put_forward(plan=plan, by=cast.jolanda)


@pytest.fixture
def hers(version, roos) -> Signature:
    return version.signatures.get(resident=roos)


# ---- a version


def test_a_version_is_the_plan_word_for_word_and_never_changes(version, plan, goal, cast):
    assert version.facts == snapshot(whole(plan))
    actions.change_goal(goal=goal, by=cast.jolanda, title="Ik wil het anders.")
    version.refresh_from_db()
    assert version.facts["goals"][0]["title"] == "Ik open mijn post."
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        sql("UPDATE plans_planversion SET content = 'x' WHERE id = %s", version.pk)
    assert "Ik open mijn post" not in sql("SELECT content FROM plans_planversion")[0][0]


def test_the_same_plan_twice_is_one_version(version, plan, cast):
    assert actions.put_forward(plan=plan, by=cast.jolanda) == version
    assert plan.versions.count() == 1


def test_how_far_an_action_is_does_not_change_the_plan(version, plan, action, cast):
    actions.move_action(action=action, to="ACCEPTED", by=cast.jolanda)
    actions.move_action(action=action, to="DONE", by=cast.jolanda)
    assert agreement_of(whole(plan)).changes == []


def test_a_plan_without_an_action_can_not_be_laid_before_anybody(plan, goal, household, jolanda):
    page = Page(jolanda.post(to("put_forward", household), follow=True))
    assert "Er is nog niets om het over eens te zijn" in page.text
    assert not plan.versions.exists()


def test_a_new_version_begins_with_nobody_agreeing_but_who_made_it(version, hers, plan, goal, roos, cast):
    actions.sign(signature=hers, stand=Stand.AGREED, seen=True, share=True, request=True, by=cast.jolanda)
    actions.change_goal(goal=goal, by=cast.jolanda, title="Ik open al mijn post.")
    newer = actions.put_forward(plan=plan, by=cast.jolanda)
    fresh = newer.signatures.get(resident=roos)
    assert (fresh.stand, fresh.seen, fresh.share, fresh.request) == (Stand.NOT_ASKED, False, False, False)
    assert newer.signatures.get(resident=None).professional == cast.jolanda
    hers.refresh_from_db()
    assert hers.stand == Stand.AGREED  # what was said of the old one stays with that one
    with pytest.raises(actions.NewerVersion):
        actions.sign(signature=hers, stand=Stand.AGAINST, seen=True, by=cast.jolanda)
    with pytest.raises(IntegrityError, match="there is a newer version"), transaction.atomic():
        sql("UPDATE plans_signature SET stand = 'AGAINST' WHERE id = %s", hers.pk)


def test_what_changed_stands_there_old_beside_new(version, plan, goal, action, household, jolanda, cast):
    actions.change_goal(goal=goal, by=cast.jolanda, title="Ik open al mijn post.", about=[])
    actions.change_action(action=action, what=action.what, owner=cast.greet, due_on=action.due_on, by=cast.jolanda)
    extra = actions.add_action(goal=goal, what="Een doos kopen.", owner=cast.jolanda, due_on=SOON, by=cast.jolanda)
    changes = agreement_of(whole(plan)).changes
    told = [(one.part, one.how.value, [(each.old, each.new) for each in one.differences]) for one in changes]
    assert told == [
        ("Doel", "CHANGED", [("Ik open mijn post.", "Ik open al mijn post.")]),
        ("Actie", "CHANGED", [(cast.dennis.get_full_name(), cast.greet.get_full_name())]),
        ("Actie", "NEW", []),
    ]
    page = Page(jolanda.get(to("agreement", household)))
    for words in ("Ik open mijn post.", "Ik open al mijn post.", "Een doos kopen.", "veranderd sindsdien"):
        assert words in page.text
    actions.move_action(action=extra, to="DROPPED", by=cast.jolanda)
    assert len(agreement_of(whole(plan)).changes) == 2


# ---- who signs


@pytest.mark.parametrize(
    ("years", "asked"),
    [(5, {"Moeder", "Vader"}), (12, {"Kind", "Moeder", "Vader"}), (15, {"Kind", "Moeder", "Vader"}), (16, {"Kind"}), (19, {"Kind"})],
)  # fmt: skip
def test_who_is_asked_goes_by_age_and_authority(years, asked, household, plan, cast):
    by = cast.jolanda
    child, mother = (
        household_actions.add_resident(household=household, by=by, first_name=name, birth_date=born(age))
        for name, age in (("Kind", years), ("Moeder", 40))
    )
    father = Resident.objects.create(first_name="Vader", birth_date=born(41))  # lives somewhere else
    for holder in (mother, father) if years < 18 else ():
        household_actions.record_custody(
            household=household, resident=child, holder=holder, kind="PARENT", source="REGISTER",
            checked_on=timezone.localdate(), by=by,
        )  # fmt: skip
    actions.add_goal(plan=plan, by=by, title="Rust.", domain="MONEY", about=[child])
    assert {person.first_name for person in signers(whole(plan)).people} == asked


def test_of_a_child_whose_authority_was_not_written_down_that_is_said(household, plan, action, jolanda, cast):
    household_actions.add_resident(household=household, by=cast.jolanda, first_name="Pip", birth_date=born(5))
    assert [one.first_name for one in signers(whole(plan)).nobody_for] == ["Pip"]
    assert "Wie het gezag heeft over Pip, is niet opgeschreven" in Page(jolanda.get(to("agreement", household))).text


def test_beside_somebody_with_a_mentor_both_are_asked(household, plan, goal, roos, cast):
    mentor = Resident.objects.create(first_name="Mentor", birth_date=born(50))
    household_actions.record_custody(
        household=household, resident=roos, holder=mentor, kind="MENTOR", source="DECISION",
        checked_on=timezone.localdate(), by=cast.jolanda,
    )  # fmt: skip
    assert {one.first_name: kind for one, kind in signers(whole(plan)).people.items()} == {
        "Roos": "SELF",
        "Mentor": "MENTOR",
    }


# ---- three things, asked apart


@pytest.mark.parametrize("ticked", [(), ("share",), ("request",), ("share", "request")])
@pytest.mark.parametrize("stand", ["AGREED", "ORAL", "AGAINST"])
def test_no_tick_follows_from_another_or_from_agreeing(stand, ticked, hers, household, jolanda):
    typed = {"stand": stand, "seen": "on", "said_on": f"{timezone.localdate()}", "remark": "Zo."}
    assert jolanda.post(to("sign", household, hers.pk), typed | dict.fromkeys(ticked, "on")).status_code == 302
    hers.refresh_from_db()
    assert (hers.stand, hers.seen) == (stand, True)
    assert {name for name in ("share", "request") if getattr(hers, name)} == set(ticked)
    assert not household.consents.exists()


def test_nobody_agrees_with_what_was_not_seen(hers, household, jolanda):
    typed = {"stand": "AGREED", "said_on": f"{timezone.localdate()}", "remark": "Prima, zegt zij."}
    response = jolanda.post(to("sign", household, hers.pk), typed)
    assert response.status_code == 422
    page = Page(response)
    assert "Niemand kan akkoord zijn met iets dat hij of zij niet zag of hoorde." in page.text
    assert page.still_holds(typed)
    with pytest.raises(IntegrityError, match="signature_after_seeing"), transaction.atomic():
        sql("UPDATE plans_signature SET stand = 'AGREED', said_on = now() WHERE id = %s", hers.pk)


def test_who_does_not_agree_says_why(hers, household, jolanda):
    typed = {"stand": "AGAINST", "seen": "on", "said_on": f"{timezone.localdate()}"}
    assert jolanda.post(to("sign", household, hers.pk), typed).status_code == 422
    assert jolanda.post(to("sign", household, hers.pk), typed | {"remark": "Niet op dinsdag."}).status_code == 302
    text = Page(jolanda.get(to("agreement", household))).text
    assert "gezien, niet akkoord" in text
    assert "Niet op dinsdag." in text


@pytest.mark.parametrize("days", [-1, 1])
def test_it_was_said_after_it_was_laid_before_them_and_not_tomorrow(days, hers, household, jolanda):
    day = timezone.localdate() + timedelta(days=days)
    typed = {"stand": "ORAL", "seen": "on", "said_on": f"{day}"}
    assert jolanda.post(to("sign", household, hers.pk), typed).status_code == 422


def test_what_was_written_down_by_mistake_is_taken_back_whole(hers, household, jolanda):
    typed = {"stand": "ORAL", "seen": "on", "share": "on", "said_on": f"{timezone.localdate()}", "remark": "Ja hoor."}
    jolanda.post(to("sign", household, hers.pk), typed)
    jolanda.post(to("sign", household, hers.pk), typed | {"stand": "NOT_ASKED"})
    hers.refresh_from_db()
    assert (hers.stand, hers.seen, hers.share, hers.remark, hers.said_on, hers.noted_by) == (
        "NOT_ASKED", False, False, "", None, None,
    )  # fmt: skip


# ---- not while something does not fit


def test_a_plan_with_a_clash_is_neither_laid_before_anybody_nor_agreed_on(hers, plan, action, household, jolanda, cast):
    clash = actions.raise_clash(plan=plan, said="Dit past niet.", sides=[action], by=cast.jolanda)
    typed = {"stand": "AGREED", "seen": "on", "said_on": f"{timezone.localdate()}", "remark": "Ja."}
    response = jolanda.post(to("sign", household, hers.pk), typed)
    assert response.status_code == 422
    assert "Eerst dat, dan akkoord." in Page(response).text
    assert Page(response).still_holds(typed)
    with pytest.raises(IntegrityError, match="does not fit together"), transaction.atomic():
        sql("UPDATE plans_signature SET stand = 'ORAL', seen = true, said_on = now(), noted_by_id = %s WHERE id = %s",
            cast.jolanda.pk, hers.pk)  # fmt: skip
    actions.change_action(action=action, what="Anders.", owner=cast.dennis, due_on=action.due_on, by=cast.jolanda)
    with pytest.raises(actions.ClashesOpen):
        actions.put_forward(plan=plan, by=cast.jolanda)
    page = Page(jolanda.get(to("agreement", household)))
    assert "Nog niemand kan akkoord geven." in page.text
    assert "Nieuwe versie voorleggen" not in page.text
    actions.sign(signature=hers, stand=Stand.AGAINST, seen=True, remark="Nee.", by=cast.jolanda)  # that can be said
    actions.solve_clash(clash=clash, because="Toch wel.", by=cast.jolanda)
    assert actions.put_forward(plan=plan, by=cast.jolanda).number == 2


def test_everybody_agrees_only_with_the_plan_as_it_is_now(hers, plan, goal, household, jolanda, cast):
    assert "nog niet iedereen" in Page(jolanda.get(to("agreement", household))).text
    actions.sign(signature=hers, stand=Stand.ORAL, seen=True, by=cast.jolanda)
    assert "iedereen akkoord" in Page(jolanda.get(to("agreement", household))).text
    assert agreement_of(whole(plan)).holds
    actions.change_goal(goal=goal, by=cast.jolanda, title="Anders.")
    assert not agreement_of(whole(plan)).holds


# ---- on the own page


@pytest.fixture
def own_page(household, roos, hers, cast):
    member = household.members.get()
    household_actions.change_resident(
        member=member, by=cast.jolanda, first_name="Roos", email="roos@thuis.example", contact_by="EMAIL"
    )
    member.refresh_from_db()
    page = household_actions.give_own_page(member=member, by=cast.jolanda)
    return reverse("desk:own_page", args=[page.token])


def test_a_resident_says_it_on_the_own_page(own_page, hers, household):
    browser = behind_code(own_page, "roos@thuis.example")
    assert "Bent u het eens met dit plan?" in Page(browser.get(own_page)).text
    refused = browser.post(f"{own_page}akkoord/", {"agrees": "no"})
    assert refused.status_code == 422
    assert "Schrijf op wat anders moet." in Page(refused).text
    assert browser.post(f"{own_page}akkoord/", {"agrees": "yes", "request": "on"}).status_code == 302
    hers.refresh_from_db()
    assert (hers.stand, hers.by_own_hand, hers.noted_by, hers.share, hers.request) == (
        "AGREED",
        True,
        None,
        False,
        True,
    )
    line = AccessLogEntry.objects.filter(event="sign plan on own page").latest("pk")
    assert (line.actor, line.actor_role, line.subject_ids) == (None, "RESIDENT", [hers.resident_id])
    assert "U zei ja op" in Page(browser.get(own_page)).text
    assert browser.post(f"{own_page}akkoord/", {"agrees": "no", "remark": "Toch niet."}).status_code == 302
    hers.refresh_from_db()
    assert (hers.stand, hers.remark, hers.request) == ("AGAINST", "Toch niet.", False)


def test_on_the_own_page_nothing_is_said_of_a_plan_that_is_not_ready(own_page, hers, plan, goal, action, cast):
    browser = behind_code(own_page, "roos@thuis.example")
    clash = actions.raise_clash(plan=plan, said="Dit past niet.", sides=[action], by=cast.jolanda)
    assert "Wij passen nog iets aan in het plan." in Page(browser.get(own_page)).text
    assert browser.post(f"{own_page}akkoord/", {"agrees": "yes"}).status_code == 302
    actions.solve_clash(clash=clash, because="Zo.", by=cast.jolanda)
    actions.change_goal(goal=goal, by=cast.jolanda, title="Anders.")
    assert "Er is iets veranderd in het plan." in Page(browser.get(own_page)).text
    assert browser.post(f"{own_page}akkoord/", {"agrees": "yes"}).status_code == 302
    hers.refresh_from_db()
    assert hers.stand == Stand.NOT_ASKED


# ---- two people write at once


def opened(browser, address: str) -> dict[str, str]:
    return Page(browser.get(address)).fields


def test_two_who_write_in_one_goal_each_keep_what_they_wrote(goal, household, as_):
    address = to("change_goal", household, goal.pk)
    one, other = as_("jolanda"), as_("jolanda")
    first, second = opened(one, address), opened(other, address)
    assert one.post(address, first | {"why": "Het ligt hoog."}).status_code == 302
    assert other.post(address, second | {"title": "Ik open al mijn post."}).status_code == 302
    goal.refresh_from_db()
    assert (goal.why, goal.title) == ("Het ligt hoog.", "Ik open al mijn post.")


def test_who_writes_in_the_same_place_sees_both_and_chooses(goal, household, as_):
    address = to("change_goal", household, goal.pk)
    one, other = as_("jolanda"), as_("jolanda")
    first, second = opened(one, address), opened(other, address)
    one.post(address, first | {"title": "Samen de post doen."})
    response = other.post(address, second | {"title": "De post is leeg."})
    assert response.status_code == 422
    page = Page(response)
    assert "Een collega schreef hier net: “Samen de post doen.”" in page.text
    assert page.fields["title"] == "De post is leeg."
    goal.refresh_from_db()
    assert goal.title == "Samen de post doen."
    assert other.post(address, page.fields | {"title": "Samen, en dan is de post leeg."}).status_code == 302
    goal.refresh_from_db()
    assert goal.title == "Samen, en dan is de post leeg."


def test_the_same_holds_for_an_action_and_its_appointment(action, household, as_, cast):
    address = to("change_action", household, action.pk)
    one, other = as_("jolanda"), as_("jolanda")
    first, second = opened(one, address), opened(other, address)
    tuesday = {"weekday": "1", "starts": "09:00", "ends": "10:00", "every_weeks": "1"}
    assert one.post(address, first | tuesday | {"rhythm": "elke week"}).status_code == 302
    assert other.post(address, second | {"what": "Een lijst maken."}).status_code == 302
    action.refresh_from_db()
    assert (action.what, action.rhythm, action.appointment.weekday) == ("Een lijst maken.", "elke week", 1)
    third = opened(one, address)
    other.post(address, opened(other, address) | {"due_on": f"{SOON + timedelta(days=3)}"})
    response = one.post(address, third | {"due_on": f"{SOON + timedelta(days=5)}"})
    assert response.status_code == 422
    assert "Een collega schreef hier net" in Page(response).text
