"""Who has seen my details? What residents read, what the coordinator chooses, and what the privacy officer sees."""

import io
import re
from datetime import date, timedelta

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from households import access, chain, events, pdf, seen
from households import actions as household_actions
from households.models import AccessLogEntry, Consent, Household, HouseholdMember, Resident
from households.tasks import check_access_log
from tests.helpers import Page, sql
from tests.log.working import tamper
from tests.test_pdf import read

Action = access.Action
TODAY = timezone.localdate


def look(household: Household, by, *, action=Action.VIEW, event: str = "household", **more) -> None:
    access.record(action=action, event=event, about=household, by=by, **more)


@pytest.fixture
def home(small_team) -> Household:
    """A household where nothing has happened yet, except that Roos lives there."""
    household = household_actions.make_household(
        name="Zonnedauw", team=small_team.team, coordinator=small_team.anna, by=small_team.anna
    )
    household_actions.add_resident(household=household, by=small_team.anna, first_name="Roos", last_name="Zonnedauw")
    return Household.objects.select_related("team", "coordinator").get(pk=household.pk)


@pytest.fixture
def roos(home) -> Resident:
    return Resident.objects.get(memberships__household=home)


@pytest.fixture
def anna(small_team) -> Client:
    client = Client()
    client.force_login(small_team.anna)
    return client


def told(home: Household, resident: Resident, **period) -> list[tuple[str, list[str], str]]:
    return [(entry.who, entry.what, entry.why) for entry in seen.who_looked(home, resident, **period)]


# ---- what the resident reads


def test_what_one_person_did_on_one_day_is_one_line(home, roos, small_team):
    for _ in range(5):
        look(home, small_team.anna)
    look(home, small_team.anna, action=Action.PRINT, event="print plan")
    (entry,) = seen.who_looked(home, roos)
    assert (entry.day, entry.who, entry.organisation) == (TODAY(), "regisseur", "Gemeente Elders")
    assert entry.what[-2:] == ["bekeek uw gegevens en uw plan", "printte uw plan"]
    assert entry.why == "is uw regisseur"


def test_another_day_another_person_and_another_ground_are_other_lines_oldest_first(home, roos, small_team):
    with time_machine.travel(timezone.localtime() - timedelta(days=3)):
        look(home, small_team.anna)
    look(home, small_team.omar, basis="EMERGENCY 4")
    look(home, small_team.omar, basis="GRANT 2")
    days_and_reasons = [(entry.day, entry.why) for entry in seen.who_looked(home, roos)]
    assert days_and_reasons == [
        (TODAY() - timedelta(days=3), "is uw regisseur"),
        (TODAY(), "is uw regisseur"),
        (TODAY(), "kon niet wachten op uw regisseur, en schreef op waarom"),
        (TODAY(), "helpt mee met uw plan"),
    ]


@pytest.mark.parametrize(
    ("action", "facts", "what", "why"),
    [
        ("DENIED", {}, "wilde kijken, maar dat mocht niet", "mocht dit niet zien"),
        ("SEARCH", {"event": "search"}, "zag uw huishouden in een lijst", "zocht een huishouden voor het team"),
        ("OVERRIDE", {"event": "?", "basis": "OVERRIDE 2"}, "deelde iets over u zonder toestemming",
         "mocht dit van de wet zonder toestemming, en schreef op waarom"),
        ("VIEW", {"basis": "OVERSIGHT"}, "bekeek uw gegevens en uw plan", "controleert of wij goed met uw gegevens omgaan"),
        ("VIEW", {"event": "something new"}, "bekeek iets over u", "had het nodig voor het werk van het team"),
        ("UPDATE", {"event": "something new"}, "veranderde iets over u", "had het nodig voor het werk van het team"),
    ],
)  # fmt: skip
def test_every_kind_of_line_is_told_in_plain_words(action, facts, what, why, home, roos, small_team):
    look(home, small_team.omar, action=Action(action), **facts)
    assert told(home, roos)[-1] == ("regisseur", [what], why)


