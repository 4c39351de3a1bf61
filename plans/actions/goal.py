"""What they want to reach, and who is shown it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

from households import access
from households.actions.circle import grounds, look_twice, rest_on
from households.domains import LifeDomain
from households.models import OverrideDisclosure, Participant, Resident
from partners.models import Professional
from plans.actions.clash import keep_up
from plans.actions.states import hold
from plans.actions.written import together
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
def change_goal(
    *,
    goal: Goal,
    by: Professional,
    about: Iterable[Resident] | None = None,
    seen: dict[str, str] | None = None,
    **facts: object,
) -> None:
    """Write a goal anew. `seen` are the prints of what stood there when somebody began to write (`as_goal_stands`): what a
    colleague wrote in other places since then stays, and of the same place WrittenMeanwhile is raised."""
    plan = hold(goal.plan_id)
    mine = facts if about is None else facts | {"about": list(about)}
    kept = together(mine=mine, theirs=as_goal_stands(Goal.objects.get(pk=goal.pk)), seen=seen)
    if "about" in kept:
        goal.about.set(kept.pop("about"))
    for field, value in kept.items():
        setattr(goal, field, value)
    goal.save(update_fields=list(kept))
    keep_up(plan, by=by)
    access.record(action=access.Action.UPDATE, event="change goal", about=goal, by=by)


def as_goal_stands(goal: Goal) -> dict[str, Any]:
    names = ("title", "domain", "why", "how_we_see_it", "by_when")
    return {name: getattr(goal, name) for name in names} | {"about": list(goal.about.all())}


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
