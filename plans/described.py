"""A plan as the rules see it: small, in memory, and without a name in it."""

import re
import unicodedata
from collections import defaultdict
from datetime import date, time
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from config.prepared import Key, Prepared
from households.models import HouseholdMember
from plans.models import Action, ActionConflict, Goal, Opposition, SupportPlan
from plans.rules import Described, Rule, Side, Slot, Standing, week_of
from plans.workflow import Status

STANDING = {
    Status.PROPOSED: Standing.RUNS,
    Status.ACCEPTED: Standing.RUNS,
    Status.HELD: Standing.HELD,
    Status.DECLINED: Standing.STOPPED,
    Status.DROPPED: Standing.STOPPED,
    Status.DONE: Standing.OVER,
    Status.HANDED_ON: Standing.OVER,
}
SMALL = "deze door elke gaan haar heeft hebben hier iedere kijken komen maken moet naar niet onze over samen voor weer welke worden wordt zijn helpen hulp"
SHORTEST, STEM = 4, 5  # shorter words say little; the beginning of a longer one says what it is about


def describe(plan: SupportPlan) -> Described:
    """In one round trip whatever its size, and one more when there are aims."""
    return described(all_that_rules_see(Key(plan.pk), Key(plan.household_id)))


def described(found: dict[str, list[Any]]) -> Described:
    """Of what `all_that_rules_see` gave."""
    everybody, about = frozenset(found["everybody"]), defaultdict[int, set[int]](set)
    for goal, resident in found["about"]:
        about[goal].add(resident)
    goals = {goal: (domain, frozenset(about[goal]) or everybody) for goal, domain in found["goals"]}
    actions = found["actions"]
    aims = {action.aim_id for action in actions if action.aim_id}
    against = Opposition.objects.filter(Q(one__in=aims) | Q(other__in=aims)) if len(aims) > 1 else []
    return Described(
        sides=tuple(side(action, *goals[action.goal_id]) for action in actions),
        today=timezone.localdate(),
        opposites=frozenset(frozenset({one.one_id, one.other_id}) for one in against),
        most_in_a_week=settings.MOST_IN_A_WEEK,
        minutes_between=settings.MINUTES_BETWEEN,
    )


@Prepared
def all_that_rules_see(plan: int, household: int) -> dict[str, QuerySet]:
    """And what they found before, as it is kept."""
    goals = Goal.objects.filter(plan=plan).order_by()
    return {
        "everybody": HouseholdMember.objects.filter(household=household).order_by().values_list("resident", flat=True),
        "goals": goals.values_list("pk", "domain"),
        "about": Goal.about.through.objects.filter(goal__in=goals).values_list("goal", "resident"),
        "actions": Action.objects.filter(goal__in=goals).as_rules_see_them().order_by("pk"),
        "kept": ActionConflict.objects.filter(plan=plan).exclude(rule=Rule.BY_HAND),
    }


def side(action: Action, domain: str, residents: frozenset[int]) -> Side:
    professional = action.owner_professional
    return Side(
        key=action.pk,
        owner=owner_key(action),
        residents=residents,
        domain=domain,
        due_on=action.due_on,
        organisation=professional.organisation_id if professional else None,
        standing=STANDING[Status(action.status)],
        words=telling(action.what) if professional else frozenset(),  # of others nobody compares them
        aim=action.aim_id,
        slot=slot(action),
        waits_for=action.waits_for_id,
    )


def owner_key(action: Action) -> str:
    if action.owner_resident_id:
        return f"R{action.owner_resident_id}"
    return f"C{action.owner_contact_id}" if action.owner_contact_id else f"P{action.owner_professional_id}"


def slot(action: Action) -> Slot | None:
    if not hasattr(action, "appointment"):
        return None
    meeting = action.appointment
    return Slot(
        weekday=meeting.weekday,
        starts=minutes(meeting.starts),
        ends=minutes(meeting.ends),
        first=first_week(meeting.from_on, meeting.weekday),
        every=meeting.every_weeks,
        place=" ".join(meeting.place.casefold().split()),
    )


def minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def first_week(day: date, weekday: int) -> int:
    """The week of this weekday on that day, or of the first one after it."""
    return week_of(day) + (1 if weekday < day.weekday() else 0)


def telling(text: str) -> frozenset[str]:
    """How the words of a sentence begin that say what it is about: so that schuldhulp and schulden are near each other."""
    bare = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return frozenset(
        word[:STEM] for word in re.findall(r"[a-z]+", bare) if len(word) >= SHORTEST and word not in SMALL.split()
    )
