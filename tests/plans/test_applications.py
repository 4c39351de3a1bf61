"""An application, and the clocks of the Wmo of somebody who comes without a signal: they begin only when somebody says so."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.workdays import end_of_term
from desk.day import day_of
from households.models import AccessLogEntry
from plans import actions
from plans.models import Application, Signature
from plans.models.application import last_day
from plans.own_plan import Choice
from signals.models import WmoNotification
from tests.helpers import Page
from tests.plans.working import SOON

TODAY = timezone.localdate()
Stand, Outcome = Signature.Stand, Application.Outcome
DECIDE, CONFIRM = "Beslis over de aanvraag", "Bevestig aan de inwoner dat de melding er is"


def terms(household, name: str = "wmo_terms", *args: int) -> str:
    return reverse(f"signals:{name}", args=[household.number, *args])


def titles(professional) -> list[str]:
    day = day_of(professional)
    return [task.title for task in day.can_not_wait + day.today + day.soon]


@pytest.fixture
def roos(household):
    return household.members.get().resident


@pytest.fixture
def signature(plan, action, roos, cast) -> Signature:
    return actions.put_forward(plan=plan, by=cast.jolanda).signatures.get(resident=roos)


def sign(signature: Signature, cast, **said) -> None:
    actions.sign(signature=signature, stand=Stand.AGREED, seen=True, by=cast.jolanda, **said)


@pytest.mark.parametrize(
    ("law", "asked", "last"),
    [
        ("WMO", date(2027, 3, 2), date(2027, 3, 16)),
        ("WMO", date(2027, 4, 13), date(2027, 4, 28)),  # two weeks later is King's Day
        ("YOUTH", date(2027, 3, 2), date(2027, 4, 28)),
    ],
)
def test_the_term_of_each_law(law, asked, last):
    assert last_day(law, asked) == last


def test_only_the_tick_makes_a_signature_an_application_from_the_day_it_was_said(
    signature, household, plan, goal, roos, jolanda, cast
):
    sign(signature, cast, share=True)
    assert not household.applications.exists()
    assert DECIDE not in titles(cast.jolanda)
    sign(signature, cast, request=True)
    sign(signature, cast, request=True)
    application = household.applications.get()
    assert (application.resident, application.law, application.applied_on) == (roos, "WMO", TODAY)
    assert application.decide_by == last_day("WMO", TODAY)
    assert DECIDE in titles(cast.jolanda)
    page = Page(jolanda.get(terms(household))).text
    assert "Gezegd bij de handtekening onder het plan." in page
    assert "beslis uiterlijk" in Page(jolanda.get(reverse("desk:household", args=[household.number]))).text
    # A new version asks everybody anew; the application goes on.
    actions.change_goal(goal=goal, by=cast.jolanda, title="Ik open al mijn post.")
    newer = actions.put_forward(plan=plan, by=cast.jolanda).signatures.get(resident=roos)
    sign(newer, cast, request=True)
    sign(newer, cast)
    assert household.applications.get().decided_on is None


def test_a_tick_by_mistake_is_taken_back(signature, household, cast):
    sign(signature, cast, request=True)
    actions.sign(signature=signature, stand=Stand.NOT_ASKED, by=cast.jolanda)
    assert household.applications.get().outcome == Outcome.TAKEN_BACK
    assert DECIDE not in titles(cast.jolanda)
    sign(signature, cast, request=True)
    assert household.applications.open().get().applied_on == TODAY


def test_a_plan_with_help_under_the_youth_act_only_asks_for_that(plan, goal, signature, household, cast):
    actions.add_action(goal=goal, what="Praten.", owner=cast.jolanda, due_on=SOON, frame="YOUTH", by=cast.jolanda)
    sign(signature, cast, request=True)
    application = household.applications.get()
    assert (application.law, application.decide_by) == ("YOUTH", last_day("YOUTH", TODAY))


def test_what_became_of_it_is_written_down_once_and_a_term_stands_still_with_a_reason(household, roos, jolanda, cast):
    asked = {"ask-resident": f"{roos.pk}", "ask-law": "WMO", "ask-applied_on": f"{TODAY - timedelta(days=20)}"}
    late = {"ask-applied_on": f"{TODAY + timedelta(days=1)}"}
    assert jolanda.post(terms(household, "apply_for_help"), asked | late).status_code == 422
    assert jolanda.post(terms(household, "apply_for_help"), asked).status_code == 302
    assert "wacht al een aanvraag" in Page(jolanda.post(terms(household, "apply_for_help"), asked)).text
    application = household.applications.get()
    assert DECIDE in [task.title for task in day_of(cast.jolanda).can_not_wait]
    door, at = terms(household, "decide_application", application.pk), f"decide-{application.pk}"
    later = {f"{at}-outcome": "LATER", f"{at}-day": f"{TODAY + timedelta(days=9)}", f"{at}-because": ""}
    assert "Schrijf waarom het besluit later komt." in Page(jolanda.post(door, later)).text
    assert jolanda.post(door, later | {f"{at}-because": "Het advies komt nog."}).status_code == 302
    assert DECIDE not in [task.title for task in day_of(cast.jolanda).can_not_wait]
    granted = {f"{at}-outcome": "GRANTED", f"{at}-day": f"{TODAY}"}
    assert jolanda.post(door, granted).status_code == 302
    jolanda.post(door, granted | {f"{at}-outcome": "REFUSED"})
    application.refresh_from_db()
    assert (application.outcome, application.decided_on) == ("GRANTED", TODAY)
    assert DECIDE not in titles(cast.jolanda)


def test_the_law_is_corrected_and_its_term_counted_anew(household, roos, jolanda, as_, cast):
    asked = {"household": household, "resident": roos, "applied_on": TODAY, "by": cast.jolanda}
    application = actions.apply_for_help(law=Application.Law.WMO, **asked)
    still = timedelta(days=14)
    actions.suspend_application(
        application=application, until=application.decide_by + still, because="Het advies komt nog.", by=cast.jolanda
    )
    door, at = terms(household, "correct_law", application.pk), f"law-{application.pk}"
    assert Page(jolanda.get(terms(household))).fields[f"{at}-law"] == "WMO"
    assert as_("amir").post(door, {f"{at}-law": "YOUTH"}).status_code == 403
    assert jolanda.post(door, {f"{at}-law": "ANDERS"}).status_code == 422
    assert jolanda.post(door, {f"{at}-law": "WMO"}).status_code == 302
    assert not AccessLogEntry.objects.filter(event="correct law").exclude(action="DENIED").exists()
    assert jolanda.post(door, {f"{at}-law": "YOUTH"}).status_code == 302
    application.refresh_from_db()
    assert (application.law, application.decide_by) == ("YOUTH", end_of_term(last_day("YOUTH", TODAY) + still))
    assert [event.law for event in application.events.order_by("pgh_id")] == ["WMO", "WMO", "YOUTH"]
    line = AccessLogEntry.objects.get(event="correct law")
    assert (line.actor, line.object_id, line.subject_ids) == (cast.jolanda, application.pk, [roos.pk])
    actions.apply_for_help(law=Application.Law.WMO, **asked)
    assert "wacht al een aanvraag" in Page(jolanda.post(door, {f"{at}-law": "WMO"})).text
    # Also of what was decided, and then somebody may wait under that law.
    actions.decide_application(application=application, outcome=Outcome.GRANTED, decided_on=TODAY, by=cast.jolanda)
    assert jolanda.post(door, {f"{at}-law": "WMO"}).status_code == 302
    application.refresh_from_db()
    assert (application.law, application.outcome) == ("WMO", Outcome.GRANTED)


def test_what_was_corrected_is_no_new_application_with_the_next_version(
    signature, household, plan, goal, roos, jolanda, cast
):
    sign(signature, cast, request=True)
    application = household.applications.get()
    jolanda.post(terms(household, "correct_law", application.pk), {f"law-{application.pk}-law": "YOUTH"})
    actions.change_goal(goal=goal, by=cast.jolanda, title="Ik open al mijn post.")
    newer = actions.put_forward(plan=plan, by=cast.jolanda).signatures.get(resident=roos)
    sign(newer, cast, request=True)
    assert household.applications.get().law == "YOUTH"


def test_somebody_at_the_counter_starts_the_clocks_only_with_the_tick(household, roos, jolanda, as_, cast):
    said = {"wmo-resident": f"{roos.pk}", "wmo-notified_on": f"{TODAY}"}
    assert "Vink dit aan, of start de termijnen niet." in Page(jolanda.post(terms(household), said)).text
    assert CONFIRM not in titles(cast.jolanda)
    said["wmo-is_wmo"] = "on"
    assert jolanda.post(terms(household), said).status_code == 302
    assert jolanda.post(terms(household), said).status_code == 302  # twice is one
    report = WmoNotification.objects.get(household=household)
    assert CONFIRM in titles(cast.jolanda)
    assert CONFIRM not in titles(cast.amir)
    jolanda.post(terms(household, "wmo_term_step", report.pk), {"step": "confirmed_on"})
    assert CONFIRM not in titles(cast.jolanda)
    door, at = terms(household, "offer_personal_plan", report.pk), f"plan-{report.pk}"
    offer = {f"{at}-offered_on": f"{TODAY}", f"{at}-told_by": "Jolanda"}
    assert jolanda.post(door, offer | {f"{at}-told_by": ""}).status_code == 422
    assert jolanda.post(door, offer).status_code == 302
    assert jolanda.post(door, offer).status_code == 302
    own_plan = household.own_plans.get()
    assert (own_plan.kind, own_plan.choice, own_plan.until) == ("PERSONAL", Choice.WAITS, report.hand_in_until)
    report.refresh_from_db()
    assert (report.confirmed_on, report.plan_asked_on) == (TODAY, TODAY)
    elsewhere = as_("amir").post(terms(household, "wmo_term_step", report.pk), {"step": "inquired_on"})
    assert elsewhere.status_code == 403
