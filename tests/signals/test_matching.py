"""Is this about people whom we know? Households and earlier signals that look like what the reporter wrote."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from households import access
from households import actions as household_actions
from households.alike import Wanted
from households.models import AccessLogEntry, Household, Resident
from signals import actions
from signals.models import Signal
from tests import many
from tests.helpers import Page, everything


@pytest.fixture
def home(small_team):
    """A household of Anna: a family of two surnames, at an address with an addition."""

    def make(name: str = "Van den Bergh-Idrissi", address: str = "Kadestraat 12B", **facts: object) -> Household:
        anna = small_team.anna
        return household_actions.make_household(
            name=name, address=address, team=small_team.team, coordinator=anna, by=anna, **facts
        )

    return make


@pytest.fixture
def suggested(small_team):
    """What is suggested to Omar of the same team: the name of each household, with why."""

    def suggested(**known: object) -> dict[str, list[str]]:
        found = access.suggest_households(small_team.omar, Wanted(**known), team=small_team.team)
        return {household.name: [str(word) for word in household.why] for household in found}

    return suggested


# ---- by name, address and birth date


@pytest.mark.parametrize(
    "name",
    [
        "fam. v.d. Berg-Idrissi", "Idrissi - van den Bergh", "mevr. S. Idrisi", "Berg", "V/d Bergh", "meneer Van Der Berg",
        "Samira el Idrissi", "Idrisssi", "gezin Bergh",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(name, home, suggested):
    home()
    home("Bos", "Dijkweg 4")
    assert list(suggested(name=name)) == ["Van den Bergh-Idrissi"]


@pytest.mark.parametrize(
    "address", ["Kadestr. 12 b", "kadestraat 12-b", "Kade straat 12/B, Oude Haven", "Kadestraat 12"]
)
def test_an_address_is_found_however_it_is_written(address, home, suggested):
    home()
    home("Bos", "Kadestraat 14")
    home("Vos", "Kadestraat 12C" if "b" in address.lower().rpartition(" ")[2] or "-b" in address else "Rietgorslaan 12")
    assert list(suggested(address=address)) == ["Van den Bergh-Idrissi"]


def test_it_says_why(home, suggested, small_team):
    household = home()
    home("Kooistra", "Kadestraat 12B")
    resident = household_actions.add_resident(
        household=household, by=small_team.anna, first_name="Pip", last_name="Zonnedauw", birth_date=date(2015, 3, 1)
    )
    assert suggested(name="Idrissi van den Berg", address="Kadestr 12b") == {
        "Van den Bergh-Idrissi": ["zelfde adres", "zelfde naam"],
        "Kooistra": ["zelfde adres"],
    }
    assert suggested(name="Bergh-Idrissi") == {"Van den Bergh-Idrissi": ["zelfde naam"]}
    assert suggested(name="Pip Sonnedau") == {"Van den Bergh-Idrissi": ["naam van een bewoner lijkt"]}
    assert suggested(born=resident.birth_date) == {"Van den Bergh-Idrissi": ["zelfde geboortedatum"]}
    assert suggested(address="Kadestraat 12") == {
        "Van den Bergh-Idrissi": ["adres lijkt"],
        "Kooistra": ["adres lijkt"],
    }


def test_who_has_that_first_name_too_comes_first_of_a_common_name(home, suggested, small_team):
    for number in range(12):
        household = home(f"Jansen {number}", f"Dijkweg {number}")
        first = "Fatima" if number == 11 else "Piet"
        household_actions.add_resident(household=household, by=small_team.anna, first_name=first, last_name="Jansen")
    assert next(iter(suggested(name="Mevr. F. Janssen"))) == "Jansen 11"


@pytest.mark.parametrize("nothing", [{}, {"name": "J."}, {"address": "Kadestraat"}, {"name": "de", "address": "?"}])
def test_who_knows_nothing_finds_nothing(nothing, home, suggested):
    home()
    assert suggested(**nothing) == {}


def test_a_changed_name_and_address_are_found_and_the_old_ones_are_not(home, suggested, small_team):
    household = home()
    household_actions.change_household(household=household, by=small_team.anna, name="Kooistra", address="Dijkweg 9")
    assert suggested(name="Idrissi", address="Kadestraat 12B") == {}
    assert suggested(name="Cooistra") == {"Kooistra": ["zelfde naam"]}
    assert suggested(address="Dijkwg. 9") == {"Kooistra": ["zelfde adres"]}


# ---- what nobody may find


def test_a_protected_address_is_found_by_nobody(home, suggested, small_team):
    household = home(address_protected=True)
    assert suggested(address="Kadestraat 12B") == {}
    assert suggested(name="Idrissi") == {"Van den Bergh-Idrissi": ["naam lijkt"]}
    assert (household.street_key, household.house_key) == ("", "")
    open_one = home("Bos", "Dijkweg 4")
    assert list(suggested(address="Dijkweg 4")) == ["Bos"]
    household_actions.change_household(household=open_one, by=small_team.anna, address_protected=True)
    assert suggested(address="Dijkweg 4") == {}


def test_the_address_in_a_signal_about_a_protected_household_is_found_by_nobody(home, received, small_team):
    earlier = received(about_name="", about_address="Kadestraat 12B")
    assert list(Signal.objects.like(Wanted(address="Kadestraat 12B"))) == [earlier]
    actions.take_up(signal=earlier, by=small_team.anna)
    actions.link_to_household(signal=earlier, household=home(address_protected=True), by=small_team.anna)
    assert list(Signal.objects.like(Wanted(address="Kadestraat 12B"))) == []


def test_a_household_of_another_team_is_found_by_nobody_here(home, cast):
    home()
    wanted = Wanted("Idrissi van den Bergh", "Kadestraat 12B")
    found = access.suggest_households(cast.jolanda, wanted, team=cast.jolanda.teams.get())
    assert "Van den Bergh-Idrissi" not in [household.name for household in found]


def test_a_search_is_a_line_and_one_for_each_thing_that_it_showed(home, received, small_team):
    household, earlier = home(), received(about_name="Idrissi")
    last = AccessLogEntry.objects.latest("pk").pk
    access.suggest_households(small_team.omar, Wanted("Idrissi"), team=small_team.team, beside=[earlier])
    lines = AccessLogEntry.objects.filter(pk__gt=last).order_by("pk")
    assert [(line.action, line.event, line.household_id, line.object_type, line.hits) for line in lines] == [
        ("SEARCH", "suggest", None, "", 2),
        ("SEARCH", "suggest", household.pk, "household", None),
        ("SEARCH", "suggest", None, "signal", None),
    ]
    assert "drissi" not in everything()["households_accesslogentry"]


# ---- earlier signals


@pytest.fixture
def received(receive, small_team, monkeypatch):
    monkeypatch.setattr("tests.signals.conftest.link_of", lambda _organisation: small_team.link)
    return receive


def page_of(signal: Signal, who, **words: str) -> Page:
    browser = Client()
    browser.force_login(who)
    address = reverse("signals:link", args=[signal.number])
    return Page(browser.post(address, words) if words else browser.get(address))


def test_an_earlier_signal_about_the_same_people_is_shown(received, small_team):
    earlier = received(about_name="mevr. Idrissi", about_address="Dijkweg 4")
    other = received(about_name="Bos", about_address="Kerkpad 1")
    signal = received(about_name="fam. Idrisi")
    actions.take_up(signal=signal, by=small_team.omar)
    page = page_of(signal, small_team.omar).text
    assert earlier.number in page
    assert other.number not in page


def test_a_signal_that_a_colleague_alone_reads_is_not_shown(received, home, small_team):
    earlier = received(about_name="Idrissi")
    actions.take_up(signal=earlier, by=small_team.anna)
    actions.link_to_household(signal=earlier, household=home("Zeegras"), by=small_team.anna)
    signal = received(about_name="Idrissi")
    actions.take_up(signal=signal, by=small_team.omar)
    assert earlier.number not in page_of(signal, small_team.omar).text
    assert earlier.number in page_of(signal, small_team.anna).text


def test_a_colleague_can_search_by_birth_date(received, home, small_team):
    household = home()
    household_actions.add_resident(
        household=household, by=small_team.anna, first_name="Pip", birth_date=date(2015, 3, 1)
    )
    signal = received(about_name="")
    actions.take_up(signal=signal, by=small_team.omar)
    assert "Zelfde geboortedatum" in page_of(signal, small_team.omar, q="", born="2015-03-01").text
    wrong = page_of(signal, small_team.omar, q="Berg", born="soon")
    assert "Schrijf de datum" in wrong.text
    assert wrong.fields["q"] == "Berg"


def test_the_reporter_sees_no_difference(received, home):
    """Whether there is a household that looks like it, or not."""
    home()
    known, unknown = received(about_name="Idrissi"), received(about_name="Nergenshuizen")
    said = [[message.body.replace(one.number, "") for message in one.messages.all()] for one in (known, unknown)]
    assert said[0] == said[1]


# ---- of a hundred thousand


@pytest.fixture
def large(small_team):
    many.households(small_team.team, small_team.anna, small_team.omar, 20_000)
    many.signals(small_team.team, small_team.partner, small_team.anna, small_team.omar, 20_000)
    return small_team


def test_no_search_and_no_list_reads_everything(large):
    """Looked up in indexes, whatever there is. How long it takes with a hundred thousand is for a bench."""
    assert Household.objects.count() > 20_000
    reach = access.within(large.anna, large.team)
    searches = list(many.searches(reach, Wanted("Jan van den Berg-Jansen", "Bakelstraat 12b", date(1970, 1, 1))))
    assert len(searches) == 4
    lists = [Signal.objects.open(), Signal.objects.unseen(), Signal.objects.late_or_unseen()]
    lists = [rows.in_inbox_of(large.anna).in_order_of_harm().values("pk")[:51] for rows in lists]
    for rows in [*searches, *lists[:1]]:
        read = [
            node
            for node in many.nodes(many.plan_of(rows))
            if node["Node Type"] in ("Seq Scan", "Sort", "Incremental Sort") and node["Actual Rows"] > 5000
        ]
        assert not read, rows.query
    assert Resident.objects.count() > 20_000
