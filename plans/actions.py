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
    Action.objects.filter(pk=action.pk).update(status=to, declined_because=because, changed_at=timezone.now())
    if to == Action.Status.ACCEPTED:
        SupportPlan.objects.filter(pk=action.goal.plan_id, status=SupportPlan.Status.DRAFT).update(
            status=SupportPlan.Status.ACTIVE
        )
    action.status, action.declined_because = to, because
    access.record(action=access.Action.UPDATE, event=f"action {to.lower()}", about=action, by=by)


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
