"""The questions on the cards of a talk, for who may write those of a team."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from households import access, actions
from households.forms.question_cards import QuestionCardsForm
from partners.models import Team
from partners.permissions import Permission
from partners.requests import TeamRequest, needs


@needs(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def question_cards(request: TeamRequest) -> HttpResponse:
    """One team at a time. Who has several chooses by ?team=."""
    teams = list(request.user.teams_with(Permission.WRITE_QUESTIONS).distinct())
    team = chosen(teams, request.GET.get("team", ""))
    form = QuestionCardsForm(request.POST or None, team=team)
    if request.method == "POST" and form.is_valid():
        actions.write_question_cards(team=team, questions=form.cleaned_data, by=request.user)
        messages.success(request, _("Saved. From now on these questions stand in each talk of the team."))
        return redirect(f"{reverse('households:question_cards')}?team={team.pk}")
    access.record(action=access.Action.VIEW, event="question cards", about=team, by=request.user)
    context = {"form": form, "team": team, "teams": teams}
    return render(request, "households/question_cards.html", context, status=422 if form.errors else 200)


def chosen(teams: list[Team], key: str) -> Team:
    """Raises Http404."""
    found = [team for team in teams if str(team.pk) == key] if key else teams
    if not found:
        raise Http404
    return found[0]
