"""Money for what fits no rule: who asks, who decides, from which law, and who reads it."""

from datetime import timedelta
from decimal import Decimal
from itertools import product

import pgtrigger
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.money import MoneyField, in_euros
from desk.dossier import content
from households import actions as household_actions
from plans import actions
from plans.budget import BUDGET_STEPS, BudgetStatus, check, mandate_of
from plans.models import BudgetLine
from plans.workflow import NotAllowed
from tests.helpers import Page, sql
from tests.plans.working import to

SECRET = "Een wasmachine met een glazen deur."
SPLIT = ("wmo", "youth", "participation", "debt", "free")


def asked(cast, household, amount: str = "100", **changes) -> BudgetLine:
    facts = {
        "household": household, "amount": Decimal(amount), "split": {}, "decider": cast.amir, "by": cast.jolanda,
        "purpose": SECRET, "motivation": "De oude is stuk.", "domain": "DAILY_LIFE",
    }  # fmt: skip
    return actions.ask_budget(**facts | changes)


@pytest.fixture
def typed(cast) -> dict[str, str]:
    return {
        "purpose": SECRET, "domain": "DAILY_LIFE", "motivation": "De oude is stuk.", "amount": "€ 1.250,50",
        "wmo": "1000", "youth": "250,50", "decider": f"{cast.amir.pk}", "second": f"{cast.pascal.pk}",
    }  # fmt: skip


