"""The plan of a household."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from django.utils import timezone

from desk.demo.people import Person
from desk.demo.steps.households import Member, Near
from desk.demo.steps.stage import Scene, Stage
from households.domains import LifeDomain
from plans import actions
from plans.actions import Owner
from plans.models import Action, Appointment
from plans.models import Aim as TeamAim


@dataclass(frozen=True)
class Meeting:
    """An appointment that comes back."""

    weekday: Appointment.Weekday
    starts: str
    ends: str
    place: str = ""

    def facts(self, from_on: date) -> dict:
        times = {name: time.fromisoformat(getattr(self, name)) for name in ("starts", "ends")}
        return {"weekday": self.weekday, "place": self.place, "from_on": from_on} | times


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
    practical: str = ""
    meets: Meeting | None = None
    towards: str = ""


@dataclass(frozen=True)
class Against:
    """The team says that two aims do not go together."""

    domain: LifeDomain
    one: str
    other: str

    def play(self, stage: Stage) -> None:
        by = stage.coordinator
        actions.add_opposition(team=stage.household.team, domain=self.domain, one=self.one, other=self.other, by=by)


@dataclass(frozen=True)
class Aim:
    """A goal, with its actions."""

    domain: LifeDomain
    title: str
    by_when: int
    tasks: tuple[Task, ...]
    about: tuple[Member, ...] = ()
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
        by = stage.coordinator
        plan = actions.make_plan(household=stage.household, by=by, evaluate_on=stage.days[self.evaluate_on])
        for aim in self.aims:
            stage.cast[aim] = actions.add_goal(
                plan=plan,
                by=by,
                domain=aim.domain,
                title=aim.title,
                about=[stage.person(member) for member in aim.about],
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
        action = actions.add_action(
            goal=stage.cast[self.aim],
            what=task.what,
            owner=owner,
            due_on=stage.days[task.due],
            by=by,
            rhythm=task.rhythm,
            practical=task.practical,
            aim=TeamAim.objects.get(team=stage.household.team, words=task.towards) if task.towards else None,
            appointment=task.meets.facts(timezone.localdate()) if task.meets else None,
        )
        if task.agreed and owner != by:
            actions.move_action(action=action, to=Action.Status.ACCEPTED, by=by)
        stage.cast[task] = action


@dataclass(frozen=True)
class Done:
    task: Task

    def play(self, stage: Stage) -> None:
        actions.move_action(action=stage.cast[self.task], to=Action.Status.DONE, by=stage.coordinator)


@dataclass(frozen=True)
class GivenUp:
    """What did not fit together was talked about, and this action is not done."""

    task: Task

    def play(self, stage: Stage) -> None:
        action = stage.cast[self.task]
        actions.drop_side(clash=action.clashes.open().get(), side=action, by=stage.coordinator)
