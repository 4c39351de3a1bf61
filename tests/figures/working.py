"""Signals and households by the number, and the figures of them as a page and a file tell them."""

import csv
import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.urls import reverse

from config.crypto import new_token, token_hash
from households.models import Household, HouseholdMember, NetworkContact, Resident
from partners.models import Organisation
from plans.models import Action, Goal, SupportPlan
from signals.models import Signal
from tests.helpers import sql

TODAY = datetime(2026, 11, 24, 10, tzinfo=UTC)
QUARTER = "2026-3"
INSIDE = datetime(2026, 8, 20, 10, tzinfo=UTC)
FEW, HIDDEN = "minder dan 10", "niet getoond"


def signals(world, number: int, *, kind: str = "MATERNITY", moment: datetime = INSIDE, late: bool = False) -> None:
    organisation, _ = Organisation.objects.get_or_create(name=f"Partner {kind}", defaults={"kind": kind})
    promised = moment.date() + timedelta(days=7)
    Signal.objects.bulk_create(
        Signal(
            number=f"{uuid4().hex[:16]}", team=world.team, organisation=organisation, submission=uuid4(),
            observation="Iets.", discussed="AGREED", danger_now=False, reporter_name="Kees", code=new_token(),
            code_hash=token_hash(new_token()), received_at=moment, read_by=promised, answer_by=promised,
            first_answer_at=moment + timedelta(days=8 if late else 7),
        )
        for _ in range(number)
    )  # fmt: skip


def households(world, number: int, *, domain: str = "MONEY", moment: datetime = INSIDE, done: str = "OWN") -> None:
    """Each with one goal, of which the one action is done at that moment."""
    for _ in range(number):
        home = Household.objects.create(
            number=uuid4().hex[:16], name="Telraam", team=world.team, coordinator=world.anna, made_at=moment
        )
        resident = Resident.objects.create(first_name="Roos")
        HouseholdMember.objects.create(household=home, resident=resident)
        contact = NetworkContact.objects.create(household=home, name="Til", relation="tante")
        plan = SupportPlan.objects.create(household=home, made_by=world.anna, made_at=moment)
        goal = Goal.objects.create(plan=plan, rank=1, domain=domain, title="Wij tellen samen.")
        owner = {"OWN": {"owner_resident": resident}, "CLOSE": {"owner_contact": contact}}
        Action.objects.create(
            goal=goal, what="Tellen", due_on=moment.date(), status="DONE", proposed_by=world.anna, changed_at=moment,
            **owner.get(done, {"owner_professional": world.omar}),
        )  # fmt: skip
    for table in ("households_householdevent", "plans_goalevent"):  # the clock of the database can not travel
        sql(f"UPDATE {table} SET pgh_created_at = %s WHERE pgh_created_at > %s", moment, TODAY - timedelta(days=1))


def seen(world, period: str = QUARTER) -> dict[str, dict[str, str]]:
    """Every number on the page, by table and row."""
    response = world.browser.get(reverse("desk:figures"), {"periode": period})
    assert response.status_code == 200
    return {table.title: {row.label: row.words for row in table.every} for table in response.context["tables"]}


def in_file(world, period: str = QUARTER) -> dict[tuple[str, str], str]:
    response = world.browser.get(reverse("desk:figures_csv"), {"periode": period})
    assert response.status_code == 200
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Periode", "Onderwerp", "Wat", "Aantal"]
    return {(subject, what): number for _period, subject, what, number in rows[1:]}
