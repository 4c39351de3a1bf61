"""A household is closed when every reporter was answered and somebody is named for what goes on; asked later how it goes; and
opened again with a reason."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk import closing as desk_closing
from desk.demo import people
from households import access, actions
from households.models import AccessLogEntry, Closing, Consent, EmergencyAccess, Household
from plans import actions as plan_actions
from plans import workflow
from plans.models import Action, SupportPlan
from plans.workflow import Status
from signals import actions as signal_actions
from signals.models import Signal
from signals.sentences import sentences
from tests.circle.working import page_of
from tests.helpers import Page, link_of, sql

TODAY = timezone.localdate()
DAY = timedelta(days=1)
SOON = TODAY + 90 * DAY
WORDS = {
    "what_worked": "Elke week samen de post.", "keeps_good": "Karin komt op maandag.",
    "safety_net": "Karin, 000-000 07 99", "aftercare_on": f"{SOON}",
}  # fmt: skip


def at(name: str, home, room: str = "desk") -> str:
    return reverse(f"{room}:{name}", args=[home.household.number])


def typed(home, how: str = "HANDED_ON", **changes: str) -> dict[str, str]:
    """The form as somebody fills it in: with every open action the same happens."""
    found = desk_closing.open_actions(home.household)
    each = {f"how-{action.pk}": how for action in found} | {f"who-{action.pk}": "Karin" for action in found}
    return WORDS | each | changes


@pytest.fixture
def home(home):
    """With a plan that everybody looked back on."""
    plan_actions.evaluate(
        plan=home.plan, held_on=TODAY, present="Roos en Bas", results=dict.fromkeys(home.goals.values(), ("PARTLY", "")),
        marks={home.roos: (7, "")}, by=home.by,
    )  # fmt: skip
    return home


@pytest.fixture
def closed(home, as_):
    """The household, closed by Jolanda."""
    answer = as_("jolanda").post(at("close", home), typed(home))
    assert answer.status_code == 302
    home.household.refresh_from_db()
    assert home.household.status == Household.Status.CLOSED
    return home


def signal_about(home, cast) -> Signal:
    signal = signal_actions.receive(
        link=link_of(people.HOUSING), submission=uuid4(), observation="De gang staat vol.", discussed="AGREED",
        danger_now=False, reporter_name="Kees", reporter_email="kees@sleutelbrug.example",
    )  # fmt: skip
    signal_actions.take_up(signal=signal, by=cast.jolanda)
    signal_actions.link_to_household(signal=signal, household=home.household, by=cast.jolanda)
    return signal


# ---- what must be done first


def test_what_was_written_stays_and_the_actions_go_on_with_somebody(closed, cast, as_):
    page = Page(as_("jolanda").get(at("household", closed))).text
    for text in (
        "Huishouden afgesloten op",
        "Elke week samen de post.",
        "Karin komt op maandag.",
        "Karin, 000-000 07 99",
    ):
        assert text in page
    assert closed.household.closings.get().closed_by == cast.jolanda
    assert {(one.status, one.handed_to) for one in Action.objects.filter(goal__plan=closed.plan)} == {
        ("HANDED_ON", "Karin")
    }
    assert SupportPlan.objects.get(pk=closed.plan.pk).status == "CLOSED"
    assert (closed.household.next_step, closed.household.next_step_on) == ("", None)
    timeline = Page(as_("jolanda").get(at("timeline", closed))).text
    assert "Iemand anders gaat verder met een actie" in timeline
    assert "Elke week samen de post." in timeline


@pytest.mark.parametrize("missing", ["what_worked", "keeps_good", "safety_net", "aftercare_on"])
def test_without_looking_back_and_ahead_it_is_not_closed(missing, home, as_):
    data = typed(home, **{missing: ""})
    page = as_("jolanda").post(at("close", home), data)
    assert page.status_code == 422
    assert Page(page).still_holds({name: value for name, value in data.items() if not name.startswith("how-")})
    home.household.refresh_from_db()
    assert home.household.is_open


@pytest.mark.parametrize("day", [TODAY, TODAY - DAY, TODAY + 400 * DAY])
def test_aftercare_is_on_a_day_to_come(day, home, as_):
    page = as_("jolanda").post(at("close", home), typed(home, aftercare_on=f"{day}"))
    assert page.status_code == 422
    assert "Kies een dag" in page.content.decode()


def test_each_open_action_ends_or_goes_on_with_somebody_named(home, as_):
    jolanda, action = as_("jolanda"), home.actions["roos"]
    nothing = jolanda.post(at("close", home), typed(home, **{f"how-{action.pk}": ""}))
    assert "Kies wat er met deze actie gebeurt." in nothing.content.decode()
    nobody = jolanda.post(at("close", home), typed(home, **{f"who-{action.pk}": ""}))
    assert "Schrijf de naam op van wie ermee verder gaat." in nobody.content.decode()
    assert nothing.status_code == nobody.status_code == 422
    not_yes = jolanda.post(at("close", home), typed(home, **{f"how-{action.pk}": "DONE"}))
    assert not_yes.status_code == 422  # nobody said yes to it yet
    plan_actions.move_action(action=action, to=Status.ACCEPTED, by=home.by)
    assert jolanda.post(at("close", home), typed(home, "DROPPED", **{f"how-{action.pk}": "DONE"})).status_code == 302
    action.refresh_from_db()
    assert action.status == "DONE"


def test_not_while_a_reporter_has_no_answer(home, as_, cast):
    signal = signal_about(home, cast)
    jolanda = as_("jolanda")
    page = jolanda.get(at("close", home)).content.decode()
    assert reverse("signals:signal", args=[signal.number]) in page
    assert "what_worked" not in page
    refused = jolanda.post(at("close", home), typed(home))
    assert refused.status_code == 422
    assert Page(refused).still_holds(WORDS)
    assert set(Action.objects.filter(goal__plan=home.plan).values_list("status", flat=True)) == {"PROPOSED"}
    signal_actions.give_feedback(signal=signal, sentence=sentences()["OPGEPAKT"], by=cast.jolanda)
    signal_actions.close(signal=signal, by=cast.jolanda)
    assert jolanda.post(at("close", home), typed(home)).status_code == 302


def test_not_while_a_colleague_was_asked_to_take_over(home, as_, cast):
    asked = actions.propose_handover(household=home.household, to=cast.amir, note="x", by=cast.jolanda)
    assert "trek de vraag in" in as_("jolanda").get(at("close", home)).content.decode()
    assert as_("jolanda").post(at("close", home), typed(home)).status_code == 422
    actions.take_back_handover(handover=asked, by=cast.jolanda)
    assert as_("jolanda").post(at("close", home), typed(home)).status_code == 302


def test_the_database_closes_nothing_that_is_not_done(home, cast):
    close = "UPDATE households_household SET status = 'CLOSED', next_step = '', next_step_on = NULL WHERE id = %s"

    def refused(because: str) -> None:
        with pytest.raises(DatabaseError, match=because), transaction.atomic():
            sql(close, home.household.pk)

    refused("closed with a closing")
    words = {**WORDS, "aftercare_on": SOON}
    Closing.objects.create(household=home.household, closed_by=cast.jolanda, **words)
    refused("the plan of this household runs")
    SupportPlan.objects.filter(pk=home.plan.pk).update(status="CLOSED")
    refused("an action of this household is open")
    Action.objects.filter(goal__plan=home.plan).update(status="DROPPED")
    signal = signal_about(home, cast)
    refused("a signal about this household is not closed")
    signal_actions.give_feedback(signal=signal, sentence=sentences()["OPGEPAKT"], by=cast.jolanda)
    signal_actions.close(signal=signal, by=cast.jolanda)
    sql(close, home.household.pk)
    with pytest.raises(DatabaseError, match="opened again with a reason"), transaction.atomic():
        sql("UPDATE households_household SET status = 'OPEN' WHERE id = %s", home.household.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.create(household=home.household, closed_by=cast.jolanda, **words)


@pytest.mark.parametrize("present", list(Status), ids=str)
def test_only_an_open_action_is_handed_on(present, home, cast):
    action = home.actions["roos"]
    named = "Karin" if present == Status.HANDED_ON else ""
    Action.objects.filter(pk=action.pk).update(status=present, handed_to=named)
    if present in (Status.PROPOSED, Status.ACCEPTED, Status.HELD):
        plan_actions.hand_on(action=action, to="Karin", by=cast.jolanda)
        plan_actions.move_action(action=action, to=Status.ACCEPTED, by=cast.jolanda)
        action.refresh_from_db()
        assert (action.status, action.handed_to) == ("ACCEPTED", "")
    else:
        with pytest.raises(workflow.NotAllowed):
            plan_actions.hand_on(action=action, to="Karin", by=cast.jolanda)


# ---- who sees what afterwards


def test_others_lose_it_the_same_day(home, dennis, as_, cast):
    actions.break_glass(household=home.household, reason="Het kan niet wachten.", by=cast.amir)
    actions.name_deputy(household=home.household, deputy=cast.pascal, until=SOON, by=cast.jolanda)
    member = home.household.members.get(resident=home.roos)
    member.email = "roos@thuis.example"
    member.save()
    own = actions.give_own_page(member=member, by=cast.jolanda)
    household = at("household", home)
    assert as_("amir").get(household).status_code == 200
    assert "Actie van Dennis" in page_of(cast.dennis)
    assert as_("jolanda").post(at("close", home), typed(home)).status_code == 302

    for name in ("amir", "pascal"):
        assert as_(name).get(household).status_code == 403
    assert "Actie van Dennis" not in page_of(cast.dennis)
    assert Client().get(reverse("desk:own_page", args=[own.token])).status_code == 404
    dennis.refresh_from_db()
    assert dennis.ended_at is not None
    running = Consent.objects.filter(household=home.household, kind="SHARE_INFO", valid_until__gt=TODAY)
    assert not running.exists()
    assert as_("jolanda").get(household).status_code == 200


def test_a_closed_household_is_opened_with_a_reason_by_who_leads_only(closed, as_, cast):
    reason = {"reason": "De school belt in paniek."}
    assert as_("amir").post(at("break_glass", closed), reason).status_code == 403
    assert "openen/" not in as_("amir").get(at("household", closed)).content.decode()
    with pytest.raises(PermissionError):
        actions.break_glass(household=closed.household, reason="Toch even.", by=cast.amir)
    assert not EmergencyAccess.objects.filter(household=closed.household).exists()
    assert as_("pascal").post(at("break_glass", closed), reason).status_code == 302
    assert as_("pascal").get(at("household", closed)).status_code == 200


def test_nothing_in_it_changes(closed, as_):
    jolanda = as_("jolanda")
    for room, name, data in (
        ("households", "facts", {"name": "Anders"}),
        ("households", "add_resident", {"first_name": "X"}),
        ("plans", "make", {}),
        ("desk", "invite", {}),
    ):
        refused = jolanda.post(at(name, closed, room), data)
        assert refused.status_code == 403, name
        assert "Dit huishouden is afgesloten, dus er verandert niets in." in refused.content.decode()
    page = jolanda.get(at("household", closed)).content.decode()
    for forbidden in ("wijzigen/", "nieuw/", "/stand/", "vervanger/", "overdragen/"):
        assert forbidden not in page
    assert at("reopen", closed) in page


def test_it_leaves_the_list_and_stands_in_the_other_one(closed, as_):
    jolanda = as_("jolanda")
    here = reverse("desk:households")
    assert "Zonnedauw" not in jolanda.get(here).content.decode()
    assert "Zonnedauw" in jolanda.get(here, {"stand": "afgesloten"}).content.decode()
    assert "Zonnedauw" not in as_("amir").get(here, {"stand": "afgesloten"}).content.decode()


def test_a_reporter_who_comes_back_is_answered_though_it_is_closed(home, as_, cast):
    signal = signal_about(home, cast)
    signal_actions.give_feedback(signal=signal, sentence=sentences()["OPGEPAKT"], by=cast.jolanda)
    signal_actions.close(signal=signal, by=cast.jolanda)
    assert as_("jolanda").post(at("close", home), typed(home)).status_code == 302
    signal_actions.reopen(signal=signal, reason="Er is weer iets.", by=None)
    address = reverse("signals:signal", args=[signal.number])
    assert as_("jolanda").get(address).status_code == 200
    assert address in as_("jolanda").get("/").content.decode()
    assert as_("amir").get(address).status_code == 403


# ---- how does it go, and opening again


def test_on_that_day_it_stands_in_the_day_of_the_coordinator(closed, as_, cast):
    question = "Hoe gaat het met Zonnedauw?"
    assert question not in as_("jolanda").get("/").content.decode()
    with time_machine.travel(timezone.now() + 90 * DAY):
        jolanda = as_("jolanda")
        assert question in jolanda.get("/").content.decode()
        assert question not in as_("amir").get("/").content.decode()
        assert jolanda.post(at("aftercare", closed), {"how_it_goes": ""}).status_code == 422
        assert jolanda.post(at("aftercare", closed), {"how_it_goes": "Goed, zegt Roos."}).status_code == 302
        assert question not in jolanda.get("/").content.decode()
        assert "Goed, zegt Roos." in jolanda.get(at("household", closed)).content.decode()
    assert not closed.household.is_open


def test_what_was_written_about_how_it_goes_becomes_the_reason_to_open_again(closed, as_):
    page = Page(as_("jolanda").post(at("aftercare", closed), {"how_it_goes": "Minder goed.", "again": "1"}))
    assert page.fields["reason"] == "Minder goed."
    [form] = [given for tag, given in page.elements if tag == "form" and given.get("action") == at("reopen", closed)]
    assert form["method"] == "post"


def test_of_a_closed_household_nobody_asks_the_next_step(closed, as_):
    assert "volgende stap" not in Page(as_("jolanda").get(at("household", closed))).text.lower()


def test_mistakes_are_told_in_the_order_of_the_page(home, as_):
    page = Page(as_("jolanda").post(at("close", home), {"what_worked": ""})).text
    assert page.index("Kies wat er met deze actie gebeurt.") < page.index("Schrijf op wat werkte.")


def test_it_opens_again_with_a_reason_and_the_plan_as_it_was(closed, as_, cast):
    jolanda = as_("jolanda")
    assert jolanda.post(at("reopen", closed), {"reason": ""}).status_code == 422
    assert jolanda.post(at("reopen", closed), {"reason": "Roos belde: de post ligt er weer."}).status_code == 302
    closed.household.refresh_from_db()
    assert closed.household.is_open
    assert closed.household.plans.open().get() == closed.plan
    assert closed.plan.goals.count() == 5
    assert not closed.household.circle.open().exists()
    assert "de post ligt er weer" in jolanda.get(at("timeline", closed)).content.decode()
    assert jolanda.post(at("reopen", closed), {"reason": "Nog een keer open."}, follow=True).status_code == 200
    assert jolanda.post(at("close", closed), typed(closed)).status_code == 302
    assert closed.household.closings.count() == 2


def test_a_closed_household_of_who_left_is_not_lost(closed, as_, cast):
    jolanda = cast.jolanda
    jolanda.is_active = False
    jolanda.save()
    assert access.waiting_for_handover([jolanda])[jolanda.pk] >= 1
    with_closed = access.waiting_for_handover([jolanda])[jolanda.pk]
    closed.household.closings.update(asked_on=TODAY, asked_by=jolanda, how_it_goes="Goed.")
    assert access.waiting_for_handover([jolanda])[jolanda.pk] == with_closed - 1
    as_("pascal").post(at("hand_over", closed), {"to": cast.amir.pk, "note": "Vraag jij hoe het gaat?"})
    asked = closed.household.handovers.get()
    assert as_("amir").post(reverse("desk:handover", args=[asked.pk]), {"accept": "1"}).status_code == 302
    assert as_("amir").get(at("household", closed)).status_code == 200


def test_each_step_is_a_line_without_words(closed, cast):
    lines = AccessLogEntry.objects.filter(household=closed.household).values_list("event", flat=True)
    assert {"close household", "close plan", "hand on action"} <= set(lines)
