"""What a team says that does not go together."""

from django.db import transaction

from households import access
from partners.models import Professional, Team
from plans.actions.clash import keep_up
from plans.actions.states import hold
from plans.models import Aim, Opposition, SupportPlan


class AlreadyOpposite(ValueError):
    """The team says so already, or the two are one and the same."""


@transaction.atomic
def add_opposition(*, team: Team, domain: str, one: str, other: str, by: Professional) -> Opposition:
    """From now on these two work against each other, in the plans that run too. Raises AlreadyOpposite."""
    aims = sorted((aim_of(team, domain, words) for words in (one, other)), key=lambda aim: aim.pk)
    if aims[0] == aims[1]:
        raise AlreadyOpposite
    opposition, new = Opposition.objects.get_or_create(one=aims[0], other=aims[1])
    if not new:
        raise AlreadyOpposite
    look_again_at(aims, by=by)
    access.record(action=access.Action.CREATE, event="add opposition", about=team, by=by)
    return opposition


@transaction.atomic
def remove_opposition(*, opposition: Opposition, by: Professional) -> None:
    """These two go together after all. What was found by it is solved."""
    aims = [opposition.one, opposition.other]
    Opposition.objects.filter(pk=opposition.pk).delete()
    look_again_at(aims, by=by)
    access.record(action=access.Action.UPDATE, event="remove opposition", about=opposition.one.team, by=by)


def aim_of(team: Team, domain: str, words: str) -> Aim:
    known = Aim.objects.filter(team=team, domain=domain, words__iexact=words).first()
    return known or Aim.objects.create(team=team, domain=domain, words=words)


def look_again_at(aims: list[Aim], *, by: Professional) -> None:
    """In the order of the keys: two who change the list at once never wait for each other in a circle."""
    for plan in SupportPlan.objects.open().filter(goals__actions__aim__in=aims).order_by("pk").distinct():
        keep_up(hold(plan.pk), by=by)
