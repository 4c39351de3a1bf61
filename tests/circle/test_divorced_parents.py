"""A child lives in two households. What is known in the one shows nowhere in the other; a protected address shows nowhere
at all."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.demo import people, small
from households import actions
from households.models import AccessLogEntry, Consent, Household, Resident
from partners.models import Professional
from tests.coming_in import behind_code
from tests.helpers import mails, parameters
from tests.paper import read

THIRTEEN = timezone.localdate() - timedelta(days=13 * 366)
# What is known in her mother's household, and in her father's.
HERS = (
    "Sneeuwbespad", "Truus", "000-000 02 31", "000-000 02 32", "weggegaan toen", "plezier naar school", "zonder bang",
    "deur dicht", "Alleen bellen", "Lisa zelf vragen", "twee goede vriendinnen",
)  # fmt: skip
HIS = (
    "Havikspad", "Opa Cor", "000-000 02 41", "000-000 02 42", "goede vader", "drink niet", "om het weekend", "mis haar",
    "Werkt in de nacht", "vissen", "Bellen met Daan",
)  # fmt: skip


pytestmark = pytest.mark.usefixtures("short_answers")


@pytest.fixture
def winterdaal(db) -> Household:
    return Household.objects.get(name=small.HOME.name)


@pytest.fixture
def verlinden(db) -> Household:
    return Household.objects.get(name=small.HIS_HOME.name)


def outputs(browser: Client, household: Household) -> dict[str, str]:
    """Everything that stands under the number of a household, read with every id that is in it: pages, forms and prints."""
    ids, found = ids_in(household), {}
    for name, params in parameters().items():
        if "number" not in params or name.startswith("signals:") or not params <= {"number", "pk"}:
            continue
        here = {"number": household.number}
        of_one = [here | {"pk": pk} for pk in ids[folder_of(name)]] if "pk" in params else [here]
        for address in (reverse(name, kwargs=kwargs) for kwargs in of_one):
            answer = browser.get(address)
            if answer.status_code == 200:
                found[address] = text_of(answer)
    return found


def folder_of(name: str) -> str:
    """What stands in the address before the id: `doelen` in /huishoudens/2026-1/plan/doelen/7/wijzigen/."""
    return reverse(name, kwargs={"number": "2026-000000", "pk": 0}).partition("/0/")[0].rpartition("/")[2]


def ids_in(household: Household) -> dict[str, list[int]]:
    """By the folder of their addresses."""
    members, plans = household.members.all(), household.plans.all()
    goals = [goal for plan in plans for goal in plan.goals.all()]
    things: dict[str, Iterable[Model]] = {
        "bewoners": [member.resident for member in members],
        "gezag": [custody for member in members for custody in member.resident.custody.all()],
        "doelen": goals,
        "acties": [action for goal in goals for action in goal.actions.all()],
        "versies": [version for plan in plans for version in plan.versions.all()],
        "botsingen": [clash for plan in plans for clash in plan.clashes.all()],
        "naasten": household.network.all(),
        "contacten": household.notes.all(),
        "kring": household.circle.all(),
        "toestemming": household.consents.all(),
        "gesprek": household.conversations.all(),
        "overleg": household.meetings.all(),
        "veiligheid": household.safety_plans.all(),
    }
    return defaultdict(list, {folder: [thing.pk for thing in found] for folder, found in things.items()})


def text_of(answer) -> str:
    if answer.headers["Content-Type"] == "application/pdf":
        return " ".join(read(answer.content))
    return answer.content.decode()


@pytest.mark.walk
def test_the_fathers_pages_and_prints_hold_nothing_of_the_mother(verlinden, as_):
    """Her name may stand there: that she has authority is a fact about their child."""
    found = outputs(as_("amir"), verlinden)
    assert len(found) > 20
    assert any(address.endswith(".pdf") for address in found)
    assert "om het weekend" in found[reverse("desk:household", args=[verlinden.number])]
    for address, text in found.items():
        assert [word for word in HERS if word in text] == [], address


@pytest.mark.walk
def test_the_mothers_pages_and_prints_hold_nothing_of_the_father_nor_where_she_lives(winterdaal, as_):
    for address, text in outputs(as_("jolanda"), winterdaal).items():
        assert [word for word in ("Sneeuwbespad", *HIS) if word in text] == [], address


@pytest.mark.walk
def test_who_looked_at_the_child_in_one_household_is_not_told_in_the_other(winterdaal, verlinden, as_, cast):
    actions.break_glass(household=winterdaal, reason="Omdat de bel ging.", by=cast.wietske)
    as_("wietske").get(reverse("desk:household", args=[winterdaal.number]))
    told = outputs(as_("amir"), verlinden)
    looked = reverse("desk:log", args=[verlinden.number])
    assert cast.wietske.last_name not in told[looked]
    assert [address for address, text in told.items() if "Omdat de bel ging." in text] == []


def test_the_own_pages_in_one_home_hold_nothing_of_the_other(winterdaal, verlinden, cast):
    for household, theirs in ((winterdaal, HIS), (verlinden, HERS)):
        for member in household.members.select_related("resident"):
            facts = {"email": f"{member.pk}@thuis.example"} | (
                {} if member.resident.may_have_own_page else {"birth_date": THIRTEEN}
            )
            actions.change_resident(member=member, by=household.coordinator, **facts)
            door = reverse("desk:own_page", args=[actions.give_own_page(member=member, by=household.coordinator).token])
            browser = behind_code(door, to=member.email)
            for address in (door, f"{door}wie-keek-mee/"):
                text = text_of(browser.get(address))
                assert [word for word in theirs if word in text] == [], address


def test_what_both_homes_know_of_a_child_is_a_line_in_both_logs_which_says_nothing_of_the_other(
    winterdaal, verlinden, cast
):
    member = winterdaal.members.get(resident__first_name="Lisa")
    actions.change_resident(member=member, by=cast.jolanda, birth_date=THIRTEEN)
    actions.end_custody(household=winterdaal, custody=member.resident.custody.current().first(), by=cast.jolanda)
    for event in ("change resident", "end custody"):
        here, there = (
            AccessLogEntry.objects.filter(household=household, event=event).latest("pk")
            for household in (winterdaal, verlinden)
        )
        assert (here.actor, there.actor, there.actor_organisation) == (cast.jolanda, None, None)
        assert there.subject_ids == [member.resident_id]


def test_a_no_in_one_home_ends_the_yes_in_the_other_and_both_logs_say_so(winterdaal, verlinden, cast):
    lisa = winterdaal.members.get(resident__first_name="Lisa").resident
    Resident.objects.filter(pk=lisa.pk).update(birth_date=THIRTEEN.replace(year=THIRTEEN.year - 4))
    lisa.refresh_from_db()
    asked = {
        "residents": [lisa], "kind": Consent.Kind.SHARE_INFO, "recipient": cast.stranger.organisation, "items": ["MONEY"],
        "given_on": timezone.localdate(),
    }  # fmt: skip
    (yes,) = actions.record_consent(household=verlinden, by=cast.amir, answers={lisa: True}, **asked)
    actions.record_consent(household=winterdaal, by=cast.jolanda, answers={lisa: False}, **asked)
    yes.refresh_from_db()
    assert yes.withdrawn_at
    line = AccessLogEntry.objects.filter(household=verlinden, event="withdraw consent").latest("pk")
    assert (line.actor, line.actor_organisation) == (None, None)


@pytest.mark.walk
def test_a_protected_address_stands_in_no_output_of_anybody(winterdaal, verlinden, as_):
    """Not even in its own form; not in a mail; not in what was sent before it was known to be protected."""
    everybody = [person.first_name.lower() for person in people.STAFF + people.PARTNER_PEOPLE]
    for name in everybody:
        browser = Client()
        browser.force_login(Professional.objects.get(email__startswith=f"{name}@"))
        for path in ("/", "/huishoudens/", "/signalen/", "/mijn-gezinnen/"):
            assert "Sneeuwbespad" not in browser.get(path).content.decode(), (name, path)
        for word in ("Winterdaal", "Sneeuwbespad", "Lisa"):
            answer = browser.post("/zoeken/", {"q": word}).content.decode()
            assert "Sneeuwbespad" not in answer.replace('value="Sneeuwbespad"', ""), (name, word)
    for household, names in ((winterdaal, ("amir", "pascal")), (verlinden, ("jolanda", "pascal"))):
        for name in names:
            for address, text in outputs(as_(name), household).items():
                assert "Sneeuwbespad" not in text, address
    assert [mail for mail in mails() if "Sneeuwbespad" in mail] == []


def test_the_form_keeps_a_protected_address_that_nobody_sees(winterdaal, as_):
    facts = reverse("households:facts", args=[winterdaal.number])
    as_("jolanda").post(facts, {"name": "Winterdaal", "address": "", "address_protected": "on"})
    winterdaal.refresh_from_db()
    assert winterdaal.address == small.HOME.address
    as_("jolanda").post(facts, {"name": "Winterdaal", "address": "Elders 2", "address_protected": "on"})
    winterdaal.refresh_from_db()
    assert winterdaal.address == "Elders 2"


def test_a_child_is_written_down_once_and_asked_about(winterdaal, as_, cast, small_team):
    lisa = winterdaal.members.get(resident__first_name="Lisa").resident
    new = actions.make_household(
        name="Derde", team=cast.amir.teams.get(), coordinator=cast.amir, by=cast.amir, next_step="x",
        next_step_on=timezone.localdate(),
    )  # fmt: skip
    form = {
        "first_name": "Lisa", "last_name": "Winterdaal", "birth_date": f"{lisa.birth_date}", "contact_by": "SOMEBODY",
        "contact_note": "Nieuw", "contact_through": "haar tante",
    }  # fmt: skip
    add = reverse("households:add_resident", args=[new.number])
    asked = as_("amir").post(add, form)
    assert asked.status_code == 422
    assert "dezelfde persoon" in asked.content.decode()
    assert as_("amir").post(add, form | {"same_person": f"{lisa.pk}"}).status_code == 302
    assert new.members.get().resident == lisa
    assert winterdaal.members.get(resident=lisa).contact_note != "Nieuw"

    again = as_("amir").post(add, form | {"same_person": "nee", "first_name": "lisa"})
    assert (again.status_code, new.members.count()) == (422, 1)
    assert "staat hier al" in again.content.decode()
