"""Who does what for this household, and who waits for whom. From the plan itself: nobody keeps a list of it."""

from dataclasses import dataclass, field

from households.models import Household, Participant
from plans.actions import Owner
from plans.models import Action, SupportPlan
from plans.workflow import OPEN, Status


@dataclass
class Row:
    """One person in the plan. `waits_for` and `awaited_by` name the action and the other one."""

    person: Owner
    participant: Participant | None = None
    open: list[Action] = field(default_factory=list)
    waits_for: list[tuple[Action, Owner]] = field(default_factory=list)
    awaited_by: list[tuple[Action, Owner]] = field(default_factory=list)
    to_say_yes: list[Action] = field(default_factory=list)
    late: list[Action] = field(default_factory=list)

    @property
    def name(self) -> str:
        return getattr(self.person, "full_name", "") or getattr(self.person, "name", "") or str(self.person)

    @property
    def kind(self) -> str:
        """resident, networkcontact or professional"""
        return str(self.person._meta.model_name)


def cooperation(household: Household, plan: SupportPlan | None) -> list[Row]:
    """Everybody who does something in a plan `in_full()` or is in the circle: they themselves first, then people close, then
    others. One query."""
    actions = [action for goal in plan.goals.all() for action in goal.actions.all()] if plan else []
    by_key = {action.pk: action for action in actions}
    rows: dict[Owner, Row] = {}
    for action in actions:
        if action.status in OPEN:
            put(rows.setdefault(action.owner, Row(action.owner)), action)
    for action in actions:
        awaited = by_key.get(action.waits_for_id or 0)
        if awaited and {action.status, awaited.status} <= OPEN and action.owner != awaited.owner:
            rows[action.owner].waits_for.append((awaited, awaited.owner))
            rows[awaited.owner].awaited_by.append((awaited, action.owner))
    for participant in household.circle.active().select_related("professional__organisation").order_by("pk"):
        person = participant.professional
        rows.setdefault(person, Row(person)).participant = participant
    order = {"resident": 0, "networkcontact": 1, "professional": 2}
    return sorted(rows.values(), key=lambda row: order[row.kind])


def put(row: Row, action: Action) -> None:
    row.open.append(action)
    if action.status == Status.PROPOSED:
        row.to_say_yes.append(action)
    if action.is_overdue:
        row.late.append(action)
