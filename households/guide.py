"""The guide of a talk at the kitchen table: its steps, the places to write in, and the questions on its cards.

What goes well comes first, then the own words, then life domain by domain, and what is behind it. Solutions come after the
words of the residents themselves, and in the order: themselves, people close, a volunteer or what is there for everybody,
a professional. Nothing has to be filled in."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.domains import LifeDomain
from households.models import QuestionCard
from partners.models import Team

FILE = Path(__file__).parent / "texts" / "cards.toml"
Words = str | Promise
LEVEL = "-level"  # how the place ends in which not words but a level is chosen


@dataclass(frozen=True)
class Place:
    """Where something is written. Closed as long as the place `after`, with the own words, is empty."""

    key: str
    label: Words
    help: Words = ""
    rows: int = 3
    by_hand: int = 0  # lines on paper, where that is more than `rows`
    after: str = ""
    last: bool = False  # only when nothing before it will do

    @property
    def paper(self) -> range:
        """The lines to write on, where it is done by hand."""
        return range(self.by_hand or self.rows)

    @property
    def is_level(self) -> bool:
        return self.key.endswith(LEVEL)


@dataclass(frozen=True)
class Step:
    key: str
    slug: str  # in the address
    title: Words
    icon: str
    places: tuple[Place, ...]

    @property
    def domain(self) -> str:
        return self.key if self.key in LifeDomain.values else ""

    def place(self, end: str) -> Place:
        """The place of this life domain with that end of its key."""
        return next(place for place in self.places if place.key == f"{self.key}-{end}")


def domain_step(domain: LifeDomain) -> Step:
    says = f"{domain}-says"
    places = (
        Place(says, _("The resident says"), _("In their own words. One sentence is enough.")),
        Place(f"{domain}-sees", _("You see"), _("What you see yourself. Your own view, beside theirs.")),
        Place(f"{domain}-level", _("How does it go here?"), _("Choose together. May stay “not discussed”.")),
        Place(f"{domain}-wish", _("How would they like it to be?"), rows=2),
        Place(f"{domain}-self", _("What can they do themselves?"), rows=2, after=says),
        Place(f"{domain}-close", _("Who close to them can help?"), rows=2, after=says),
        Place(
            f"{domain}-others", _("Which volunteer can help, or what is there for everybody?"), rows=2, after=says
        ),
        Place(f"{domain}-professional", _("What is left for a professional?"), rows=2, after=says, last=True),
    )  # fmt: skip
    return Step(domain.value, domain.lower().replace("_", "-"), domain.label, domain.icon, places)


FIRST = (
    Step(
        "strengths", "wat-gaat-goed", _("What goes well"), "heart-handshake",
        (Place("strengths", _("What goes well?"), _("One thing on each line."), rows=5),),
    ),
    Step(
        "words", "eigen-woorden", _("In their own words"), "message-circle",
        (
            Place("request", _("What do they ask, in their own words?"), _("Exactly as it was said. One sentence is enough.")),
            Place("story", _("Their story"), _("Told once, so that nobody has to ask it again."), rows=8, by_hand=26),
        ),
    ),
)  # fmt: skip
LAST = (
    Step(
        "why", "vraag-achter-de-vraag", _("The question behind the question"), "message-question",
        (
            Place("why1", _("Why is this a question now?"), rows=2),
            Place("why2", _("And why is that?"), rows=2),
            Place("why3", _("And what is behind that?"), rows=2),
            Place("why4", _("Why did it not change so far?"), rows=2),
            Place("why5", _("What is it really about?"), rows=2),
            Place("behind", _("The question behind the question"), _("In one sentence, that they agree with."), rows=2),
        ),
    ),
    Step(
        "needs", "wat-is-nodig", _("What is needed"), "circle-check",
        (
            Place("needs", _("“What do you need from us?”"), _("What the resident answers to that.")),
            Place("agreed", _("What did you agree?"), _("Who does what, and when do you speak again?"), rows=4, after="request"),
        ),
    ),
)  # fmt: skip
STEPS: tuple[Step, ...] = (*FIRST, *map(domain_step, LifeDomain), *LAST)
PLACES = {place.key: place for step in STEPS for place in step.places}
BY_SLUG = {step.slug: step for step in STEPS}
# What the household says in a talk, by its place; it lands in the household, so that nobody types it twice.
LANDS = {"request": "request_in_own_words", "strengths": "strengths"}


def after(step: Step) -> Step | None:
    """The step that comes next."""
    here = STEPS.index(step)
    return STEPS[here + 1] if here + 1 < len(STEPS) else None


@lru_cache
def our_cards() -> dict[str, tuple[str, ...]]:
    """Our own questions, by step."""
    return {step: tuple(row["questions"]) for step, row in tomllib.loads(FILE.read_text()).items()}


def cards_of(team: Team) -> dict[str, tuple[str, ...]]:
    """The questions of this team, by step, in one query: its own where it wrote them, else ours."""
    own = {card.step: lines(card.questions) for card in QuestionCard.objects.filter(team=team)}
    return our_cards() | own


def lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(str.strip, text.splitlines()) if line)
