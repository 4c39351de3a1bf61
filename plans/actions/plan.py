"""The plan begins, ends and goes on."""

from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from config.workdays import add_workdays
from households import access
from households.domains import LifeDomain
from households.models import Household
from partners.models import Professional
from plans.actions.clash import keep_up
from plans.actions.owners import Owner, owned_by
from plans.actions.states import hold
from plans.models import Action, Goal, SupportPlan


class NotEvaluated(ValueError):
    """Of a goal of this plan nobody ever said how far it has come."""


class StillOpen(ValueError):
    """An action of this plan is neither done nor ended, and nobody is named who goes on with it."""


class AlreadyAPlan(ValueError):
    """This household has an open plan. `plan` is that plan."""

    def __init__(self, plan: SupportPlan):
        super().__init__()
        self.plan = plan


@transaction.atomic
def make_plan(*, household: Household, by: Professional, evaluate_on: date | None = None) -> SupportPlan:
    """Start the one plan of a household, to look back on after six weeks unless said otherwise. Raises AlreadyAPlan, also when another request was just first."""
    try:
        with transaction.atomic():
            plan = SupportPlan.objects.create(
                household=household,
                made_by=by,
                evaluate_on=evaluate_on or first_look_back(),
            )
    except IntegrityError as clash:
        raise AlreadyAPlan(SupportPlan.objects.open().get(household=household)) from clash
    access.record(action=access.Action.CREATE, event="make plan", about=plan, by=by)
    return plan


@transaction.atomic
def ask_light(
    *, household: Household, question: str, domain: LifeDomain, what: str, owner: Owner, due_on: date, by: Professional
) -> Action:
    """One question and the one action that answers it, kept as the goal and the action that they are when it becomes a plan.
    What they ask is written down with the household too, when nothing stands there yet. Raises AlreadyAPlan."""
    try:
        with transaction.atomic():
            plan = SupportPlan.objects.create(household=household, made_by=by, light=True)
    except IntegrityError as clash:
        raise AlreadyAPlan(SupportPlan.objects.open().get(household=household)) from clash
    goal = Goal.objects.create(plan=plan, rank=1, domain=domain, title=question)
    action = Action.objects.create(
        goal=goal,
        what=what,
        due_on=due_on,
        proposed_by=by,
        status=Action.Status.ACCEPTED if owner == by else Action.Status.PROPOSED,
        **owned_by(owner),
    )
    if not household.request_in_own_words:
        household.request_in_own_words = question
        household.save(update_fields=["request_in_own_words"])
    access.record(action=access.Action.CREATE, event="ask light", about=action, by=by)
    return action


@transaction.atomic
def make_full(*, plan: SupportPlan, by: Professional) -> None:
    """From now on it is the plan: the question is its first goal, the action stands under it. Twice is once."""
    changed = SupportPlan.objects.open().filter(pk=plan.pk, light=True)
    if not changed.update(light=False, evaluate_on=first_look_back()):
        return
    plan.refresh_from_db()
    access.record(action=access.Action.UPDATE, event="make plan", about=plan, by=by)


@transaction.atomic
def close_plan(*, plan: SupportPlan, by: Professional) -> None:
    """The plan is over. Raises StillOpen, NotEvaluated."""
    hold(plan.pk)
    if Action.objects.open().filter(goal__plan=plan).exists():
        raise StillOpen
    if SupportPlan.objects.filter(pk=plan.pk).not_looked_back_on().exists():
        raise NotEvaluated
    plan.status = SupportPlan.Status.CLOSED
    plan.save(update_fields=["status"])
    access.record(action=access.Action.UPDATE, event="close plan", about=plan, by=by)


@transaction.atomic
def reopen_plan(*, plan: SupportPlan, by: Professional) -> None:
    """The work goes on where it stopped. Raises AlreadyAPlan when there is a newer one."""
    try:
        with transaction.atomic():
            again = plan.evaluate_on or (None if plan.light else first_look_back())
            SupportPlan.objects.filter(pk=plan.pk).update(status=SupportPlan.Status.ACTIVE, evaluate_on=again)
    except IntegrityError as clash:
        raise AlreadyAPlan(SupportPlan.objects.open().get(household=plan.household_id)) from clash
    plan.status = SupportPlan.Status.ACTIVE
    keep_up(hold(plan.pk), by=by)
    access.record(action=access.Action.UPDATE, event="reopen plan", about=plan, by=by)


def first_look_back() -> date:
    """On a working day."""
    return add_workdays(timezone.localdate() + timedelta(weeks=settings.FIRST_EVALUATION_WEEKS), 0)
