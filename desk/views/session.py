"""Staying logged in, and getting back what was typed when the session had just ended."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from config.sessions import ALREADY_KEPT, KEPT, kept_for
from partners.requests import TeamRequest

SHORTEST_TEXT = 3  # what is shorter is a choice, not a text


@require_POST
def stay(request: TeamRequest) -> HttpResponse:
    """Somebody is still there. That this came in is all it does."""
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def kept(request: TeamRequest) -> HttpResponse:
    """What was typed, to send after all or to throw away. It is never sent by itself."""
    form = kept_for(request)
    if form is None or request.method == "POST":
        request.session.pop(KEPT, None)
        return redirect("desk:my_day")
    texts = [value for _name, value in form["fields"] if len(value.strip()) >= SHORTEST_TEXT and " " in value.strip()]
    context = {"form": form, "texts": texts, "already": ALREADY_KEPT}
    return render(request, "desk/kept.html", context)
