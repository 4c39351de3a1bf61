"""The teams of the own organisation, for the functional manager: what partners and residents read of them."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from households import access
from partners import actions
from partners.forms import TeamForm
from partners.models import Team
from partners.permissions import Permission
from partners.requests import TeamRequest, needs

Log = access.Action
manager = needs(Permission.MANAGE_PEOPLE)


@manager
@require_GET
def teams(request: TeamRequest) -> HttpResponse:
    found = Team.objects.managed_by(request.user).prefetch_related("districts")
    return render(request, "desk/teams.html", {"teams": found})


@manager
@require_http_methods(["GET", "POST"])
def add_team(request: TeamRequest) -> HttpResponse:
    """One more team of the same organisation. Its people come by the page of people."""
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        own = request.user.teams_with(Permission.MANAGE_PEOPLE).select_related("organisation")[0]
        with transaction.atomic():
            team = actions.make_team(organisation=own.organisation, **form.cleaned_data)
            access.record(action=Log.CREATE, event="add team", about=team, by=request.user)
        messages.success(request, _("%(name)s is there. Bring in who works in it.") % {"name": team})
        return redirect("desk:teams")
    return page_of(request, form)


@manager
@require_http_methods(["GET", "POST"])
def team(request: TeamRequest, pk: int) -> HttpResponse:
    found = Team.objects.managed_by(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    form = TeamForm(request.POST or None, team=found, initial=facts_of(found))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.change_team(team=found, **form.cleaned_data)
            access.record(action=Log.UPDATE, event="change team", about=found, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("desk:teams")
    return page_of(request, form)


# ---- what the views share


def facts_of(team: Team) -> dict[str, str]:
    districts = "\n".join(team.districts.values_list("name", flat=True))
    return {name: getattr(team, name) for name in TeamForm.base_fields if name != "districts"} | {
        "districts": districts
    }


def page_of(request: TeamRequest, form: TeamForm) -> HttpResponse:
    context = {"form": form, "team": form.team}
    return render(request, "desk/team.html", context, status=422 if form.errors else 200)
