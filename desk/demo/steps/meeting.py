"""Everybody around one table."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from desk.demo.people import Person
from desk.demo.steps.households import Member, Near
from desk.demo.steps.stage import Stage
from plans import actions
from plans.models import DecisionVoice, Meeting

Says = DecisionVoice.Says
Seat = Member | Near | Person


@dataclass(frozen=True)
class Decided:
    what: str
    voices: tuple[tuple[Seat, DecisionVoice.Says, str], ...]


@dataclass(frozen=True)
class RoundTable:
    """Planned, held and written down in one go; or, with `on`, to come."""

    purpose: str
    people: tuple[Seat, ...]
    decisions: tuple[Decided, ...] = ()
    place: str = ""
    points: str = ""
    on: int | None = None

    def play(self, stage: Stage) -> None:
        by, now = stage.coordinator, timezone.now()
        later = None if self.on is None else timezone.make_aware(datetime.combine(stage.days[self.on], time(14, 30)))
        meeting = actions.plan_meeting(
            household=stage.household,
            kind=Meeting.Kind.ROUND_TABLE,
            starts_at=later or now - timedelta(hours=2),
            purpose=self.purpose,
            place=self.place,
            points=self.points,
            people=[stage.cast[one] for one in self.people],
            by=by,
        )
        if later:
            return
        seats = dict(zip([stage.cast[one] for one in self.people], self.people, strict=True))
        invited = {seats[one.person]: one for one in meeting.invitees.all() if one.person in seats}
        actions.hold_meeting(meeting=meeting, came={one.pk for one in invited.values()}, by=by)
        for decision in self.decisions:
            voices = {invited[seat]: (says, remark) for seat, says, remark in decision.voices}
            actions.decide(meeting=meeting, what=decision.what, voices=voices, by=by)
