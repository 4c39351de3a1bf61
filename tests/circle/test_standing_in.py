"""Somebody stands in for the coordinator until a day, and a question to take over is answered or taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from households import actions
from households.models import AccessLogEntry, Handover, Household
from households.terms import terms
from plans.models import Action
from tests.circle.working import page_of
from tests.helpers import Page, mails

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def at(name: str, home, *keys: int) -> str:
    return reverse(f"desk:{name}", args=[home.household.number, *keys])


def stand_in(browser, home, who, *, since=TODAY, until=TODAY + 7 * DAY):
    typed = {"deputy": who.pk, "since": f"{since}", "until": f"{until}"}
    return browser.post(at("deputy", home), typed)


@pytest.fixture
def amir(home, as_, cast):
    """Amir stands in for Jolanda, for a week."""
    assert stand_in(as_("jolanda"), home, cast.amir).status_code == 302
    home.household.refresh_from_db()
    return as_("amir")


# ---- what the deputy does


def test_who_stands_in_sees_and_does_what_the_coordinator_does(home, amir, as_):
    page = amir.get(at("household", home)).content.decode()
    assert "Rust in huis." in page
    assert "afsluiten/" not in page
    step = reverse("households:change_next_step", args=[home.household.number])
    assert amir.post(step, {"next_step": "Bellen", "next_step_on": f"{TODAY}"}).status_code == 302
    action = home.actions["roos"]
    move = reverse("plans:move_action", args=[home.household.number, action.pk])
    assert amir.post(move, {"to": "ACCEPTED"}).status_code == 302
    assert Action.objects.get(pk=action.pk).status == "ACCEPTED"
    assert "Bellen" in amir.get("/").content.decode()
    assert as_("jolanda").get(at("household", home)).status_code == 200


def test_the_log_says_that_somebody_stood_in(home, amir, as_):
    log = at("log", home)
    amir.get(at("household", home))
    assert "vervanger van de regisseur" in Page(as_("jolanda").get(log)).text


def test_it_begins_and_ends_by_itself(home, as_, cast):
    stand_in(as_("jolanda"), home, cast.amir, since=TODAY + DAY, until=TODAY + 2 * DAY)
    for days, status in ((0, 403), (1, 200), (2, 200), (3, 403)):
        with time_machine.travel(timezone.now() + days * DAY):
            assert as_("amir").get(at("household", home)).status_code == status, days


def test_every_look_and_change_says_that_it_was_the_deputy(home, amir, cast):
    amir.get(at("household", home))
    step = reverse("households:change_next_step", args=[home.household.number])
    amir.post(step, {"next_step": "Bellen", "next_step_on": f"{TODAY}"})
    lines = AccessLogEntry.objects.filter(household=home.household, actor=cast.amir).order_by("pk")
    assert [line.event for line in lines] == ["household", "household", "change household"]
    assert {(line.actor_role, line.on_behalf_of, line.basis) for line in lines} == {("DEPUTY", cast.jolanda, "DEPUTY")}
    log = Page(amir.get(at("log", home))).text
    assert "vervanger van de regisseur" in log
    jolandas = AccessLogEntry.objects.filter(household=home.household, actor=cast.jolanda).latest("pk")
    assert (jolandas.actor_role, jolandas.on_behalf_of, jolandas.basis) == ("COORDINATOR", None, "ASSIGNMENT")


def test_handing_over_and_closing_are_not_for_the_deputy(home, amir, cast):
    for name, data in (
        ("hand_over", {"to": cast.pascal.pk, "note": "x"}),
        ("deputy", {"deputy": cast.pascal.pk, "since": f"{TODAY}", "until": f"{TODAY}"}),
        ("end_deputy", {}),
        ("close", {}),
        ("reopen", {}),
    ):
        refused = amir.post(at(name, home), data)
        assert refused.status_code == 403, name
        assert "Je bent hier vervanger." in refused.content.decode()
    home.household.refresh_from_db()
    assert (home.household.coordinator, home.household.deputy) == (cast.jolanda, cast.amir)


def test_the_residents_and_who_helps_read_whom_they_call(home, amir, dennis, cast):
    assert "Amir Boulahrouf-Smit de vervanger" in page_of(cast.dennis)
    actions.end_deputy(household=home.household, by=cast.jolanda)
    assert "de vervanger" not in page_of(cast.dennis)


def test_a_signal_is_read_by_the_deputy_too(amir, as_, cast, bakelaar):
    actions.name_deputy(household=bakelaar, deputy=cast.amir, until=TODAY, by=cast.jolanda)
    signal = bakelaar.signals.first()
    address = reverse("signals:signal", args=[signal.number])
    assert amir.get(address).status_code == 200
    actions.end_deputy(household=bakelaar, by=cast.jolanda)
    assert amir.get(address).status_code == 403


# ---- who is named, and until when


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"deputy": ""}, "Kies een collega."),
        ({"until": ""}, "Kies tot welke dag."),
        ({"until": f"{TODAY - DAY}"}, "Kies vandaag of een latere dag."),
        ({"since": f"{TODAY + 3 * DAY}", "until": f"{TODAY + DAY}"}, "Kies dezelfde dag als de eerste, of een latere."),
        ({"until": f"{TODAY + 100 * DAY}"}, "Hooguit drie maanden."),
        ({"since": f"{TODAY - DAY}"}, "Kies vandaag of een latere dag, binnen een jaar."),
        ({"until": "morgen"}, "Schrijf de datum als dag, maand en jaar"),
    ],
)
def test_an_impossible_term_is_told_and_nothing_typed_is_lost(changes, sentence, home, as_, cast):
    typed = {"deputy": f"{cast.amir.pk}", "since": f"{TODAY}", "until": f"{TODAY}"} | changes
    page = as_("jolanda").post(at("deputy", home), typed)
    assert page.status_code == 422
    assert sentence in Page(page).text
    assert Page(page).still_holds(typed)
    home.household.refresh_from_db()
    assert home.household.deputy is None


@pytest.mark.parametrize("name", ["jolanda", "fadoua", "bart", "dennis", "stranger"])
def test_only_a_colleague_who_coordinates_stands_in(name, home, as_, cast):
    assert stand_in(as_("jolanda"), home, getattr(cast, name)).status_code == 422
    with pytest.raises(actions.CanNotCoordinate):
        actions.name_deputy(household=home.household, deputy=getattr(cast, name), until=TODAY, by=cast.jolanda)


def test_there_is_one_deputy_at_a_time(home, amir, as_, cast):
    again = stand_in(as_("jolanda"), home, cast.pascal)
    assert again.status_code == 422
    assert "Amir Boulahrouf-Smit is al vervanger." in again.content.decode()
    assert as_("jolanda").post(at("end_deputy", home)).status_code == 302
    assert amir.get(at("household", home)).status_code == 403
    assert stand_in(as_("jolanda"), home, cast.pascal).status_code == 302


def test_the_team_lead_names_one_when_the_coordinator_is_ill(home, as_, cast):
    before = len(mails(cast.amir.email))
    assert stand_in(as_("pascal"), home, cast.amir).status_code == 302
    assert as_("pascal").get(at("household", home)).status_code == 403
    (mail,) = mails(cast.amir.email)[before:]
    for secret in ("Zonnedauw", "Roos", home.household.number):
        assert secret not in mail


def test_the_database_knows_no_second_coordinator(home, cast):
    rows = Household.objects.filter(pk=home.household.pk)
    for wrong in (
        {"deputy": cast.jolanda, "deputy_from": TODAY, "deputy_until": TODAY},
        {"deputy": cast.amir, "deputy_from": TODAY, "deputy_until": None},
        {"deputy": cast.amir, "deputy_from": TODAY, "deputy_until": TODAY - DAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_who_lost_the_role_does_not_stand_in_any_more(home, amir, cast):
    cast.amir.memberships.all().delete()
    assert amir.get(at("household", home)).status_code == 404


# ---- handing over


def test_the_sender_takes_the_question_back(home, as_, cast):
    jolanda = as_("jolanda")
    jolanda.post(at("hand_over", home), {"to": cast.amir.pk, "note": "Alles loopt."})
    asked = home.household.handovers.get()
    assert f"Amir Boulahrouf-Smit is gevraagd om huishouden {home.household.number} over te nemen" in (
        jolanda.get("/").content.decode()
    )
    assert as_("amir").post(reverse("desk:take_back_handover", args=[asked.pk])).status_code == 404
    assert jolanda.post(reverse("desk:take_back_handover", args=[asked.pk])).status_code == 302
    assert as_("amir").get(reverse("desk:handover", args=[asked.pk])).status_code == 404
    with pytest.raises(actions.CanNotCoordinate):
        actions.accept_handover(handover=asked, by=cast.amir)
    home.household.refresh_from_db()
    assert home.household.coordinator == cast.jolanda
    assert jolanda.post(at("hand_over", home), {"to": cast.pascal.pk, "note": "Nu jij."}).status_code == 302


def test_who_asked_reads_why_the_colleague_said_no(home, as_, cast):
    asked = actions.propose_handover(household=home.household, to=cast.amir, note="x", by=cast.jolanda)
    actions.decline_handover(handover=asked, reason="Ik heb er al twaalf.", by=cast.amir)
    assert "Ik heb er al twaalf." in as_("jolanda").get("/").content.decode()
    with time_machine.travel(timezone.now() + 8 * DAY):
        assert "Ik heb er al twaalf." not in as_("jolanda").get("/").content.decode()


def test_a_handover_ends_in_one_way(home, cast):
    asked = actions.propose_handover(household=home.household, to=cast.amir, note="x", by=cast.jolanda)
    now = timezone.now()
    for two in (("accepted_at", "taken_back_at"), ("declined_at", "taken_back_at"), ("accepted_at", "declined_at")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Handover.objects.filter(pk=asked.pk).update(**dict.fromkeys(two, now))


def test_who_takes_over_names_the_own_deputy(home, cast):
    actions.name_deputy(household=home.household, deputy=cast.pascal, until=TODAY + DAY, by=cast.jolanda)
    asked = actions.propose_handover(household=home.household, to=cast.amir, note="x", by=cast.jolanda)
    actions.accept_handover(handover=asked, by=cast.amir)
    home.household.refresh_from_db()
    assert (home.household.coordinator, home.household.deputy) == (cast.amir, None)


def test_the_household_keeps_who_coordinated_when(home, as_, cast):
    with time_machine.travel(timezone.now() + 2 * DAY):
        household = Household.objects.get(pk=home.household.pk)
        actions.name_deputy(household=household, deputy=cast.pascal, until=TODAY + 9 * DAY, by=cast.jolanda)
        asked = actions.propose_handover(household=household, to=cast.amir, note="x", by=cast.jolanda)
        actions.accept_handover(handover=asked, by=cast.amir)
        found = [(term.who, term.since - TODAY, term.deputy) for term in terms(household)]
        assert found == [
            (cast.amir, 2 * DAY, False),
            (cast.pascal, 2 * DAY, True),
            (cast.jolanda, 0 * DAY, False),
        ]
        page = Page(as_("amir").get(at("circle", home))).text
        assert "Wie wanneer de regie had" in page
        assert "Pascal" in page