def test_who_stood_in_says_so(home, roos, small_team):
    look(home, small_team.omar, basis="ASSIGNMENT", on_behalf_of=small_team.anna)
    assert told(home, roos)[-1][2] == "viel in voor een collega"


def test_who_was_coordinator_then_is_told_as_such(home, roos, small_team):
    look(home, small_team.anna)
    Household.objects.filter(pk=home.pk).update(coordinator=small_team.omar)
    home.refresh_from_db()
    assert told(home, roos)[-1][2] == "was toen uw regisseur"


def test_whose_consent_it_was_is_told_right(home, roos, small_team):
    other = household_actions.add_resident(household=home, by=small_team.anna, first_name="Mees")
    facts = {
        "household": home, "kind": Consent.Kind.SHARE_INFO, "by": small_team.anna, "given_on": TODAY(),
        "recipient": small_team.partner, "items": ["MONEY"],
    }  # fmt: skip
    (mine,) = household_actions.record_consent(residents=[roos], **facts)
    (his,) = household_actions.record_consent(residents=[other], **facts)
    look(home, small_team.omar, basis=f"CONSENT {mine.pk}, {his.pk}")
    look(home, small_team.omar, basis=f"CONSENT {his.pk}")
    assert [why for _who, _what, why in told(home, roos)][-2:] == [
        "u gaf toestemming", "iemand in uw huishouden gaf toestemming",
    ]  # fmt: skip


def test_what_concerns_another_resident_only_is_not_told(home, roos, small_team):
    with time_machine.travel(timezone.localtime() - timedelta(days=2)):
        household_actions.add_resident(household=home, by=small_team.anna, first_name="Mees")
    assert all(entry.day == TODAY() for entry in seen.who_looked(home, roos))


def test_a_child_of_two_households_reads_nothing_of_the_other(home, roos, small_team):
    other = household_actions.make_household(
        name="Elders", team=small_team.team, coordinator=small_team.omar, by=small_team.omar
    )
    HouseholdMember.objects.create(household=other, resident=roos)
    look(other, small_team.omar)
    assert roos.pk in AccessLogEntry.objects.latest("pk").subject_ids
    here, there = seen.who_looked(home, roos), seen.who_looked(other, roos)
    assert {entry.why for entry in here} == {entry.why for entry in there} == {"is uw regisseur"}
    assert len(here) == len(there) == 1
    assert here[0].what != there[0].what


def test_a_reporter_is_not_on_the_list(ilses_signal, small_team):
    household = ilses_signal.household
    resident = household.members.first().resident
    entries = seen.who_looked(household, resident)
    assert entries
    assert any(entry.of_signal for entry in entries)
    words = str(entries)
    for secret in ("Ilse", "Waanders", "Zonneboog", "kraamverzorgende", "melder"):
        assert secret not in words


def test_staff_is_shown_by_function_unless_the_municipality_chose_names(home, roos, small_team, settings):
    small_team.omar.function = "jeugdconsulent"
    small_team.omar.save()
    look(home, small_team.omar)
    assert told(home, roos)[-1][0] == "jeugdconsulent"
    settings.NAME_STAFF = True
    assert told(home, roos)[-1][0] == "Omar Duinhof, jeugdconsulent"


def test_somebody_whose_account_is_gone_is_still_on_the_list(home, roos, small_team):
    access.record(action=Action.VIEW, event="household", about=home, by=small_team.omar)
    sql("DELETE FROM partners_teammembership WHERE professional_id = %s", small_team.omar.pk)
    sql("DELETE FROM partners_professional WHERE id = %s", small_team.omar.pk)
    assert told(home, roos)[-1][0] == "iemand die hier niet meer werkt"


def test_the_last_year_or_a_chosen_period(home, roos, small_team):
    for days in (400, 200, 100):
        with time_machine.travel(timezone.localtime() - timedelta(days=days)):
            look(home, small_team.omar, subjects=[roos.pk])
    ago = {days: TODAY() - timedelta(days=days) for days in (400, 200, 100, 0)}
    assert [entry.day for entry in seen.who_looked(home, roos)] == [ago[200], ago[100], ago[0]]
    period = {"since": ago[400], "until": ago[200]}
    assert [entry.day for entry in seen.who_looked(home, roos, **period)] == [ago[400], ago[200]]


