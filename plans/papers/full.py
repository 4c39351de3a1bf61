"""The whole plan on paper, in sixteen parts. For the household and its coordinator: it names people in full, and whoever
helps. It never holds an address, a note, what a reporter told, what somebody said in a talk alone, or anything about safety."""

from dataclasses import dataclass

from django.utils.translation import override

from households import charts, consent_card
from households.domains import LifeDomain
from households.models import Closing, Consent, Conversation, Custody, Household, HouseholdMember
from households.models.people import ADULT, DECIDES_ALONE
from households.pdf import STEPS_OF_A_SHEET, Step, on_every_paper, sheet, silent
from plans.agreeing import agreement_of
from plans.models import Action, ActionConflict, Evaluation, Goal, GoalResult, SupportPlan
from plans.own_plan import Choice
from plans.papers.described import may_stand_here, row
from plans.pdf import bare, pictogram, signer, signs
from plans.schemes import by_state, checks_of

DROPPED = (Action.Status.DROPPED, Action.Status.DECLINED)
KEPT_TOGETHER = 4  # a goal with more actions than this may run over a page
STEPS = 1 + STEPS_OF_A_SHEET
WHY = ("why1", "why2", "why3", "why4", "why5", "behind")


@dataclass(frozen=True)
class GoalOnPaper:
    goal: Goal
    picture: str
    rows: list[dict]

    @property
    def together(self) -> bool:
        return len(self.rows) <= KEPT_TOGETHER


@override("nl")
def full_plan(plan: SupportPlan, *, step: Step = silent) -> bytes:
    """As a PDF, in `STEPS` steps. A plan `in_full()` keeps the number of queries fixed."""
    facts = content(plan)
    step()
    return sheet("plans/papers/full.html", facts, step=step)


def content(plan: SupportPlan) -> dict:
    household = plan.household
    members = list(household.members.with_deciders())
    goals = [goal for goal in plan.goals.all() if may_stand_here(goal)]
    agreement = agreement_of(plan)
    return on_every_paper(household) | {
        "plan": plan,
        "members": members,
        "deciders": deciders(members),
        "request": household.request_in_own_words.strip(),
        "story": household.stories.current().first(),
        "why": question_behind(household),
        "strengths": [line for line in map(bare, household.strengths.splitlines()) if line],
        "network": household.network.current().order_by("pk"),
        "levels": levels(household),
        "circle": household.circle.active().select_related("professional__organisation").order_by("pk"),
        "own_plans": household.own_plans.exclude(choice=Choice.HARM).order_by("pk"),
        "schemes": by_state(checks_of(household)),
        "goals": [GoalOnPaper(goal, pictogram(goal), rows(goal)) for goal in goals],
        "clashes": clashes(plan),
        "agreed": consent_card.agreed(household, without=consents_of_their_own(members)),
        "closing": Closing.objects.standing().filter(household=household).first(),
        "version": agreement.version,
        "changed": bool(agreement.changes),
        "signers": [signer(member.resident, agreement) for member in members if signs(member.resident)],
        "evaluations": looked_back(plan),
        "few": range(5),
        "three": range(3),
    }


def deciders(members: list[HouseholdMember]) -> list[tuple[HouseholdMember, list[Custody]]]:
    """Who decides with or for each of them today, as far as that is written down."""
    found = [(member, [one for one in member.resident.custody.all() if one.counts()]) for member in members]
    return [(member, custody) for member, custody in found if custody]


def looked_back(plan: SupportPlan) -> list[tuple[Evaluation, list[GoalResult]]]:
    """Each time that they looked back together, with what was said of the goals that may stand here."""
    return [
        (one, [said for said in one.results.all() if may_stand_here(said.goal)])
        for one in plan.evaluations.in_full().order_by("held_on", "pk")
    ]


def question_behind(household: Household) -> list[str]:
    """The answers from one why to the next, of the last talk with all of them that ended."""
    talks = Conversation.objects.filter(household=household, resident=None, ended_at__isnull=False).in_full()
    talk = talks.order_by("-held_on", "-pk").first()
    said = talk.rows() if talk else {}
    return [said[place][0].shown for place in WHY if place in said and said[place][0].shown]


def levels(household: Household) -> list[charts.Picture]:
    """Each life domain that they talked about together."""
    return [
        picture
        for picture in charts.of_domains(household)
        if not picture.whom and picture.now and picture.icon != LifeDomain.SAFETY_JUSTICE.icon
    ]


def rows(goal: Goal) -> list[dict]:
    return [row(action) for action in goal.actions.all() if action.status not in DROPPED]


def clashes(plan: SupportPlan) -> list[tuple[ActionConflict, list[Action]]]:
    """What did not fit together and was settled. When one of its sides may not stand here, it does not stand here at all."""
    settled = plan.clashes.exclude(state=ActionConflict.State.OPEN).in_full()
    found = [(clash, list(clash.sides.all())) for clash in settled]
    return [(clash, sides) for clash, sides in found if all(may_stand_here(side.goal) for side in sides)]


def consents_of_their_own(members: list[HouseholdMember]) -> set[int]:
    """Of who decides alone and is no adult yet: a parent reads this paper too."""
    ages = [(member.resident_id, member.resident.age()) for member in members]
    theirs = {key for key, age in ages if age is not None and DECIDES_ALONE <= age < ADULT}
    return set(Consent.objects.filter(resident__in=theirs).values_list("pk", flat=True)) if theirs else set()
