"""What a participant of the circle sees of the plan. The rule stands here once: a goal is shown when its life domain or
the goal itself was shared, and only when that rests on something for everybody whom the goal is about."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from households.deciding import covered
from households.models import Consent, HouseholdMember, Participant, Resident, Story
from households.models.consent import STORY
from plans.models import Action, Goal, GoalGrant, SafetyGrant, SafetyPlan, SupportPlan


@dataclass
class Part:
    """The part of one household that one participant sees today."""

    participant: Participant
    actions: list[Action]
    members: list[HouseholdMember]
    goals: list[Goal] = field(default_factory=list)
    story: Story | None = None
    safety: list[SafetyPlan] = field(default_factory=list)
    circle: list[Participant] = field(default_factory=list)

    @property
    def fellows(self) -> list[Participant]:
        """Who says in one line what he or she does, of those whose actions stand here too."""
        here = {action.owner_professional_id for goal in self.goals for action in goal.actions.all()}
        return [
            one
            for one in self.circle
            if one.contribution and one.pk != self.participant.pk and one.professional_id in here
        ]

    @property
    def first_names(self) -> list[str]:
        """Of those whom the own actions are about."""
        wanted = {resident.pk for action in self.actions for resident in about(action.goal, self.members)}
        return [member.resident.first_name for member in self.members if member.resident_id in wanted]

    @property
    def reachable(self) -> list[HouseholdMember]:
        """The same people, and how these like to be reached."""
        wanted = {resident.pk for action in self.actions for resident in about(action.goal, self.members)}
        return [member for member in self.members if member.resident_id in wanted]


def about(goal: Goal, members: list[HouseholdMember]) -> list[Resident]:
    """Whom a goal is about: those it names, else everybody in the household."""
    return list(goal.about.all()) or [member.resident for member in members]


def parts(participants: list[Participant]) -> list[Part]:
    """What these participations show, in a fixed number of queries however many there are."""
    households = [participant.household_id for participant in participants]
    members: dict[int, list[HouseholdMember]] = {}
    for member in HouseholdMember.objects.filter(household__in=households).select_related("resident"):
        members.setdefault(member.household_id, []).append(member)
    goals: dict[int, list[Goal]] = {}
    plans = SupportPlan.objects.open().filter(household__in=households)
    for goal in Goal.objects.filter(plan__in=plans).select_related("plan").in_full():
        goals.setdefault(goal.plan.household_id, []).append(goal)
    grants: dict[int, list[GoalGrant]] = {}
    resting_on = Prefetch("consents", Consent.objects.in_full())
    open_grants = GoalGrant.objects.open().filter(participant__in=participants)
    for grant in open_grants.select_related("override__approval", "goal").prefetch_related(resting_on):
        grants.setdefault(grant.participant_id, []).append(grant)
    stories: dict[int, Story] = {}
    for story in Story.objects.filter(household__in=households).order_by("version"):
        stories[story.household_id] = story
    circles: dict[int, list[Participant]] = {}
    for fellow in Participant.objects.active().filter(household__in=households).select_related("professional"):
        circles.setdefault(fellow.household_id, []).append(fellow)
    safety: dict[int, list[SafetyPlan]] = {}
    for shown in SafetyGrant.objects.open().filter(participant__in=participants, safety_plan__ended_at=None).in_full():
        if shown.opens:
            safety.setdefault(shown.participant_id, []).append(shown.safety_plan)
    return [
        part(
            participant,
            members=members.get(participant.household_id, []),
            goals=goals.get(participant.household_id, []),
            goal_grants=grants.get(participant.pk, []),
            story=stories.get(participant.household_id),
            safety=safety.get(participant.pk, []),
            circle=circles.get(participant.household_id, []),
        )
        for participant in participants
    ]


def part(
    participant: Participant,
    *,
    members: list[HouseholdMember],
    goals: list[Goal],
    goal_grants: list[GoalGrant],
    story: Story | None,
    safety: list[SafetyPlan],
    circle: list[Participant],
) -> Part:
    own = [
        action
        for goal in goals
        for action in goal.actions.all()
        if action.owner_professional_id == participant.professional_id
    ]
    for goal in goals:
        for action in goal.actions.all():
            action.goal = goal  # with whom it is about, which was read already
    seen = Part(participant=participant, actions=own, members=members)
    if participant.volunteer:
        return seen
    seen.safety, seen.circle = safety, circle
    everybody = {member.resident_id for member in members}
    domains = {grant.item: covered(grant, participant, item=grant.item) for grant in participant.grants.all()}
    single = {grant.goal_id: covered(grant, participant, item=grant.goal.domain) for grant in goal_grants}
    for goal in goals:
        told_about = domains.get(goal.domain, set()) | single.get(goal.pk, set())
        whom = {resident.pk for resident in about(goal, members)}
        if whom and whom <= told_about:
            seen.goals.append(goal)
    if story is not None and everybody and everybody <= domains.get(STORY, set()):
        seen.story = story
    return seen
