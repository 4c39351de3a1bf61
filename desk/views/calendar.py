"""When there is something, in the calendar app of whoever wants that."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from config.limits import too_many
from desk.calendar import calendar_of
from households import access
from partners import actions
from partners.models import CalendarKey
from partners.requests import TeamRequest

Log = access.Action


@require_GET
def calendar(request: TeamRequest) -> HttpResponse:
    """The own address for a calendar app, and what such an app reads."""
    key = CalendarKey.objects.filter(professional=request.user).first()
    address = f"{settings.BASE_URL}{reverse('desk:feed', args=[key.token])}" if key else ""
    return render(request, "desk/calendar.html", {"key": key, "address": address})


@require_POST
@transaction.atomic
def make_calendar(request: TeamRequest) -> HttpResponse:
    actions.make_calendar_key(professional=request.user)
    access.record(action=Log.CREATE, event="make calendar", about=request.user, by=request.user)
    messages.success(request, _("You have an address. Copy it into your calendar app."))
    return redirect("desk:calendar")


@require_POST
@transaction.atomic
def end_calendar(request: TeamRequest) -> HttpResponse:
    actions.end_calendar_key(professional=request.user)
    access.record(action=Log.UPDATE, event="end calendar", about=request.user, by=request.user)
    messages.success(request, _("The address does not work any more."))
    return redirect("desk:calendar")


@login_not_required
@require_safe
@transaction.atomic
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar app reads, many times a day; the first of each day is a line in the log. Who guesses is slowed down."""
    key = CalendarKey.objects.by_token(token).first()
    if key is None:
        if too_many(request, what="calendar", rate="30/h"):
            return HttpResponse(status=429)
        raise Http404
    found = calendar_of(key.professional)
    if actions.read_calendar(key=key):
        access.record(action=Log.VIEW, event="read calendar", about=key.professional, by=key.professional)
    return HttpResponse(found, content_type="text/calendar; charset=utf-8")
