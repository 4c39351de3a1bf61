"""The examples of a team that a goal can begin with, for who may write them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from households import access
from partners.models import Team
from partners.permissions import Permission
from partners.requests import TeamRequest, needs
from plans import actions
from plans.examples import by_domain, examples_of
from plans.forms.examples import ExampleForm
from plans.models import ExampleGoal
from plans.views.shared import line_of, own_team


@needs(Permission.WRITE_QUESTIONS)
@require_GET
def examples(request: TeamRequest) -> HttpResponse:
    """Of the one team of who looks; somebody of several teams sees the first."""
    team = own_team(request)
    rows = examples_of(team).values()
    access.record(action=access.Action.VIEW, event="examples", about=team, by=request.user)
    groups = by_domain(one for one in rows if one.in_use)
    context = {"team": team, "groups": groups, "away": [one for one in rows if not one.in_use]}
    return render(request, "plans/examples.html", context)


@needs(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def add_example(request: TeamRequest) -> HttpResponse:
    return written(request, own_team(request), None)


@needs(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def change_example(request: TeamRequest, key: str) -> HttpResponse:
    team = own_team(request)
    return written(request, team, line_of(examples_of(team), key))


@needs(Permission.WRITE_QUESTIONS)
@require_POST
def put_example(request: TeamRequest, key: str) -> HttpResponse:
    """Put it away, or take it back."""
    example = line_of(examples_of(own_team(request)), key)
    actions.put_example(example=example, in_use=request.POST.get("in_use") == "yes", by=request.user)
    messages.success(request, _("Saved."))
    return redirect("examples:examples")


def written(request: TeamRequest, team: Team, example: ExampleGoal | None) -> HttpResponse:
    form = ExampleForm(request.POST or None, example=example)
    if request.method == "POST" and form.is_valid():
        actions.write_example(team=team, key=example.key if example else "", by=request.user, **form.written())
        messages.success(request, _("Saved."))
        return redirect("examples:examples")
    context = {"form": form, "example": example}
    return render(request, "plans/example.html", context, status=422 if form.errors else 200)
