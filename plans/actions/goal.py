"""What they want to reach, and who is shown it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from households import access
from households.actions.circle import grounds, look_twice, rest_on
from households.domains import LifeDomain
from households.models import OverrideDisclosure, Participant, Resident
from partners.models import Professional
from plans.actions.clash import keep_up
from plans.actions.states import hold
from plans.models import Goal, GoalGrant, SupportPlan


@transaction.atomic
def add_goal(*, plan: SupportPlan, by: Professional, about: Iterable[Resident] = (), **facts: object) -> Goal:
    """Add a goal at the end of the plan, about these residents or about all of them."""
    hold(plan.pk)
    last = plan.goals.aggregate(last=Max("rank"))["last"] or 0
    goal = Goal.objects.create(plan=plan, rank=last + 1, **facts)
    goal.about.set(about)
    access.record(action=access.Action.CREATE, event="add goal", about=goal, by=by)
    return goal


@transaction.atomic
def change_goal(*, goal: Goal, by: Professional, about: Iterable[Resident] | None = None, **facts: object) -> None:
    """Write a goal anew."""
    plan = hold(goal.plan_id)
    if about is not None:
        goal.about.set(about)
    for field, value in facts.items():
        setattr(goal, field, value)
    goal.save(update_fields=list(facts))
    keep_up(plan, by=by)
    access.record(action=access.Action.UPDATE, event="change goal", about=goal, by=by)


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
