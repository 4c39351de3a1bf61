"""Closing a household and opening it again: what goes through the rooms of the plan and of the signals as well."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import override

from households import actions
from households.domains import LifeDomain
from households.models import Closing, Conversation, Handover, Household, OwnPage
from households.pdf import paper
from partners.models import Professional
from plans import actions as plan_actions
from plans import workflow
from plans.models import Action, Evaluation, SupportPlan
from plans.workflow import Status
from signals.models import Observation, Signal


@dataclass(frozen=True)
class InTheWay:
    """What must be done before a household can be closed: reporters without an end to their signal, answers of partners that
    nobody read, a colleague who was asked to take over, and a plan that nobody looked back on. A talk that did not end is
    shown with it: after closing nobody can write in it."""

    signals: list[Signal]
    answers: list[Observation]
    handover: Handover | None
    plan: SupportPlan | None
    talks: list[Conversation]

    def __bool__(self) -> bool:
        return bool(self.signals or self.answers or self.handover or self.plan)


class Ending(NamedTuple):
    """What becomes of an action that is not done: it is done after all, it stops, or `who` goes on with it."""

    action: Action
    how: Status
    who: str = ""


def in_the_way(household: Household) -> InTheWay:
    return InTheWay(
        signals=list(household.signals.open().select_related("organisation", "telling").order_by("received_at")),
        answers=list(household.observations.to_be_read().select_related("asked")),
        handover=household.handovers.open().select_related("to").first(),
        plan=household.plans.open().not_looked_back_on().first(),
        talks=list(household.conversations.open()),
    )


def open_actions(household: Household) -> list[Action]:
    found = Action.objects.filter(goal__plan__household=household).open().with_owner()
    return list(found.order_by("goal__rank", "due_on", "pk"))


@transaction.atomic
def close(*, household: Household, endings: list[Ending], by: Professional, **words: Any) -> Closing:
    """End every action, then the plan, then the rest. Raises `actions.NotNow` when something is still in the way, also when
    that came in just now: then nothing was changed."""
    lock(household)
    try:
        for ending in endings:
            if ending.how == Status.HANDED_ON:
                plan_actions.hand_on(action=ending.action, to=ending.who, by=by)
            else:
                plan_actions.move_action(action=ending.action, to=ending.how, by=by)
        for plan in household.plans.open():
            plan_actions.close_plan(plan=plan, by=by)
    except (plan_actions.StillOpen, plan_actions.NotEvaluated, workflow.NotAllowed) as changed:
        raise actions.NotNow from changed
    if in_the_way(household):
        raise actions.NotNow
    return actions.close_household(household=household, by=by, **words)


def lock(household: Household) -> None:
    """All that will be changed, before the first line in the log: whoever is busy with a part of it is waited for, and never
    waits for us in turn. A signal can be linked meanwhile (no key of the household changes): then it waits in the day of the
    coordinator, as one does that is linked later."""
    list(Household.objects.select_for_update(no_key=True).filter(pk=household.pk))
    list(household.plans.open().select_for_update(no_key=True))
    list(Action.objects.select_for_update(of=("self",)).filter(goal__plan__household=household).open())
    list(household.circle.open().select_for_update(of=("self",)))
    list(OwnPage.objects.select_for_update(of=("self",)).filter(member__household=household, ended_at=None))


@transaction.atomic
def reopen(*, household: Household, because: str, by: Professional) -> None:
    """With the plan as it was, so that nobody types it again. Raises `actions.NotNow` when it is open."""
    actions.reopen_household(household=household, because=because, by=by)
    last = household.plans.order_by("-pk").first()
    if last is not None:
        plan_actions.reopen_plan(plan=last, by=by)


@override("nl")
def letter(household: Household, closing: Closing) -> bytes:
    """What the household keeps on paper when we stop. Like every paper it names nobody but by the first name, and holds
    nothing about safety, police and justice."""
    residents = household.members.select_related("resident")
    last = Evaluation.objects.filter(plan__household=household).in_full().first()
    results = last.results.all() if last else []
    return paper(
        "desk/closing_letter.html",
        household,
        closing=closing,
        names=get_text_list([member.resident.first_name for member in residents], _("and")),
        results=[one for one in results if one.goal.domain != LifeDomain.SAFETY_JUSTICE],
    )
