"""How it goes, over time: the life domains as they were talked about, and the marks of residents themselves."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from households import access, charts
from partners.requests import TeamRequest


@require_GET
def levels(request: TeamRequest, number: str) -> HttpResponse:
    """A small picture for each life domain and each side of a life, each with its table."""
    household = access.load_household(request, number, event="levels")
    context = {"household": household, "domains": charts.of_domains(household), "own": charts.of_own_marks(household)}
    return render(request, "households/levels.html", context)
