"""Plays the example once, and sees to it that something fresh waits every day.

What is sent or logged can never be changed, not by us either. So the past is made by travelling to it in time, and doing
then what people would have done then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import time_machine
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from desk.demo import bakelaar, hoogstraten, kortland, people, secrets, small
from desk.demo.fresh import FRESH
from desk.demo.people import Person
from desk.demo.steps.stage import Chapter, Stage, Step, minutes
from households.chain import keep_check
from partners.actions import make_link
from partners.models import District, Organisation, Professional, Team, TeamMembership
from signals.models import Signal

CHAPTERS = [bakelaar.CHAPTER, hoogstraten.CHAPTER, kortland.CHAPTER, small.WINTERDAAL, small.VERLINDEN, small.SIGNALS]
BEFORE_ALL = timedelta(days=90)
LINKS_LAST = timedelta(days=3 * 365)


@transaction.atomic
def load() -> bool:
    """Load the example when it is not there, and post the signal of today when nothing came in yet. All or nothing.

    Returns whether it was loaded now."""
    today = timezone.localdate()
    team = Team.objects.filter(name=people.TEAM["name"]).first()
    new = team is None
    if team is None:
        with time_machine.travel(timezone.now() - BEFORE_ALL, tick=False):
            team, cast = make_team(expires_on=today + LINKS_LAST)
        play(CHAPTERS, team=team, cast=cast, today=today)
        keep_check()
    if not Signal.objects.filter(team=team, received_at__date=today).exists():
        replace(FRESH[today.weekday()], key=f"{today}").post()
    return new


def make_team(*, expires_on: date) -> tuple[Team, dict[Person, Professional]]:
    """The team, its partners and their addresses for posting."""
    kinds = {
        people.MUNICIPALITY: Organisation.Kind.MUNICIPALITY,
        **people.PARTNERS,
        people.SUPPORTERS: Organisation.Kind.OTHER,
    }
    organisations = {name: Organisation.objects.create(name=name, kind=kind) for name, kind in kinds.items()}
    team = Team.objects.create(organisation=organisations[people.MUNICIPALITY], **people.TEAM)
    team.districts.set([District.objects.create(name=name) for name in people.DISTRICTS])
    known, unknown = make_password(people.PASSWORD), make_password(None)
    cast = {
        person: Professional.objects.create(
            email=person.email,
            first_name=person.first_name,
            last_name=person.last_name,
            function=person.function,
            phone=person.phone,
            expertise=person.expertise,
            organisation=organisations[person.organisation],
            password=known if person.role else unknown,
        )
        for person in [*people.STAFF, *people.PARTNER_PEOPLE]
    }
    for person in people.STAFF:
        TeamMembership.objects.create(team=team, professional=cast[person], role=person.role)
    for name in people.PARTNERS:
        make_link(
            organisation=organisations[name],
            team=team,
            by=cast[people.MARLEEN],
            expires_on=expires_on,
            token=secrets.link_token(name),
        )
    return team, cast


def play(chapters: list[Chapter], *, team: Team, cast: dict, today: date) -> None:
    """Everything that happened, each thing at its own moment, in the order of time over all chapters."""
    scenes = [
        (moment, step, stage)
        for chapter in chapters
        for stage in [Stage(team=team, days=chapter.days(today), cast=dict(cast))]
        for moment, step in moments(chapter, stage)
    ]
    for moment, step, stage in sorted(scenes, key=lambda scene: scene[0]):
        with time_machine.travel(moment, tick=False):
            step.play(stage)


def moments(chapter: Chapter, stage: Stage) -> Iterator[tuple[datetime, Step]]:
    """The real moments of a chapter. Each lies after the one before, also where holidays push days together."""
    last = timezone.make_aware(datetime.min.replace(year=2000))
    for offset, time, step in chapter.in_order():
        day = datetime.combine(stage.days[offset], datetime.min.time())
        moment = timezone.make_aware(day + timedelta(minutes=minutes(time)))
        last = max(moment, last + timedelta(minutes=1))
        yield last, step
