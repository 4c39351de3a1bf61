"""Everybody around one table: the household first, the agenda from the plan, and decisions that become actions in one go."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from plans import actions
from plans.forms.people import key
from plans.models import Action, Decision, Meeting
from tests import paper
from tests.helpers import Page, sql
from tests.plans.working import SOON, to

TODAY = timezone.localdate()


@pytest.fixture
def roos(household):
    return household.members.get().resident


@pytest.fixture
def typed(household, roos, cast) -> dict:
    return {
        "kind": "ROUND", "day": f"{SOON}", "at": "14:30", "place": "Buurthuis", "purpose": "Wie doet wat & wanneer?",
        "people": [key(roos), key(household.network.get()), key(cast.jolanda)], "points": "- De vakantie",
    }  # fmt: skip


@pytest.fixture
def meeting(typed, plan, household, jolanda) -> Meeting:
    assert jolanda.post(to("plan_meeting", household), typed).status_code == 302
    return Meeting.objects.get(household=household)


def decided(meeting: Meeting, **changes: str) -> dict[str, str]:
    first = meeting.invitees.first()
    assert first
    return {"what": "Karin leest mee.", f"says-{first.pk}": "REMARK", f"remark-{first.pk}": "Niet te vaak."} | changes


# ---- who are asked


def test_the_household_sits_first(meeting, jolanda, household):
    assert [one.name for one in meeting.invitees.all()] == ["Roos", "Karin", str(household.coordinator)]
    page = Page(jolanda.get(to("meeting", household, meeting.pk))).text
    for words in ("Rondetafel", "Buurthuis", "Wie doet wat & wanneer?", "De vakantie"):
        assert words in page
    assert "14.30 uur" in page


def test_a_round_table_without_the_household_needs_a_reason(typed, plan, household, jolanda, cast):
    alone = typed | {"people": [key(cast.jolanda)]}
    response = jolanda.post(to("plan_meeting", household), alone)
    assert response.status_code == 422
    page = Page(response)
    assert "Een rondetafel is met het huishouden." in page.text
    assert page.still_holds({name: alone[name] for name in ("kind", "day", "at", "place", "purpose")})
    facts = {
        "household": household,
        "starts_at": timezone.now(),
        "purpose": "Zo.",
        "people": [cast.jolanda],
        "by": cast.jolanda,
    }
    with pytest.raises(actions.WithoutTheHousehold):
        actions.plan_meeting(kind="ROUND", **facts)
    assert actions.plan_meeting(kind="CASE", **facts).with_household is False
    said = alone | {"without_household_because": "Roos ligt in het ziekenhuis."}
    assert jolanda.post(to("plan_meeting", household), said).status_code == 302
    one = Meeting.objects.get(household=household, kind="ROUND")
    assert "Roos ligt in het ziekenhuis." in Page(jolanda.get(to("meeting", household, one.pk))).text
    with pytest.raises(IntegrityError, match="round_table_with_the_household"), transaction.atomic():
        sql("UPDATE plans_meeting SET without_household_because = '' WHERE id = %s", one.pk)


def test_who_is_not_in_the_circle_can_not_be_asked(typed, plan, action, household, jolanda, cast):
    for who in (key(cast.greet), "resident-999999", "x"):
        assert jolanda.post(to("plan_meeting", household), typed | {"people": [who]}).status_code == 422
    assert not Meeting.objects.filter(household=household).exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": ""}, "Kies wat voor overleg het is."),
        ({"day": f"{TODAY - timedelta(days=1)}"}, "Kies vandaag of een latere dag."),
        ({"at": "half drie"}, "14.30"),
        ({"purpose": ""}, "duidelijk moet zijn."),
        ({"people": []}, "Kies wie je vraagt."),
    ],
)
def test_what_is_missing_is_said(changes, words, typed, plan, household, jolanda):
    response = jolanda.post(to("plan_meeting", household), typed | changes)
    assert response.status_code == 422
    assert words in Page(response).text


# ---- the agenda


def test_the_agenda_is_made_from_what_is_open_and_leaves_out_what_is_extra_protected(
    meeting, plan, goal, action, household, jolanda, cast
):
    late = actions.add_action(goal=goal, what="Te laat gebeld.", owner=cast.jolanda, due_on=SOON, by=cast.jolanda)
    Action.objects.filter(pk=late.pk).update(due_on=TODAY - timedelta(days=1))
    ready = actions.add_action(goal=goal, what="Al klaar.", owner=cast.jolanda, due_on=SOON, by=cast.jolanda)
    actions.move_action(action=ready, to="DONE", by=cast.jolanda)
    for domain in ("SAFETY_JUSTICE", "MENTAL_HEALTH"):
        secret = actions.add_goal(plan=plan, by=cast.jolanda, title=f"Geheim {domain}.", domain=domain)
        actions.add_action(goal=secret, what="Geheime actie.", owner=cast.dennis, due_on=SOON, by=cast.jolanda)
    actions.add_goal(plan=plan, by=cast.jolanda, title="Nog leeg.", domain="MONEY")
    actions.raise_clash(plan=plan, said="Past niet.", sides=[action, late], by=cast.jolanda)
    page = Page(jolanda.get(to("meeting", household, meeting.pk))).text
    text = " ".join(paper.read(jolanda.get(to("meeting_pdf", household, meeting.pk)).content))
    for shown in (page, text):
        for words in ("De vakantie", "Te laat gebeld.", "Nog niet aangenomen", "Nog leeg.", "Past niet bij elkaar"):
            assert words in shown
        assert "Geheim" not in shown
        assert "Al klaar." not in shown
    assert "Nergenspad" not in text


# ---- it was held


def test_who_were_there_is_written_down_and_can_be_corrected(meeting, household, jolanda):
    first, second, third = meeting.invitees.all()
    hold = to("hold_meeting", household, meeting.pk)
    assert jolanda.post(hold, {"came": [f"{first.pk}", f"{second.pk}", "999999999", "x"]}).status_code == 302
    assert [one.attended for one in meeting.invitees.all()] == [True, True, False]
    assert jolanda.post(hold, {"came": [f"{third.pk}"]}).status_code == 302
    assert [one.attended for one in meeting.invitees.all()] == [False, False, True]


def test_a_cancelled_meeting_is_not_held(meeting, household, jolanda):
    assert jolanda.post(to("cancel_meeting", household, meeting.pk)).status_code == 302
    page = Page(jolanda.post(to("hold_meeting", household, meeting.pk), {"came": []}, follow=True)).text
    assert "Dit overleg ging niet door." in page
    with pytest.raises(IntegrityError, match="meeting_held_or_cancelled"), transaction.atomic():
        sql("UPDATE plans_meeting SET held_at = now() WHERE id = %s", meeting.pk)


# ---- decisions


def test_of_each_decision_stands_what_everybody_thinks(meeting, household, jolanda):
    assert jolanda.post(to("decide", household, meeting.pk), decided(meeting)).status_code == 302
    page = Page(jolanda.get(to("meeting", household, meeting.pk))).text
    assert "Roos : eens, met een opmerking (“Niet te vaak.”)" in page.replace("Roos:", "Roos :")
    assert "wat vinden zij zelf?" not in page


def test_a_decision_of_which_the_household_said_nothing_is_marked(meeting, household, jolanda):
    _first, _second, third = meeting.invitees.all()
    typed = {"what": "Zonder hen.", f"says-{third.pk}": "AGREES"}
    assert jolanda.post(to("decide", household, meeting.pk), typed).status_code == 302
    assert "wat vinden zij zelf?" in Page(jolanda.get(to("meeting", household, meeting.pk))).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"what": ""}, "Schrijf op wat is besloten."),
        ({"remark": ""}, "Schrijf de opmerking op."),
        ({"says": ""}, "Kies wat deze persoon vindt."),
        ({"owner": "me"}, "Kies onder welk doel het komt."),
    ],
)
def test_what_is_missing_in_a_decision_is_said_and_nothing_is_lost(
    changes, words, meeting, goal, household, jolanda, cast
):
    typed = decided(meeting)
    for name, value in changes.items():
        whole = next((one for one in typed if one.startswith(name)), name)
        typed[whole] = key(cast.jolanda) if value == "me" else value
    response = jolanda.post(to("decide", household, meeting.pk), typed)
    assert response.status_code == 422
    assert words in Page(response).text
    assert Page(response).still_holds({name: value for name, value in typed.items() if value})
    assert not Decision.objects.filter(meeting=meeting).exists()


def test_decisions_become_actions_in_one_go_and_once(meeting, goal, household, jolanda, cast, roos):
    for owner, what in ((roos, "Ik leg de post klaar."), (household.network.get(), "Karin leest mee.")):
        typed = {"what": what, "owner": key(owner), "goal": f"{goal.pk}", "due_on": f"{SOON}"}
        assert jolanda.post(to("decide", household, meeting.pk), typed).status_code == 302
    jolanda.post(to("decide", household, meeting.pk), {"what": "Wij bellen eerst."})
    make = to("make_actions", household, meeting.pk)
    assert "Zet 2 acties in het plan" in Page(jolanda.get(to("meeting", household, meeting.pk))).text
    assert "2 acties staan in het plan." in Page(jolanda.post(make, follow=True)).text
    assert [(one.what, one.owner) for one in goal.actions.all()] == [
        ("Ik leg de post klaar.", roos),
        ("Karin leest mee.", household.network.get()),
    ]
    jolanda.post(make)
    assert Action.objects.filter(goal=goal).count() == 2
    text = Page(jolanda.get(to("meeting", household, meeting.pk))).text
    assert text.count("staat in het plan") == 2


def test_the_list_of_who_does_what_goes_home_on_paper(meeting, goal, plan, household, jolanda, cast, roos):
    secret = actions.add_goal(plan=plan, by=cast.jolanda, title="Geheim.", domain="SAFETY_JUSTICE")
    for where, what in ((goal, "Ik leg de post klaar."), (secret, "Geheim besluit.")):
        typed = {"what": what, "owner": key(roos), "goal": f"{where.pk}", "due_on": f"{SOON}"}
        jolanda.post(to("decide", household, meeting.pk), typed)
    jolanda.post(to("hold_meeting", household, meeting.pk), {"came": [f"{meeting.invitees.all()[0].pk}"]})
    text = " ".join(paper.read(jolanda.get(to("meeting_pdf", household, meeting.pk)).content))
    assert "Wie doet wat?" in text
    assert "Ik leg de post klaar." in text
    assert "Karin" not in text  # she was not there
    assert "Geheim" not in text


def test_a_decision_names_who_and_before_when_or_nobody(meeting, goal, cast):
    one = actions.decide(meeting=meeting, what="Zo.", voices={}, by=cast.jolanda)
    with pytest.raises(IntegrityError, match="decision_of_somebody_before_a_day"), transaction.atomic():
        sql("UPDATE plans_decision SET professional_id = %s WHERE id = %s", cast.jolanda.pk, one.pk)


def test_a_voice_is_of_somebody_who_was_asked(meeting, cast, household, roos):
    facts = {
        "household": household,
        "starts_at": timezone.now(),
        "purpose": "Zo.",
        "people": [roos],
        "by": cast.jolanda,
    }
    other = actions.plan_meeting(kind="CASE", **facts)
    with pytest.raises(actions.NobodyAsked):
        actions.decide(meeting=meeting, what="Zo.", voices={other.invitees.get(): ("AGREES", "")}, by=cast.jolanda)


def test_a_meeting_stands_in_my_day(meeting, household, jolanda):
    assert "Rondetafel met het huishouden" in Page(jolanda.get("/")).text.replace("rondetafel", "Rondetafel")
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(days=1))
    assert "Schrijf op wie erbij waren" in Page(jolanda.get("/")).text
