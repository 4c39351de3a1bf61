"""What can happen in the example. A step is data, and plays by calling the one verb of `actions.py` it stands for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from django.template.defaultfilters import date as format_date
from django.utils import timezone

from desk.demo import secrets
from desk.demo.days import Days, born
from desk.demo.people import Person
from households import access
from households import actions as households
from households.domains import LifeDomain
from households.models import Consent, Household, Resident
from partners.models import District, Organisation, PartnerLink, Team
from plans import actions as plans
from plans.actions import Owner
from plans.models import Action, Goal, SupportPlan
from signals import actions as signals
from signals.models import Signal
from signals.sentences import DAY, sentences

Discussed = Signal.Discussed


@dataclass
class Stage:
    """Where a chapter plays: its days, and which row of the database each person or thing in the data has become."""

    team: Team
    days: Days
    cast: dict
    signals: dict["Seen", Signal] = field(default_factory=dict)
    goals: dict["Aim", Goal] = field(default_factory=dict)
    tasks: dict["Task", Action] = field(default_factory=dict)
    household: Household | None = None
    plan: SupportPlan | None = None

    @property
    def coordinator(self):
        return self.household.coordinator

    def called(self, offset: int) -> str:
        """A day as somebody says it now: morgen, or vrijdag."""
        day = self.days[offset]
        return "morgen" if (day - timezone.localdate()).days == 1 else format_date(day, "l")


class Step(Protocol):
    def play(self, stage: Stage) -> None: ...


Scene = tuple[int, str, Step]  # how many days from T, at what time, and what happens


# ---- signals


@dataclass(frozen=True)
class Seen:
    """A signal, as the reporter fills in the form."""

    key: str
    organisation: str
    observation: str
    discussed: Signal.Discussed
    reporter: Person | None = None
    about_name: str = ""
    about_address: str = ""
    agrees_to_feedback: bool = False
    danger_now: bool = False
    not_yet_because: str = ""

    def play(self, stage: Stage) -> None:
        stage.signals[self] = self.post()

    def post(self) -> Signal:
        reporter = self.reporter
        signal, _pin = signals.receive(
            link=PartnerLink.objects.by_token(secrets.link_token(self.organisation)).get(),
            submission=secrets.submission(self.key),
            code=secrets.signal_code(self.key),
            observation=self.observation,
            discussed=self.discussed,
            about_name=self.about_name,
            about_address=self.about_address,
            resident_agrees_to_feedback=self.agrees_to_feedback,
            danger_now=self.danger_now,
            not_yet_because=self.not_yet_because,
            reporter_name=reporter.name if reporter else "",
            reporter_function=reporter.function if reporter else "",
            reporter_email=reporter.email if reporter else "",
            reporter_phone=reporter.phone if reporter else "",
        )
        return signal


@dataclass(frozen=True)
class TakenUp:
    signal: Seen
    by: Person

    def play(self, stage: Stage) -> None:
        signals.take_up(signal=stage.signals[self.signal], by=stage.cast[self.by])


@dataclass(frozen=True)
class Linked:
    signal: Seen
    by: Person

    def play(self, stage: Stage) -> None:
        signals.link_to_household(
            signal=stage.signals[self.signal], household=stage.household, by=stage.cast[self.by]
        )


@dataclass(frozen=True)
class Told:
    """A standard sentence to the reporter. In the answers, a number is a day."""

    signal: Seen
    by: Person
    sentence: str
    answers: dict[str, str | int] = field(default_factory=dict)

    def play(self, stage: Stage) -> None:
        signals.give_feedback(
            signal=stage.signals[self.signal],
            sentence=sentences()[self.sentence],
            by=stage.cast[self.by],
            answers={
                name: format_date(stage.days[answer], DAY) if isinstance(answer, int) else answer
                for name, answer in self.answers.items()
            },
        )


@dataclass(frozen=True)
class Wrote:
    """The reporter writes back; {day} in it is said as a person says it."""

    signal: Seen
    body: str
    day: int = 0

    def play(self, stage: Stage) -> None:
        signals.hear_reporter(signal=stage.signals[self.signal], body=self.body.format(day=stage.called(self.day)))


@dataclass(frozen=True)
class Declined:
    signal: Seen
    by: Person
    reason: Signal.Decline

    def play(self, stage: Stage) -> None:
        signals.decline(signal=stage.signals[self.signal], reason=self.reason, by=stage.cast[self.by])


@dataclass(frozen=True)
class Closed:
    signal: Seen
    by: Person

    def play(self, stage: Stage) -> None:
        signals.close(signal=stage.signals[self.signal], by=stage.cast[self.by])


# ---- the household


@dataclass(frozen=True)
class Member:
    """A resident of this age at T, whose birthday was so many days before it."""

    first_name: str
    last_name: str
    age: int
    birthday: int
    contact_by: Resident.ContactBy = Resident.ContactBy.PHONE
    contact_note: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Near:
    """Somebody close."""

    name: str
    relation: str
    offers: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Home:
    """A household, opened with everybody in and around it."""

    name: str
    coordinator: Person
    address: str
    members: tuple[Member, ...]
    network: tuple[Near, ...] = ()
    district: str = ""
    address_protected: bool = False

    def play(self, stage: Stage) -> None:
        by = stage.cast[self.coordinator]
        stage.household = households.make_household(
            name=self.name,
            team=stage.team,
            coordinator=by,
            by=by,
            address=self.address,
            address_protected=self.address_protected,
            district=District.objects.filter(name=self.district).first(),
        )
        for member in self.members:
            stage.cast[member] = households.add_resident(
                household=stage.household,
                by=by,
                first_name=member.first_name,
                last_name=member.last_name,
                birth_date=born(age=member.age, days_ago=member.birthday, today=stage.days.today),
                contact_by=member.contact_by,
                contact_note=member.contact_note,
                phone=member.phone,
                email=member.email,
            )
        for near in self.network:
            stage.cast[near] = households.add_contact(
                household=stage.household,
                by=by,
                name=near.name,
                relation=near.relation,
                offers=near.offers,
                phone=near.phone,
            )


@dataclass(frozen=True)
class OwnWords:
    """What they ask, what goes well, and their story with who told it."""

    request: str
    strengths: str
    story: str = ""
    told_by: str = ""

    def play(self, stage: Stage) -> None:
        households.write_own_words(
            household=stage.household,
            by=stage.coordinator,
            request=self.request,
            strengths=self.strengths,
            story=self.story,
            told_by=self.told_by,
            told_on=timezone.localdate(),
            read_aloud=True,
        )


@dataclass(frozen=True)
class Agreed:
    """These residents agree, for one organisation. With a purpose: to share just that. Without: that the reporter hears
    that there is contact."""

    residents: tuple[Member, ...]
    recipient: str
    purpose: str = ""
    until: int = 300

    def play(self, stage: Stage) -> None:
        households.record_consent(
            household=stage.household,
            residents=[stage.cast[resident] for resident in self.residents],
            kind=Consent.Kind.SHARE_INFO if self.purpose else Consent.Kind.FEEDBACK_TO_REPORTER,
            by=stage.coordinator,
            given_on=timezone.localdate(),
            valid_until=stage.days[self.until],
            recipient=Organisation.objects.get(name=self.recipient),
            purpose=self.purpose,
        )


@dataclass(frozen=True)
class NextStep:
    what: str
    on: int

    def play(self, stage: Stage) -> None:
        households.change_household(
            household=stage.household, by=stage.coordinator, next_step=self.what, next_step_on=stage.days[self.on]
        )


@dataclass(frozen=True)
class Refused:
    """A colleague wants to look, and may not."""

    by: Person

    def play(self, stage: Stage) -> None:
        access.record(
            action=access.Action.DENIED, event="household", about=stage.household, by=stage.cast[self.by]
        )


# ---- the plan


@dataclass(frozen=True)
class Task:
    """An action. It is proposed with the plan, or on the day `since`; the owner says yes at once unless `agreed` is no."""

    what: str
    owner: Member | Near | Person
    due: int
    rhythm: str = ""
    since: int = 0
    agreed: bool = True
    done: int = 0


@dataclass(frozen=True)
class Aim:
    """A goal, with its actions."""

    domain: LifeDomain
    title: str
    by_when: int
    tasks: tuple[Task, ...]
    for_whom: str = ""
    why: str = ""
    how_we_see_it: str = ""


@dataclass(frozen=True)
class Plan:
    on: int
    evaluate_on: int
    aims: tuple[Aim, ...]

    def scenes(self) -> Iterator[Scene]:
        yield self.on, "13.00", self
        for aim in self.aims:
            for task in aim.tasks:
                yield task.since or self.on, "13.30", Proposed(aim, task)
                if task.done:
                    yield task.done, "15.30", Done(task)

    def play(self, stage: Stage) -> None:
        by, evaluate_on = stage.coordinator, stage.days[self.evaluate_on]
        stage.plan = plans.make_plan(household=stage.household, by=by, evaluate_on=evaluate_on)
        for aim in self.aims:
            stage.goals[aim] = plans.add_goal(
                plan=stage.plan,
                by=by,
                domain=aim.domain,
                title=aim.title,
                for_whom=aim.for_whom,
                why=aim.why,
                how_we_see_it=aim.how_we_see_it,
                by_when=stage.days[aim.by_when],
            )


@dataclass(frozen=True)
class Proposed:
    aim: Aim
    task: Task

    def play(self, stage: Stage) -> None:
        task, by = self.task, stage.coordinator
        owner: Owner = stage.cast[task.owner]
        action = plans.add_action(
            goal=stage.goals[self.aim], what=task.what, owner=owner, due_on=stage.days[task.due], by=by, rhythm=task.rhythm
        )
        if task.agreed and owner != by:
            plans.move_action(action=action, to=Action.Status.ACCEPTED, by=by)
        stage.tasks[task] = action


@dataclass(frozen=True)
class Done:
    task: Task

    def play(self, stage: Stage) -> None:
        plans.move_action(action=stage.tasks[self.task], to=Action.Status.DONE, by=stage.coordinator)


# ---- a chapter


@dataclass(frozen=True)
class Chapter:
    """One story. Days are counted from T, or in working days when it is only a few days old."""

    scenes: list[Scene]
    plan: Plan | None = None
    in_working_days: bool = False

    def in_order(self) -> list[Scene]:
        scenes = [*self.scenes, *(self.plan.scenes() if self.plan else ())]
        return sorted(scenes, key=lambda scene: (scene[0], minutes(scene[1])))

    def days(self, today: date) -> Days:
        offsets = [day for day, _time, _step in self.in_order()]
        return Days(offsets, today=today, in_working_days=self.in_working_days)


def minutes(time: str) -> int:
    """How far in the day "14.10" is."""
    hour, minute = time.split(".")
    return int(hour) * 60 + int(minute)
