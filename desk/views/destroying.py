"""What was kept long enough: a list by one, confirmed by another, and the proof of it. Numbers only, never a name."""

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_GET, require_http_methods

from config import printing
from desk import destroying as verbs
from households import access
from households.models import Destruction, DestructionItem
from partners.permissions import Permission
from partners.requests import TeamRequest, needs

Log = access.Action


@needs(Permission.DESTROY)
@require_http_methods(["GET", "POST"])
def destroying(request: TeamRequest) -> HttpResponse:
    """How much may go, per team, and the lists. A POST makes the list of one team."""
    teams = request.user.teams_with(Permission.DESTROY)
    if request.method == "POST":
        team = next((one for one in teams if str(one.pk) == request.POST.get("team")), None)
        if team is None:
            raise Http404
        try:
            return redirect("desk:destruction", pk=verbs.propose(team=team, by=request.user).pk)
        except verbs.ListWaits:
            messages.warning(request, _("There is a list of this team already. It waits for a second person."))
        except verbs.NothingToDestroy:
            messages.warning(request, _("Nothing of this team was kept long enough."))
    lists = list(Destruction.objects.of_teams(request.user)[:50])
    waiting = {one.team_id for one in lists if one.is_open}
    rows = [{"team": team, "kinds": kinds(verbs.due(team)), "waits": team.pk in waiting} for team in teams]
    return render(request, "desk/destroying.html", {"rows": rows, "lists": lists})


@needs(Permission.DESTROY)
@require_http_methods(["GET", "POST"])
def destruction(request: TeamRequest, pk: int) -> HttpResponse:
    """One list. Somebody else than who made it confirms; each of them can withdraw it."""
    found = load(request, pk)
    try:
        if "confirm" in request.POST:
            total = verbs.confirm(destruction=found, by=request.user)
            said = ngettext("%(n)s thing was destroyed.", "%(n)s things were destroyed.", total) % {"n": total}
            messages.success(request, said)
            return redirect("desk:destruction", pk=pk)
        if "withdraw" in request.POST:
            verbs.withdraw(destruction=found, by=request.user)
            messages.success(request, _("Withdrawn. Nothing was destroyed."))
            return redirect("desk:destroying")
    except verbs.NotByYou:
        messages.warning(request, _("Somebody else than who made the list confirms it, and it can be done once."))
        return redirect("desk:destruction", pk=pk)
    access.record(action=Log.VIEW, event="destruction", about=found, by=request.user)
    context = facts(found) | {"mine": found.made_by_id == request.user.pk}
    return render(request, "desk/destruction.html", context)


@needs(Permission.DESTROY)
@require_GET
def certificate(request: TeamRequest, pk: int) -> HttpResponse:
    found = load(request, pk)
    if found.confirmed_at is None:
        raise Http404
    access.record(action=Log.PRINT, event="print certificate", about=found, by=request.user)
    with override("nl"):
        html = render_to_string("desk/verklaring.html", facts(found) | {"printed_on": timezone.localdate()})
    return printing.answer(printing.pdf(printing.layout(html)), f"verklaring-van-vernietiging-{found.pk}", to_keep=True)


def load(request: TeamRequest, pk: int) -> Destruction:
    return get_object_or_404(Destruction.objects.of_teams(request.user), pk=pk)


def facts(found: Destruction) -> dict:
    items = list(found.items.all())
    return {
        "destruction": found,
        "items": items,
        "kinds": kinds(one for one in items if found.confirmed_at is None or one.destroyed_at),
        "stayed": [one for one in items if found.confirmed_at and not one.destroyed_at],
    }


def kinds(things) -> list[tuple[str, int]]:
    """How many of each kind."""
    counted = Counter(one.kind for one in things)
    return [(str(kind.label), counted[kind]) for kind in DestructionItem.Kind if counted[kind]]
