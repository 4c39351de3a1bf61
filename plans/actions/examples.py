"""The examples that a team begins goals with."""

from collections.abc import Sequence

from django.db import transaction

from households import access
from partners.models import Professional, Team
from plans.actions.lines import put_line, write_line
from plans.models import ExampleGoal
from plans.models.example import Step


@transaction.atomic
def write_example(
    *, team: Team, by: Professional, steps: Sequence[Step], key: str = "", **facts: object
) -> ExampleGoal:
    """Write an example anew, ours too; without a key it is a new one. Goals that began with it stay as they are."""
    rows = [step._asdict() for step in steps]
    example = write_line(ExampleGoal, team=team, key=key, facts={"steps": rows, **facts})
    access.record(action=access.Action.UPDATE, event="write example", about=team, by=by)
    return example


@transaction.atomic
def put_example(*, example: ExampleGoal, in_use: bool, by: Professional) -> None:
    """Put an example away, or take it back. Nothing of it is lost."""
    put_line(example, in_use=in_use)
    event = "use example again" if in_use else "put example away"
    access.record(action=access.Action.UPDATE, event=event, about=example.team, by=by)
