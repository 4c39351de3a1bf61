"""What a reporter sees, and what is said about it."""

from dataclasses import dataclass, field
from datetime import date

from django.template.defaultfilters import date as format_date
from django.utils import timezone

from desk.demo import secrets
from desk.demo.people import Person
from desk.demo.steps.households import Member
from desk.demo.steps.stage import Stage
from households.domains import LifeDomain
from partners.models import PartnerLink
from signals import actions
from signals.models import Forward, Observation, Signal, Telling
from signals.sentences import DAY, sentences

Discussed = Signal.Discussed


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
    category: str = ""

    def play(self, stage: Stage) -> None:
        stage.cast[self] = self.post()

    def post(self) -> Signal:
        reporter = self.reporter
        return actions.receive(
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
            category=self.category,
            reporter_name=reporter.name if reporter else "",
            reporter_function=reporter.function if reporter else "",
            reporter_email=reporter.email if reporter else "",
            reporter_phone=reporter.phone if reporter else "",
        )


@dataclass(frozen=True)
class TakenUp:
    signal: Seen
    by: Person

    def play(self, stage: Stage) -> None:
        actions.take_up(signal=stage.cast[self.signal], by=stage.cast[self.by])


@dataclass(frozen=True)
class Linked:
    signal: Seen
    by: Person

    def play(self, stage: Stage) -> None:
        actions.link_to_household(signal=stage.cast[self.signal], household=stage.household, by=stage.cast[self.by])


@dataclass(frozen=True)
class Told:
    """A standard sentence to the reporter. In the answers, a number is a day."""

    signal: Seen
    by: Person
    sentence: str
    answers: dict[str, str | int] = field(default_factory=dict)

    def play(self, stage: Stage) -> None:
        before = self.answers.get("before")
        actions.give_feedback(
            signal=stage.cast[self.signal],
            sentence=sentences()[self.sentence],
            answer_by=stage.days[before] if isinstance(before, int) else None,
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
        actions.hear_reporter(signal=stage.cast[self.signal], body=self.body.format(day=called(stage.days[self.day])))


@dataclass(frozen=True)
class Declined:
    signal: Seen
    by: Person
    reason: Signal.Decline

    def play(self, stage: Stage) -> None:
        actions.decline(signal=stage.cast[self.signal], reason=self.reason, by=stage.cast[self.by])


@dataclass(frozen=True)
class HouseholdTold:
    """The household hears that somebody told us something, and who it was."""

    signal: Seen
    by: Person

    def play(self, stage: Stage) -> None:
        actions.record_told(
            signal=stage.cast[self.signal],
            told_on=timezone.localdate(),
            told_by=self.by.name,
            told_how=Telling.How.IN_PERSON,
            by=stage.cast[self.by],
        )


@dataclass(frozen=True)
class PassedOn:
    """Somebody of another organisation is asked to take it over, and has not answered yet."""

    signal: Seen
    by: Person
    to: Person

    def play(self, stage: Stage) -> None:
        signal = stage.cast[self.signal]
        stage.cast[self] = actions.forward(
            signal=signal,
            organisation=stage.cast[self.to].organisation,
            name=self.to.name,
            email=self.to.email,
            what=Forward.What.WITH_NAMES,
            message=signal.observation,
            by=stage.cast[self.by],
            token=secrets.forward(self.signal.key),
        )


@dataclass(frozen=True)
class Accepted:
    """They take it over."""

    asked: PassedOn

    def play(self, stage: Stage) -> None:
        actions.accept_forward(forward=stage.cast[self.asked])


@dataclass(frozen=True)
class Bounced:
    """No mail reaches the reporter, so somebody is asked to phone."""

    signal: Seen

    def play(self, stage: Stage) -> None:
        actions.ask_to_call(stage.cast[self.signal].pk)


@dataclass(frozen=True)
class Phoned:
    signal: Seen
    by: Person

    def play(self, stage: Stage) -> None:
        actions.reporter_called(signal=stage.cast[self.signal], by=stage.cast[self.by])


@dataclass(frozen=True)
class Closed:
    signal: Seen
    by: Person

    def play(self, stage: Stage) -> None:
        actions.close(signal=stage.cast[self.signal], by=stage.cast[self.by])


@dataclass(frozen=True)
class Marked:
    """How the reporter found it."""

    signal: Seen
    mark: int
    tip: str = ""

    def play(self, stage: Stage) -> None:
        actions.give_pulse(signal=stage.cast[self.signal], mark=self.mark, tip=self.tip)


@dataclass(frozen=True)
class Asked:
    """The coordinator asks somebody of a partner one question about a resident, who agreed to that before."""

    who: Person
    about: Member
    item: LifeDomain
    question: str
    before: int

    def play(self, stage: Stage) -> None:
        asked = stage.cast[self.who]
        agreed = stage.household.consents.valid().filter(
            resident=stage.person(self.about), recipient=asked.organisation, items__contains=[self.item]
        )
        stage.cast[self] = actions.ask_observation(
            consent=agreed.in_full().get(),
            item=self.item,
            asked=asked,
            question=self.question,
            answer_by=stage.days[self.before],
            by=stage.coordinator,
            token=secrets.question(self.question),
        )


@dataclass(frozen=True)
class Replied:
    asked: Asked
    answer: Observation.Answer
    remark: str = ""

    def play(self, stage: Stage) -> None:
        actions.answer_observation(
            observation=stage.cast[self.asked], answer=self.answer, remark=self.remark, by=stage.cast[self.asked.who]
        )


def called(day: date) -> str:
    """A day as somebody says it: morgen, or vrijdag."""
    return "morgen" if (day - timezone.localdate()).days == 1 else format_date(day, "l")
