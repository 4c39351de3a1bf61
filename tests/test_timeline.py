"""The coordinator writes down contacts, and reads everything that happened with a household as one list."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from households import actions
from households.models import AccessLogEntry, Household, Note
from plans import actions as plan_actions
from plans.models import Application, OwnPlan
from plans.own_plan import Choice
from plans.schemes import Said
from tests.helpers import Page, everything, sql

TODAY = timezone.localdate


def at(name: str, household: Household, *more: object) -> str:
    return reverse(name, args=[household.number, *more])


def filled_in(**changes: object) -> dict:
    answers = {
        "occasion": "PHONE", "happened_on": TODAY().isoformat(), "text": "Kwetterpoel gebeld over de blauwe bak.",
        "kind": "FACT", "said_by": "",
    }  # fmt: skip
    return answers | changes


@pytest.fixture
def write(bakelaar, as_):
    """Post the form of a contact as Jolanda, or as somebody else."""

    def post(by: str = "jolanda", **changes: object):
        return as_(by).post(at("households:add_note", bakelaar), filled_in(**changes))

    return post


@pytest.fixture
def show(bakelaar, as_):
    """The texts of the timeline; words are sought by POST."""

    def page(words: str = "", by: str = "jolanda", **chosen: object) -> str:
        address = at("desk:timeline", bakelaar)
        found = as_(by).post(address, {"q": words} | chosen) if words else as_(by).get(address, chosen)
        assert found.status_code == 200
        return Page(found).text

    return page


# ---- writing down


@pytest.mark.django_db
def test_a_contact_stands_on_the_page_of_the_household_and_on_the_timeline(write, show, bakelaar, as_):
    ruud = bakelaar.members.get(resident__first_name="Ruud").resident
    assert write(about=[ruud.pk]).status_code == 302
    assert "Kwetterpoel" in Page(as_("jolanda").get(at("desk:household", bakelaar))).text
    assert "Kwetterpoel" in show()
    note = Note.objects.latest("pk")
    assert (note.written_by.first_name, [one.first_name for one in note.about.all()]) == ("Jolanda", ["Ruud"])


@pytest.mark.django_db
def test_it_is_written_down_without_leaving_the_page(bakelaar, as_):
    answer = as_("jolanda").post(at("households:add_note", bakelaar), filled_in(), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "Kwetterpoel" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": ""}, "Schrijf wat er gebeurde."),
        ({"text": "x" * 10_001}, "Dit is te lang"),
        ({"happened_on": "2070-01-01"}, "Kies vandaag of een eerdere dag."),
        ({"happened_on": "0026-01-01"}, "Dit is te lang geleden."),
        ({"happened_on": "31 februari"}, "Schrijf de datum als dag, maand en jaar"),
        ({"kind": "SAID"}, "Schrijf wie het zegt"),
        ({"kind": ""}, "Kies of het een feit is"),
    ],
)
def test_what_is_wrong_is_said_by_the_field_and_nothing_typed_is_lost(write, wrong, says):
    answer = write(**{"text": "Kwetterpoel gebeld."} | wrong)
    assert answer.status_code == 422
    page = Page(answer)
    assert says in page.text
    if "text" not in wrong:
        assert "Kwetterpoel gebeld." in answer.content.decode()
    assert not Note.objects.filter(written_at__gt=timezone.now() - timedelta(minutes=1)).exists()


@pytest.mark.django_db
def test_any_letters_are_kept_exactly(write, show):
    words = "مرحبا يا رود 👩‍👩‍👧 — “Ğülşah” zei: ‘ça va’"
    write(text=words)
    assert Note.objects.latest("pk").text == words
    assert words in show()


@pytest.mark.django_db
def test_somebody_who_lives_elsewhere_can_not_be_chosen(write, small_team, cast):
    other = actions.make_household(name="Elders", team=small_team.team, coordinator=small_team.anna, by=small_team.anna)
    stranger = actions.add_resident(household=other, first_name="Vreemde", by=small_team.anna)
    assert write(about=[stranger.pk]).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize(("visitor", "status"), [("amir", 403), ("pascal", 403), ("dennis", 404), ("bart", 404)])
def test_only_the_coordinator_writes_and_corrects(write, bakelaar, as_, visitor, status):
    assert write(by=visitor).status_code == status
    note = bakelaar.notes.first()
    assert as_(visitor).post(at("households:correct_note", bakelaar, note.pk), filled_in()).status_code == status
    assert not Note.objects.filter(original=note).exists()


# ---- correcting


@pytest.mark.django_db
def test_a_correction_stands_in_the_place_of_the_old_text_which_can_be_read(write, show, bakelaar, as_):
    write(text="Samira gebeld, zij wil niet.")
    note = Note.objects.latest("pk")
    correct = at("households:correct_note", bakelaar, note.pk)
    assert Page(as_("jolanda").get(correct)).fields["text"] == "Samira gebeld, zij wil niet."
    assert as_("jolanda").post(correct, filled_in(text="Samira gebeld, zij wil wel.")).status_code == 302
    newest = Note.objects.latest("pk")
    again = at("households:correct_note", bakelaar, newest.pk)
    as_("jolanda").post(again, filled_in(text="Samira gebeld, zij wil graag."))
    page = show()
    assert page.count("Samira gebeld") == 3
    assert (
        page.index("graag") < page.index("Verbeterd: wat hier eerst stond") < page.index("wel.") < page.index("niet.")
    )
    assert Page(as_("jolanda").get(at("desk:household", bakelaar))).text.count("Samira gebeld") == 1


@pytest.mark.django_db
def test_two_corrections_of_one_text_can_not_both_count(write, bakelaar, as_):
    write()
    correct = at("households:correct_note", bakelaar, Note.objects.latest("pk").pk)
    assert as_("jolanda").post(correct, filled_in(text="De eerste.")).status_code == 302
    answer = as_("jolanda").post(correct, filled_in(text="De tweede."))
    assert answer.status_code == 422
    assert "Dit is intussen al verbeterd." in Page(answer).text
    assert "De tweede." in answer.content.decode()


@pytest.mark.django_db
def test_the_database_refuses_to_change_what_was_written(write):
    write()
    with pytest.raises(ProgrammingError, match="Cannot update"):
        sql("UPDATE households_note SET kind = 'IMPRESSION'")


@pytest.mark.django_db
def test_what_was_written_can_be_read_in_no_table(write):
    write(kind="SAID", said_by="De Snaterbuurvrouw")
    found = [name for name, rows in everything().items() if "Kwetterpoel" in rows or "Snaterbuurvrouw" in rows]
    assert found == []


# ---- reading


@pytest.mark.django_db
def test_everything_that_happened_stands_there_newest_first(show, bakelaar):
    page = show() + show(blad=2) + show(blad=3)
    for said in (
        "Huishouden vastgelegd", "Signaal ontvangen", "Antwoord aan de melder", "Plan begonnen", "Doel toegevoegd",
        "Actie klaar", "Verhaal, verteld door Ruud", "Toestemming gevraagd over Ruud Bakelaar", "Uitgenodigd voor de kring",
        "Rondetafel", "Ruud zegt",
    ):  # fmt: skip
        assert said in page, said
    assert page.index("Ik slaap weer") < page.index("Rondetafel") < page.index("Twee keer gebeld")


@pytest.mark.django_db
def test_a_step_of_an_action_is_told_with_who_took_it(bakelaar, as_, show):
    goal = bakelaar.plans.get().goals.first()
    jolanda = bakelaar.coordinator
    action = plan_actions.add_action(goal=goal, what="De brommer verkopen.", owner=jolanda, by=jolanda, due_on=TODAY())
    as_("jolanda").post(reverse("plans:move_action", args=[bakelaar.number, action.pk]), {"to": "DONE"})
    page = show("brommer")
    assert "Actie klaar" in page
    assert "Jolanda Terpstra" in page[page.index("Actie klaar") : page.index("De brommer")]


@pytest.mark.django_db
def test_what_they_ask_for_and_what_was_decided_stands_there(bakelaar, cast, show):
    jolanda, ruud = cast.jolanda, bakelaar.members.get(resident__first_name="Ruud")
    ours = {"household": bakelaar, "by": jolanda}
    application = plan_actions.apply_for_help(
        resident=ruud.resident, law=Application.Law.WMO, applied_on=TODAY(), **ours
    )
    soon = application.decide_by + timedelta(days=9)
    plan_actions.suspend_application(application=application, until=soon, because="Het advies komt nog.", by=jolanda)
    plan_actions.correct_law(application=application, law=Application.Law.YOUTH, by=jolanda)
    plan_actions.decide_application(
        application=application, outcome=Application.Outcome.PARTLY, decided_on=TODAY(), by=jolanda
    )
    plan_actions.correct_law(application=application, law=Application.Law.WMO, by=jolanda)
    asked = show("aanvraag")
    for said in ("Aanvraag ingediend, Wmo", "Over een aanvraag wordt later besloten", "Het advies komt nog."):
        assert said in asked, said
    assert [asked.count(said) for said in ("Jeugdwet: deels toegekend", "bij een aanvraag is verbeterd")] == [1, 2]
    assert "Aanvraag ingediend" in show(wie=ruud.resident_id)

    own_plan = plan_actions.offer_own_plan(
        kind=OwnPlan.Kind.FAMILY, offered_on=TODAY(), told_by="Jolanda", until=soon, **ours
    )
    said = {"they_say": "Met oma Kwik.", "chosen_on": TODAY(), "until": soon}
    plan_actions.choose_own_plan(own_plan=own_plan, choice=Choice.YES, by=jolanda, **said)
    plan_actions.choose_own_plan(own_plan=own_plan, choice=Choice.YES, by=jolanda, **said)
    offered = show("familiegroepsplan")
    assert [offered.count(f"Familiegroepsplan: {what}") for what in ("aangeboden", "ze maken er een")] == [1, 1]
    assert "Met oma Kwik." in show("kwik")

    plan_actions.check_schemes(
        household=bakelaar, said={"kindpakket": Said("ASKED", "Via school")}, on=TODAY(), by=jolanda
    )
    assert "Regeling: aangevraagd" in show("school")
    actions.note_own_marks(member=ruud, marks={"BODY": 6, "JOY": 4}, said_on=TODAY(), by=jolanda)
    marks = show("eigen leven een cijfer", wie=ruud.resident_id)
    assert "Mijn lichaam: 6" in marks
    assert "Jolanda Terpstra" in marks


@pytest.mark.django_db
def test_what_was_agreed_reminded_and_cancelled_stands_there(bakelaar, cast, show):
    jolanda, goal = cast.jolanda, bakelaar.plans.get().goals.first()
    action = plan_actions.add_action(
        goal=goal, what="De kwispel uitlaten.", owner=cast.dennis, by=jolanda, due_on=TODAY()
    )
    plan_actions.remind_by_hand(action=action, by=jolanda)
    assert "Herinnerd aan een actie" in show("kwispel")
    met = plan_actions.plan_meeting(
        household=bakelaar, kind="CASE", starts_at=timezone.now() + timedelta(days=3), purpose="Over de kwispel.",
        people=[cast.dennis], by=jolanda,
    )  # fmt: skip
    plan_actions.decide(meeting=met, what="De kwispel mag blijven.", voices={}, by=jolanda)
    assert "afgezegd" not in show("kwispel")
    plan_actions.cancel_meeting(meeting=met, by=jolanda)
    found = show("kwispel")
    assert "Besloten in een overleg" in found
    assert "Casusoverleg afgezegd" in found


@pytest.mark.django_db
def test_money_stands_there_for_who_reads_about_the_money(bakelaar, cast, show):
    line = plan_actions.ask_budget(
        household=bakelaar, amount=Decimal(75), split={}, decider=cast.amir, by=cast.jolanda, domain="MONEY",
        purpose="Een kwartetspel.", motivation="Voor samen.",
    )  # fmt: skip
    plan_actions.decide_budget(line=line, granted=True, reason="Goed idee.", by=cast.amir)
    plan_actions.pay_budget(line=line, paid_on=TODAY(), by=cast.jolanda)
    found = show("kwartetspel")
    assert "€ 75,00" in found
    for state in ("gevraagd", "toegekend", "betaald"):
        assert f"Geld: {state}" in found, state
    actions.break_glass(household=bakelaar, reason="Een goede reden.", by=cast.wietske)
    assert "Niets gevonden" in show("kwartetspel", by="wietske")


@pytest.mark.django_db
def test_one_kind_and_one_person_can_be_chosen(show, bakelaar):
    milan = bakelaar.members.get(resident__first_name="Milan").resident
    assert "Signaal ontvangen" not in show(soort="CONTACT")
    assert "Twee keer gebeld" in show(soort="CONTACT")
    about_milan = show(wie=milan.pk)
    assert "vertelde uit zichzelf over voetbal" in about_milan
    assert "Twee keer gebeld" not in about_milan


@pytest.mark.django_db
def test_words_are_sought_in_what_is_encrypted_and_stand_in_no_address_and_no_log(show, bakelaar, as_):
    found = show("RONDETAFEL karin")
    assert "1 gebeurtenis, nieuwste eerst" in found
    assert "Niets gevonden" in show("blauwezwaluw")
    line = AccessLogEntry.objects.filter(event="search timeline").latest("pk")
    assert (line.household, line.hits) == (bakelaar, 0)
    assert not [name for name, rows in everything().items() if "blauwezwaluw" in rows]
    assert "1 gebeurtenis" not in show(q="rondetafel")  # not by an address


@pytest.mark.django_db
def test_an_invented_kind_or_person_is_refused(bakelaar, as_):
    for wrong in ({"soort": "ALLES"}, {"wie": "999999"}, {"wie": "x"}):
        assert as_("jolanda").get(at("desk:timeline", bakelaar), wrong).status_code == 422


@pytest.mark.django_db
def test_it_asks_the_same_number_of_queries_for_a_long_life(bakelaar, as_, cast):
    client, address = as_("jolanda"), at("desk:timeline", bakelaar)
    ruud = bakelaar.members.get(resident__first_name="Ruud").resident
    goal = bakelaar.plans.get().goals.first()

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    def live(times: int) -> None:
        for number in range(times):
            facts = {"kind": "FACT", "occasion": "PHONE", "happened_on": TODAY(), "about": [ruud], "by": cast.jolanda}
            note = actions.write_note(household=bakelaar, text=f"Gebeld, {number}.", **facts)
            actions.write_note(household=bakelaar, text="Beter.", corrects=note, **facts)
            action = plan_actions.add_action(
                goal=goal, what="Bellen.", owner=cast.jolanda, by=cast.jolanda, due_on=TODAY()
            )
            client.post(reverse("plans:move_action", args=[bakelaar.number, action.pk]), {"to": "DONE"})
            plan_actions.remind_by_hand(action=action, by=cast.jolanda)
            line = plan_actions.ask_budget(
                household=bakelaar, amount=Decimal(9), split={}, decider=cast.amir, by=cast.jolanda, domain="MONEY",
                purpose="Iets.", motivation="Daarom.",
            )  # fmt: skip
            plan_actions.decide_budget(line=line, granted=False, reason="Nee.", by=cast.amir)

    with time_machine.travel(timezone.now(), tick=False):  # so that no look writes down that somebody is still there
        live(1)
        few = queries()
        live(29)
        assert queries() == few == 43
