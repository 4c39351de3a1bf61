"""Who lives in a household: how to reach somebody, what this person speaks and wishes, and where they lived before."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from households.models import EarlierAddress, Resident
from tests.helpers import Page, mails, sql
from tests.test_speed import queries

WISHES = "Ik wil leren zwemmen 🏊, en mijn “eigen” <taart> bakken."
FILLED_IN = {
    "first_name": "Roos", "last_name": "Zonnedauw", "birth_date": "1984-03-01", "contact_by": "SOMEBODY",
    "contact_through": "haar zus Til", "contact_note": "Na zes uur.", "phone": "000-000 07 01", "email": "",
    "languages": "Tigrinya, een beetje Nederlands", "needs_interpreter": "on", "rather_not_reads": "on",
    "wishes": WISHES, "lives_here": "on",
}  # fmt: skip


@pytest.fixture
def change(home):
    return reverse("households:change_resident", args=[home.household.number, home.roos.resident_id])


@pytest.fixture
def add(home):
    return reverse("households:add_resident", args=[home.household.number])


def test_what_was_filled_in_is_kept_stands_on_the_card_and_in_the_form(home, change, anna):
    assert anna.post(change, FILLED_IN).status_code == 302
    home.roos.refresh_from_db()
    assert (home.roos.contact_through, home.roos.languages, home.roos.wishes) == (
        "haar zus Til", "Tigrinya, een beetje Nederlands", WISHES,
    )  # fmt: skip
    card = Page(anna.get(reverse("desk:household", args=[home.household.number])))
    for words in (
        "Via een naaste: haar zus Til", "leest liever niet. Lees het samen hardop.",
        "tolk nodig: Tigrinya, een beetje Nederlands.", WISHES,
    ):  # fmt: skip
        assert words in card.text
    assert Page(anna.get(change)).still_holds(FILLED_IN)


def test_what_they_speak_and_wish_is_cipher_in_the_database(home, change, anna):
    anna.post(change, FILLED_IN)
    for table in ("householdmember", "householdmemberevent"):
        rows = sql(f"SELECT contact_through, languages, wishes FROM households_{table} WHERE languages <> ''")
        assert rows
        assert all(value.startswith("gAAAA") for row in rows for value in row)


def test_who_is_reached_through_somebody_has_somebody(home, change, anna):
    refused = anna.post(change, FILLED_IN | {"contact_through": ""})
    assert refused.status_code == 422
    assert "Vul in via wie, zoals: zijn moeder." in Page(refused).text
    assert Page(refused).still_holds(FILLED_IN | {"contact_through": ""})


def test_before_an_own_page_is_mailed_one_reads_who_would_rather_not(home, change, anna):
    anna.post(change, FILLED_IN | {"contact_by": "PAPER", "email": "roos@thuis.example"})
    page = Page(anna.get(reverse("households:own_page", args=[home.household.number, home.roos.resident_id])))
    assert "Roos krijgt liever geen e-mail." in page.text
    assert "Roos leest liever niet." in page.text
    assert mails("roos@thuis.example") == []


# ---- what can not be


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (timezone.localdate() + timedelta(days=2), "Deze dag is er nog niet geweest."),
        (date(timezone.localdate().year - 130, 1, 1), "meer dan 120 jaar geleden"),
        ("2025-02-30", "Schrijf de datum als dag, maand en jaar"),
        ("0000-00-00", "Schrijf de datum als dag, maand en jaar"),
    ],
)
def test_nobody_is_born_tomorrow_or_130_years_ago(born, said, home, add, anna):
    typed = FILLED_IN | {"first_name": "Pip", "birth_date": f"{born}"}
    refused = anna.post(add, typed)
    assert (refused.status_code, home.household.members.count()) == (422, 1)
    assert said in Page(refused).text
    assert 'aria-invalid="true"' in refused.content.decode()
    assert Page(refused).still_holds(typed)


@pytest.mark.parametrize(
    "name", ["Zoë 🌻", "שרה", "فاطمة الزهراء", "O’Brien & <b>Zn</b>", "Ǎn-Ĭ", "👩‍👩‍👧", "李小龍", "x" * 60]
)
def test_a_name_is_kept_letter_for_letter(name, home, add, anna):
    assert anna.post(add, FILLED_IN | {"first_name": name}).status_code == 302
    assert Resident.objects.latest("pk").first_name == name
    assert name in Page(anna.get(reverse("desk:household", args=[home.household.number]))).text


def test_a_name_that_is_too_long_stays_in_the_form(home, add, anna):
    typed = FILLED_IN | {"first_name": "x" * 61}
    refused = anna.post(add, typed)
    assert (refused.status_code, home.household.members.count()) == (422, 1)
    assert Page(refused).still_holds(typed)


# ---- moving


def test_who_moves_keeps_the_address_before_with_its_days(home, anna):
    facts, today = reverse("households:facts", args=[home.household.number]), home.today
    first, second = today - timedelta(days=40), today - timedelta(days=3)
    for address, day in (("Dijkweg 4", first), ("Rietgorslaan 1", second)):
        assert anna.post(facts, {"name": "Zonnedauw", "address": address, "moved_on": f"{day}"}).status_code == 302
    home.household.refresh_from_db()
    assert home.household.address == "Rietgorslaan 1"
    assert list(home.household.earlier_addresses.values_list("moved_in_on", "moved_out_on")) == [
        (first, second), (None, first),
    ]  # fmt: skip
    page = Page(anna.get(facts)).text
    assert "Dijkweg 4" in page
    assert "Kadestraat 12B" in page


def test_a_typing_error_in_an_address_is_no_move(home, anna):
    anna.post(
        reverse("households:facts", args=[home.household.number]), {"name": "Zonnedauw", "address": "Kadestraat 12"}
    )
    assert not EarlierAddress.objects.exists()


def test_what_was_protected_stays_so_after_a_move(home, anna):
    facts = reverse("households:facts", args=[home.household.number])
    anna.post(facts, {"name": "Zonnedauw", "address": "Kadestraat 12B", "address_protected": "on"})
    anna.post(facts, {"name": "Zonnedauw", "address": "Dijkweg 4", "moved_on": f"{home.today}"})
    assert home.household.earlier_addresses.get().shown_address == ""
    assert "Kadestraat" not in anna.get(facts).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"moved_on": f"{timezone.localdate() + timedelta(days=2)}", "address": "Dijkweg 4"}, "Kies vandaag of een eerdere dag."),
        ({"moved_on": "1066-10-14", "address": "Dijkweg 4"}, "Dit is te lang geleden."),
        ({"moved_on": f"{timezone.localdate()}", "address": "Kadestraat 12B"}, "Vul het nieuwe adres in"),
    ],
)  # fmt: skip
def test_an_impossible_move_is_refused_and_nothing_is_lost(typed, said, home, anna):
    refused = anna.post(reverse("households:facts", args=[home.household.number]), {"name": "Zonnedauw"} | typed)
    assert refused.status_code == 422
    assert said in Page(refused).text
    assert Page(refused).still_holds({"name": "Zonnedauw"} | typed)
    home.household.refresh_from_db()
    assert home.household.address == "Kadestraat 12B"


def test_the_household_page_asks_no_more_for_more_residents(home, lives_in, anna):
    born, address = date(home.today.year - 17, 1, 1), reverse("desk:household", args=[home.household.number])
    lives_in(home.household, "Bewoner", birth_date=born)
    one = queries(anna, address)
    for number in range(29):
        lives_in(home.household, f"Bewoner {number}", birth_date=born, wishes="Zwemmen")
    assert (one, queries(anna, address)) == (5, 5)
