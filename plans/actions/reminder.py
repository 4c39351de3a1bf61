"""Who does something only now and then hears once that it must be done soon: by a mail that names nobody, or from a colleague."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config import mail
from config.templating.words import day
from households import access
from households.models import HouseholdMember, OwnPage, Resident
from partners.models import Professional, Team
from plans.models import Action, Reminder
from plans.models.action import ActionQuerySet


@transaction.atomic
def remind_owner(*, owner: Professional) -> bool:
    """One mail about all that comes near. Says whether that was needed."""
    new = not_heard_yet(Action.objects.to_remind().filter(owner_professional=owner))
    if not new:
        return False
    where = _("You read what it is here, and say there that it is done:\n%(address)s") % {
        "address": settings.BASE_URL + reverse("desk:my_families")
    }
    send(str(owner.email), new, where, new[0].household.team)
    return True


@transaction.atomic
def remind_resident(*, resident: Resident) -> int:
    """A mail for each household in which this resident would do something. Says how many. Where it can be read is told as
    this resident reads: on the own page, else on paper."""
    new = not_heard_yet(Action.objects.to_remind_by_mail().filter(owner_resident=resident))
    households = {one.household.pk: one.household for one in new}
    for household in households.values():
        member = HouseholdMember.objects.get(household=household, resident=resident)
        page = OwnPage.objects.open().filter(member=member).first()
        where = (
            _("You read what it is on your own page:\n%(address)s")
            % {"address": settings.BASE_URL + reverse("desk:own_page", args=[page.token])}
            if page
            else _("What it is, you read in your plan on paper.")
        )
        send(member.email, [one for one in new if one.household == household], where, household.team)
    return len(households)


@transaction.atomic
def remind_by_hand(*, action: Action, by: Professional) -> None:
    """A colleague told it, in the way this person wants. Twice is once."""
    _reminder, is_new = Reminder.objects.get_or_create(action=action, due_on=action.due_on, defaults={"told_by": by})
    if is_new:
        access.record(action=access.Action.UPDATE, event="remind by hand", about=action, by=by)


def not_heard_yet(waiting: ActionQuerySet) -> list[Action]:
    """Held, so that two workers never tell one thing twice; from here on it is told."""
    rows = waiting.order_by("due_on", "pk").select_for_update(of=("self",))
    actions = rows.select_related("goal__plan__household__team")
    return [one for one in actions if Reminder.objects.get_or_create(action=one, due_on=one.due_on)[1]]


def send(to: str, new: list[Action], where: str, team: Team) -> None:
    """One mail about these, which says no more than that there is something, before when, and where to read it."""
    mail.queue(
        to=to,
        subject=_("Something that you would do"),
        body=ngettext(
            "You would do one thing before %(day)s.",
            "You would do %(total)s things. The first must be done before %(day)s.",
            len(new),
        )
        % {"total": len(new), "day": day(new[0].due_on)}
        + f"\n\n{where}\n\n"
        + _("Does it not work out, or is something not right? Call %(phone)s.") % {"phone": team.phone},
    )
    for one in new:
        access.record(action=access.Action.UPDATE, event="remind owner", about=one, by=None, role=access.SYSTEM)
