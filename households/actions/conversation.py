"""The talk at the kitchen table: begun, written in by one or more people, ended, corrected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from households import access
from households.actions.household import change_household, tell_story
from households.actions.notes import CorrectedAlready
from households.guide import LANDS, LEVEL, PLACES, STEPS, lines, our_cards
from households.models import (
    Answer,
    Conversation,
    DomainScore,
    Household,
    QuestionCard,
    Resident,
    Story,
    Written,
)
from partners.models import Professional, Team

ONE_SITTING = timedelta(minutes=15)


class TalkIsOpen(ValueError):
    """There is an open talk with the same people. `conversation` is that one."""

    def __init__(self, conversation: Conversation):
        super().__init__()
        self.conversation = conversation


class TalkEnded(ValueError):
    """This talk is over: it can only be corrected."""


class TalkGoesOn(ValueError):
    """This talk is still open: it is written in, not corrected."""


@dataclass(frozen=True)
class Typed:
    """What somebody typed in one place, after having seen this version of it. 0: nothing stood there."""

    value: str
    seen: int


@dataclass
class Kept:
    """The versions that are there now, by place; what somebody else wrote there meanwhile; and the places that are closed
    because own words come first."""

    versions: dict[str, int] = field(default_factory=dict)
    clashes: dict[str, Written] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)


@transaction.atomic
def begin_conversation(
    *,
    household: Household,
    held_on: date,
    present: str,
    by: Professional,
    supporter: str = Conversation.Supporter.NOT_YET,
    resident: Resident | None = None,
) -> Conversation:
    """Begin a talk, with the household or with one resident. With the household, what it said before stands there already.

    Raises TalkIsOpen."""
    try:
        with transaction.atomic():
            conversation = Conversation.objects.create(
                household=household, resident=resident, held_on=held_on, present=present, supporter=supporter, begun_by=by
            )  # fmt: skip
    except IntegrityError as clash:
        raise TalkIsOpen(household.conversations.open().get(resident=resident)) from clash
    if resident is None:
        household.refresh_from_db(fields=list(LANDS.values()))
        told = Story.objects.filter(household=household).current().first()
        known = {place: getattr(household, fact) for place, fact in LANDS.items()} | {
            "story": told.text if told else ""
        }
        for place, text in known.items():
            if text:
                Answer.objects.create(conversation=conversation, place=place, text=text, written_by=by)
    access.record(action=access.Action.CREATE, event="begin talk", about=conversation, by=by)
    return conversation


@transaction.atomic
def change_conversation(
    *, conversation: Conversation, held_on: date, present: str, supporter: str, by: Professional
) -> None:
    """Write down who came in later, or that a supporter is wanted after all. Raises TalkEnded."""
    locked(conversation)
    conversation.held_on, conversation.present, conversation.supporter = held_on, present, supporter
    conversation.save(update_fields=["held_on", "present", "supporter"])
    access.record(action=access.Action.UPDATE, event="write talk", about=conversation, by=by)


@transaction.atomic
def write_in_conversation(
    *,
    conversation: Conversation,
    typed: Mapping[str, Typed],
    by: Professional,
    window: UUID | None = None,
    turn: int = 0,
) -> Kept:
    """Keep what was typed, place by place. What somebody else wrote in the same place since it was seen is never
    overwritten: that one is a clash. A solution waits for the own words.

    A page saves by itself every few seconds. So the log has one line for a sitting: a thousand that say the same would hide
    what matters. Raises TalkEnded."""
    locked(conversation)
    rows = written(conversation, typed)
    lately = {"written_by": by, "written_at__gt": timezone.now() - ONE_SITTING}
    sits = any(rows_of.filter(**lately).exists() for rows_of in (conversation.answers, conversation.domainscores))
    kept, changed = Kept(), False
    for place, one in typed.items():
        row = rows.get(place)
        if is_closed(place, rows, typed) and one.value:
            kept.closed.add(place)
        elif one.value == (row.value if row else "") or (row and row.window == window and turn < row.turn):
            kept.versions[place] = row.version if row else 0
        elif row and row.version != one.seen and not (window and row.window == window and turn > row.turn):
            kept.clashes[place] = row
        else:
            changed = True
            kept.versions[place] = write(conversation, place, one.value, row, by=by, window=window, turn=turn).version
    if changed and not sits:
        access.record(action=access.Action.UPDATE, event="write talk", about=conversation, by=by)
    return kept


@transaction.atomic
def end_conversation(
    *,
    conversation: Conversation,
    by: Professional,
    told_by: str = "",
    read_aloud: bool = False,
    agreed_by: str = "",
    agreed_on: date | None = None,
) -> None:
    """End the talk; from now on it is only corrected. What the household asks, what goes well and its story land in the
    household; an earlier story stays as it was. Raises TalkEnded."""
    locked(conversation)
    household = conversation.household
    if conversation.resident_id is None:
        said = dict(conversation.answers.values_list("place", "text"))
        facts: dict[str, Any] = {fact: said[place] for place, fact in LANDS.items() if said.get(place)}
        if any(getattr(household, fact) != text for fact, text in facts.items()):
            change_household(household=household, by=by, **facts)
        told = Story.objects.filter(household=household).current().first()
        if said.get("story") and (told is None or told.text != said["story"] or (read_aloud and not told.read_aloud)):
            tell_story(
                household=household, text=said["story"], told_by=told_by, told_on=conversation.held_on,
                read_aloud=read_aloud, agreed_by=agreed_by, agreed_on=agreed_on, by=by,
            )  # fmt: skip
    conversation.ended_at, conversation.ended_by = timezone.now(), by
    conversation.save(update_fields=["ended_at", "ended_by"])
    access.record(action=access.Action.UPDATE, event="end talk", about=conversation, by=by)


@transaction.atomic
def correct_conversation(*, conversation: Conversation, place: str, value: str, seen: int, by: Professional) -> Written:
    """Write something better beside what stands in a talk that ended; both can be read. `seen` is the correction that it
    comes in the place of, 0 for what was written in the talk. Raises CorrectedAlready and TalkGoesOn."""
    if conversation.is_open:
        raise TalkGoesOn
    newest = max((row.correction for row in conversation.rows().get(place, [])), default=0)
    if seen != newest:
        raise CorrectedAlready
    row = new_row(conversation, place)
    row.correction, row.written_by = newest + 1, by
    put(row, value)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise CorrectedAlready from None
    access.record(action=access.Action.UPDATE, event="correct talk", about=conversation, by=by)
    return row


@transaction.atomic
def write_question_cards(*, team: Team, questions: Mapping[str, str], by: Professional) -> None:
    """Write the questions of a team, by step. What is the same as ours, or empty, is ours again."""
    for step in STEPS:
        asked = lines(questions.get(step.key, ""))
        if not asked or asked == our_cards()[step.key]:
            QuestionCard.objects.filter(team=team, step=step.key).delete()
        else:
            facts = {"questions": "\n".join(asked), "changed_by": by, "changed_at": timezone.now()}
            QuestionCard.objects.update_or_create(team=team, step=step.key, defaults=facts)
    access.record(action=access.Action.UPDATE, event="write question cards", about=team, by=by)


# ---- what the verbs share


def locked(conversation: Conversation) -> None:
    """Who writes in one talk waits for each other. Raises TalkEnded."""
    now = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if not now.is_open:
        raise TalkEnded


def written(conversation: Conversation, places: Mapping[str, object]) -> dict[str, Written]:
    """What stands in these places, and in those with the own words that they wait for."""
    wanted = {*places, *(PLACES[place].after for place in places)}
    rows: list[Written] = [
        *conversation.answers.filter(place__in=wanted),
        *conversation.domainscores.filter(domain__in=[place.removesuffix(LEVEL) for place in wanted]),
    ]
    return {row.place_key: row for row in rows}


def is_closed(place: str, rows: Mapping[str, Written], typed: Mapping[str, Typed]) -> bool:
    """A place that holds words stays open, and so does one that gets its own words at the same moment."""
    after = PLACES[place].after
    if not after or (place in rows and rows[place].value):
        return False
    words = typed[after].value if after in typed else rows[after].value if after in rows else ""
    return not words.strip()


def new_row(conversation: Conversation, place: str) -> Written:
    if PLACES[place].is_level:
        return DomainScore(conversation=conversation, domain=place.removesuffix(LEVEL))
    return Answer(conversation=conversation, place=place)


def put(row: Written, value: str) -> None:
    if isinstance(row, DomainScore):
        row.level = int(value) if value else None
    elif isinstance(row, Answer):
        row.text = value


def write(
    conversation: Conversation,
    place: str,
    value: str,
    row: Written | None,
    *,
    by: Professional,
    window: UUID | None,
    turn: int,
) -> Written:
    if row:
        row.version += 1
    else:
        row = new_row(conversation, place)
    row.window, row.turn, row.written_by, row.written_at = window, turn, by, timezone.now()
    put(row, value)
    row.save()
    return row
