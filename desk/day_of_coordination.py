"""What needs somebody because of who coordinates: a colleague who was asked, somebody who stands in, and households that were
closed and must be asked how it goes."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.templating.words import short_day
from desk.task import Asks, Dated, Task
from households import access
from households.models import Closing, Handover, Household
from partners.models import Professional

SHOWN_FOR = timedelta(days=7)
SOON = timedelta(days=14)


def aftercare_of(professional: Professional) -> models.QuerySet[Closing]:
    """Households that were closed and must be asked in these weeks how it goes."""
    soon = timezone.localdate() + SOON
    mine = access.my_closed_households(professional)
    asked = Closing.objects.to_ask().filter(household__in=mine, aftercare_on__lte=soon)
    return asked.select_related("household").order_by("aftercare_on", "pk")


def standing_in(professional: Professional, households: Iterable[Household]) -> list[Dated]:
    """Who stands in until when. The households came with their coordinator and deputy."""
    return [
        (one.deputy_until, deputy_task(one, professional)) for one in households if one.has_deputy and one.deputy_until
    ]


def answers_of_colleagues(professional: Professional) -> Asks:
    """Whom this person asked to take over and who has not answered yet; and who said yes or no this week, with why not."""
    lately = timezone.now() - SHOWN_FOR
    waits = Q(accepted_at=None, declined_at=None, taken_back_at=None) | Q(declined_at__gt=lately)
    still_mine = Q(household__in=Household.objects.handed_over_by(professional))
    asked = Handover.objects.filter(waits & still_mine | Q(accepted_at__gt=lately), proposed_by=professional)
    return {answer_task: asked.select_related("household__coordinator", "to").order_by("pk")}


def answer_task(one: Handover) -> Task:
    if one.accepted_at:
        title = _("%(name)s took over household %(number)s") % {"name": one.to, "number": one.household.number}
        goes_on = _("%(name)s is the coordinator.") % {"name": one.household.coordinator}
        day = short_day(timezone.localdate(one.accepted_at))
        return Task("heart-handshake", title, goes_on, reverse("desk:households"), _("Look"), day)
    stays = _("It stays with %(name)s until there is an answer.") % {"name": one.household.coordinator}
    said_no, asked = (
        _("%(name)s did not take over household %(number)s"),
        _("%(name)s was asked to take over household %(number)s"),
    )
    return Task(
        "heart-handshake",
        (said_no if one.declined_at else asked) % {"name": one.to, "number": one.household.number},
        one.declined_because if one.declined_at else stays,
        reverse("desk:hand_over", args=[one.household.number]),
        _("Look"),
        short_day(timezone.localdate(one.declined_at or one.proposed_at)),
        "warning" if one.declined_at else "",
    )  # fmt: skip


def aftercare_task(closing: Closing) -> Task:
    return Task(
        "phone",
        _("How does it go with %(name)s?") % {"name": closing.household.name},
        _("The household was closed on %(day)s.") % {"day": short_day(timezone.localdate(closing.closed_at))},
        reverse("desk:aftercare", args=[closing.household.number]),
        _("Ask"),
        short_day(closing.aftercare_on),
        "warning" if closing.is_due else "",
    )


def deputy_task(household: Household, professional: Professional) -> Task:
    mine = household.coordinator_id == professional.pk
    who = household.deputy if mine else household.coordinator
    return Task(
        "users",
        (_("%(name)s stands in for you") if mine else _("You stand in for %(name)s")) % {"name": who},
        household.name,
        reverse("desk:household", args=[household.number]),
        _("Look"),
        _("up to and including %(day)s") % {"day": short_day(household.deputy_until)},
    )
