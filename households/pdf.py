"""Who has seen my details? On paper, for one resident.

This paper lies around. So it names the resident by the first name, and holds no address."""

from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from config import printing
from households import seen
from households.models import Household, Resident


@override("nl")
def who_looked(
    household: Household, resident: Resident, *, since: date | None = None, until: date | None = None
) -> bytes:
    """The overview as a PDF, in two queries when the household came with its team and coordinator."""
    coordinator, team = household.coordinator, household.team
    facts = {
        "resident": resident,
        "since": since or seen.a_year_ago(),
        "until": until or timezone.localdate(),
        "entries": seen.who_looked(household, resident, since=since, until=until),
        "coordinator": coordinator,
        "phone": coordinator.phone or team.phone,
        "team": team,
        "printed_on": timezone.localdate(),
        "demo": settings.DEMO,
    }
    return printing.pdf(printing.layout(render_to_string("households/wie-keek-mee.html", facts)))
