"""What the pages of the plan share."""

from collections.abc import Mapping
from typing import TypeVar

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from households.models import Household
from partners.models import Team
from partners.permissions import Permission
from partners.requests import TeamRequest
from plans.models import Goal
from plans.models.scan import KeptPaper
from plans.whole import goal_in_full

NOT_TAKEN = gettext_lazy("This is no picture and no PDF that can be read. Make a new photo, or scan it again.")
Line = TypeVar("Line")
GOALS = Goal.objects.select_related("plan__household__coordinator")


def own_team(request: TeamRequest) -> Team:
    """The first team whose questions, examples and aims this person writes. Raises Http404 when there is none."""
    team = request.user.teams_with(Permission.WRITE_QUESTIONS).order_by("pk").first()
    if team is None:
        raise Http404
    return team


def line_of(lines: Mapping[str, Line], key: str) -> Line:
    """One line of a list of the team. Raises Http404."""
    if key not in lines:
        raise Http404
    return lines[key]


def fetched(paper: KeptPaper, name: str) -> HttpResponse:
    """A file to keep, never shown in a page: what somebody else made is not trusted by a browser."""
    response = HttpResponse(bytes(paper.file), content_type=paper.kind)  # type: ignore[arg-type]  # the field gives bytes
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{paper.ending}"'
    return response


def card(goal: Goal) -> dict:
    """What the card of a goal shows, read anew."""
    return {"household": goal.household, "open": True} | goal_in_full(goal.pk, goal.household)


def home(household: Household) -> str:
    return reverse("desk:household", args=[household.number])


def place(goal: Goal) -> str:
    return f"{home(goal.household)}#doel-{goal.pk}"
