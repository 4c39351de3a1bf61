"""A household that nobody sent a signal about: somebody came to the desk, or called."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from households import actions
from households.forms.household import NewHouseholdForm
from partners.permissions import Permission
from partners.requests import TeamRequest, needs


@require_http_methods(["GET", "POST"])
@needs(Permission.COORDINATE)
def new_household(request: TeamRequest) -> HttpResponse:
    """What looks like it is shown first, and one chooses: it is that one, or it is another."""
    teams = list(request.user.teams_with(Permission.COORDINATE).order_by("name"))
    asked = request.POST.get("team") or request.GET.get("team")
    team = next((team for team in teams if str(team.pk) == asked), teams[0])
    form = NewHouseholdForm(request.POST or None, team=team, by=request.user)
    if request.method == "POST" and form.is_valid():
        household = actions.make_household(team=team, by=request.user, resident=form.resident(), **form.facts())
        if household.coordinator == request.user:
            messages.success(request, _("Made. You are the coordinator of this household."))
            return redirect("desk:household", number=household.number)
        messages.success(
            request, _("Made. %(name)s is the coordinator and goes on with it.") % {"name": household.coordinator}
        )
        return redirect("desk:households")
    context = {"form": form, "team": team, "teams": teams}
    return render(request, "households/new.html", context, status=422 if form.errors else 200)
