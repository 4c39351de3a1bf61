"""An amount is asked for, decided about, paid or withdrawn."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from households import access
from households.models import Household
from partners.models import Professional
from partners.permissions import Permission
from plans.budget import BudgetStatus, Frame, check, mandate_of
from plans.models import BudgetLine


class OwnRequest(ValueError):
    """Nobody decides about what he or she asked for, and the second person is another one than the first."""


class NoMandate(ValueError):
    """This person does not decide about money for this team."""


class SecondNeeded(ValueError):
    """It is more than this person may decide alone. `limit` is how much that is."""

    def __init__(self, limit: Decimal):
        super().__init__()
        self.limit = limit


class DoesNotAddUp(ValueError):
    """What it comes to of each law is not the whole amount, to the cent."""


class NotAskedOfYou(ValueError):
    """Somebody else has to say something about it now."""


@transaction.atomic
def ask_budget(
    *,
    household: Household,
    amount: Decimal,
    split: Mapping[str, Decimal],
    decider: Professional,
    by: Professional,
    second: Professional | None = None,
    **facts: str,
) -> BudgetLine:
    """Ask for an amount. `split` is what it comes to of each law (`Frame`); of nothing the whole amount is of no law.

    Raises DoesNotAddUp, OwnRequest, NoMandate and SecondNeeded."""
    parts = {name: part for name, part in split.items() if part} or {Frame.FREE.value: amount}
    if sum(parts.values()) != amount or min(parts.values()) < 0:
        raise DoesNotAddUp
    if by in (decider, second) or decider == second:
        raise OwnRequest
    if not all(one.may(Permission.DECIDE_BUDGET, team=household.team) for one in (decider, second) if one):
        raise NoMandate
    mandate = mandate_of(decider, household.team)
    if amount > mandate and second is None:
        raise SecondNeeded(mandate)
    line = BudgetLine.objects.create(
        household=household,
        amount=amount,
        decider=decider,
        second=second if amount > mandate else None,
        mandate=mandate,
        proposed_by=by,
        **parts,
        **facts,
    )
    access.record(action=access.Action.CREATE, event="ask budget", about=line, by=by)
    return line


@transaction.atomic
def decide_budget(*, line: BudgetLine, granted: bool, reason: str, by: Professional) -> None:
    """Grant or refuse it. What is more than the first may decide alone is granted when the second person grants it too.

    Raises NotAskedOfYou, and workflow.NotAllowed when somebody was just first."""
    fresh = held(line)
    first = fresh.status != BudgetStatus.AGREED
    to = BudgetStatus.GRANTED if granted else BudgetStatus.REFUSED
    if first and granted and fresh.needs_second:
        to = BudgetStatus.AGREED
    check(fresh.status, to)
    if not BudgetLine.objects.waits_for(by).filter(pk=line.pk).exists():
        raise NotAskedOfYou
    now = timezone.now()
    if first:
        fresh.decided_at, fresh.reason = now, reason
    else:
        fresh.seconded_at, fresh.second_reason = now, reason
    if to == BudgetStatus.GRANTED:
        fresh.granted_on = timezone.localdate()
    moved(fresh, to, "decide budget", by, "decided_at", "reason", "seconded_at", "second_reason", "granted_on")


@transaction.atomic
def pay_budget(*, line: BudgetLine, paid_on: date, by: Professional) -> None:
    """Raises workflow.NotAllowed."""
    fresh = held(line)
    check(fresh.status, BudgetStatus.PAID)
    fresh.paid_on = paid_on
    moved(fresh, BudgetStatus.PAID, "pay budget", by, "paid_on")


@transaction.atomic
def withdraw_budget(*, line: BudgetLine, because: str, by: Professional) -> None:
    """It is not needed any more, or has to be asked in another way. What was paid stays paid. Raises workflow.NotAllowed."""
    fresh = held(line)
    check(fresh.status, BudgetStatus.WITHDRAWN)
    fresh.withdrawn_because, fresh.granted_on = because, None
    moved(fresh, BudgetStatus.WITHDRAWN, "withdraw budget", by, "withdrawn_because", "granted_on")


@transaction.atomic
def tell_budget(*, line: BudgetLine, told_on: date, by: Professional) -> None:
    """They know what was decided."""
    fresh = held(line)
    fresh.told_on = told_on
    fresh.save(update_fields=["told_on"])
    access.record(action=access.Action.UPDATE, event="tell budget", about=fresh, by=by)


def held(line: BudgetLine) -> BudgetLine:
    return BudgetLine.objects.select_for_update(of=("self",)).select_related("household").get(pk=line.pk)


def moved(line: BudgetLine, to: BudgetStatus, event: str, by: Professional, *fields: str) -> None:
    line.status = to
    line.save(update_fields=["status", *fields])
    access.record(action=access.Action.UPDATE, event=event, about=line, by=by)
