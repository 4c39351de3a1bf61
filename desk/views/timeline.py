"""Everything that happened with one household, as one list."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from desk.forms.timeline import TimelineForm
from desk.timeline import chosen
from desk.timeline import timeline as timeline_of
from households import access
from partners.requests import TeamRequest


@require_http_methods(["GET", "POST"])
def timeline(request: TeamRequest, number: str) -> HttpResponse:
    """Of one kind or about one person, when asked. Searching is a POST, so that no word ever stands in an address."""
    household = access.load_household(request, number, event="timeline")
    form = TimelineForm(request.POST if request.method == "POST" else request.GET, household=household)
    entries, words = [], ""
    if form.is_valid():
        wanted = form.cleaned_data
        words = wanted["q"] if request.method == "POST" else ""
        entries = chosen(
            timeline_of(household, request.user), kind=wanted["soort"], resident=wanted["wie"], words=words
        )
    if words:
        access.record(
            action=access.Action.SEARCH, event="search timeline", about=household, by=request.user, hits=len(entries)
        )
    page = Paginator(entries, 200 if words else 50).get_page(request.GET.get("blad"))
    context = {"household": household, "form": form, "page": page, "q": words}
    return render(request, "desk/timeline.html", context, status=422 if form.errors else 200)
