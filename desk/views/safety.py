"""Agreements about safety, for the few to whom they were shown: a participant, and a resident on the own page."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from desk.views.own_page import behind_the_door, context_of
from households import access
from households.models import OwnPage
from partners.requests import TeamRequest
from plans.models import SafetyPlan

PLANS = SafetyPlan.objects.in_full().select_related("household__coordinator")


@require_GET
def family_safety(request: TeamRequest, pk: int) -> HttpResponse:
    """For whom is in the circle and was shown this, as long as that rests on something."""
    plan = access.load(request, PLANS, rule="granted_to", event="safety plan", pk=pk)
    return render(request, "desk/family_safety.html", {"safety_plan": plan})


@login_not_required
@require_GET
@behind_the_door
def own_safety(request: HttpRequest, page: OwnPage) -> HttpResponse:
    """404 for whom nothing was shown, the same as when there is nothing."""
    plans = list(PLANS.read_by(page.member))
    if not plans:
        raise Http404
    access.read_own_page(page, event="own safety plan")
    return render(request, "desk/own_page/safety.html", context_of(page) | {"plans": plans})