def test_it_asks_two_queries_whatever_there_is(home, roos, small_team, django_assert_num_queries):
    for _ in range(30):
        look(home, small_team.omar)
    with django_assert_num_queries(2):
        seen.who_looked(home, roos)


def test_every_event_has_words(settings):
    """What stands in the code as an event is told in words, to colleagues and to residents."""
    found = set()
    for folder in ("households", "plans", "signals"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            found |= set(re.findall(r'event="([a-z ]+)"', path.read_text()))
    assert len(found) > 30
    assert found <= events.EVENTS.keys()
    assert events.TO_RESIDENTS.keys() <= events.EVENTS.keys()


# ---- on paper


def test_the_paper_says_what_to_do_and_whom_to_call_on_each_page(home, roos, small_team):
    for days in range(120):
        with time_machine.travel(timezone.localtime() - timedelta(days=days)):
            look(home, small_team.omar, subjects=[roos.pk])
    pages = read(pdf.who_looked(home, roos))
    assert len(pages) > 4
    assert "Wie heeft mijn gegevens gezien?" in pages[0]
    assert "Roos" in pages[0]
    assert "U hoeft niets te doen." in pages[0]
    for number, text in enumerate(pages, 1):
        assert "000-000 09 01" in text
        assert f"Bladzijde {number} van {len(pages)}" in text
    whole = " ".join(pages)
    assert whole.count("Bekeek uw gegevens en uw plan") == 120
    for secret in ("Zonnedauw", "Omar", home.number):
        assert secret not in whole


def test_every_reader_can_use_the_paper(home, roos):
    with pikepdf.open(io.BytesIO(pdf.who_looked(home, roos))) as file:
        facts = file.Root.Metadata.read_bytes().decode()
        assert "<pdfuaid:part>1</pdfuaid:part>" in facts
        assert 'pdfaid:part="2"' in facts
        assert str(file.Root.Lang) == "nl"
        assert str(file.docinfo["/Title"]) == "Wie heeft mijn gegevens gezien? Roos"


def test_the_paper_of_days_without_a_look_says_so(home, roos):
    ago = date(2020, 1, 1)
    text = " ".join(read(pdf.who_looked(home, roos, since=ago, until=ago)))
    assert "In deze dagen keek niemand naar uw gegevens." in text
    assert "Van 1 januari 2020 tot en met 1 januari 2020." in text


# ---- the page of the coordinator


def test_the_coordinator_sees_it_and_prints_the_same_days(anna, home, roos):
    days = f"van={TODAY()}&tot={TODAY()}"
    address = reverse("households:who_looked", args=[home.number, roos.pk])
    page = Page(anna.get(f"{address}?{days}"))
    assert "Schreef uw huishouden op" in page.text
    links = [attrs["href"] for tag, attrs in page.elements if tag == "a" and ".pdf" in attrs.get("href", "")]
    assert links == [f"{address.rstrip('/')}.pdf?{days}"]
    answer = anna.get(links[0])
    assert answer["Content-Type"] == "application/pdf"
    assert "Schreef uw huishouden op" in " ".join(read(answer.content))
    assert AccessLogEntry.objects.latest("pk").action == "PRINT"


def test_the_coordinator_is_warned_when_it_tells_of_a_signal(as_, anna, home, roos, bakelaar):
    warning = "dat iemand ons iets vertelde"
    page = as_("jolanda").get(
        reverse("households:who_looked", args=[bakelaar.number, bakelaar.members.first().resident_id])
    )
    assert warning in page.content.decode()
    assert warning not in anna.get(reverse("households:who_looked", args=[home.number, roos.pk])).content.decode()


@pytest.mark.parametrize("route", ["households:who_looked", "households:print_who_looked"])
def test_a_resident_of_another_household_is_not_here(route, anna, home, bakelaar):
    other = bakelaar.members.first().resident_id
    assert anna.get(reverse(route, args=[home.number, other])).status_code == 404


BAD = {
    "van=gisteren": "Schrijf de datum als dag, maand en jaar, zoals 27-11-2026.",
    "van=2026-11-20&tot=2026-11-01": "Kies dezelfde dag als de eerste, of een latere.",
    "van=0001-01-01": "Kies een dag tussen 2000 en 2100.",
    "tot=9999-12-31": "Deze dag is heel ver weg. Kijk nog eens naar het jaar.",
}


@pytest.mark.parametrize("days", BAD)
@pytest.mark.parametrize("route", ["desk:log", "households:who_looked"])
def test_days_that_can_not_be_are_said_at_the_field(days, route, anna, home, roos):
    address = reverse(route, args=[home.number] if route == "desk:log" else [home.number, roos.pk])
    answer = anna.get(f"{address}?{days}")
    assert answer.status_code == 422
    page = Page(answer)
    assert BAD[days] in page.text
    for name, value in (part.split("=") for part in days.split("&")):
        assert page.fields[name] == value


def test_a_print_of_days_that_can_not_be_goes_back_to_the_page(anna, home, roos):
    answer = anna.get(reverse("households:print_who_looked", args=[home.number, roos.pk]) + "?van=gisteren")
    assert answer.url == reverse("households:who_looked", args=[home.number, roos.pk]) + "?van=gisteren"


# ---- the log of the household


def test_the_log_shows_a_period_and_one_kind(anna, home, small_team):
    with time_machine.travel(timezone.localtime() - timedelta(days=40)):
        look(home, small_team.omar, action=Action.PRINT, event="print plan")
    look(home, small_team.omar, action=Action.SHARE, event="give feedback")
    address = reverse("desk:log", args=[home.number])
    before = TODAY() - timedelta(days=30)

    def shown(days: str) -> tuple[bool, bool]:
        text = Page(anna.get(f"{address}?{days}")).text
        return "printte het plan" in text, "gaf de melder antwoord" in text

    assert shown("") == (True, True)
    assert shown(f"van={before}") == (False, True)
    assert shown(f"tot={before}") == (True, False)
    assert shown("soort=PRINT") == (True, False)
    assert shown(f"van={before}&soort=PRINT") == (False, False)
    assert anna.get(f"{address}?soort=ALLES").status_code == 422


def test_the_choice_stays_on_the_next_page(anna, home, small_team):
    for _ in range(60):
        look(home, small_team.omar, action=Action.PRINT, event="print plan")
    look(home, small_team.omar, action=Action.SHARE, event="give feedback")
    address = reverse("desk:log", args=[home.number])
    page = Page(anna.get(f"{address}?van={TODAY()}&soort=PRINT"))
    next_page = next(attrs["href"] for tag, attrs in page.elements if "blad=2" in attrs.get("href", ""))
    second = Page(anna.get(address + next_page))
    assert "Bladzijde 2 van 2" in second.text
    assert "gaf de melder antwoord" not in second.text


@pytest.mark.parametrize(("name", "expected"), [("desk:log", 9), ("households:who_looked", 9)])
def test_the_number_of_queries_is_the_same_for_one_line_and_for_many(name, expected, anna, home, roos, small_team):
    address = reverse(name, args=[home.number] if name == "desk:log" else [home.number, roos.pk])
    anna.get(address)
    asked = []
    for more in (0, 45):
        for _ in range(more):
            look(home, small_team.omar)
        with CaptureQueriesContext(connection) as queries:
            anna.get(f"{address}?van={TODAY()}")
        asked.append(len(queries))
    assert asked == [expected, expected]


# ---- the privacy officer


@pytest.fixture
def els(as_) -> Client:
    return as_("els")


def ask(els: Client, number: str, **more: str):
    return els.post(reverse("desk:privacy"), {"number": number, "van": "", "tot": "", **more})


def test_the_privacy_officer_sees_who_looked_and_nothing_of_the_household(els, bakelaar, cast):
    look(bakelaar, cast.amir, basis="EMERGENCY 4")
    page = Page(ask(els, bakelaar.number))
    for words in ("Amir Boulahrouf-Smit", "regisseur, Gemeente Wilgenrade", "noodopening 4", "bekeek het huishouden"):
        assert words in page.text
    for secret in (bakelaar.name, bakelaar.address, "Ruud", "Samira", "Idrissi"):
        assert secret not in page.text


def test_each_look_at_the_register_is_a_line_of_that_household(els, bakelaar, cast):
    els.get(reverse("desk:privacy"))
    ask(els, bakelaar.number)
    ask(els, "2026-999999")
    lines = AccessLogEntry.objects.order_by("-pk")[:3][::-1]
    assert {(line.actor, line.action, line.event, line.basis) for line in lines} == {
        (cast.els, "VIEW", "privacy register", "OVERSIGHT")
    }
    assert [line.household for line in lines] == [None, bakelaar, None]
    entry = seen.who_looked(bakelaar, bakelaar.members.first().resident)[-1]
    assert entry.what == ["bekeek wie uw gegevens zagen"]


def test_the_number_is_asked_for_and_stands_in_no_address(els, bakelaar):
    assert "Schrijf het nummer van het huishouden." in Page(ask(els, "")).text
    unknown = ask(els, "2026-999999")
    assert unknown.status_code == 422
    assert "Er is geen huishouden met dit nummer." in Page(unknown).text
    assert Page(unknown).fields["number"] == "2026-999999"
    page = Page(ask(els, f" {bakelaar.number} "))
    assert not [attrs for _tag, attrs in page.elements if bakelaar.number in attrs.get("href", "")]


def test_the_register_goes_on_on_the_next_page_and_keeps_to_its_days(els, bakelaar, cast):
    for _ in range(60):
        look(bakelaar, cast.amir)
    chosen = {"van": str(TODAY()), "tot": str(TODAY())}
    first = Page(ask(els, bakelaar.number, **chosen))
    assert ("button", "2") in {
        (tag, attrs.get("value")) for tag, attrs in first.elements if attrs.get("name") == "blad"
    }
    second = Page(ask(els, bakelaar.number, blad="2", **chosen))
    assert "Bladzijde 2 van 2" in second.text
    assert second.still_holds({"number": bakelaar.number, **chosen})


def test_refusals_and_totals_of_the_last_thirty_days(els, bakelaar, cast):
    with time_machine.travel(timezone.localtime() - timedelta(days=31)):
        look(bakelaar, cast.pascal, action=Action.DENIED, event="own words")
    look(bakelaar, cast.amir, action=Action.DENIED, event="next step")
    page = Page(els.get(reverse("desk:privacy")))
    assert "geweigerd: bekeek de volgende stap" in page.text
    assert "geweigerd: bekeek de eigen woorden" not in page.text
    assert bakelaar.number in page.text
    assert re.search(r"Geweigerd \d+", page.text)


def test_the_state_of_the_log_is_shown(els, bakelaar, cast):
    def state() -> str:
        return Page(els.get(reverse("desk:privacy"))).text

    check_access_log()
    assert "Er is geen regel gewijzigd of weggehaald." in state()
    with time_machine.travel(timezone.localtime() + timedelta(days=3)):
        els.logout()
        els.force_login(cast.els)
        assert "Te lang niet gecontroleerd" in state()
    els.force_login(cast.els)
    tamper("UPDATE households_accesslogentry SET event = 'x' WHERE household_id = %s", bakelaar.pk)
    check_access_log()
    assert "Op 1 plek zijn regels gewijzigd of weg." in state()
    assert chain.check().broken == 1


def test_only_who_reads_registers_has_it_in_the_menu(as_):
    for name, there in (("els", True), ("jolanda", False), ("bart", False)):
        page = Page(as_(name).get(reverse("desk:my_day")))
        assert (reverse("desk:privacy") in [attrs.get("href") for _tag, attrs in page.elements]) is there


def test_the_page_asks_the_same_number_of_queries_for_many_lines(els, bakelaar, cast):
    asked = []
    ask(els, bakelaar.number)
    for more in (1, 40):
        for _ in range(more):
            look(bakelaar, cast.amir)
            look(bakelaar, cast.amir, action=Action.DENIED)
        with CaptureQueriesContext(connection) as queries:
            ask(els, bakelaar.number)
        asked.append(len(queries))
    assert asked == [15, 15]
