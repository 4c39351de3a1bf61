"""What a participant of the circle hears of what does not fit together. Both sides only when both may be seen; when the other
side was not shared, no more than that something does not fit, and whom to call."""

from dataclasses import dataclass, field

from plans.models import Action, ActionConflict
from plans.rules import Rule
from plans.sharing import Part


@dataclass(frozen=True)
class Heard:
    """`own` is the action of this participant that is one of the sides; `sides` is empty when not all may be seen."""

    own: Action | None
    title: str = ""
    sides: list[Action] = field(default_factory=list)
    said: str = ""


def heard(parts: list[Part]) -> dict[int, list[Heard]]:
    """By the key of the participant, in two queries however many there are."""
    households = [part.participant.household_id for part in parts]
    clashes = ActionConflict.objects.filter(plan__household__in=households).open().of_running_plans()
    found: dict[int, list[Heard]] = {part.participant.pk: [] for part in parts}
    for clash in clashes.select_related("plan", "resident").prefetch_related("sides"):
        for part in parts:
            if part.participant.household_id == clash.plan.household_id and (one := of_part(clash, part)):
                found[part.participant.pk].append(one)
    return found


def of_part(clash: ActionConflict, part: Part) -> Heard | None:
    own = {action.pk: action for action in part.actions}
    seen = own | {action.pk: action for goal in part.goals for action in goal.actions.all()}
    sides = [side.pk for side in clash.sides.all()]
    mine = next((own[pk] for pk in sides if pk in own), None)
    said_here = clash.raised_by_id == part.participant.professional_id
    if said_here:
        return Heard(mine, said=clash.said)
    if clash.rule != Rule.BY_HAND and all(pk in seen for pk in sides):
        return Heard(mine, title=str(clash.get_rule_display()), sides=[seen[pk] for pk in sides])
    return Heard(mine) if mine else None
