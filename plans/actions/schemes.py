"""The list of schemes of a team, and what a household could ask for."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.workdays import end_of_term
from households import access
from households.domains import LifeDomain
from households.models import Household
from partners.models import Professional, Team
from plans.actions.action import add_action
from plans.actions.goal import add_goal
from plans.actions.lines import put_line, write_line
from plans.actions.written import together
from plans.models import Action, Scheme, SchemeCheck, SupportPlan
from plans.schemes import Said, checks_of, places, schemes_of

ASK_WITHIN = timedelta(weeks=2)


class NoPlan(ValueError):
    """There is no plan in which an action can stand."""


class NotToAsk(ValueError):
    """It is not, or no longer, something that they can ask for; or it stands in the plan already."""


@transaction.atomic
def write_scheme(*, team: Team, by: Professional, key: str = "", **facts: str) -> Scheme:
    """Write a line of the list anew, ours too; without a key it is a new one. What households were told stays as it is."""
    scheme = write_line(Scheme, team=team, key=key, facts=facts)
    access.record(action=access.Action.UPDATE, event="write scheme", about=team, by=by)
    return scheme


@transaction.atomic
def put_scheme(*, scheme: Scheme, in_use: bool, by: Professional) -> None:
    """Put a line away, or take it back. Nothing of it is lost."""
    put_line(scheme, in_use=in_use)
    event = "use scheme again" if in_use else "put scheme away"
    access.record(action=access.Action.UPDATE, event=event, about=scheme.team, by=by)


@transaction.atomic
def check_schemes(
    *, household: Household, said: dict[str, Said], on: date, by: Professional, seen: dict[str, str] | None = None
) -> int:
    """Write down how far they are with each scheme, by key, as it was on that day. What did not change keeps its day and who
    wrote it; without a state nobody looked after all. `seen` is as in `change_goal`, of `plans.schemes.places`. Returns how
    many changed. Raises WrittenMeanwhile."""
    Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    known, names = checks_of(household), schemes_of(household.team)
    there = {key: Said(known[key].state, known[key].remark) if key in known else Said() for key in said}
    kept = together(mine=places(said), theirs=places(there), seen=seen)
    changed = 0
    for key, before in there.items():
        now = Said(kept[f"state-{key}"], kept[f"remark-{key}"])
        if now == before:
            continue
        changed += 1
        if not now.state:
            SchemeCheck.objects.filter(household=household, key=key).delete()
            continue
        check = known.get(key) or SchemeCheck(household=household, key=key)
        check.name = names[key].title if key in names else check.name
        check.state, check.remark = now
        check.since, check.changed_by, check.changed_at = on, by, timezone.now()
        check.save()
    if changed:
        access.record(action=access.Action.UPDATE, event="check schemes", about=household, by=by)
    return changed


@transaction.atomic
def plan_scheme(*, check: SchemeCheck, by: Professional) -> Action:
    """Put in the plan that it is asked for: under the first goal about money, else under a new one; to be done by who says
    so, within two weeks. Raises NoPlan and NotToAsk."""
    fresh = SchemeCheck.objects.in_full().select_for_update(of=("self",)).get(pk=check.pk)
    if not fresh.waits_for_action:
        raise NotToAsk
    plan = SupportPlan.objects.filter(household=fresh.household_id, light=False).open().first()
    if plan is None:
        raise NoPlan
    goal = plan.goals.filter(domain=LifeDomain.MONEY).first() or add_goal(
        plan=plan, title=_("We ask for what is there for us."), domain=LifeDomain.MONEY, by=by
    )
    action = add_action(
        goal=goal,
        what=_("Ask for it together: %(scheme)s.") % {"scheme": fresh.name},
        owner=by,
        due_on=end_of_term(timezone.localdate() + ASK_WITHIN),
        by=by,
    )
    fresh.action = action
    fresh.save(update_fields=["action"])
    return action
