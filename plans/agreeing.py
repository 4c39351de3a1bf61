"""Whether everybody agrees with the plan as it is now: who is asked, what they saw, and what changed since.

    under 12    everybody with authority over the child
    12 to 15    the child and everybody with authority
    16, 17      the young person
    18 and up   the person, and who decides beside that person: a curator, or a mentor about all but money

And the coordinator. Those who help say yes to their own actions, each to the own one."""

from dataclasses import dataclass, field
from typing import Any

from households.deciding import Capacity, deciders
from households.models import Resident
from households.models.people import ADULT, DECIDES_TOO
from plans.changes import Change, changes
from plans.models import Action, Appointment, Goal, PlanVersion, Signature, SupportPlan
from plans.workflow import Status

NOT_DONE = (Status.DROPPED, Status.DECLINED)  # what nobody is going to do, nobody agrees on


def snapshot(plan: SupportPlan) -> dict[str, Any]:
    """What people agree on, of a plan `in_full()`: what is wanted and who does what and when. How far something is, is no
    part of it. Keys stand beside names: somebody whose name is corrected is the same person."""
    goals = list(plan.goals.all())
    return {
        "goals": [of_goal(goal) for goal in goals],
        "actions": [
            of_action(action, goal) for goal in goals for action in goal.actions.all() if action.status not in NOT_DONE
        ],
        "agreements": [
            {"key": one.pk, "what": one.what, "who": one.who, "how_told": one.how_told, "until": iso(one.until)}
            for one in plan.agreements.all()
        ],
    }


def of_goal(goal: Goal) -> dict[str, Any]:
    return {
        "key": goal.pk,
        "title": goal.title,
        "domain": goal.domain,
        "about": [[one.pk, one.first_name] for one in goal.about.all()],
        "why": goal.why,
        "how_we_see_it": goal.how_we_see_it,
        "by_when": iso(goal.by_when),
    }


def of_action(action: Action, goal: Goal) -> dict[str, Any]:
    person = action.owner
    return {
        "key": action.pk,
        "what": action.what,
        "goal": [goal.pk, goal.title],
        "who": [f"{person._meta.model_name}-{person.pk}", getattr(person, "full_name", "") or str(person)],
        "when": when(action),
        "due_on": iso(action.due_on),
    }


def when(action: Action) -> list[str]:
    """What tells it apart, and the words for it."""
    if not hasattr(action, "appointment"):
        return [action.rhythm, action.rhythm]
    one: Appointment = action.appointment
    words = f"{one.words}, {one.place}" if one.place else one.words
    return [f"{one.weekday} {one.starts:%H:%M} {one.ends:%H:%M} {one.every_weeks} {one.place}", words]


def iso(day: Any) -> str:
    return day.isoformat() if day else ""


@dataclass
class Signers:
    """Who is asked, each with the capacity in which; and of which children nobody wrote down who decides."""

    people: dict[Resident, str] = field(default_factory=dict)
    nobody_for: list[Resident] = field(default_factory=list)


def signers(plan: SupportPlan) -> Signers:
    """Of a plan `in_full()`, by the rules of today. Four queries."""
    goals = list(plan.goals.all())
    named = {resident.pk for goal in goals for resident in goal.about.all()}
    of_all = not goals or any(not goal.about.all() for goal in goals)
    found = Signers()
    for member in plan.household.members.with_deciders():
        resident, age = member.resident, member.resident.age()
        if not of_all and resident.pk not in named:
            continue
        about = [goal.domain for goal in goals if not goal.about.all() or resident in goal.about.all()]
        who = deciders(resident, items=about)
        if who is None:
            found.nobody_for.append(resident)
        if age is None or age >= ADULT or (who is None and age >= DECIDES_TOO):
            who = {resident: Capacity.SELF} | (who or {})
        for person, capacity in (who or {}).items():
            if person == resident or person not in found.people:
                found.people[person] = str(Capacity.SELF if person == resident else capacity)
    return found


@dataclass
class Standing:
    """How the newest version stands."""

    version: PlanVersion | None = None
    signatures: list[Signature] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def agreed(self) -> int:
        return sum(one.agrees for one in self.signatures)

    @property
    def all_agree(self) -> bool:
        """With that version, whatever became of the plan since."""
        return bool(self.signatures) and all(one.agrees for one in self.signatures)

    @property
    def against(self) -> list[Signature]:
        return [one for one in self.signatures if one.stand == Signature.Stand.AGAINST]

    @property
    def holds(self) -> bool:
        """Everybody agrees with the plan as it is now."""
        return self.all_agree and not self.changes

    def of(self, resident: Resident) -> Signature | None:
        return next((one for one in self.signatures if one.resident_id == resident.pk), None)


def agreement_of(plan: SupportPlan) -> Standing:
    """Of a plan `in_full()`, in two queries."""
    version = plan.versions.newest_first().select_related("made_by").first()
    if version is None:
        return Standing()
    signatures = list(version.signatures.in_full())
    return Standing(version=version, signatures=signatures, changes=changes(version.facts, snapshot(plan)))


@dataclass(frozen=True)
class Asked:
    """What one resident was asked about the newest version, and whether that can be said now."""

    signature: Signature
    changed: bool
    clashes: bool

    @property
    def can_be_said(self) -> bool:
        return not self.changed and not self.clashes


def own_signature(plan: SupportPlan | None, resident: Resident) -> Asked | None:
    """None when there is no plan, or this resident was not asked. Of a plan `in_full()`, in three queries."""
    found = agreement_of(plan) if plan and not plan.light else None
    signature = found.of(resident) if found else None
    if plan is None or found is None or signature is None:
        return None
    return Asked(signature, changed=bool(found.changes), clashes=plan.clashes.open().exists())
