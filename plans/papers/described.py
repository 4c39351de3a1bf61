"""How goals and actions read on paper, and which of them never stand on one."""

from django.utils.translation import gettext as _

from households.domains import LifeDomain
from plans.models import Action, Goal
from plans.pdf import before, begins, pictogram, who


def may_stand_here(goal: Goal, *, in_sight: bool = False) -> bool:
    """Safety, police and justice stand on no paper that is shared; on one that hangs `in_sight`, health does not either."""
    domain = LifeDomain(goal.domain)
    return not domain.extra_protected if in_sight else domain != LifeDomain.SAFETY_JUSTICE


def row(action: Action) -> dict:
    """Who does what and when, with the state in words. Names in full."""
    _first, of = who(action)
    return {
        "what": action.what,
        "who": str(getattr(action.owner, "name", action.owner)),
        "of": of,
        "help": action.help.label,
        "when": begins(action),
        "by": before(action.due_on),
        "state": action.get_status_display(),
        "done": action.status == Action.Status.DONE,
    }


def short_row(action: Action) -> dict:
    """For a paper to look at from a distance."""
    name, of = who(action)
    return {
        "kind": action.kind,
        "picture": pictogram(action.goal),
        "name": name,
        "of": of,
        "what": action.what,
        "when": begins(action) or before(action.due_on) or _("no day yet"),
    }
