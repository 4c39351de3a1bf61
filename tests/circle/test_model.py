"""Whatever people do, and in whatever order: each sees exactly what a small model of the rules says.

The model knows nothing of the app. It remembers who said what to whom and works out by itself what may be shown; after
each step the pages are read as everybody, and compared with it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desk.demo import people
from households import actions
from households.models import Consent, Household, HouseholdMember, OwnPage
from partners.models import Professional
from plans import actions as plan_actions
from tests.circle.working import MINE, birthday, invite, make_home
from tests.coming_in import behind_code
from tests.helpers import put_household

pytestmark = pytest.mark.walk
PERSONS = ("roos", "bas", "pip", "max", "fien")
PARENTS = ("roos", "bas")
ADULTS = ("roos", "bas")
# Goal: its life domain, and whom it is about (nobody named: everybody).
GOALS = {
    "money": ("MONEY", ("roos", "bas")),
    "roos": ("MONEY", ("roos",)),
    "child": ("PARENTING", ("pip",)),
    "mind": ("MENTAL_HEALTH", ("roos",)),
    "all": ("HOUSING", PERSONS),
}
ITEMS = ("MONEY", "PARENTING", "MENTAL_HEALTH", "HOUSING", "STORY")
GUESTS = {"dennis": people.DENNIS.email, "greet": people.GREET.email, "bianca": people.BIANCA.email}
READERS = ("roos", "fien")  # who read the own page
COLLEAGUES = {"jolanda": people.JOLANDA.email, "amir": people.AMIR.email, "pascal": people.PASCAL.email}
person, guest, item = st.sampled_from(PERSONS), st.sampled_from(sorted(GUESTS)), st.sampled_from(ITEMS)


def age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@dataclass
class Asked:
    """One consent of the model."""

    purpose: str
    about: str
    to: str
    items: frozenset[str]
    on: date
    until: date
    said: dict[str, bool]
    over: bool = False


@dataclass
class Shown:
    """One grant of the model: a goal, or a whole item, resting on consents."""

    to: str
    item: str
    goal: str | None
    rests_on: list[Asked]
    over: bool = False


@dataclass
class Rules:
    """The rules, once more and by themselves."""

    today: date
    born: dict[str, date]
    coordinator: str = "jolanda"
    deputy: tuple[str, date] | None = None
    in_circle: dict[str, date] = field(default_factory=dict)
    volunteers: set[str] = field(default_factory=set)
    asked: list[Asked] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    opened: dict[str, Any] = field(default_factory=dict)
    closed: bool = False

    def decide(self, about: str) -> set[str]:
        years = age(self.born[about], self.today)
        if years < 12:
            return set(PARENTS)
        return {about, *PARENTS} if years < 16 else {about}

    def holds(self, asked: Asked) -> bool:
        if asked.over or not asked.on <= self.today <= asked.until:
            return False
        if any(
            age(self.born[asked.about], asked.on) < years <= age(self.born[asked.about], self.today)
            for years in (12, 16, 18)
        ):
            return False
        return all(asked.said.get(name) for name in self.decide(asked.about))

    def sees(self, who: str) -> set[str]:
        """The goals, and STORY, that a guest may read."""
        if self.closed or who in self.volunteers or self.in_circle.get(who, date.min) < self.today:
            return set()
        told = {
            (shown.item, shown.goal, asked.about)
            for shown in self.shown
            if shown.to == who and not shown.over
            for asked in shown.rests_on
            if asked.to == who and shown.item in asked.items and self.holds(asked)
        }
        found = {
            goal
            for goal, (domain, about) in GOALS.items()
            if all(any(one in told for one in ((domain, None, name), (domain, goal, name))) for name in about)
        }
        return found | ({"STORY"} if all(("STORY", None, name) in told for name in PERSONS) else set())

    def reads_on_own_page(self, who: str) -> set[str]:
        """The goals, and the purposes of consents, that a resident reads alone: all of the plan but what is extra protected
        of somebody else, and of the consents only those the resident has a part in."""
        goals = {goal for goal, (domain, about) in GOALS.items() if domain != "MENTAL_HEALTH" or who in about}
        has_a_part = [asked for asked in self.asked if who == asked.about or who in asked.said]
        return goals | {asked.purpose for asked in has_a_part if self.holds(asked)}

    def reads_all(self, who: str, now: Any) -> bool:
        stands_in = self.deputy is not None and self.deputy[0] == who and self.today <= self.deputy[1]
        with_reason = self.opened.get(who, now) > now and self.may_open(who)
        return who == self.coordinator or stands_in or with_reason

    def may_open(self, who: str) -> bool:
        """With a reason; what is closed only who leads the team."""
        return not self.closed or who == "pascal"


class Household_(RuleBasedStateMachine):  # the household under test, beside the model of that name
    def __init__(self) -> None:
        super().__init__()
        self.began, self.passed = timezone.now(), 0
        self.clock = time_machine.travel(self.began, tick=False)
        self.clock.start()
        self.people = {name: Professional.objects.get(email=email) for name, email in (GUESTS | COLLEAGUES).items()}
        self.home = make_home(self.people["jolanda"])
        today = timezone.localdate()
        born = {"roos": birthday(today, 40), "bas": birthday(today, 41)}
        # Each child has a birthday that matters within some weeks.
        born |= {"pip": birthday(today + timedelta(days=20), 12), "max": birthday(today + timedelta(days=30), 16)}
        born |= {"fien": birthday(today + timedelta(days=40), 18)}
        for name, day in born.items():
            resident = getattr(self.home, name)
            resident.birth_date = day
            resident.save()
        self.rules = Rules(today=today, born=born)
        self.participants: dict[str, Any] = {}
        self.own_pages = {name: self.give_own_page(name) for name in READERS}
        self.readers: dict[str, Client] = {}
        self.consents: list[Consent] = []
        self.grants: list[Any] = []

    def teardown(self) -> None:
        self.clock.stop()

    @property
    def household(self) -> Household:
        return Household.objects.get(pk=self.home.household.pk)

    @property
    def by(self) -> Professional:
        return self.people[self.rules.coordinator]

    # ---- what people do

    @rule(who=guest)
    def comes(self, who):
        if who in self.participants or self.rules.closed:
            return
        self.home.by = self.by
        ends = self.rules.today + timedelta(days=45)
        self.participants[who] = invite(self.home, self.people[who], volunteer=who == "bianca", ends_on=ends)
        self.rules.in_circle[who] = ends
        if who == "bianca":
            self.rules.volunteers.add(who)

    @rule(who=guest)
    def leaves(self, who):
        if participant := self.participants.pop(who, None):
            actions.end_participation(participant=participant, by=self.by)
            del self.rules.in_circle[who]
            for shown in self.rules.shown:
                shown.over = shown.over or shown.to == who

    @rule(about=person, to=guest, items=st.frozensets(item, min_size=1, max_size=3), no=st.sampled_from((None, *PARENTS)),
          silent=st.sampled_from((None, *PERSONS)), days=st.integers(5, 60))  # fmt: skip
    def is_asked(self, about, to, items, no, silent, days):
        deciding = self.rules.decide(about)
        said = {name: name != no for name in deciding if name != silent}
        until, purpose = self.rules.today + timedelta(days=days), f"Vraag {len(self.rules.asked)}."
        residents = {name: getattr(self.home, name) for name in PERSONS}
        for one in residents.values():
            one.refresh_from_db()
        (consent,) = actions.record_consent(
            household=self.household, residents=[residents[about]], kind=Consent.Kind.SHARE_INFO, by=self.by,
            given_on=self.rules.today, valid_until=until, recipient=self.people[to].organisation, items=sorted(items),
            purpose=purpose, answers={residents[name]: answer for name, answer in said.items()},
        )  # fmt: skip
        for name, answer in said.items():
            for earlier in self.rules.asked:
                same = (earlier.about, earlier.to) == (about, to) and earlier.items & items
                if not answer and same and earlier.said.get(name):
                    earlier.over = True
        self.rules.asked.append(Asked(purpose, about, to, items, self.rules.today, until, said))
        self.consents.append(consent)

    @precondition(lambda self: self.consents)
    @rule(data=st.data())
    def is_taken_back(self, data):
        rank = data.draw(st.integers(0, len(self.consents) - 1))
        consent = Consent.objects.get(pk=self.consents[rank].pk)
        if consent.withdrawn_at is None:
            actions.withdraw_consent(consent=consent, by=self.by)
        self.rules.asked[rank].over = True

    @precondition(lambda self: self.participants)
    @rule(data=st.data(), what=item, goal=st.sampled_from((None, *GOALS)))
    def is_shared(self, data, what, goal):
        who = data.draw(st.sampled_from(sorted(self.participants)))
        participant = self.participants[who]
        participant.household.refresh_from_db()
        what = GOALS[goal][0] if goal else what
        good = [one for one in self.rules.asked if one.to == who and what in one.items and self.rules.holds(one)]
        try:
            if goal:
                grant: Any = plan_actions.share_goal(
                    goal=self.home.goals[goal], participant=participant, sure=True, by=self.by
                )
            else:
                domain = "" if what == "STORY" else what
                grant = actions.share(participant=participant, domain=domain, sure=True, by=self.by)
        except actions.NoConsent:
            assert not good
            return
        assert good
        for shown in self.rules.shown:  # shared again: it rests on what is there now
            if (shown.to, shown.item, shown.goal, shown.over) == (who, what, goal, False):
                shown.rests_on = good
                return
        self.rules.shown.append(Shown(who, what, goal, good))
        self.grants.append(grant)

    @precondition(lambda self: self.grants)
    @rule(data=st.data())
    def is_not_shared_any_more(self, data):
        rank = data.draw(st.integers(0, len(self.grants) - 1))
        if not self.rules.shown[rank].over:
            actions.stop_sharing(sharing=self.grants[rank], household=self.household, by=self.by)
            self.rules.shown[rank].over = True

    @rule(days=st.sampled_from((1, 10, 20, 21)))
    def time_passes(self, days):
        self.passed += days
        self.clock.stop()
        self.clock = time_machine.travel(self.began + timedelta(days=self.passed), tick=False)
        self.clock.start()
        self.rules.today = timezone.localdate()
        self.readers = {}  # each has to ask for a code again

    @rule(who=st.sampled_from(("amir", "pascal")))
    def opens_with_a_reason(self, who):
        if who == self.rules.coordinator:
            return
        if not self.rules.may_open(who):
            with pytest.raises(PermissionError):
                actions.break_glass(household=self.household, reason="Een goede reden.", by=self.people[who])
            return
        actions.break_glass(household=self.household, reason="Een goede reden.", by=self.people[who])
        self.rules.opened[who] = timezone.now() + timedelta(hours=24)

    @rule(to=st.sampled_from(("jolanda", "amir")))
    def changes_hands(self, to):
        if to == self.rules.coordinator:
            return
        handover = actions.propose_handover(household=self.household, to=self.people[to], note="x", by=self.by)
        actions.accept_handover(handover=handover, by=self.people[to])
        self.rules.coordinator, self.rules.deputy = to, None

    @rule(who=st.sampled_from(("amir", "pascal")), days=st.integers(0, 20))
    def stands_in(self, who, days):
        until, now = self.rules.today + timedelta(days=days), self.rules.deputy
        taken = now is not None and now[1] >= self.rules.today
        if who == self.rules.coordinator or self.rules.closed or taken:
            with pytest.raises((actions.CanNotCoordinate, actions.AlreadyADeputy)):
                actions.name_deputy(household=self.household, deputy=self.people[who], until=until, by=self.by)
            return
        actions.name_deputy(household=self.household, deputy=self.people[who], until=until, by=self.by)
        self.rules.deputy = who, until

    @rule(closed=st.booleans())
    def closes_or_opens(self, closed):
        status = Household.Status.CLOSED if closed else Household.Status.OPEN
        put_household(self.home.household, status)
        self.rules.closed, self.rules.deputy = closed, None

    # ---- what everybody sees

    @invariant()
    def guests_see_what_the_rules_say(self):
        for who in GUESTS:
            page = self.page_of(who, MINE)
            seen = {goal for goal in GOALS if f"Doel {goal}”" in page} | (
                {"STORY"} if "verhaal van de kast" in page else set()
            )
            assert seen == self.rules.sees(who), who

    @invariant()
    def only_who_coordinates_and_who_gave_a_reason_read_it_all(self):
        for who in COLLEAGUES:
            answer = self.browser(who).get(f"/huishoudens/{self.home.household.number}/")
            expected = 200 if self.rules.reads_all(who, timezone.now()) else 403
            assert answer.status_code == expected, who
            assert HouseholdMember.objects.exists()

    @invariant()
    def residents_read_what_the_rules_say(self):
        for who in READERS:
            page = self.read_own_page(who)
            if self.rules.closed or self.rules.today > self.own_pages[who].ends_on:
                assert page is None, who
                continue
            seen = {goal for goal in GOALS if f"Doel {goal}<" in page}
            seen |= {asked.purpose for asked in self.rules.asked if asked.purpose in page}
            assert seen == self.rules.reads_on_own_page(who), who

    def give_own_page(self, name: str) -> OwnPage:
        member = self.household.members.get(resident=getattr(self.home, name))
        member.email = f"{name}@thuis.example"
        member.save()
        return actions.give_own_page(member=member, by=self.by)

    def read_own_page(self, who: str) -> str | None:
        """None where the address opens nothing."""
        door = reverse("desk:own_page", args=[self.own_pages[who].token])
        if Client().get(door).status_code == 404:
            return None
        if who not in self.readers:
            self.readers[who] = behind_code(door, f"{who}@thuis.example")
        return self.readers[who].get(door).content.decode()

    def page_of(self, who: str, path: str) -> str:
        return self.browser(who).get(path).content.decode()

    def browser(self, who: str) -> Client:
        browser = Client()
        browser.force_login(self.people[who])
        return browser


class TestWhateverPeopleDo(Household_.TestCase, TestCase):
    settings = settings(
        max_examples=8, stateful_step_count=14, deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
