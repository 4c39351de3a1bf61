"""What does not fit together in a plan: found whenever something is written, said by somebody, and ended."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from config.prepared import Key
from households import access
from partners.models import Professional
from plans import rules
from plans.actions.states import hold, step
from plans.described import all_that_rules_see, described
from plans.models import Action, ActionConflict, SupportPlan
from plans.rules import Found, Rule, Side
from plans.workflow import Status

State = ActionConflict.State


class NotSolved(ValueError):
    """A rule still finds it. It goes when a side changes; or it stays, with a reason."""


class SettledAlready(ValueError):
    """Somebody else was just first."""


class NotTogether(ValueError):
    """These actions are not of one plan, or each would wait for the other."""


def keep_up(plan: SupportPlan, *, by: Professional | None) -> list[ActionConflict]:
    """Look at the whole plan again and write down what has begun to clash and what no longer does. For who holds the plan and
    changed something in it, before the line in the log. Gives what is new."""
    seen = all_that_rules_see(Key(plan.pk), Key(plan.household_id))
    kept, now = seen["kept"], described(seen)
    found = {one.key: one for one in rules.find(now)}
    print_of = {key: printed(now.by_key[key]) for key in {key for one in found.values() for key in one.sides}}
    now_open = {clash.key: clash for clash in kept if clash.state == State.OPEN}
    gone = [clash.pk for key, clash in now_open.items() if key not in found]
    if gone:
        ActionConflict.objects.filter(pk__in=gone).update(state=State.SOLVED, settled_at=timezone.now(), settled_by=by)
    reasons = {clash.key: clash.prints for clash in kept if clash.state == State.MOTIVATED}  # the newest of each
    new = []
    for key, one in found.items():
        prints = {str(key): print_of[key] for key in one.sides}
        if key in now_open:
            see_again(now_open[key], one, prints)
        elif not prints.items() <= reasons.get(key, {}).items():
            new.append(raise_found(plan, one, prints))
    return new


def printed(side: Side) -> str:
    return salted_hmac("plans.clash", repr(side.facts), algorithm="sha256").hexdigest()[:32]


def see_again(clash: ActionConflict, found: Found, prints: dict[str, str]) -> None:
    if clash.prints == prints:
        return
    clash.prints = prints
    clash.save(update_fields=["prints"])
    clash.sides.set(found.sides)


def raise_found(plan: SupportPlan, found: Found, prints: dict[str, str]) -> ActionConflict:
    clash = ActionConflict.objects.create(
        plan=plan, rule=found.rule, key=found.key, resident_id=found.resident, prints=prints
    )
    clash.sides.set(found.sides)
    return clash


@transaction.atomic
def raise_clash(*, plan: SupportPlan, said: str, by: Professional, sides: list[Action]) -> ActionConflict:
    """Somebody sees that something does not fit. Raises NotTogether when a side is not of this plan."""
    hold(plan.pk)
    if any(side.goal.plan_id != plan.pk for side in sides):
        raise NotTogether
    clash = ActionConflict.objects.create(plan=plan, rule=Rule.BY_HAND, said=said, raised_by=by)
    clash.sides.set(sides)
    access.record(action=access.Action.CREATE, event="raise clash", about=clash, by=by)
    return clash


@transaction.atomic
def motivate_clash(*, clash: ActionConflict, because: str, by: Professional) -> None:
    """It stays as it is, and this is why. It comes back only when one of its sides changes. Raises SettledAlready."""
    hold(clash.plan_id)
    settle(clash, State.MOTIVATED, because=because, by=by)
    access.record(action=access.Action.UPDATE, event="motivate clash", about=clash, by=by)


@transaction.atomic
def solve_clash(*, clash: ActionConflict, because: str, by: Professional) -> None:
    """What somebody said is solved, in this way. Raises NotSolved for what a rule finds, and SettledAlready."""
    if clash.rule != Rule.BY_HAND:
        raise NotSolved
    hold(clash.plan_id)
    settle(clash, State.SOLVED, because=because, by=by)
    access.record(action=access.Action.UPDATE, event="solve clash", about=clash, by=by)


@transaction.atomic
def drop_side(*, clash: ActionConflict, side: Action, by: Professional) -> None:
    """One of the sides is not done. Raises workflow.NotAllowed, NotTogether."""
    if not clash.sides.filter(pk=side.pk).exists():
        raise NotTogether
    plan = hold(clash.plan_id)
    step(side, Status.DROPPED)
    settle_by_hand(clash, by=by)
    keep_up(plan, by=by)
    access.record(action=access.Action.UPDATE, event="drop for clash", about=clash, by=by)


@transaction.atomic
def put_in_turn(*, clash: ActionConflict, first: Action, then: Action, by: Professional) -> None:
    """One side waits until the other is done. Raises NotTogether, also when that would go round in a circle."""
    if first == then or clash.sides.filter(pk__in=[first.pk, then.pk]).count() != 2:
        raise NotTogether
    plan = hold(clash.plan_id)
    wait_for(then, first)
    settle_by_hand(clash, by=by)
    keep_up(plan, by=by)
    access.record(action=access.Action.UPDATE, event="put in turn", about=clash, by=by)


@transaction.atomic
def look_again(*, plan: SupportPlan) -> bool:
    """As time goes by, people come to live somewhere and organisations change. Says whether something new was found."""
    new = keep_up(hold(plan.pk), by=None)
    for clash in new:
        access.record(
            action=access.Action.CREATE, event="find clash", about=clash, household=plan.household, by=None,
            role=access.SYSTEM,
        )  # fmt: skip
    return bool(new)


def settle(clash: ActionConflict, state: ActionConflict.State, *, by: Professional, because: str = "") -> None:
    facts = {"state": state, "because": because, "settled_by": by, "settled_at": timezone.now()}
    if not ActionConflict.objects.open().filter(pk=clash.pk).update(**facts):
        raise SettledAlready
    for name, value in facts.items():
        setattr(clash, name, value)


def settle_by_hand(clash: ActionConflict, *, by: Professional) -> None:
    """What a rule found ends when the rule no longer finds it; what somebody said ends with what was done about it."""
    if clash.rule == Rule.BY_HAND:
        settle(clash, State.SOLVED, by=by)


def wait_for(action: Action, awaited: Action | None) -> None:
    """Raises NotTogether when they are of two plans, or when `awaited` waits for this one already, near or far."""
    seen, following = {action.pk}, awaited
    while following is not None:
        if following.pk in seen or following.goal.plan_id != action.goal.plan_id:
            raise NotTogether
        seen.add(following.pk)
        following = following.waits_for
    Action.objects.filter(pk=action.pk).update(waits_for=awaited, changed_at=timezone.now())
    action.waits_for = awaited
