"""Every write in the plan. Each verb is one transaction with its own line in the access log."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from config.workdays import add_workdays
from households import access
from households.actions.circle import grounds, look_twice, rest_on
from households.domains import LifeDomain
from households.models import Household, NetworkContact, OverrideDisclosure, Participant, Resident
from partners.models import Professional
from plans import workflow
from plans.models import Action, Goal, GoalGrant, SupportPlan
from plans.workflow import Status

Owner = Resident | NetworkContact | Professional
FIRST_LOOK_BACK = timedelta(weeks=6)


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
                evaluate_on=evaluate_on or add_workdays(timezone.localdate() + FIRST_LOOK_BACK, 0),
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
    if not changed.update(light=False, evaluate_on=add_workdays(timezone.localdate() + FIRST_LOOK_BACK, 0)):
        return
    plan.refresh_from_db()
    access.record(action=access.Action.UPDATE, event="make plan", about=plan, by=by)


@transaction.atomic
def add_goal(*, plan: SupportPlan, by: Professional, about: Iterable[Resident] = (), **facts: object) -> Goal:
    """Add a goal at the end of the plan, about these residents or about all of them."""
    SupportPlan.objects.select_for_update().get(pk=plan.pk)
    last = plan.goals.aggregate(last=Max("rank"))["last"] or 0
    goal = Goal.objects.create(plan=plan, rank=last + 1, **facts)
    goal.about.set(about)
    access.record(action=access.Action.CREATE, event="add goal", about=goal, by=by)
    return goal


@transaction.atomic
def change_goal(*, goal: Goal, by: Professional, about: Iterable[Resident] | None = None, **facts: object) -> None:
    """Write a goal anew."""
    if about is not None:
        goal.about.set(about)
    for field, value in facts.items():
        setattr(goal, field, value)
    goal.save(update_fields=list(facts))
    access.record(action=access.Action.UPDATE, event="change goal", about=goal, by=by)


@transaction.atomic
def add_action(
    *,
    goal: Goal,
    what: str,
    owner: Owner,
    due_on: date,
    by: Professional,
    rhythm: str = "",
    practical: str = "",
) -> Action:
    """Propose an action to its one owner. It runs at once when the owner is the proposer; others say yes first."""
    action = Action.objects.create(
        goal=goal,
        what=what,
        due_on=due_on,
        rhythm=rhythm,
        practical=practical,
        proposed_by=by,
        status=Action.Status.ACCEPTED if owner == by else Action.Status.PROPOSED,
        **owned_by(owner),
    )
    access.record(action=access.Action.CREATE, event="add action", about=action, by=by)
    return action


@transaction.atomic
def change_action(
    *,
    action: Action,
    what: str,
    owner: Owner,
    due_on: date,
    by: Professional,
    rhythm: str = "",
    practical: str = "",
) -> None:
    """Write an action anew. Another owner has not accepted it yet."""
    action.status = Action.objects.select_for_update().get(pk=action.pk).status  # somebody may just have moved it
    if owner != action.owner:
        action.status = Action.Status.ACCEPTED if owner == by else Action.Status.PROPOSED
        action.proposed_by = by
    action.what, action.due_on, action.rhythm, action.practical = what, due_on, rhythm, practical
    action.changed_at = timezone.now()
    for field, value in owned_by(owner).items():
        setattr(action, field, value)
    action.save()
    access.record(action=access.Action.UPDATE, event="change action", about=action, by=by)


@transaction.atomic
def move_action(*, action: Action, to: Status, by: Professional, because: str = "") -> None:
    """Take an action one step further; who says no may say why in `because`. Until somebody says yes it stays with the
    proposer. Raises workflow.NotAllowed, also when somebody else was just first."""
    fresh = Action.objects.select_for_update().get(pk=action.pk)
    workflow.check(fresh.status, to)
    Action.objects.filter(pk=action.pk).update(
        status=to, declined_because=because, handed_to="", changed_at=timezone.now()
    )
    if to == Action.Status.ACCEPTED:
        SupportPlan.objects.filter(pk=action.goal.plan_id, status=SupportPlan.Status.DRAFT).update(
            status=SupportPlan.Status.ACTIVE
        )
    action.status, action.declined_because, action.handed_to = to, because, ""
    access.record(action=access.Action.UPDATE, event=f"action {to.lower()}", about=action, by=by)


@transaction.atomic
def hand_on(*, action: Action, to: str, by: Professional) -> None:
    """Somebody goes on with this action when we do not look after it any more. Raises workflow.NotAllowed."""
    fresh = Action.objects.select_for_update().get(pk=action.pk)
    if fresh.status not in workflow.HANDED_ON_FROM:
        raise workflow.NotAllowed(f"{fresh.status} → {Status.HANDED_ON}")
    Action.objects.filter(pk=action.pk).update(status=Status.HANDED_ON, handed_to=to, changed_at=timezone.now())
    action.status, action.handed_to = Status.HANDED_ON, to
    access.record(action=access.Action.UPDATE, event="hand on action", about=action, by=by)


@transaction.atomic
def close_plan(*, plan: SupportPlan, by: Professional) -> None:
    """The plan is over. Raises StillOpen."""
    SupportPlan.objects.select_for_update().get(pk=plan.pk)
    if Action.objects.open().filter(goal__plan=plan).exists():
        raise StillOpen
    plan.status = SupportPlan.Status.CLOSED
    plan.save(update_fields=["status"])
    access.record(action=access.Action.UPDATE, event="close plan", about=plan, by=by)


@transaction.atomic
def reopen_plan(*, plan: SupportPlan, by: Professional) -> None:
    """The work goes on where it stopped. Raises AlreadyAPlan when there is a newer one."""
    try:
        with transaction.atomic():
            SupportPlan.objects.filter(pk=plan.pk).update(status=SupportPlan.Status.ACTIVE)
    except IntegrityError as clash:
        raise AlreadyAPlan(SupportPlan.objects.open().get(household=plan.household_id)) from clash
    plan.status = SupportPlan.Status.ACTIVE
    access.record(action=access.Action.UPDATE, event="reopen plan", about=plan, by=by)


@transaction.atomic
def share_goal(
    *,
    goal: Goal,
    participant: Participant,
    by: Professional,
    sure: bool = False,
    override: OverrideDisclosure | None = None,
) -> GoalGrant:
    """Show a participant one goal with its actions. Raises NoConsent and SecondLook as sharing a life domain does."""
    look_twice(LifeDomain(goal.domain), participant, sure=sure)
    consents = grounds(participant, goal.domain, override=override)
    grant, _made = GoalGrant.objects.get_or_create(
        participant=participant, goal=goal, ended_at=None, defaults={"shared_by": by}
    )
    rest_on(grant, consents, override=override, by=by)
    return grant


def owned_by(owner: Owner) -> dict[str, Owner | None]:
    """The three owner columns, of which exactly one is filled."""
    columns: dict[str, Owner | None] = {"owner_resident": None, "owner_contact": None, "owner_professional": None}
    kind = {Resident: "owner_resident", NetworkContact: "owner_contact", Professional: "owner_professional"}
    columns[kind[type(owner)]] = owner
    return columns
