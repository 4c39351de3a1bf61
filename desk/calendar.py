"""The calendar of one person, for the app where all other appointments are: when there is something, and at which household.
A company elsewhere may read along, so it tells numbers, days and times. Who and what stands behind the login."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from households import access
from partners.models import Professional
from plans.models import Action, Meeting, SupportPlan

LASTS = timedelta(hours=1)  # a meeting, of which nobody says when it ends
READ_AGAIN = timedelta(hours=4)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def calendar_of(professional: Professional) -> bytes:
    """As RFC 5545 has it."""
    found = Calendar()
    found.add("prodid", "-//Huisplan//NL")
    found.add("version", "2.0")
    found.add("x-wr-calname", "Huisplan")
    found.add("refresh-interval", READ_AGAIN, parameters={"value": "DURATION"})
    for event in events_of(professional):
        found.add_component(event)
    found.add_missing_timezones()
    return found.to_ical()


def events_of(professional: Professional) -> Iterator[Event]:
    for action in own_actions(professional):
        yield of_action(action)
    for meeting in own_meetings(professional):
        number = meeting.household.number
        kind = capfirst(meeting.get_kind_display())
        yield event(f"overleg-{meeting.pk}", kind, number, timezone.localtime(meeting.starts_at))
    for household in access.my_households(professional):
        if household.next_step_on:
            yield event(f"stap-{household.pk}", _("Next step"), household.number, household.next_step_on)
    plans = SupportPlan.objects.changeable_by(professional).open().exclude(evaluate_on=None).select_related("household")
    for plan in plans.order_by("pk"):
        yield event(f"terugkijken-{plan.pk}", _("Looking back"), plan.household.number, plan.evaluate_on)


def own_actions(professional: Professional):
    """Of the households that this person coordinates, and of those where this person takes part."""
    shown = Q(pk__in=Action.objects.visible_to(professional).values("pk"))
    shown |= Q(pk__in=Action.objects.owned_in_circle_by(professional).values("pk"))
    own = Action.objects.open().filter(shown, owner_professional=professional)
    return own.select_related("appointment", "goal__plan__household").order_by("pk")


def own_meetings(professional: Professional):
    """Those of the households that this person coordinates."""
    return Meeting.objects.changeable_by(professional).to_come().select_related("household").order_by("starts_at", "pk")


def of_action(action: Action) -> Event:
    number, meets = action.household.number, getattr(action, "appointment", None)
    if meets is None:
        return event(f"actie-{action.pk}", _("Action"), number, action.due_on)
    first = meets.from_on + timedelta(days=(meets.weekday - meets.from_on.weekday()) % 7)
    starts, ends = (timezone.make_aware(datetime.combine(first, at)) for at in (meets.starts, meets.ends))
    found = event(f"actie-{action.pk}", _("Appointment"), number, starts, ends)
    until = timezone.make_aware(datetime.combine(max(action.due_on, first), meets.ends)).astimezone(UTC)
    found.add("rrule", {"freq": "weekly", "interval": meets.every_weeks, "byday": DAYS[meets.weekday], "until": until})
    return found


def event(key: str, what: str, number: str, starts: date, ends: datetime | None = None) -> Event:
    """On a whole day, or on a moment."""
    found = Event()
    found.add("uid", f"{key}@{urlsplit(settings.BASE_URL).hostname}")
    found.add("dtstamp", timezone.now())
    found.add("summary", _("%(what)s, household %(number)s") % {"what": what, "number": number})
    found.add("dtstart", starts)
    if isinstance(starts, datetime):
        found.add("dtend", ends or starts + LASTS)
    else:
        found.add("transp", "TRANSPARENT")
    found.add("url", f"{settings.BASE_URL}{reverse('desk:my_day')}")
    return found
