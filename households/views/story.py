"""The story in own words, with every version of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from households import access
from partners.requests import TeamRequest


@require_GET
def versions(request: TeamRequest, number: str) -> HttpResponse:
    """What they told, newest first: when, to whom, and who agreed with it after it was read aloud."""
    household = access.load_household(request, number, event="story")
    told = list(household.stories.select_related("written_by").order_by("-version"))
    context = {"household": household, "story": told[0] if told else None, "before": told[1:]}
    return render(request, "households/story.html", context)
