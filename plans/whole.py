"""The plan of a household with all that is in it, in one round trip, along with whatever else a page asks."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Model, QuerySet, Window

from config.prepared import Key, Prepared
from households.models import Household, Resident
from plans.models import Action, ActionConflict, Agreement, Goal, GoalResult, SupportPlan
from plans.models.action import OF_OWNER

MOST_GOALS = 1_000  # that is no limit: nobody has so many
CLASHES = 5  # the others are one click away


def open_plan(household: Household) -> SupportPlan | None:
    """As `SupportPlan.objects.in_full()` would give it."""
    return put_together(of_household(household))


@Prepared
def of_household(household: Household) -> dict[str, QuerySet]:
    return with_parts(household.plans.open())


def with_parts(plans: QuerySet[SupportPlan]) -> dict[str, QuerySet]:
    """What `put_together` needs of these plans, of which there is one at most. The goals of the actions are found first, by
    the bound on how many: joined with everything else that an action needs, the database would read all actions there are."""
    goals = Goal.objects.filter(plan__in=plans)
    return {
        "plan": plans,
        "plan.agreements": Agreement.objects.standing().filter(plan__in=plans),
        "plan.goals": goals,
        "goal.about": Resident.objects.filter(goals__plan__in=plans).annotate(goal_id=F("goals")).order_by("pk"),
        "goal.results": GoalResult.objects.with_evaluation().filter(goal__plan__in=plans),
        "goal.actions": Action.objects.select_related(*OF_OWNER).filter(
            goal__in=goals.order_by().values("pk")[:MOST_GOALS]
        ),
    }


def goal_in_full(key: int, household: Household) -> dict[str, Any]:
    """The `goal`, as `Goal.objects.in_full()` would give it, the first open `clashes` of the household, and the keys of the actions that
    are `clashing`."""
    found = one_goal(Key(key), household)
    for name in ("goal.about", "goal.results", "goal.actions"):
        give(found["goal"], name, found[name])
    [goal] = found["goal"]
    goal.plan.household = household
    return {"goal": goal, "clashes": found["clashes"], "clashing": set(found["clashing"])}


@Prepared
def one_goal(key: int, household: Household) -> dict[str, QuerySet]:
    return {
        "goal": Goal.objects.filter(pk=key).select_related("plan"),
        "goal.about": Resident.objects.filter(goals=key).annotate(goal_id=F("goals")).order_by("pk"),
        "goal.results": GoalResult.objects.with_evaluation().filter(goal=key),
        "goal.actions": Action.objects.with_owner().filter(goal=key),
        "clashes": clashes_at_a_glance(household),
        "clashing": Action.objects.filter(clashes__in=open_clashes(household)).order_by().values_list("pk", flat=True),
    }


def open_clashes(household: Household) -> QuerySet[ActionConflict]:
    """What does not fit together."""
    return ActionConflict.objects.filter(plan__household=household).open().of_running_plans()


def clashes_at_a_glance(household: Household) -> QuerySet[ActionConflict]:
    """The first of them, each with how many there are in `total`."""
    clashes = open_clashes(household).annotate(total=Window(Count("pk")))
    return clashes.select_related("resident").defer("prints", "said", "because")[:CLASHES]


def put_together(found: dict[Any, list[Any]]) -> SupportPlan | None:
    for name in ("plan.goals", "plan.agreements"):
        give(found["plan"], name, found[name])
    for name in ("goal.about", "goal.results", "goal.actions"):
        give(found["plan.goals"], name, found[name])
    actions = {action.pk: action for action in found["goal.actions"]}
    for action in actions.values():
        if first := actions.get(action.waits_for_id):
            action.waits_for = first
    return next(iter(found["plan"]), None)


def give(owners: Iterable[Any], name: str, rows: list[Any]) -> None:
    """Each owner gets its own rows, as when they had been prefetched; what belongs to one owner knows which."""
    owner_of, name = name.split(".")
    theirs = defaultdict[int, list[Model]](list)
    for row in rows:
        theirs[getattr(row, f"{owner_of}_id")].append(row)
    for owner in owners:
        every = getattr(owner, name).get_queryset()
        every._result_cache, every._prefetch_done = theirs[owner.pk], True
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = every
        if name != "about":
            for row in theirs[owner.pk]:
                setattr(row, owner_of, owner)
