"""Opening a household of a colleague, sharing without consent, and handing a household over."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.demo import people
from households import actions
from households.forms.consent import QUESTIONS
from households.models import AccessLogEntry, EmergencyAccess, OverrideApproval, OverrideDisclosure
from partners.models import Team
from plans.models import Action
from tests.circle.working import page_of
from tests.conftest import make_small_team
from tests.helpers import Page, mails, sql

REASON = "Roos belt in paniek en Jolanda is weg."
TODAY = timezone.localdate()


def at(name: str, home, *keys: int) -> str:
    return reverse(name, args=[home.household.number, *keys])


# ---- in an emergency


def test_a_household_of_a_colleague_opens_for_a_day_with_a_reason(home, as_, cast):
    amir = as_("amir")
    household = at("desk:household", home)
    refused = amir.get(household)
    assert refused.status_code == 403
    assert at("desk:break_glass", home) in refused.content.decode()

    assert amir.post(at("desk:break_glass", home), {"reason": REASON}).status_code == 302
    page = amir.get(household).content.decode()
    assert "Rust in huis." in page
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        again = as_("amir")
        assert again.get(household).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        later = as_("amir")
        assert later.get(household).status_code == 403


def test_the_coordinator_and_the_privacy_officer_are_told_without_content(home, as_):
    before = {person: len(mails(person.email)) for person in (people.JOLANDA, people.ELS)}
    as_("amir").post(at("desk:break_glass", home), {"reason": REASON})
    for person, count in before.items():
        told = mails(person.email)
        assert len(told) == count + 1
        for secret in ("Zonnedauw", "Roos", "paniek", "Amir", home.household.number):
            assert secret not in told[-1]
    day = as_("jolanda").get("/").content.decode()
    assert "Amir Boulahrouf-Smit" in day
    assert REASON in day


def test_a_privacy_officer_with_a_role_in_another_team_of_the_organisation_is_told_too(home, as_, cast):
    team = Team.objects.create(
        name="Sociaal team Zuid",
        organisation=home.household.team.organisation,
        phone="000",
        days="maandag",
        hours="9 uur",
    )
    cast.els.memberships.update(team=team)
    before = len(mails(people.ELS.email))
    as_("amir").post(at("desk:break_glass", home), {"reason": REASON})
    assert len(mails(people.ELS.email)) == before + 1


@pytest.mark.parametrize("reason", ["", "   ", "kort"])
def test_without_a_reason_nothing_opens(reason, home, as_):
    amir = as_("amir")
    answer = amir.post(at("desk:break_glass", home), {"reason": reason})
    assert answer.status_code == 422
    assert "Schrijf" in answer.content.decode()
    assert amir.get(at("desk:household", home)).status_code == 403


@pytest.mark.parametrize("name", ["fadoua", "bart", "els", "dennis", "stranger"])
def test_who_may_not_open_learns_nothing(name, home, as_):
    browser = as_(name)
    assert browser.post(at("desk:break_glass", home), {"reason": REASON}).status_code == 403
    assert browser.get(at("desk:household", home)).status_code == 404
    assert not EmergencyAccess.objects.filter(household=home.household).exists()


def test_who_opened_it_reads_and_changes_nothing(home, as_, dennis, bakelaar):
    amir = as_("amir")
    amir.post(at("desk:break_glass", home), {"reason": REASON})
    readable = ["desk:household", "desk:circle", "desk:log", "households:consents", "households:people", "plans:plan"]
    for name in readable:
        assert amir.get(at(name, home)).status_code == 200, name
    changes = {
        "households:facts": {"name": "Anders"}, "households:add_resident": {"first_name": "X"},
        "households:consents": {}, "households:custody": {}, "households:override": {}, "desk:invite": {},
        "plans:add_goal": {"title": "X"}, "plans:make": {},
    }  # fmt: skip
    for name, data in changes.items():
        assert amir.post(at(name, home), data).status_code == 403, name
    assert amir.post(at("desk:end_participation", home, dennis.pk)).status_code == 403
    page = amir.get(at("desk:household", home)).content.decode()
    for forbidden in ("wijzigen/", "nieuw/", "/stand/"):
        assert forbidden not in page
    # and only this one
    assert amir.get(reverse("desk:household", args=[bakelaar.number])).status_code == 403


def test_every_look_in_an_emergency_says_so_in_the_log(home, as_, cast):
    amir = as_("amir")
    amir.post(at("desk:break_glass", home), {"reason": REASON})
    amir.get(at("desk:household", home))
    opened = EmergencyAccess.objects.get(household=home.household)
    lines = AccessLogEntry.objects.filter(household=home.household, actor=cast.amir).order_by("pk")
    assert [line.action for line in lines][-2:] == ["OVERRIDE", "VIEW"]
    assert all(f"EMERGENCY {opened.pk}" in str(vars(line)) for line in list(lines)[-2:])


def test_nobody_makes_an_emergency_longer_or_takes_it_back(home, cast):
    opened = actions.break_glass(household=home.household, reason=REASON, by=cast.amir)
    for change in ("UPDATE households_emergencyaccess SET reason = ''", "DELETE FROM households_emergencyaccess"):
        with pytest.raises(DatabaseError, match="Cannot update or delete rows"), transaction.atomic():
            sql(f"{change} WHERE id = %s", opened.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.create(
            household=home.household, professional=cast.amir, reason="x", opened_at=timezone.now(),
            expires_at=timezone.now() + timedelta(hours=25),
        )  # fmt: skip


# ---- without consent


def seven(home, cast, **changes: object) -> dict:
    return {
        "about": [home.roos.pk],
        "recipient": cast.dennis.organisation_id,
        "items": ["MONEY"],
        "second_person": cast.fadoua.pk,
        "informed_on": f"{TODAY}",
        **dict.fromkeys(QUESTIONS, "Zo is het."),
    } | changes


def test_nothing_is_shared_before_the_second_person_agrees(home, as_, cast, dennis):
    assert as_("jolanda").post(at("households:override", home), seven(home, cast)).status_code == 302
    override = OverrideDisclosure.objects.get(household=home.household)
    with pytest.raises(actions.NoConsent):
        actions.share(participant=dennis, domain="MONEY", override=override, by=home.by)

    judge = reverse("households:judge_override", args=[override.pk])
    assert "Zo is het." in as_("fadoua").get(judge).content.decode()
    assert as_("amir").get(judge).status_code == 403
    assert as_("jolanda").post(judge).status_code == 403
    assert not OverrideApproval.objects.exists()
    assert as_("fadoua").post(judge).status_code == 302

    override = OverrideDisclosure.objects.select_related("approval").get(pk=override.pk)
    actions.share(participant=dennis, domain="MONEY", override=override, by=home.by)
    page = page_of(cast.dennis)
    assert "Doel roos" in page
    assert "Doel money" not in page  # that one is about Bas too
    with pytest.raises(actions.NoConsent):
        actions.share(participant=dennis, domain="HOUSING", override=override, by=home.by)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"items": ["MONEY", "HOUSING", "PARENTING", "STORY"]}, "nooit alles"),
        ({"items": []}, "Kies wat je deelt."),
        ({"about": []}, "Kies over wie het gaat."),
        ({"second_person": ""}, "Kies een collega."),
        ({"serious_harm": ""}, "Beantwoord deze vraag."),
        ({"informed_on": ""}, "Schrijf op waarom de bewoners"),
        ({"informed_on": f"{TODAY + timedelta(days=1)}"}, "Kies vandaag of een eerdere dag."),
        (
            {"informed_on": "", "not_informed_because": "Gevaar.", "review_on": f"{TODAY - timedelta(days=1)}"},
            "latere dag",
        ),
    ],
)
def test_seven_answers_and_a_second_person_or_nothing(changes, sentence, home, as_, cast):
    answer = as_("jolanda").post(at("households:override", home), seven(home, cast, **changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Zo is het." in answer.content.decode()
    assert not OverrideDisclosure.objects.filter(household=home.household).exists()


def test_the_author_is_not_the_second_person(home, as_, cast):
    answer = as_("jolanda").post(at("households:override", home), seven(home, cast, second_person=cast.jolanda.pk))
    assert "niet jezelf" in answer.content.decode()
    facts = {"household": home.household, "about": [home.roos], "recipient": cast.dennis.organisation, "by": home.by}
    answers = dict.fromkeys(QUESTIONS, "Zo is het.") | {"informed_on": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.write_override(second_person=home.by, items=["MONEY"], **facts, **answers)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.write_override(second_person=cast.amir, items=["MONEY"] * 4, **facts, **answers)


def test_who_is_no_second_person_for_this_team_any_more_reads_nothing_and_agrees_with_nothing(home, as_, cast):
    as_("jolanda").post(at("households:override", home), seven(home, cast))
    override = OverrideDisclosure.objects.get(household=home.household)
    elsewhere = make_small_team().team
    cast.fadoua.memberships.update(team=elsewhere)
    judge = reverse("households:judge_override", args=[override.pk])
    assert as_("fadoua").get(judge).status_code == 404
    assert as_("fadoua").post(judge).status_code == 404
    with pytest.raises(PermissionError):
        actions.approve_override(override=override, by=cast.fadoua)


def test_what_was_shared_without_consent_never_changes(home, cast):
    override = actions.write_override(
        household=home.household, about=[home.roos], recipient=cast.dennis.organisation, items=["MONEY"],
        second_person=cast.amir, informed_on=TODAY, by=home.by, **dict.fromkeys(QUESTIONS, "Zo is het."),
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.approve_override(override=override, by=cast.pascal)
    actions.approve_override(override=override, by=cast.amir)
    for table in ("households_overridedisclosure", "households_overrideapproval"):
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 1000"):
            with pytest.raises(DatabaseError, match="Cannot update or delete rows"), transaction.atomic():
                sql(change)


# ---- handing over


def ask(home, who: Client, to) -> int:
    return who.post(at("desk:hand_over", home), {"to": to.pk, "note": "Alles loopt."}).status_code


def test_the_sender_stays_the_coordinator_until_the_receiver_accepts(home, as_, cast):
    assert ask(home, as_("jolanda"), cast.amir) == 302
    amir, household = as_("amir"), at("desk:household", home)
    handover = home.household.handovers.get()
    assert amir.get(household).status_code == 403
    assert "Alles loopt." in amir.get(reverse("desk:handover", args=[handover.pk])).content.decode()
    assert amir.post(reverse("desk:handover", args=[handover.pk]), {"accept": "1"}).status_code == 302
    assert amir.get(household).status_code == 200
    assert as_("jolanda").get(household).status_code == 403


def test_who_says_no_says_why_and_nothing_changes(home, as_, cast):
    ask(home, as_("jolanda"), cast.amir)
    answer = reverse("desk:handover", args=[home.household.handovers.get().pk])
    assert as_("amir").post(answer, {"decline": "1", "reason": ""}).status_code == 422
    assert as_("amir").post(answer, {"decline": "1", "reason": "Ik heb er al twaalf."}).status_code == 302
    assert as_("amir").get(at("desk:household", home)).status_code == 403
    assert as_("amir").get(answer).status_code == 404
    assert ask(home, as_("jolanda"), cast.pascal) == 302


def test_who_asked_hears_that_a_colleague_took_over(home, as_, cast):
    before = len(mails(cast.jolanda.email))
    ask(home, as_("jolanda"), cast.amir)
    answer = reverse("desk:handover", args=[home.household.handovers.get().pk])
    taken_over = as_("amir").post(answer, {"accept": "1"}, follow=True)
    assert len(mails(cast.jolanda.email)) == before + 1
    day = Page(as_("jolanda").get("/")).text
    assert f"{cast.amir} nam huishouden {home.household.number} over" in day
    assert "nam huishouden" not in Page(as_("amir").get("/")).text
    assert "In het plan doet" not in Page(taken_over).text


def test_who_takes_over_reads_that_the_one_before_still_does_something(home, as_, cast):
    Action.objects.filter(pk=home.actions["roos"].pk).update(
        owner_professional=cast.jolanda, owner_resident=None, owner_contact=None
    )
    ask(home, as_("jolanda"), cast.amir)
    answer = reverse("desk:handover", args=[home.household.handovers.get().pk])
    taken_over = as_("amir").post(answer, {"accept": "1"}, follow=True)
    assert f"In het plan doet {cast.jolanda} nog iets." in Page(taken_over).text


def test_a_no_that_comes_twice_is_no_error(home, as_, cast, monkeypatch):
    ask(home, as_("jolanda"), cast.amir)
    handover = home.household.handovers.get()
    actions.decline_handover(handover=handover, reason="Ik heb er al twaalf.", by=cast.amir)
    monkeypatch.setattr("desk.views.coordination.access.load", lambda *_args, **_how: handover)  # both were read before
    again = as_("amir").post(
        reverse("desk:handover", args=[handover.pk]), {"decline": "1", "reason": "Ik heb er al twaalf."}
    )
    assert (again.status_code, again["Location"]) == (302, "/")


def test_a_handover_is_for_one_person_and_asked_once(home, as_, cast):
    ask(home, as_("jolanda"), cast.amir)
    with pytest.raises(actions.AlreadyAsked):
        actions.propose_handover(household=home.household, to=cast.pascal, note="x", by=home.by)
    answer = reverse("desk:handover", args=[home.household.handovers.get().pk])
    for name in ("pascal", "jolanda", "els", "stranger"):
        assert as_(name).post(answer, {"accept": "1"}).status_code == 404


def test_who_lost_the_role_reads_no_handover(home, as_, cast):
    handover = actions.propose_handover(household=home.household, to=cast.amir, note="Warm.", by=cast.jolanda)
    address = reverse("desk:handover", args=[handover.pk])
    assert as_("amir").get(address).status_code == 200
    cast.amir.memberships.all().delete()
    assert as_("amir").get(address).status_code == 404


def test_only_the_coordinator_and_the_team_lead_hand_over(home, as_, cast):
    assert ask(home, as_("amir"), cast.amir) == 403
    assert ask(home, as_("fadoua"), cast.amir) == 404
    assert ask(home, as_("jolanda"), cast.bart) == 422
    assert ask(home, as_("pascal"), cast.amir) == 302


def test_a_household_of_who_left_is_not_lost(home, as_, cast):
    jolanda = cast.jolanda
    jolanda.is_active = False
    jolanda.save()
    assert ask(home, as_("pascal"), cast.amir) == 302
    as_("amir").post(reverse("desk:handover", args=[home.household.handovers.get().pk]), {"accept": "1"})
    assert as_("amir").get(at("desk:household", home)).status_code == 200


# ---- what the privacy officer sees of all this


def test_the_privacy_officer_counts_and_reads_no_content(home, as_, cast):
    actions.break_glass(household=home.household, reason=REASON, by=cast.amir)
    as_("jolanda").post(at("households:override", home), seven(home, cast))
    page = as_("els").get("/privacy/").content.decode()
    assert home.household.number in page
    assert "Amir Boulahrouf-Smit" in page
    assert "1 keer opgeschreven" in page
    for secret in ("Zonnedauw", "Zo is het.", REASON, "Roos"):
        assert secret not in page
