"""The list of a team: what actions can be aimed at, and what does not go together."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from households import access
from partners.permissions import Permission
from partners.requests import TeamRequest, needs
from plans import actions
from plans.forms.aims import OppositionForm
from plans.models import Opposition
from plans.views.shared import own_team


@needs(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def aims(request: TeamRequest) -> HttpResponse:
    """Of the one team of who looks; somebody of several teams sees the first."""
    team = own_team(request)
    form = OppositionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_opposition(team=team, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("aims:aims")
        except actions.AlreadyOpposite:
            form.add_error("other", _("These two stand in the list already, or are the same."))
    access.record(action=access.Action.VIEW, event="aims", about=team, by=request.user)
    context = {"team": team, "form": form, "oppositions": Opposition.objects.of_team(team)}
    return render(request, "plans/aims.html", context, status=422 if form.errors else 200)


@needs(Permission.WRITE_QUESTIONS)
@require_POST
def remove(request: TeamRequest, pk: int) -> HttpResponse:
    opposition = Opposition.objects.writable_by(request.user).filter(pk=pk).first()
    if opposition is None:
        raise Http404
    actions.remove_opposition(opposition=opposition, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("aims:aims")
