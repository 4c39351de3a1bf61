"""All ties of a household on a day: who is close, as the household told it, and who works or volunteers here, as the circle, the
plan and the coordination know it already. Nobody types a professional twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.models import Household, Participant, TieQuality
from households.network import Known, network_on
from households.terms import terms
from partners.models import Professional
from plans.models import Action
from plans.workflow import Status


class Side(TextChoices):
    CLOSE = "CLOSE", gettext_lazy("People close")
    WORK = "WORK", gettext_lazy("Professionals")


WORKS = "WORKS"  # the style of a tie that is somebody's work: how good it is was not asked
TOOK_ON = (Status.ACCEPTED, Status.DONE, Status.HANDED_ON)


@dataclass(frozen=True)
class Tie:
    """One tie on one day. `key` is the same on every day; `residents` are keys, empty for the whole household."""

    key: str
    name: str
    what: str  # to the household, or the job
    side: Side
    style: str
    word: str
    organisation: str = ""
    residents: frozenset[int] = frozenset()
    offers: str = ""
    too_much: str = ""

    @property
    def can(self) -> str:
        return _("Can: %(what)s") % {"what": self.offers} if self.offers else ""

    @property
    def much(self) -> str:
        return _("Too much: %(what)s") % {"what": self.too_much} if self.too_much else ""


@dataclass
class Works:
    """A professional or volunteer, and from when until when (that day not included)."""

    who: Professional
    what: str
    organisation: str = ""
    volunteer: bool = False
    periods: list[tuple[date, date | None]] = field(default_factory=list)

    def on(self, day: date) -> bool:
        return any(since <= day and (until is None or day < until) for since, until in self.periods)


def ties_on(household: Household, *days: date) -> list[list[Tie]]:
    """For each day all ties, by name. A fixed number of queries, however many days and ties."""
    close, workers = network_on(household, *days), list(who_work(household).values())
    return [
        sorted(
            [*map(tie_of_somebody_close, known), *(tie_of_work(one) for one in workers if one.on(day))],
            key=lambda tie: (tie.name.casefold(), tie.key),
        )
        for day, known in zip(days, close, strict=True)
    ]


def tie_of_somebody_close(known: Known) -> Tie:
    quality = TieQuality(known.quality)
    carer = f"{known.relation}, {_('informal carer')}" if known.informal_carer else known.relation
    return Tie(
        key=f"c{known.contact}", name=known.name, what=carer, side=Side.CLOSE, style=quality.value,
        word=str(quality.label), residents=known.of_residents, offers=known.offers, too_much=known.too_much,
    )  # fmt: skip


def tie_of_work(one: Works) -> Tie:
    return Tie(
        key=f"p{one.who.pk}", name=str(one.who), what=one.what, organisation=one.organisation, side=Side.CLOSE if one.volunteer else Side.WORK,
        style=WORKS, word=_("volunteer") if one.volunteer else _("helps from work"),
    )  # fmt: skip


def who_work(household: Household) -> dict[int, Works]:
    found: dict[int, Works] = {}
    for who, job, volunteer, since, until in [
        *coordinating(household),
        *in_circle(household),
        *with_action(household),
    ]:
        works = found.setdefault(who.pk, Works(who, job[0], job[1]))
        works.volunteer = works.volunteer or volunteer
        works.periods.append((since, until))
    return found


Stint = tuple[Professional, tuple[str, str], bool, date, date | None]


def coordinating(household: Household) -> Iterator[Stint]:
    for term in terms(household):
        if not term.deputy:
            yield term.who, (_("coordinator"), ""), False, term.since, term.until


def in_circle(household: Household) -> Iterator[Stint]:
    came = Participant.objects.filter(household=household, accepted_at__isnull=False)
    for one in came.select_related("professional__organisation").order_by("pk"):
        last = one.ends_on + timedelta(days=1)
        ended = min(last, timezone.localdate(one.ended_at)) if one.ended_at else last
        begun = max(one.starts_on, timezone.localdate(one.accepted_at))
        yield one.professional, job_of(one.professional), one.volunteer, begun, ended


def with_action(household: Household) -> Iterator[Stint]:
    """Who said yes to something in the plan, without a place in the circle."""
    actions = Action.objects.filter(
        goal__plan__household=household, owner_professional__isnull=False, status__in=TOOK_ON
    )
    for action in actions.select_related("owner_professional__organisation", "goal").order_by("pk"):
        who = action.owner_professional
        if who is not None:
            over = None if action.status == Status.ACCEPTED else timezone.localdate(action.changed_at)
            yield who, job_of(who), False, timezone.localdate(action.goal.made_at), over


def job_of(professional: Professional) -> tuple[str, str]:
    """The function and the organisation; without a function the organisation stands in its place."""
    organisation = professional.organisation.name
    return (professional.function, organisation) if professional.function else (organisation, "")
