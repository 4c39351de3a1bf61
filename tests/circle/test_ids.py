"""An id that somebody can see is tried on every other address: it opens nothing that is of another household."""

from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from households import actions
from households.forms.consent import QUESTIONS
from households.models import Household
from plans import actions as plan_actions
from signals import actions as signal_actions
from tests.circle.working import agree, invite, make_home
from tests.helpers import parameters, sql

pytestmark = pytest.mark.walk
VISITORS = ("jolanda", "pascal", "fadoua", "els", "dennis")
# Read with a GET, a POST of these fields would change something.
FIELDS = {
    "to": "DONE", "giver": "1", "answer": "ja", "what": "MONEY", "first_name": "Gewijzigd", "name": "Gewijzigd",
    "title": "Gewijzigd", "accept": "1", "contribution": "Gewijzigd", "because": "Gewijzigd", "reason": "Gewijzigd",
}  # fmt: skip


def far_apart() -> None:
    """Let each table count from a number of its own, so that an id says of which table it is."""
    tables = sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1")
    for rank, (table,) in enumerate(tables, start=1):
        for (sequence,) in sql("SELECT pg_get_serial_sequence(%s, 'id') WHERE EXISTS (SELECT 1 FROM information_schema.columns "
                               "WHERE table_name = %s AND column_name = 'id')", table, table):  # fmt: skip
            if sequence:
                sql(f"SELECT setval('{sequence}', {rank * 100_000})")


def ids_of(home: SimpleNamespace) -> list[int]:
    """An id of everything that there is in a household."""
    household: Household = home.household
    goal, action = home.goals["roos"], home.actions["roos"]
    participant = household.circle.get()
    consent = household.consents.first()
    found = [household, goal, action, home.roos, home.pip, home.pip.custody.first(), consent, participant]
    found += [household.members.first(), consent.voices.first(), participant.grants.first(), goal.grants.first()]
    found += [
        getattr(household, name).first()
        for name in (
            "overrides",
            "handovers",
            "emergencies",
            "stories",
            "plans",
            "notes",
            "conversations",
            "network",
            "holds",
            "erasure_requests",
        )
    ]
    own = participant.professional.actions.get(goal__plan__household=household)
    merging = household.mergings_asked.first() or household.mergings_proposed.first()
    version = home.plan.versions.get()
    found += [version, version.signatures.first(), home.plan.agreements.get(), household.safety_plans.get()]
    found += [household.budget_lines.get(), household.own_plans.get(), household.applications.get()]
    found += [household.wmo_notifications.get()]
    found += [household.meetings.get(), own, household.observations.get(), merging, home.plan.clashes.get()]
    found += [household.prints.get(), home.plan.scans.get()]
    return [thing.pk for thing in found]


