"""python -m trials.bench.full      a household in which a lot is going on, of a coordinator with a full day

Made through the application itself, after `trials.seed`. Tells, as JSON, its number and who is logged in."""

import json
from datetime import timedelta
from itertools import cycle, islice
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.utils import timezone

from households import actions as households
from households.domains import LifeDomain
from households.models import Household
from partners.models import PartnerLink, Professional, Team, TeamMembership
from partners.permissions import Role
from plans import actions as plans
from signals import actions as signals
from signals.models import Signal
from trials.seed import logged_in

HOUSEHOLDS, RESIDENTS, GOALS, ACTIONS, SIGNALS, NOTES, PARTICIPANTS = 25, 5, 10, 4, 30, 150, 12


def main() -> None:
    team = Team.objects.get(name="Sociaal team Telstad")
    bram = Professional.objects.create(
        email="bram@telstad.example", first_name="Bram", last_name="Optelder", organisation=team.organisation
    )
    TeamMembership.objects.create(team=team, professional=bram, role=Role.COORDINATOR)
    homes = [
        households.make_household(
            name=f"Familie Vol {number}", team=team, coordinator=bram, by=bram, address=f"Drukpad {number}",
            next_step="Langsgaan.", next_step_on=timezone.localdate() + timedelta(days=number),
        )
        for number in range(1, HOUSEHOLDS + 1)
    ]  # fmt: skip
    for home in homes[1:]:
        a_plan(home, bram, goals=1)
    a_lot_goes_on(homes[0], bram)
    print(json.dumps({"session": logged_in(bram), "household": homes[0].number}))


def a_lot_goes_on(home: Household, by: Professional) -> None:
    a_plan(home, by, goals=GOALS)
    link = PartnerLink.objects.select_related("organisation", "team").get()
    today = timezone.localdate()
    for number in range(PARTICIPANTS):
        helper = Professional.objects.create(
            email=f"hulp{number}@telstad.example", first_name=f"Hulp {number}", last_name="Bijdehand",
            organisation=link.organisation,
        )  # fmt: skip
        asked = households.invite(
            household=home, professional=helper, purpose="Helpen met de post.", added_value="Rust.",
            household_agrees_on=today, ends_on=today + timedelta(days=90), by=by,
        )  # fmt: skip
        households.accept_invitation(participant=asked, by=helper)
    for number in range(NOTES):
        households.write_note(
            household=home, by=by, kind="FACT", occasion="PHONE", happened_on=today - timedelta(days=number),
            text="Gebeld. Er was weinig nieuws, en dat is goed nieuws.", about=[],
        )  # fmt: skip
    for _ in range(SIGNALS):
        submission = uuid4()
        signals.receive(
            link=link, submission=submission, observation="De gang staat vol dozen.", danger_now=False,
            discussed=Signal.Discussed.AGREED, reporter_name="Ilse Waanders", reporter_email="ilse@kraamzorg.example",
        )  # fmt: skip
        signal = Signal.objects.get(submission=submission)
        signals.take_up(signal=signal, by=by)
        signals.link_to_household(signal=signal, household=home, by=by)


def a_plan(home: Household, by: Professional, *, goals: int) -> None:
    """With residents, and four actions to each goal."""
    residents = [
        households.add_resident(household=home, by=by, first_name=f"Bewoner {number}", last_name="Vol")
        for number in range(RESIDENTS)
    ]
    everybody: list[Any] = [*residents, by]
    plan, owners = plans.make_plan(household=home, by=by), cycle(everybody)
    for domain in islice(cycle(LifeDomain.values), goals):
        goal = plans.add_goal(plan=plan, by=by, domain=domain, title="Wij tellen samen tot tien.", about=residents[:2])
        for _ in range(ACTIONS):
            due = timezone.localdate() + timedelta(days=7)
            plans.add_action(goal=goal, what="Tot tien tellen.", owner=next(owners), due_on=due, by=by)


if __name__ == "__main__":
    main()
