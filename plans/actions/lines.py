"""What a team writes in the place of lines of our own: examples of goals, and schemes."""

from typing import Any, TypeVar

from django.utils.crypto import get_random_string

from partners.models import Team
from plans.models import ExampleGoal, Scheme

Line = TypeVar("Line", ExampleGoal, Scheme)


def write_line(kind: type[Line], *, team: Team, key: str, facts: dict[str, Any]) -> Line:
    """Anew, ours too; without a key it is a new one."""
    line, _made = kind._default_manager.update_or_create(
        team=team, key=key or get_random_string(12).lower(), defaults=facts
    )
    return line


def put_line(line: ExampleGoal | Scheme, *, in_use: bool) -> None:
    """Away, or back. Nothing of it is lost."""
    change = {"in_use": in_use}
    type(line)._default_manager.update_or_create(
        team=line.team, key=line.key, defaults=change, create_defaults=line.facts | change
    )