@pytest.fixture
def homes(db, cast) -> SimpleNamespace:
    """One household of Jolanda and one of Amir, with one of everything in each."""
    far_apart()
    homes = SimpleNamespace(jolanda=make_home(cast.jolanda), amir=make_home(cast.amir))
    for home, guest in ((homes.jolanda, cast.dennis), (homes.amir, cast.greet)):
        plan_actions.add_action(
            goal=home.goals["money"], what="Eigen", owner=guest, by=home.by, due_on=timezone.localdate()
        )
        (consent,) = agree(home, [home.roos], guest.organisation, ("MONEY",))
        signal_actions.ask_observation(
            consent=consent, item="MONEY", asked=guest, question="Zo?", answer_by=timezone.localdate(), by=home.by
        )
        plan_actions.agree_on(plan=home.plan, what="Zo.", who="Wij", by=home.by)
        plan_actions.write_safety_plan(
            household=home.household, about=[home.roos], unsafe="Zo.", agreed="Zo.", keeps_safe="Zo.", whom_to_call="112",
            check_on=timezone.localdate(), by=home.by,
        )  # fmt: skip
        plan_actions.plan_meeting(
            household=home.household,
            kind="CASE",
            starts_at=timezone.now(),
            purpose="Zo.",
            people=[home.roos],
            by=home.by,
        )
        plan_actions.ask_budget(
            household=home.household, amount=Decimal(5), split={}, decider=cast.wietske, purpose="Zo.", motivation="Zo.",
            domain="MONEY", by=home.by,
        )  # fmt: skip
        asks = {"household": home.household, "resident": home.roos, "by": home.by}
        plan_actions.apply_for_help(law="WMO", applied_on=timezone.localdate(), **asks)
        report = signal_actions.start_wmo_of(notified_on=timezone.localdate(), **asks)
        signal_actions.offer_personal_plan(
            notification=report, household=home.household, offered_on=timezone.localdate(), told_by="Zo.", by=home.by
        )
        plan_actions.put_forward(plan=home.plan, by=home.by)
        plan_actions.evaluate(
            plan=home.plan, held_on=timezone.localdate(), present="Roos", marks={}, by=home.by,
            results=dict.fromkeys(home.plan.goals.all(), ("NOT", "")),
        )  # fmt: skip
        plan_actions.raise_clash(plan=home.plan, said="Zo.", sides=[home.actions["roos"]], by=home.by)
        actions.place_hold(household=home.household, kind="CASE", reason="Zo.", by=home.by)
        actions.register_erasure_request(
            household=home.household, resident=home.roos, wish="Weg.", received_on=timezone.localdate(),
            answer_by=timezone.localdate(), by=home.by,
        )  # fmt: skip
        participant = invite(home, guest)
        actions.share(participant=participant, domain="MONEY", by=home.by)
        plan_actions.share_goal(goal=home.goals["roos"], participant=participant, by=home.by)
        actions.write_override(
            household=home.household, about=[home.roos], recipient=guest.organisation, items=["MONEY"],
            second_person=cast.fadoua, informed_on=timezone.localdate(), by=home.by, **dict.fromkeys(QUESTIONS, "Zo."),
        )  # fmt: skip
        actions.propose_handover(household=home.household, to=cast.wietske, note="Zo.", by=home.by)
        actions.break_glass(household=home.household, reason="Een goede reden.", by=cast.wietske)
        actions.add_contact(household=home.household, by=home.by, name="Karin", relation="zus")
        white = BytesIO()
        Image.new("RGB", (9, 9), "white").save(white, "PNG")
        plan_actions.keep_scan(plan=home.plan, file=white.getvalue(), by=home.by)
        actions.ask_print(
            kind="DOSSIER", households=[home.household], resident=home.roos, by=home.by, make=lambda key: None
        )
    for home, other in ((homes.jolanda, homes.amir), (homes.amir, homes.jolanda)):
        asked = {"mine": home.household, "theirs": other.household, "keeps_mine": True, "reason": "Zo.", "by": home.by}
        actions.propose_merging(**asked)
    return homes


def with_ids() -> list[tuple[str, bool]]:
    """Every route that takes an id, and whether it takes the number of a household too."""
    return [(name, "number" in params) for name, params in sorted(parameters().items()) if ours(name, params)]


def ours(name: str, params: set[str]) -> bool:
    """Not the own account, whose ids are of the login library."""
    return ":" in name and "pk" in params and params <= {"number", "pk"}


def test_the_routes_are_found():
    assert ("plans:change_goal", True) in with_ids()
    assert ("desk:own_step", False) in with_ids()


@pytest.mark.parametrize("name", VISITORS)
def test_an_id_of_another_household_opens_nothing(name, homes, as_, short_answers):
    """For who coordinates one of the two: all ids of the other, under the own number. For all others: all ids of one, under
    its number. Only what the person was asked or given personally is open."""
    browser = as_(name)
    mine = getattr(homes, name, None)
    home = homes.amir if mine else homes.jolanda
    number = (mine or home).household.number
    ids, own, opened = ids_of(home), personally(name, homes), []
    for route, numbered in with_ids():
        for pk in ids:
            address = reverse(route, kwargs={"pk": pk} | ({"number": number} if numbered else {}))
            for method in (browser.get, browser.post):
                status = method(address, FIELDS).status_code
                if status not in (403, 404, 405) and (route, pk) not in own:
                    opened.append(f"{method.__name__} {address} gives {status}")
    assert opened == []


def personally(name: str, homes: SimpleNamespace) -> set[tuple[str, int]]:
    """What this person was asked, or takes part in."""
    home = {"dennis": homes.jolanda, "greet": homes.amir}.get(name)
    if name == "fadoua":
        overrides = [one.pk for home in (homes.jolanda, homes.amir) for one in home.household.overrides.all()]
        return {("households:judge_override", pk) for pk in overrides}
    if name == "pascal":  # who leads the team takes back a question to take over, and looks after what is kept
        lead = {"take_back_handover": "handovers", "lift_hold": "holds", "answer_erasure": "erasure_requests"}
        households = [home.household for home in (homes.jolanda, homes.amir)]
        return {
            (f"desk:{route}", one.pk)
            for route, things in lead.items()
            for household in households
            for one in getattr(household, things).all()
        }
    if home is None:
        return set()
    participant = home.household.circle.get()
    own = participant.professional.actions.filter(goal__plan__household=home.household)
    return {(f"desk:{name}", action.pk) for action in own for name in ("own_step", "does_not_fit")} | {
        ("desk:contribution", participant.pk)
    }


def test_ids_are_told_apart(homes):
    assert not set(ids_of(homes.jolanda)) & set(ids_of(homes.amir))
    assert connection.vendor == "postgresql"
