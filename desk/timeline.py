"""What happened with a household, from every room, as one list: newest first.

Each kind of thing is a function that yields entries, in one or two queries whatever the size of the household. Texts are
encrypted in the database, so searching happens here, in memory, after access."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Q, TextChoices, Window
from django.db.models.functions import Lag
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households import talks
from households.models import Household, Note, Participant
from partners.models import Professional
from plans.models import Action, Evaluation, Goal, Meeting, PlanVersion, SupportPlan
from signals.models import Forward, Message, Observation, Signal


class Kind(TextChoices):
    CONTACT = "CONTACT", gettext_lazy("contacts and notes")
    PLAN = "PLAN", gettext_lazy("the plan")
    SIGNAL = "SIGNAL", gettext_lazy("signals and answers")
    WORDS = "WORDS", gettext_lazy("own words and consent")
    CIRCLE = "CIRCLE", gettext_lazy("people and coordinator")


ICONS = {
    Kind.CONTACT: "messages", Kind.PLAN: "progress", Kind.SIGNAL: "inbox", Kind.WORDS: "volume", Kind.CIRCLE: "users",
}  # fmt: skip
AT_ONCE = timedelta(minutes=1)


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `by` is who did it or wrote it down; `people` the keys of residents that it is about."""

    at: datetime
    kind: Kind
    title: str
    text: str = ""
    by: str = ""
    people: frozenset[int] = frozenset()
    href: str = ""
    note: Note | None = None
    before: tuple[Note, ...] = ()
    also: str = ""  # what can be found by it, and is read elsewhere

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    def holds(self, words: list[str]) -> bool:
        """Does every word stand somewhere in it? What stood there before a correction counts too."""
        said = self.note.said_by if self.note else ""
        text = " ".join(
            [self.title, self.text, self.by, self.also, said, *(note.text for note in self.before)]
        ).casefold()
        return all(word in text for word in words)


