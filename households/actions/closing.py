"""The end of the work for a household, asking later how it goes, and beginning again.

What must be done first in the plan and with the signals, `desk.closing` does and checks; the database holds all of it."""

from datetime import date

from django.db import DatabaseError, transaction
from django.utils import timezone

from households import access
from households.actions.circle import end_participation
from households.actions.coordination import DEPUTY
from households.actions.own_page import end_own_page
from households.models import Closing, Consent, Household
from partners.models import Professional


class NotNow(ValueError):
    """The household is closed already, or open, or something of it is not done yet."""


@transaction.atomic
def close_household(
    *, household: Household, what_worked: str, keeps_good: str, safety_net: str, aftercare_on: date, by: Professional
) -> Closing:
    """The work is done. From the next request on nobody but the coordinator reads in it: whoever was in the circle, had an
    own page or stood in, and what was agreed to share ends with it. Raises NotNow."""
    fresh = Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    if not fresh.is_open or fresh.handovers.open().exists():
        raise NotNow
    closing = Closing.objects.create(
        household=household,
        what_worked=what_worked,
        keeps_good=keeps_good,
        safety_net=safety_net,
        aftercare_on=aftercare_on,
        closed_by=by,
    )
    end_what_was_shared(household, by=by)
    household.status, household.next_step, household.next_step_on = Household.Status.CLOSED, "", None
    household.deputy = household.deputy_from = household.deputy_until = None
    try:
        with transaction.atomic():
            household.save(update_fields=["status", "next_step", "next_step_on", *DEPUTY])
    except DatabaseError as refused:
        raise NotNow from refused
    access.record(action=access.Action.UPDATE, event="close household", about=closing, by=by)
    return closing


def end_what_was_shared(household: Household, *, by: Professional) -> None:
    """Consent to share was for the plan, so this is its last day; what a reporter may hear of a signal was not."""
    for participant in household.circle.open():
        end_participation(participant=participant, by=by)
    for member in household.members.select_related("household"):
        end_own_page(member=member, by=by)
    today = timezone.localdate()
    running = Consent.objects.valid().filter(household=household).exclude(kind=Consent.Kind.FEEDBACK_TO_REPORTER)
    running.filter(valid_until__gt=today).update(valid_until=today)


@transaction.atomic
def reopen_household(*, household: Household, because: str, by: Professional) -> Closing:
    """The work goes on, under the same coordinator. Nobody else gets back what ended. Raises NotNow when it is open."""
    closing = Closing.objects.standing().select_for_update().filter(household=household).first()
    if closing is None:
        raise NotNow
    closing.reopened_at, closing.reopened_by, closing.reopened_because = timezone.now(), by, because
    closing.save(update_fields=["reopened_at", "reopened_by", "reopened_because"])
    household.status = Household.Status.OPEN
    household.save(update_fields=["status"])
    access.record(action=access.Action.UPDATE, event="reopen household", about=closing, by=by)
    return closing


@transaction.atomic
def write_aftercare(*, closing: Closing, how_it_goes: str, by: Professional) -> None:
    """We asked how it goes, and this was the answer. Raises NotNow when a colleague did so just now, or it was opened again."""
    if not Closing.objects.to_ask().select_for_update().filter(pk=closing.pk).exists():
        raise NotNow
    closing.asked_on, closing.asked_by, closing.how_it_goes = timezone.localdate(), by, how_it_goes
    closing.save(update_fields=["asked_on", "asked_by", "how_it_goes"])
    access.record(action=access.Action.UPDATE, event="aftercare", about=closing, by=by)
