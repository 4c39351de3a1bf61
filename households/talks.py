"""What pages show of the talks of a household."""

from dataclasses import dataclass

from django.db import models
from django.db.models import F

from households.guide import STEPS, Place, Step
from households.models import Conversation, Household, Written


@dataclass(frozen=True)
class Said:
    """What was said in one place, and what stood there before it was corrected, newest first."""

    place: Place
    now: Written
    before: list[Written]


@dataclass(frozen=True)
class Part:
    """What was said at one step of the guide; nothing when it was not discussed."""

    step: Step
    said: list[Said]


def newest(household: Household) -> models.QuerySet[Conversation]:
    """For the page of the household: open talks and the newest others."""
    open_first = household.conversations.select_related("resident").order_by(F("ended_at").desc(nulls_first=True))
    return open_first[:3]


def parts_of(talk: Conversation) -> list[Part]:
    """The whole talk in the order of the guide."""
    rows = talk.rows()
    return [Part(step, [said(place, rows[place.key]) for place in step.places if holds(rows, place)]) for step in STEPS]


def holds(rows: dict[str, list[Written]], place: Place) -> bool:
    return any(row.value for row in rows.get(place.key, []))


def said(place: Place, rows: list[Written]) -> Said:
    return Said(place, rows[0], rows[1:])


def open_talk(household: Household) -> Conversation | None:
    """The open talk with the whole household: there its own words are written now, and nowhere else."""
    return household.conversations.open().filter(resident=None).first()
