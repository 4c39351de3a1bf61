"""Staying logged in, and getting back what was typed when the session had just ended."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from config.sessions import ALREADY_KEPT, drop, kept_for
from partners.requests import TeamRequest


@require_POST
def stay(request: TeamRequest) -> HttpResponse:
    """Somebody is still there. That this came in is all it does."""
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def kept(request: TeamRequest) -> HttpResponse:
    """What was typed, to send after all or to throw away. It is never sent by itself."""
    if request.method == "POST":
        drop(request.session, request.POST.get(ALREADY_KEPT))
        return redirect("desk:kept" if kept_for(request) else "desk:my_day")
    return render(request, "desk/kept.html", {"forms": kept_for(request), "already": ALREADY_KEPT})
