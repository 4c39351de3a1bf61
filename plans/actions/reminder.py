"""Who comes here only now and then hears once that an own action must be done soon."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config import mail
from config.templating.words import day
from households import access
from partners.models import Professional
from plans.models import Action, Reminder


@transaction.atomic
def remind_owner(*, owner: Professional) -> bool:
    """One mail about all that comes near, which names nobody. Says whether that was needed."""
    waiting = Action.objects.to_remind().filter(owner_professional=owner).order_by("due_on", "pk")
    actions = list(waiting.select_for_update(of=("self",)).select_related("goal__plan__household__team"))
    new = [one for one in actions if Reminder.objects.get_or_create(action=one, due_on=one.due_on)[1]]
    if not new:
        return False
    mail.queue(
        to=str(owner.email),
        subject=_("Something that you would do"),
        body=ngettext(
            "You would do one thing before %(day)s.",
            "You would do %(total)s things. The first must be done before %(day)s.",
            len(new),
        )
        % {"total": len(new), "day": day(new[0].due_on)}
        + "\n\n"
        + _(
            "You read what it is here, and say there that it is done:\n%(address)s\n\nDoes it not work out, or is something "
            "not right? Call %(phone)s."
        )
        % {
            "address": settings.BASE_URL + reverse("desk:my_families"),
            "phone": new[0].household.team.phone,
        },
    )
    for one in new:
        access.record(action=access.Action.UPDATE, event="remind owner", about=one, by=None, role=access.SYSTEM)
    return True
