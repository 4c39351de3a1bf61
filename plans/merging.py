"""What becomes of two plans when two households become one."""

from django.db.models import Max

from households import access
from households.models import Household
from partners.models import Professional
from plans.actions.clash import keep_up
from plans.actions.states import hold
from plans.models import Action, ActionConflict, Agreement, Goal, SupportPlan
from plans.rules import Rule


def settle_plans(*, kept: Household, other: Household, by: Professional) -> None:
    """A goal without names was about everybody there, and stays about them alone: nobody else is shown by it. Of two open
    plans that of the kept household goes on, with what still runs in the other; the other is closed and kept."""
    for household in (kept, other):
        people = [member.resident_id for member in household.members.all()]
        for goal in Goal.objects.filter(plan__in=household.plans.open(), about=None):
            goal.about.set(people)
    here = kept.plans.open().first()
    settle_doubles(kept, other)
    for plan in other.plans.open() if here else []:
        last = here.goals.aggregate(last=Max("rank"))["last"] or 0
        running = plan.goals.filter(actions__in=Action.objects.open()).distinct().order_by("rank")
        for rank, goal in enumerate(list(running), start=last + 1):
            goal.plan, goal.rank = here, rank
            goal.save(update_fields=["plan", "rank"])
        Agreement.objects.standing().filter(plan=plan).update(plan=here)
        # What was said about it goes along. Too much in one week is one clash of one resident, and is counted anew.
        ActionConflict.objects.filter(plan=plan).exclude(rule=Rule.TOO_MANY).update(plan=here)
        keep_up(hold(here.pk), by=by)
        plan.status = SupportPlan.Status.CLOSED
        plan.save(update_fields=["status"])
        access.record(action=access.Action.UPDATE, event="close plan", about=plan, by=by)


def settle_doubles(kept: Household, other: Household) -> None:
    """What a household has once: what is said of it here counts, and of two terms the one that ends first. The history of the
    other stays."""
    other.scheme_checks.filter(key__in=kept.scheme_checks.values("key")).delete()
    for here in kept.own_plans.waiting():
        other.own_plans.waiting().filter(kind=here.kind).delete()
    for mine in kept.applications.open():
        for theirs in other.applications.open().filter(resident=mine.resident_id, law=mine.law):
            mine.applied_on = min(mine.applied_on, theirs.applied_on)
            mine.decide_by = min(mine.decide_by, theirs.decide_by)
            mine.save(update_fields=["applied_on", "decide_by"])
            theirs.delete()
