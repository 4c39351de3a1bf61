"""What one participant of the circle may see, on paper: the same part that this person sees on the own page, and nothing
else. `plans.sharing` decides."""

from django.utils.translation import override

from households.models import Participant
from households.pdf import on_every_paper, sheet
from plans.models import Action
from plans.papers.described import row
from plans.pdf import pictogram
from plans.sharing import parts


@override("nl")
def participant_paper(participant: Participant) -> bytes:
    """As a PDF. A participant `with_grants()`, with household, team and coordinator, keeps the number of queries fixed."""
    return sheet("plans/papers/participant.html", content(participant))


def content(participant: Participant) -> dict:
    (part,) = parts([participant])
    household = participant.household
    own = [action for action in part.actions if action.status != Action.Status.DROPPED]
    return on_every_paper(household) | {
        "participant": participant,
        "part": part,
        "name": household.name if not participant.volunteer else "",
        "own": [row(action) | {"practical": action.practical} for action in own],
        "goals": [
            {
                "goal": goal,
                "picture": pictogram(goal),
                "others": [
                    row(action)
                    for action in goal.actions.all()
                    if action.owner_professional_id != participant.professional_id
                    and action.status != Action.Status.DROPPED
                ],
            }
            for goal in part.goals
        ],
    }
