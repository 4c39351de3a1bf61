"""What happens because time passed, and what the team does against a clock."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import date as format_date
from django.utils import timezone

from config.workdays import add_workdays
from households import access
from households.models import Household, Resident
from partners.models import Professional
from plans.actions import offer_own_plan
from plans.models import OwnPlan
from signals.actions.feedback import say
from signals.actions.mails import mail_leads
from signals.models import Message, Signal, Telling, WmoNotification
from signals.sentences import DAY, sentences


class NoHousehold(ValueError):
    """Nobody knows yet whom the signal is about, so nobody can be told."""


@transaction.atomic
def say_late(*, signal: Signal) -> Message | None:
    """Tell a reporter that the answer will be later, and by when: once for each promise. It is no answer: the signal stays
    late until a colleague gives one.

    Returns None when there is nothing to tell any more, such as when another worker was just first."""
    waiting = Signal.objects.promise_broken().select_for_update().filter(pk=signal.pk).first()
    if waiting is None:
        return None
    new_date = add_workdays(timezone.localdate(), settings.FEEDBACK_WITHIN_WORKING_DAYS)
    sentence = sentences()["TE_LAAT"]
    promised, new = format_date(waiting.promised, DAY), format_date(new_date, DAY)
    message = say(waiting, sentence, by=None, promised=promised, new_date=new)
    waiting.new_answer_by = new_date
    waiting.save(update_fields=["new_answer_by"])
    access.record(action=access.Action.UPDATE, event="say late", about=waiting, by=None, role=access.SYSTEM)
    return message


@transaction.atomic
def tell_lead(*, signal: Signal) -> bool:
    """Mail the team leads, once, that nobody took a signal up in time. From then on it is theirs. Returns whether that
    happened now."""
    left = Signal.objects.select_for_update().filter(pk=signal.pk, lead_told_at=None).unowned().first()
    if left is None:
        return False
    left.lead_told_at = timezone.now()
    left.save(update_fields=["lead_told_at"])
    mail_leads(left)
    access.record(action=access.Action.UPDATE, event="tell lead", about=left, by=None, role=access.SYSTEM)
    return True


@transaction.atomic
def tell_lead_untold(*, signal: Signal) -> bool:
    """Mail the team leads that a household does not know of a signal in time (AVG, article 14): once for each day that was
    let pass. Which one stays behind the login. Returns whether that happened now."""
    late = Signal.objects.select_for_update(of=("self",)).filter(pk=signal.pk).told_too_late().first()
    if late is None:
        return False
    late.lead_told_untold = late.tell_by
    late.save(update_fields=["lead_told_untold"])
    mail_leads(late)
    access.record(action=access.Action.UPDATE, event="tell lead untold", about=late, by=None, role=access.SYSTEM)
    return True


@transaction.atomic
def record_told(*, signal: Signal, told_on: date, told_by: str, told_how: Telling.How, by: Professional) -> None:
    """The household knows that somebody told us something, and who it was (AVG, article 14). Raises NoHousehold."""
    facts = {"told_on": told_on, "told_by": told_by, "told_how": told_how}
    write_telling(signal, facts, by=by)
    access.record(action=access.Action.UPDATE, event="told household", about=signal, by=by)


@transaction.atomic
def postpone_telling(*, signal: Signal, ground: Telling.Ground, because: str, until: date, by: Professional) -> None:
    """Telling would do harm now. On that day somebody looks again. Raises NoHousehold."""
    write_telling(signal, {"ground": ground, "because": because, "postponed_until": until}, by=by)
    access.record(action=access.Action.UPDATE, event="postpone telling", about=signal, by=by)


def write_telling(signal: Signal, facts: dict[str, object], *, by: Professional) -> None:
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    if fresh.household_id is None:
        raise NoHousehold
    facts |= {"recorded_by": by, "recorded_at": timezone.now()}
    Telling.objects.update_or_create(signal=fresh, defaults=facts)


@transaction.atomic
def start_wmo(*, signal: Signal, notified_on: date, by: Professional) -> WmoNotification:
    """This is also a *melding* by or for the resident: from that day on the clocks of the Wmo run. A date that was wrong is
    put right; what was done already stays."""
    facts = {"notified_on": notified_on, "recorded_by": by}
    Signal.objects.select_for_update().get(pk=signal.pk)
    notification, _new = WmoNotification.objects.update_or_create(signal=signal, defaults=facts)
    access.record(action=access.Action.UPDATE, event="start wmo", about=signal, by=by)
    return notification


@transaction.atomic
def start_wmo_of(*, resident: Resident, household: Household, notified_on: date, by: Professional) -> WmoNotification:
    """The same of somebody who came or called, without a signal. Twice on one day is one."""
    Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    notification, _new = WmoNotification.objects.get_or_create(
        household=household, resident=resident, notified_on=notified_on, defaults={"recorded_by": by}
    )
    access.record(action=access.Action.UPDATE, event="start wmo of", about=notification.about, by=by)
    return notification


@transaction.atomic
def do_wmo_step(*, notification: WmoNotification, step: str, done_on: date, by: Professional) -> None:
    """One thing that the law asks was done."""
    fresh = WmoNotification.objects.select_for_update().get(pk=notification.pk)
    setattr(fresh, step, done_on)
    fresh.save(update_fields=[step])
    access.record(action=access.Action.UPDATE, event="wmo step", about=notification.about, by=by)


@transaction.atomic
def offer_personal_plan(
    *, notification: WmoNotification, household: Household, offered_on: date, told_by: str, by: Professional
) -> OwnPlan:
    """Who reported heard that a personal plan can be handed in, within seven days after the report (Wmo 2015, article
    2.3.2(2)), and that independent support is free. Raises OfferedAlready."""
    fresh = WmoNotification.objects.select_for_update().get(pk=notification.pk)
    own_plan = offer_own_plan(
        household=household, kind=OwnPlan.Kind.PERSONAL, offered_on=offered_on, told_by=told_by,
        until=fresh.hand_in_until, by=by,
    )  # fmt: skip
    fresh.plan_asked_on = offered_on
    fresh.save(update_fields=["plan_asked_on"])
    return own_plan
