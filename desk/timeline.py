"""What happened with a household, from every room, as one list: newest first.

Each kind of thing is a function that yields entries, in one or two queries whatever the size of the household. Texts are
encrypted in the database, so searching happens here, in memory, after access."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from desk import timeline_of_plans
from desk.entry import Entry, Kind, moment_of_day, noon, whose
from households import talks
from households.models import Household, Merging, Note, Participant
from partners.models import Professional
from signals.models import Forward, Message, Observation, Reopening, Signal, WmoNotification


def timeline(household: Household, reader: Professional) -> list[Entry]:
    """Everything that `reader`, who may read the household, may read of what happened in it."""
    entries = [
        *of_notes(household),
        *timeline_of_plans.happened(household, reader),
        *of_signals(household, reader),
        *of_forwards(household, reader),
        *of_questions(household),
        *of_reports(household),
        *of_talks(household),
        *of_words(household),
        *of_marks(household),
        *of_consent(household),
        *of_circle(household),
        *of_coordination(household),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def chosen(entries: list[Entry], *, kind: str = "", resident: int | None = None, words: str = "") -> list[Entry]:
    sought = words.casefold().split()
    return [
        entry
        for entry in entries
        if (not kind or entry.kind == kind) and (resident is None or resident in entry.people) and entry.holds(sought)
    ]


# ---- where it comes from


def of_notes(household: Household) -> Iterator[Entry]:
    notes = list(household.notes.current().in_full())
    before = Note.objects.before(notes)
    for note in notes:
        said = _("%(name)s says") % {"name": note.said_by} if note.said_by else note.get_kind_display()
        yield Entry(
            at=moment_of(note),
            kind=Kind.CONTACT,
            title=f"{note.get_occasion_display()}, {said}",
            text=note.text,
            by=str(note.written_by),
            people=frozenset(resident.pk for resident in note.about.all()),
            note=note,
            before=tuple(before.get(note.pk, ())),
        )


def moment_of(note: Note) -> datetime:
    return moment_of_day(note.happened_on, note.written_at)


def of_signals(household: Household, reader: Professional) -> Iterator[Entry]:
    """Of a signal that this reader may open."""
    signals = Signal.objects.visible_to(reader).filter(household=household).select_related("organisation")
    found = {signal.pk: signal for signal in signals}
    for signal in found.values():
        yield Entry(
            at=signal.received_at, kind=Kind.SIGNAL, title=_("Signal received"), text=signal.observation,
            by=f"{signal.reporter}, {signal.organisation}", href=reverse("signals:signal", args=[signal.number]),
        )  # fmt: skip
        if signal.closed_at:
            yield Entry(
                at=signal.closed_at, kind=Kind.SIGNAL, title=_("Signal closed"),
                href=reverse("signals:signal", args=[signal.number]),
            )  # fmt: skip
    for message in Message.objects.filter(signal__in=found).select_related("author"):
        signal = found[message.signal_id]
        theirs = message.direction == Message.Direction.THEIRS
        yield Entry(
            at=message.sent_at, kind=Kind.SIGNAL, title=_("The reporter wrote") if theirs else _("Answer to the reporter"),
            text=message.body, by=signal.reporter if theirs else str(message.author or _("by itself")),
            href=reverse("signals:signal", args=[signal.number]),
        )  # fmt: skip

    for one in Reopening.objects.filter(signal__in=found).select_related("by"):
        signal = found[one.signal_id]
        yield Entry(
            at=one.at, kind=Kind.SIGNAL, title=_("Signal opened again"), text=one.reason,
            by=str(one.by or signal.reporter), href=reverse("signals:signal", args=[signal.number]),
        )  # fmt: skip


def of_forwards(household: Household, reader: Professional) -> Iterator[Entry]:
    """Signals that another organisation was asked to take over."""
    signals = Signal.objects.visible_to(reader).filter(household=household)
    asked = Forward.objects.filter(signal__in=signals).select_related("organisation", "forwarded_by", "signal")
    for one in asked:
        facts = {"name": one.organisation}
        href = reverse("signals:signal", args=[one.signal.number])
        yield Entry(
            at=one.forwarded_at, kind=Kind.SIGNAL, title=_("%(name)s was asked to take a signal over") % facts,
            by=str(one.forwarded_by), href=href,
        )  # fmt: skip
        if one.accepted_at:
            yield Entry(
                at=one.accepted_at, kind=Kind.SIGNAL, title=_("%(name)s took the signal over") % facts, href=href
            )
        if one.returned_at:
            yield Entry(
                at=one.returned_at, kind=Kind.SIGNAL, title=_("%(name)s gave the signal back") % facts,
                text=one.returned_because, href=href,
            )  # fmt: skip


def of_questions(household: Household) -> Iterator[Entry]:
    """What partners were asked about a resident, and what they answered."""
    here = reverse("signals:observations", args=[household.number])
    for one in Observation.objects.filter(household=household).select_related("asked__organisation", "asked_by"):
        who, people = f"{one.asked}, {one.asked.organisation}", frozenset({one.resident_id})
        yield Entry(
            at=one.asked_at, kind=Kind.SIGNAL, title=_("Question to %(name)s") % {"name": who}, text=one.question,
            by=str(one.asked_by), people=people, href=here,
        )  # fmt: skip
        if one.answered_at:
            yield Entry(
                at=one.answered_at, kind=Kind.SIGNAL, title=_("Answer to our question: %(said)s") % {"said": one.get_answer_display()},
                text=one.remark, by=who, people=people, href=here,
            )  # fmt: skip
        if one.stopped_at:
            yield Entry(
                at=one.stopped_at, kind=Kind.SIGNAL, title=_("Question taken back"), text=one.question, people=people,
                href=here,
            )  # fmt: skip


def of_reports(household: Household) -> Iterator[Entry]:
    """What the Wmo asks when somebody asks for support, and when that was done."""
    for one in WmoNotification.objects.of(household).select_related("recorded_by"):
        facts: dict[str, Any] = {
            "kind": Kind.PLAN, "people": whose(one.resident_id),
            "href": reverse("signals:wmo_terms", args=[household.number]),
        }  # fmt: skip
        yield Entry(
            at=moment_of_day(one.notified_on, one.recorded_at), title=_("Report for the Wmo"), by=str(one.recorded_by), **facts
        )  # fmt: skip
        for step in one.steps:
            if step.done_on:
                yield Entry(at=noon(step.done_on), title=_("Done for the Wmo"), text=str(step.title), **facts)


def of_talks(household: Household) -> Iterator[Entry]:
    """The talks at the kitchen table, with what they asked; found by every word that was said."""
    for talk in household.conversations.in_full():
        said = [one for part in talks.parts_of(talk) for one in part.said]
        asked = next((one.now.shown for one in said if one.place.key == "request"), "")
        title = _("Talk with %(who)s") % {"who": talk.present}
        yield Entry(
            at=moment_of_day(talk.held_on, talk.begun_at), kind=Kind.CONTACT, title=title, text=asked, by=str(talk.begun_by),
            people=whose(talk.resident_id), href=reverse("households:talk", args=[household.number, talk.pk]),
            also=" ".join(row.shown for one in said for row in (one.now, *one.before)),
        )  # fmt: skip


def of_words(household: Household) -> Iterator[Entry]:
    for story in household.stories.select_related("written_by"):
        yield Entry(
            at=story.written_at, kind=Kind.WORDS, title=_("Story told by %(name)s") % {"name": story.told_by},
            text=Truncator(story.text).chars(400), by=str(story.written_by), also=story.text,
            href=reverse("households:story", args=[household.number]),
        )  # fmt: skip


def of_marks(household: Household) -> Iterator[Entry]:
    """Those that residents gave their own life, all of one time together."""
    marks = household.own_marks.select_related("resident", "noted_by").order_by("given_at", "resident", "pk")
    for (at, resident), given in groupby(marks, key=lambda mark: (mark.given_at, mark.resident)):
        every = list(given)
        yield Entry(
            at=at, kind=Kind.WORDS, title=_("%(name)s gave the own life a mark") % {"name": resident.full_name},
            text=", ".join(f"{mark.get_side_display()}: {mark.mark}" for mark in every),
            by=str(every[0].noted_by or _("on the own page")), people=frozenset({resident.pk}),
            href=reverse("households:levels", args=[household.number]),
        )  # fmt: skip


def of_consent(household: Household) -> Iterator[Entry]:
    consents = household.consents.select_related("resident", "recipient", "person", "recorded_by")
    for consent in consents:
        facts = {"name": consent.resident.full_name, "what": consent.get_kind_display()}
        people = frozenset({consent.resident_id})
        yield Entry(
            at=consent.recorded_at, kind=Kind.WORDS, title=_("Consent asked about %(name)s: %(what)s") % facts,
            text=consent.to if consent.recipient else "", by=str(consent.recorded_by), people=people,
        )  # fmt: skip
        if consent.withdrawn_at:
            yield Entry(
                at=consent.withdrawn_at, kind=Kind.WORDS, people=people,
                title=_("Consent about %(name)s ended: %(what)s") % facts,
                text=consent.to if consent.recipient else "",
            )  # fmt: skip
    for override in household.overrides.select_related("recipient", "written_by"):
        yield Entry(
            at=override.written_at, kind=Kind.WORDS, title=_("Sharing without consent written down"),
            text=str(override.recipient), by=str(override.written_by), people=frozenset(override.about),
        )  # fmt: skip


def of_circle(household: Household) -> Iterator[Entry]:
    for one in Participant.objects.filter(household=household).select_related(
        "professional__organisation", "invited_by"
    ):
        who = f"{one.professional}, {one.professional.organisation}"
        yield Entry(
            at=one.invited_at, kind=Kind.CIRCLE, title=_("Invited into the circle"), text=who, by=str(one.invited_by)
        )
        if one.accepted_at:
            yield Entry(at=one.accepted_at, kind=Kind.CIRCLE, title=_("Came into the circle"), text=who)
        if one.ended_at:
            yield Entry(at=one.ended_at, kind=Kind.CIRCLE, title=_("Left the circle"), text=who)


def of_coordination(household: Household) -> Iterator[Entry]:
    yield Entry(at=household.made_at, kind=Kind.CIRCLE, title=_("Household written down"))
    yield from of_closings(household)
    yield from of_mergings(household)
    for one in household.handovers.select_related("to", "proposed_by"):
        facts = {"name": one.to}
        yield Entry(
            at=one.proposed_at, kind=Kind.CIRCLE, title=_("%(name)s was asked to take over") % facts, text=one.note,
            by=str(one.proposed_by),
        )  # fmt: skip
        if one.accepted_at:
            yield Entry(at=one.accepted_at, kind=Kind.CIRCLE, title=_("%(name)s became the coordinator") % facts)
        if one.declined_at:
            yield Entry(
                at=one.declined_at, kind=Kind.CIRCLE, title=_("%(name)s did not take over") % facts,
                text=one.declined_because,
            )  # fmt: skip
        if one.taken_back_at:
            yield Entry(
                at=one.taken_back_at, kind=Kind.CIRCLE, title=_("%(name)s was asked no longer to take over") % facts
            )


def of_closings(household: Household) -> Iterator[Entry]:
    for one in household.closings.in_full():
        yield Entry(
            at=one.closed_at, kind=Kind.CIRCLE, title=_("Household closed"), text=one.what_worked, by=str(one.closed_by)
        )
        if one.asked_on:
            yield Entry(
                at=noon(one.asked_on),
                kind=Kind.CONTACT,
                title=_("Asked how it goes"),
                text=one.how_it_goes,
                by=str(one.asked_by),
            )
        if one.reopened_at:
            yield Entry(
                at=one.reopened_at, kind=Kind.CIRCLE, title=_("Household opened again"), text=one.reopened_because,
                by=str(one.reopened_by),
            )  # fmt: skip


def of_mergings(household: Household) -> Iterator[Entry]:
    merged = Merging.objects.filter(Q(mine=household) | Q(theirs=household)).select_related(
        "mine", "theirs", "agreed_by"
    )
    for one in merged:
        if one.agreed_at:
            yield Entry(
                at=one.agreed_at, kind=Kind.CIRCLE, text=one.reason, by=str(one.agreed_by),
                title=_("Household %(number)s became a part of this one") % {"number": one.other.number},
            )  # fmt: skip
