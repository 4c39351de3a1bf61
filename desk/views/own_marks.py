"""A resident gives the own life marks, on the own page. Nobody of the team comes through this door."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from desk.views.own_page import behind_the_door, context_of
from households import access, actions, charts
from households.forms.marks import OwnMarksForm
from households.models import OwnPage


@login_not_required
@require_http_methods(["GET", "POST"])
@behind_the_door
def own_marks(request: HttpRequest, page: OwnPage) -> HttpResponse:
    """How it goes, by the resident: a mark on as many sides of the life as the resident likes, and the earlier ones."""
    household = access.read_own_page(page, event="own marks")
    form = OwnMarksForm(request.POST or None, auto_id="cijfer-%s")
    if request.method == "POST" and form.is_valid():
        actions.give_own_marks(page=page, marks=form.marks())
        return redirect(f"{reverse('desk:own_marks', args=[page.token])}?klaar=1")
    context = context_of(page) | {
        "form": form,
        "saved": "klaar" in request.GET,
        "own": charts.of_own_marks(household, of=page.member.resident_id),
    }
    return render(request, "desk/own_page/marks.html", context, status=422 if form.errors else 200)