def timeline(household: Household, reader: Professional) -> list[Entry]:
    """Everything that `reader`, who may read the household, may read of what happened in it."""
    entries = [
        *of_notes(household),
        *of_plan(household),
        *of_agreeing(household),
        *of_signals(household, reader),
        *of_forwards(household, reader),
        *of_questions(household),
        *of_talks(household),
        *of_words(household),
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


def moment_of_day(day: date, written_at: datetime) -> datetime:
    """When it was written, when that was on that same day; of an earlier day only the day is known."""
    if timezone.localdate(written_at) == day:
        return written_at
    return timezone.make_aware(datetime.combine(day, time(12)))


def of_plan(household: Household) -> Iterator[Entry]:
    """The steps of the actions come from the history that the database keeps."""
    for plan in SupportPlan.objects.filter(household=household).select_related("made_by"):
        began = _("One question, one action") if plan.light else _("Plan started")
        yield Entry(at=plan.made_at, kind=Kind.PLAN, title=began, by=str(plan.made_by))
    goals = {goal.pk: goal for goal in Goal.objects.filter(plan__household=household).prefetch_related("about")}
    for goal in goals.values():
        yield Entry(
            at=goal.made_at, kind=Kind.PLAN, title=_("Goal added"), text=goal.title, people=about(goal),
            href=address_of(household, goal),
        )  # fmt: skip
    words = {
        "PROPOSED": _("Action planned"), "ACCEPTED": _("Action runs"), "HELD": _("Action put on hold"), "DONE": _("Action done"),
        "DECLINED": _("Somebody said no to an action"), "DROPPED": _("Action dropped"), "HANDED_ON": _("Somebody else goes on with an action"),
    }  # fmt: skip
    steps = list(steps_of_actions(household))
    names = who_did(steps)
    for step in steps:
        if step.status == "ACCEPTED" and step.earlier_at and step.changed_at - step.earlier_at < AT_ONCE:
            continue  # planned and accepted in one go
        goal = goals[step.goal_id]
        yield Entry(
            at=step.changed_at, kind=Kind.PLAN, title=words[step.status], text=step.what, by=names(step),
            people=about(goal) | ({step.owner_resident_id} - {None}), href=address_of(household, goal),
        )  # fmt: skip


def of_agreeing(household: Household) -> Iterator[Entry]:
    """The plan was laid before everybody, and looked back on."""
    for version in PlanVersion.objects.filter(plan__household=household).select_related("made_by"):
        yield Entry(
            at=version.made_at, kind=Kind.PLAN, title=_("Plan laid before everybody"),
            text=_("Version %(number)s") % {"number": version.number}, by=str(version.made_by),
            href=reverse("plans:version", args=[household.number, version.pk]),
        )  # fmt: skip
    for met in Meeting.objects.filter(household=household).exclude(held_at=None).select_related("made_by"):
        yield Entry(
            at=met.starts_at, kind=Kind.PLAN, title=capfirst(met.get_kind_display()), text=met.purpose,
            by=str(met.made_by), href=reverse("plans:meeting", args=[household.number, met.pk]),
        )  # fmt: skip
    evaluations = Evaluation.objects.filter(plan__household=household).select_related("written_by")
    for one in evaluations.prefetch_related("results"):
        yield Entry(
            at=one.written_at, kind=Kind.PLAN, title=_("Looked back on the plan"), text=one.keep, by=str(one.written_by),
            also=" ".join([one.change, *(said.words for said in one.results.all())]),
            href=reverse("plans:evaluations", args=[household.number]),
        )  # fmt: skip


def address_of(household: Household, goal: Goal) -> str:
    return reverse("plans:goal", args=[household.number, goal.pk])


def about(goal: Goal) -> frozenset[int]:
    return frozenset(resident.pk for resident in goal.about.all())


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


def of_talks(household: Household) -> Iterator[Entry]:
    """The talks at the kitchen table, with what they asked; found by every word that was said."""
    for talk in household.conversations.in_full():
        said = [one for part in talks.parts_of(talk) for one in part.said]
        asked = next((one.now.shown for one in said if one.place.key == "request"), "")
        title = _("Talk with %(who)s") % {"who": talk.present}
        yield Entry(
            at=moment_of_day(talk.held_on, talk.begun_at), kind=Kind.CONTACT, title=title, text=asked, by=str(talk.begun_by),
            people=frozenset({talk.resident_id} - {None}), href=reverse("households:talk", args=[household.number, talk.pk]),
            also=" ".join(row.shown for one in said for row in (one.now, *one.before)),
        )  # fmt: skip


def of_words(household: Household) -> Iterator[Entry]:
    for story in household.stories.select_related("written_by"):
        yield Entry(
            at=story.written_at, kind=Kind.WORDS, title=_("Story told by %(name)s") % {"name": story.told_by},
            text=Truncator(story.text).chars(400), by=str(story.written_by), also=story.text,
            href=reverse("households:story", args=[household.number]),
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
            asked = timezone.make_aware(datetime.combine(one.asked_on, time(12)))
            yield Entry(
                at=asked, kind=Kind.CONTACT, title=_("Asked how it goes"), text=one.how_it_goes, by=str(one.asked_by)
            )
        if one.reopened_at:
            yield Entry(
                at=one.reopened_at, kind=Kind.CIRCLE, title=_("Household opened again"), text=one.reopened_because,
                by=str(one.reopened_by),
            )  # fmt: skip


# ---- the history in the database


def steps_of_actions(household: Household) -> Any:
    """Each moment at which an action got another state, with the moment of the step before it."""
    before: dict[str, Any] = {"partition_by": ["pgh_obj_id"], "order_by": ["pk"]}
    return (
        Action.pgh_event_model.objects.filter(pgh_obj__goal__plan__household=household)  # type: ignore[attr-defined]
        .select_related("pgh_context")
        .annotate(earlier=Window(Lag("status"), **before), earlier_at=Window(Lag("changed_at"), **before))
        .filter(Q(earlier=None) | ~Q(earlier=F("status")))
    )


def who_did(rows: list) -> Callable[[Any], str]:
    """A function that names who made a change, when a person did. One query for all of them."""
    keys = {row.pk: row.pgh_context.metadata.get("user") for row in rows if row.pgh_context}
    people = Professional.objects.in_bulk({key for key in keys.values() if key})
    return lambda row: str(people.get(keys.get(row.pk), ""))
