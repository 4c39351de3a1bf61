"""python -m trials.bench.full      a household in which a lot is going on, of a coordinator with a full day

Made through the application itself, after `trials.seed`. Tells, as JSON, its number and who is logged in."""

import json
from datetime import time, timedelta
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
from plans.models import Action
from signals import actions as signals
from signals.models import Signal
from trials.seed import logged_in

HOUSEHOLDS, RESIDENTS, GOALS, ACTIONS, SIGNALS, NOTES, PARTICIPANTS = 25, 5, 10, 4, 30, 150, 12
MOST_ACTIONS = 20  # under each goal of the longest plan


def main() -> None:
    bram, wout = a_coordinator("Bram"), a_coordinator("Wout")
    homes = [a_household(number, bram) for number in range(1, HOUSEHOLDS + 1)]
    for home in homes[1:]:
        a_plan(home, bram, goals=1)
    a_lot_goes_on(homes[0], bram)
    longest = a_household(HOUSEHOLDS + 1, wout)
    a_plan(longest, wout, goals=GOALS, actions=MOST_ACTIONS)
    told = {"session": logged_in(bram), "household": homes[0].number, "change": a_change(homes[0], bram)}
    print(json.dumps(told | {"longest": {"session": logged_in(wout), "household": longest.number}}))


def a_change(home: Household, owner: Professional) -> dict[str, Any]:
    """What a browser sends when somebody saves an action: where to, and the form."""
    action = Action.objects.filter(goal__plan__household=home, owner_professional=owner).first()
    assert action
    form = {
        "what": action.what,
        "owner": f"professional-{owner.pk}",
        "due_on": f"{action.due_on}",
        "goal": f"{action.goal_id}",
    }
    return {"address": f"/huishoudens/{home.number}/plan/acties/{action.pk}/", "form": form}


def a_coordinator(first_name: str) -> Professional:
    team = Team.objects.get(name="Sociaal team Telstad")
    made = Professional.objects.create(
        email=f"{first_name.lower()}@telstad.example", first_name=first_name, last_name="Optelder",
        organisation=team.organisation,
    )  # fmt: skip
    TeamMembership.objects.create(team=team, professional=made, role=Role.COORDINATOR)
    return made


def a_household(number: int, coordinator: Professional) -> Household:
    return households.make_household(
        name=f"Familie Vol {number}", team=coordinator.teams.get(), coordinator=coordinator, by=coordinator,
        address=f"Drukpad {number}", next_step="Langsgaan.", next_step_on=timezone.localdate() + timedelta(days=number),
    )  # fmt: skip


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


def a_plan(home: Household, by: Professional, *, goals: int, actions: int = ACTIONS) -> None:
    """With residents, so many actions to each goal, and an appointment with every fifth of them."""
    residents = [
        households.add_resident(household=home, by=by, first_name=f"Bewoner {number}", last_name="Vol")
        for number in range(RESIDENTS)
    ]
    everybody: list[Any] = [*residents, by]
    plan, owners = plans.make_plan(household=home, by=by), cycle(everybody)
    for domain in islice(cycle(LifeDomain.values), goals):
        goal = plans.add_goal(plan=plan, by=by, domain=domain, title="Wij tellen samen tot tien.", about=residents[:2])
        for number in range(actions):
            due, hour = timezone.localdate() + timedelta(days=7), 8 + number % 9
            meeting = {"weekday": number % 5, "starts": time(hour), "ends": time(hour, 30), "every_weeks": 1}
            plans.add_action(
                goal=goal, what="Tot tien tellen.", owner=next(owners), due_on=due, by=by,
                appointment=None if number % 5 else meeting,
            )  # fmt: skip


if __name__ == "__main__":
    main()
