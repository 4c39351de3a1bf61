"""Paper about a household: who has seen the details of a resident, and the guide for a talk with room to write.

Paper lies around. So it names residents by the first name, and holds no address."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import override

from config import printing
from households import guide, seen
from households.domains import Level
from households.models import Household, LogHead, Resident

Step = Callable[[], None]  # said after each part of a paper that takes long
STEPS_OF_A_SHEET = 2


def silent() -> None:
    """For who does not wait."""


def paper(template: str, household: Household, **facts: object) -> bytes:
    """A paper about this household as a PDF. Each says whom to call and when it was printed."""
    return sheet(template, on_every_paper(household) | facts)


def sheet(template: str, facts: dict[str, Any], *, step: Step = silent) -> bytes:
    """The same, when all that stands on it was gathered already. In `STEPS_OF_A_SHEET` steps, for who waits for a long one."""
    document = printing.layout(render_to_string(template, facts))
    step()
    file = printing.pdf(document)
    step()
    return file


def on_every_paper(household: Household) -> dict[str, Any]:
    """`household` comes with its team and coordinator."""
    coordinator, team = household.coordinator, household.team
    return {
        "household": household,
        "coordinator": coordinator,
        "phone": coordinator.phone or team.phone,
        "team": team,
        "printed_on": timezone.localdate(),
        "demo": settings.DEMO,
    }


@override("nl")
def who_looked(
    household: Household, resident: Resident, *, since: date | None = None, until: date | None = None
) -> bytes:
    """The overview as a PDF, in two queries when the household came with its team and coordinator."""
    return paper(
        "households/wie-keek-mee.html",
        household,
        resident=resident,
        since=since or seen.a_year_ago(),
        until=until or timezone.localdate(),
        entries=seen.who_looked(household, resident, since=since, until=until),
        begins=LogHead.objects.begins(household) if since else None,  # the last year is never in an archive
    )


@override("nl")
def talk_guide(household: Household) -> bytes:
    """The cards of the team with room to write, in the order of the talk. Nothing that the household told before stands on
    it but the first names: it is to be written on, and comes back by hand."""
    residents = household.members.select_related("resident")
    cards = guide.cards_of(household.team)
    return paper(
        "households/gesprek.html",
        household,
        names=get_text_list([member.resident.first_name for member in residents], _("and")),
        steps=[
            {
                "step": step,
                "questions": cards[step.key],
                "picture": printing.picture(step.icon, _("Picture of %(domain)s") % {"domain": step.title}),
                "places": [place for place in step.places if not place.is_level],
                "levels": Level.scale() if step.domain else [],
            }
            for step in guide.STEPS
        ],
    )
