"""Somebody asks for help that the municipality decides about, and what became of it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from config.workdays import end_of_term
from households import access
from households.models import Household, Resident
from partners.models import Professional
from plans.models import Action, Application, Signature
from plans.models.application import last_day
from plans.workflow import Status

Law, Outcome = Application.Law, Application.Outcome


class AskedAlready(ValueError):
    """This person waits for a decision under this law already."""


class DecidedAlready(ValueError):
    """Somebody wrote down what was decided just before."""


@transaction.atomic
def apply_for_help(
    *, household: Household, resident: Resident, law: Application.Law, applied_on: date, by: Professional
) -> Application:
    """An application that came in apart from the plan: its term runs from that day. Raises AskedAlready."""
    Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    if household.applications.open().filter(resident=resident, law=law).exists():
        raise AskedAlready
    application = begin(household, resident, law, applied_on, by=by)
    access.record(action=access.Action.CREATE, event="apply for help", about=application, by=by)
    return application


@transaction.atomic
def suspend_application(*, application: Application, until: date, because: str, by: Professional) -> None:
    """Decided later, because something is missing or they agreed with that. Raises DecidedAlready."""
    fresh = held(application)
    fresh.decide_by, fresh.suspended_because = until, because
    fresh.save(update_fields=["decide_by", "suspended_because"])
    access.record(action=access.Action.UPDATE, event="suspend application", about=fresh, by=by)


@transaction.atomic
def correct_law(*, application: Application, law: Application.Law, by: Professional) -> None:
    """It was written down under the wrong law: the term is that of the right one, also of what is decided already. Where it
    stood still, it stands still as many days. Raises AskedAlready."""
    fresh = locked(application)
    if fresh.law == law:
        return
    same = fresh.household.applications.open().filter(resident=fresh.resident_id, law=law)
    if fresh.decided_on is None and same.exists():
        raise AskedAlready
    stood_still = fresh.decide_by - last_day(fresh.law, fresh.applied_on)
    fresh.law, fresh.decide_by = law, end_of_term(last_day(law, fresh.applied_on) + stood_still)
    fresh.save(update_fields=["law", "decide_by"])
    access.record(action=access.Action.UPDATE, event="correct law", about=fresh, by=by)


@transaction.atomic
def decide_application(
    *, application: Application, outcome: Application.Outcome, decided_on: date, by: Professional
) -> None:
    """The letter with the decision left, or they took it back: the term ends. Raises DecidedAlready."""
    end(held(application), outcome, decided_on)
    access.record(action=access.Action.UPDATE, event="decide application", about=application, by=by)


def count_request(signature: Signature, *, by: Professional | None) -> None:
    """What was ticked beside a signature: it is an application from the day on which that was said. Who waits already goes on
    waiting, also when the law was corrected since; what was ticked by mistake is taken back. Of a coordinator there is none."""
    if signature.resident is None:
        return
    household, resident = signature.household, signature.resident
    mine = household.applications.open().filter(resident=resident)
    if not signature.request:
        for application in mine.filter(signature=signature).select_for_update(of=("self",)):
            end(application, Outcome.TAKEN_BACK, max(timezone.localdate(), application.applied_on))
        return
    law = law_of(signature)
    again = household.applications.filter(signature=signature).exclude(outcome=Outcome.TAKEN_BACK)
    if not again.exists() and not mine.filter(events__law=law).exists():
        begin(household, resident, law, signature.said_on or timezone.localdate(), by=by, signature=signature)


def law_of(signature: Signature) -> Application.Law:
    """Of a plan that asks for help to the young and for nothing else, the Youth Act. What is wrong is corrected by the
    coordinator."""
    running = Action.objects.filter(goal__plan=signature.version.plan_id).exclude(
        status__in=[Status.DROPPED, Status.DECLINED]
    )
    frames = set(running.values_list("frame", flat=True))
    return Law.YOUTH if Action.Frame.YOUTH in frames and Action.Frame.WMO not in frames else Law.WMO


def begin(
    household: Household, resident: Resident, law: str, applied_on: date, *, by: Professional | None, **facts: object
) -> Application:
    return Application.objects.create(
        household=household, resident=resident, law=law, applied_on=applied_on, decide_by=last_day(law, applied_on),
        recorded_by=by, **facts,
    )  # fmt: skip


def held(application: Application) -> Application:
    fresh = locked(application)
    if fresh.decided_on:
        raise DecidedAlready
    return fresh


def locked(application: Application) -> Application:
    """For this transaction alone."""
    return Application.objects.select_for_update(of=("self",)).select_related("household").get(pk=application.pk)


def end(application: Application, outcome: str, decided_on: date) -> None:
    application.outcome, application.decided_on = outcome, decided_on
    application.save(update_fields=["outcome", "decided_on"])