# ---- amounts


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("85", "85"), ("85,-", "85"), ("85,–", "85"), ("€ 85", "85"), ("€85,5", "85.50"), ("1.250,50", "1250.50"),
        ("1250,50", "1250.50"), ("1250.50", "1250.50"), ("1.250", "1250"), ("999.999,99", "999999.99"), (" 1 250,50 ", "1250.50"),
        ("0,01", "0.01"),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(words, amount):
    assert MoneyField().clean(words) == Decimal(amount)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("12,345", "twee cijfers"), ("0.125", "twee cijfers"), ("1.250,505", "twee cijfers"), ("-5", "minteken"),
        ("−5", "minteken"), ("vijf", "zoals 85"), ("1,250.50", "zoals 85"), ("1.25,00", "zoals 85"), ("1e3", "zoals 85"),
        ("٣", "zoals 85"), ("NaN", "zoals 85"), ("0", "meer dan nul"), ("0,00", "meer dan nul"), ("1.000.000", "meer dan €"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_said_by_the_field_and_stays(words, says, typed, household, jolanda):
    response = jolanda.post(to("ask_budget", household), typed | {"amount": words})
    assert response.status_code == 422
    page = Page(response)
    assert says in "".join(response.context["form"].errors["amount"])
    assert (page.fields["amount"], page.fields["purpose"]) == (words, SECRET)
    assert not household.budget_lines.exists()


def test_an_amount_is_shown_as_people_write_it():
    assert [in_euros(Decimal(one)) for one in ("85", "1250.5", "999999.99")] == [
        "€ 85,00",
        "€ 1.250,50",
        "€ 999.999,99",
    ]


# ---- asking


def test_an_amount_is_asked_over_two_laws(typed, household, jolanda, as_, cast):
    assert jolanda.post(to("ask_budget", household), typed).status_code == 302
    line = household.budget_lines.get()
    assert (line.amount, line.wmo, line.youth, line.free) == (Decimal("1250.50"), 1000, Decimal("250.50"), 0)
    assert (line.status, line.decider, line.second, line.mandate) == ("PROPOSED", cast.amir, cast.pascal, 500)
    page = Page(jolanda.get(to("budget", household, line.pk))).text
    assert "€ 1.250,50" in page
    assert "Jeugdwet: € 250,50" in page
    assert "Beslis over € 1.250,50" in Page(as_("amir").get(reverse("desk:my_day"))).text


def test_what_is_not_divided_is_of_no_law(typed, household, jolanda):
    jolanda.post(to("ask_budget", household), typed | {"wmo": "", "youth": ""})
    assert household.budget_lines.get().free == Decimal("1250.50")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"youth": "250,49"}, "wmo", "Samen is dit € 1.250,49, en het bedrag is € 1.250,50."),
        ({"free": "0,01"}, "wmo", "Samen is dit € 1.250,51"),
        ({"youth": "250,505"}, "youth", "twee cijfers"),
        ({"second": ""}, "second", "Amir Boulahrouf-Smit beslist alleen tot € 500,00."),
        ({"second": "amir"}, "second", "een ander"),
        ({"decider": "jolanda"}, "decider", "niet jezelf"),
        ({"decider": "els"}, "decider", "niet jezelf"),
        ({"decider": ""}, "decider", "Kies een collega."),
        ({"purpose": " "}, "purpose", "Schrijf op waarvoor het is."),
        ({"motivation": ""}, "motivation", "waarom dit nodig is"),
        ({"domain": ""}, "domain", "leefgebied"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_lost(changes, field, words, typed, household, jolanda, cast):
    changes = {
        name: f"{getattr(cast, value).pk}" if value in ("amir", "jolanda", "els") else value
        for name, value in changes.items()
    }
    response = jolanda.post(to("ask_budget", household), typed | changes)
    page = Page(response)
    assert response.status_code == 422
    assert words in "".join(response.context["form"].errors[field])
    assert page.fields["amount"] == "€ 1.250,50"
    assert not household.budget_lines.exists()


def test_the_action_refuses_what_the_form_refuses(household, cast):
    for wrong, changes in (
        (actions.DoesNotAddUp, {"split": {"wmo": Decimal("99.99")}}),
        (actions.DoesNotAddUp, {"split": {"wmo": Decimal(150), "debt": Decimal(-50)}}),
        (actions.OwnRequest, {"decider": cast.jolanda}),
        (actions.OwnRequest, {"second": cast.jolanda}),
        (actions.OwnRequest, {"second": cast.amir}),
        (actions.NoMandate, {"decider": cast.els}),
        (actions.NoMandate, {"decider": cast.stranger}),
        (actions.SecondNeeded, {"amount": Decimal("500.01")}),
    ):
        with pytest.raises(wrong), transaction.atomic():
            asked(cast, household, **changes)
    assert not household.budget_lines.exists()


@pytest.mark.parametrize(
    "change",
    [
        "wmo = 0.01", "wmo = -1, youth = 1", "mandate = 99.99", "decider_id = proposed_by_id", "status = 'GRANTED'",
        "status = 'PAID'", "status = 'REFUSED'", "status = 'WITHDRAWN'", "second_id = decider_id", "purpose = ''",
        "paid_on = '2026-01-01'",
    ],
)  # fmt: skip
def test_the_database_refuses_it_too(change, household, cast):
    line = asked(cast, household)
    stays = "plans.BudgetLine:budget_stays_what_was_asked"
    with pytest.raises(IntegrityError), pgtrigger.ignore(stays), transaction.atomic():
        sql(f"UPDATE plans_budgetline SET {change} WHERE id = %s", line.pk)


@pytest.mark.parametrize(
    "change", ["amount = 50, free = 50", "wmo = 100, free = 0", "purpose = 'x'", "proposed_by_id = decider_id"]
)
def test_what_was_asked_never_becomes_something_else(change, household, cast):
    line = asked(cast, household)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        sql(f"UPDATE plans_budgetline SET {change} WHERE id = %s", line.pk)


# ---- deciding


@pytest.mark.parametrize(("present", "wanted"), list(product(BudgetStatus, BudgetStatus)))
def test_each_step_is_in_the_table_or_refused(present, wanted):
    if wanted in BUDGET_STEPS[present]:
        check(present, wanted)
    else:
        with pytest.raises(NotAllowed):
            check(present, wanted)


def test_one_person_grants_what_is_within_the_mandate(household, cast, as_, jolanda):
    line = asked(cast, household, "500")
    door, amir = reverse("budget:decide", args=[line.pk]), as_("amir")
    assert amir.post(door, {"decision": "yes", "reason": ""}).status_code == 422
    assert amir.post(door, {"decision": "yes", "reason": "Het is echt nodig."}).status_code == 302
    line.refresh_from_db()
    assert (line.status, line.granted_on, line.reason) == ("GRANTED", timezone.localdate(), "Het is echt nodig.")
    assert "€ 500,00 is toegekend: laat het betalen" in Page(jolanda.get(reverse("desk:my_day"))).text
    assert "decision" not in Page(amir.get(door)).options
    assert "intussen veranderd" in Page(amir.post(door, {"decision": "no", "reason": "Toch niet."}, follow=True)).text
    line.refresh_from_db()
    assert line.status == "GRANTED"


def test_above_the_mandate_it_takes_two(household, cast, as_):
    line = asked(cast, household, "500.01", second=cast.pascal)
    door, answer = reverse("budget:decide", args=[line.pk]), {"decision": "yes", "reason": "Goed."}
    assert as_("pascal").post(door, answer).status_code == 403  # not his turn: he does not know of it yet
    as_("amir").post(door, answer)
    line.refresh_from_db()
    assert (line.status, line.granted_on) == ("AGREED", None)
    with pytest.raises(actions.NotAskedOfYou):
        actions.decide_budget(line=line, granted=True, reason="Nog eens.", by=cast.amir)
    as_("pascal").post(door, answer)
    line.refresh_from_db()
    assert (line.status, line.second_reason, line.granted_on) == ("GRANTED", "Goed.", timezone.localdate())


def test_the_second_person_can_refuse(household, cast, jolanda):
    line = asked(cast, household, "600", second=cast.pascal)
    actions.decide_budget(line=line, granted=True, reason="Ja.", by=cast.amir)
    actions.decide_budget(line=line, granted=False, reason="Er is een regeling.", by=cast.pascal)
    page = Page(jolanda.get(to("budget", household, line.pk))).text
    assert "Er is een regeling." in page
    assert "geweigerd" in page


def test_who_lost_the_role_decides_nothing_any_more(household, cast):
    line = asked(cast, household)
    cast.amir.memberships.all().delete()
    with pytest.raises(actions.NotAskedOfYou):
        actions.decide_budget(line=line, granted=True, reason="Ja.", by=cast.amir)


def test_nothing_is_decided_alone_unless_it_was_set(cast, household, settings):
    team = household.team
    assert (mandate_of(cast.amir, team), mandate_of(cast.pascal, team), mandate_of(cast.els, team)) == (500, 2500, 0)
    settings.MANDATES = {f"{team}:COORDINATOR": Decimal(50), "COORDINATOR": Decimal(900)}
    assert (mandate_of(cast.amir, team), mandate_of(cast.pascal, team)) == (50, 0)
    settings.MANDATES = {}
    with pytest.raises(actions.SecondNeeded):
        asked(cast, household, "0.01")


# ---- paying, withdrawing, telling


def test_what_was_granted_is_paid_and_told(household, cast, jolanda):
    line, today = asked(cast, household), timezone.localdate()
    actions.decide_budget(line=line, granted=True, reason="Ja.", by=cast.amir)
    pay = to("pay_budget", household, line.pk)
    for wrong in ("", "gisteren", f"{today - timedelta(days=1)}", f"{today + timedelta(days=1)}"):
        assert jolanda.post(pay, {"paid_on": wrong}).status_code == 422, wrong
    assert jolanda.post(pay, {"paid_on": f"{today}"}).status_code == 302
    jolanda.post(to("tell_budget", household, line.pk))
    line.refresh_from_db()
    assert (line.status, line.paid_on, line.told_on) == ("PAID", today, today)
    assert jolanda.post(to("withdraw_budget", household, line.pk), {"because": "Toch niet."}).status_code == 302
    line.refresh_from_db()
    assert line.status == "PAID"


def test_what_is_not_needed_any_more_is_withdrawn_and_counts_no_more(household, cast, jolanda):
    line = asked(cast, household)
    actions.decide_budget(line=line, granted=True, reason="Ja.", by=cast.amir)
    assert "Toegekend, per jaar" in Page(jolanda.get(to("money", household))).text
    assert jolanda.post(to("withdraw_budget", household, line.pk), {"because": ""}).status_code == 422
    jolanda.post(to("withdraw_budget", household, line.pk), {"because": "Gekregen van de buren."})
    page = Page(jolanda.get(to("money", household))).text
    assert "ingetrokken" in page
    assert "Toegekend, per jaar" not in page


def test_the_totals_are_per_law_and_per_year_to_the_cent(household, cast, jolanda):
    for amount, split in (("100.10", {"wmo": "60.05", "debt": "40.05"}), ("0.20", {"wmo": "0.20"})):
        line = asked(cast, household, amount, split={name: Decimal(part) for name, part in split.items()})
        actions.decide_budget(line=line, granted=True, reason="Ja.", by=cast.amir)
    asked(cast, household, "77")  # nobody decided about this one
    page = Page(jolanda.get(to("money", household))).text
    for words in ("€ 60,25", "€ 40,05", "€ 100,30"):
        assert words in page


# ---- who reads it


def test_only_who_runs_the_household_reads_its_money(household, cast, as_, jolanda):
    line = asked(cast, household)
    actions.decide_budget(line=line, granted=True, reason="Ja.", by=cast.amir)
    assert SECRET in jolanda.get(to("money", household)).content.decode()
    household_actions.break_glass(household=household, reason="Een goede reden.", by=cast.wietske)
    wietske = as_("wietske")
    assert wietske.get(reverse("desk:household", args=[household.number])).status_code == 200
    for name, pk in (("money", None), ("budget", line.pk)):
        assert wietske.get(to(name, household, pk)).status_code == 403
        assert as_("dennis").get(to(name, household, pk)).status_code == 404
    assert as_("wietske").get(reverse("budget:decide", args=[line.pk])).status_code == 403
    for address in ("household", "timeline"):
        assert SECRET not in wietske.get(reverse(f"desk:{address}", args=[household.number])).content.decode()


def test_who_decides_sees_the_question_and_not_the_household(household, cast, as_):
    line = asked(cast, household)
    page = as_("amir").get(reverse("budget:decide", args=[line.pk])).content.decode()
    assert SECRET in page
    assert household.number in page
    assert household.name not in page


def test_it_stands_on_no_paper_and_in_what_somebody_asks_of_us_when_decided(household, cast, plan, goal, jolanda):
    waits = asked(cast, household, purpose="Nog niet besloten.")
    line = asked(cast, household)
    actions.decide_budget(line=line, granted=True, reason="Ja.", by=cast.amir)
    facts, checks = content(household, household.members.get().resident)
    told = str(facts["parts"])
    assert SECRET in told
    assert waits.purpose not in told
    assert any("€\u00a0100,00" in one for one in checks)


def test_the_page_asks_as_much_for_thirty_as_for_one(household, cast, jolanda):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert jolanda.get(to("money", household)).status_code == 200
        return len(found)

    asked(cast, household)
    queries()
    one = queries()
    for _ in range(29):
        line = asked(cast, household)
        actions.decide_budget(line=line, granted=True, reason="Ja.", by=cast.amir)
    assert (one, queries()) == (one, one)
