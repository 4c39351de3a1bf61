"""What we know of one person, on paper for that person (AVG, article 15): the own details, what was said and written, to
whom it went and who looked. Others are taken out. What is about others only is not in it, and who gives it reads that in a
list of what to look at once more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from desk.masking import Mask, mask_for
from households import seen, talks
from households.domains import LifeDomain
from households.models import Household, Note, OverrideDisclosure, Resident
from households.models.consent import items_in_words
from households.pdf import STEPS_OF_A_SHEET, Step, on_every_paper, sheet, silent
from households.report import label_of, title_of
from plans.budget import COUNTS, BudgetStatus
from plans.models import BudgetLine, Goal, GoalGrant
from signals.models import Observation, Signal

NO_BREAK = "\u00a0"
STEPS = 12 + STEPS_OF_A_SHEET


@dataclass(frozen=True)
class Row:
    """One thing: when or what it is, and what stands there."""

    label: str
    text: str


@dataclass(frozen=True)
class Part:
    title: str
    rows: list[Row]


@override("nl")
def dossier(household: Household, resident: Resident, *, step: Step = silent) -> tuple[bytes, list[str]]:
    """The PDF, in `STEPS` steps, and what to look at once more before it is given."""
    facts, checks = content(household, resident, step=step)
    return sheet("desk/dossier.html", facts, step=step), checks


def content(household: Household, resident: Resident, *, step: Step = silent) -> tuple[dict[str, Any], list[str]]:
    mask, left_out, parts = mask_for(household, resident), list[str](), list[Part]()
    for title, rows in (
        (_("Who you are"), details(household, resident, mask)),
        (_("What was said"), own_words(household, mask)),
        (_("Talks"), said_in_talks(household, resident, mask, left_out)),
        (_("Your marks"), marks(household, resident)),
        (_("What we wrote down"), notes(household, resident, mask, left_out)),
        (_("The plan"), plan(household, resident, mask, left_out)),
        (_("Money"), money(household, mask, left_out)),
        (_("A plan of their own"), own_plans(household, mask, left_out)),
        (_("Schemes"), schemes(household, mask)),
        (_("What was agreed about telling others"), consents(household, resident, mask)),
        (_("Who was asked or told something about you"), told(household, resident, mask, left_out)),
        (_("What others told us"), signals(household, mask, left_out)),
    ):
        if written := list(rows):
            parts.append(Part(title, written))
        step()
    since = timezone.localdate(household.made_at)
    facts = on_every_paper(household) | {
        "resident": resident,
        "parts": parts,
        "entries": seen.who_looked(household, resident, since=since),
        "since": since,
    }
    return facts, [*checked(mask), *left_out]


def in_words(day: date) -> str:
    """27 november 2026"""
    return format_date(day, "j F Y")


def details(household: Household, resident: Resident, mask: Mask) -> Iterator[Row]:
    member = household.members.get(resident=resident)
    yield Row(_("Name"), resident.full_name)
    if resident.birth_date:
        yield Row(_("Born on"), in_words(resident.birth_date))
    yield Row(_("Household"), household.number)
    if household.address_protected:
        yield Row(_("Address"), _("Protected, so it stands on no paper"))
    elif household.address and member.lives_here:
        yield Row(_("Address"), household.address)
    for label, value in (
        (_("Phone"), member.phone),
        (_("E-mail"), member.email),
        (_("Likes to be reached by"), member.get_contact_by_display()),
        (_("Through whom"), mask(member.contact_through, _("Through whom"))),
        (_("About reaching you"), mask(member.contact_note, _("About reaching you"))),
        (_("Languages"), member.languages),
        (_("Interpreter"), _("yes") if member.needs_interpreter else ""),
        (_("Reading"), _("Rather listens than reads") if member.rather_not_reads else ""),
        (_("Wishes"), mask(member.wishes, _("Wishes"))),
    ):
        if value:
            yield Row(label, value)
    for custody in resident.custody.select_related("holder"):
        yield Row(capfirst(custody.get_kind_display()), custody.holder.first_name)


def own_words(household: Household, mask: Mask) -> Iterator[Row]:
    for label, text in (
        (_("What you ask"), household.request_in_own_words),
        (_("What goes well"), household.strengths),
        (_("Next step"), household.next_step),
    ):
        if text:
            yield Row(label, mask(text, label))
    for story in household.stories.order_by("-version"):
        label = _("Story, told on %(day)s") % {"day": in_words(story.told_on)}
        yield Row(label, mask(story.text, label))


def said_in_talks(household: Household, resident: Resident, mask: Mask, left_out: list[str]) -> Iterator[Row]:
    alone_with_others = 0
    for talk in household.conversations.in_full():
        if talk.resident_id not in (None, resident.pk):
            alone_with_others += 1
            continue
        when = in_words(talk.held_on)
        for part in talks.parts_of(talk):
            if part.step.domain == LifeDomain.SAFETY_JUSTICE and talk.resident_id is None:
                if part.said:
                    left_out.append(
                        _("What was said about safety in the talk of %(day)s is not in it.") % {"day": when}
                    )
                continue
            if part.said:
                label = f"{when}: {title_of(part.step)}"
                lines = [f"{label_of(said.place)}: {said.now.shown}" for said in part.said]
                yield Row(label, mask("\n".join(lines), label))
    if alone_with_others:
        left_out.append(
            ngettext(
                "%(total)s talk with somebody else alone is not in it.",
                "%(total)s talks with somebody else alone are not in it.",
                alone_with_others,
            )
            % {"total": alone_with_others}
        )


def marks(household: Household, resident: Resident) -> Iterator[Row]:
    for mark in household.own_marks.filter(resident=resident).select_related("noted_by"):
        said = (
            _("%(mark)s, said to %(name)s") % {"mark": mark.mark, "name": mark.noted_by}
            if mark.noted_by
            else str(mark.mark)
        )
        yield Row(f"{in_words(timezone.localdate(mark.given_at))}: {mark.get_side_display()}", said)


def notes(household: Household, resident: Resident, mask: Mask, left_out: list[str]) -> Iterator[Row]:
    """Those that name this resident, or nobody: then they are about all of them."""
    others = 0
    for note in Note.objects.filter(household=household).in_full():
        about = {one.pk for one in note.about.all()}
        if about and resident.pk not in about:
            others += 1
            continue
        label = f"{in_words(note.happened_on)}: {note.get_occasion_display()}, {note.get_kind_display()}"
        yield Row(label, mask(note.text, label))
        if not about or len(about) > 1:
            left_out.append(_("%(what)s is about others too. Read it once more.") % {"what": label})
    if others:
        left_out.append(
            ngettext("%(total)s note about others is not in it.", "%(total)s notes about others are not in it.", others)
            % {"total": others}
        )


def plan(household: Household, resident: Resident, mask: Mask, left_out: list[str]) -> Iterator[Row]:
    for goal in Goal.objects.filter(plan__household=household).in_full().order_by("plan", "rank"):
        about = {one.pk for one in goal.about.all()}
        if about and resident.pk not in about:
            continue
        if goal.domain == LifeDomain.SAFETY_JUSTICE and about != {resident.pk}:
            left_out.append(_("A goal about safety that is about others too is not in it."))
            continue
        label = goal.get_domain_display()
        lines = [goal.title, goal.why, goal.how_we_see_it]
        lines += [f"– {action.what} ({action.get_status_display()})" for action in goal.actions.all()]
        yield Row(label, mask("\n".join(filter(None, lines)), label))


def money(household: Household, mask: Mask, left_out: list[str]) -> Iterator[Row]:
    """What was decided about money for this household."""
    decided = BudgetLine.objects.filter(household=household, status__in={*COUNTS, BudgetStatus.REFUSED}).order_by("pk")
    for line in decided:
        if line.domain == LifeDomain.SAFETY_JUSTICE:
            left_out.append(_("Money for something about safety is not in it. Decide about that with somebody else."))
            continue
        label = f"{in_words(timezone.localdate(line.proposed_at))}: {line.in_euros.replace(' ', NO_BREAK)}, {line.get_status_display()}"
        reasons = filter(None, [line.purpose, line.motivation, line.reason, line.second_reason])
        yield Row(label, mask("\n".join(reasons), label))
        left_out.append(_("%(what)s is about others too. Read it once more.") % {"what": label})


def own_plans(household: Household, mask: Mask, left_out: list[str]) -> Iterator[Row]:
    """What was offered, chosen and made."""
    for one in household.own_plans.order_by("pk"):
        label = f"{one.get_kind_display()}, {one.get_choice_display()}"
        if one.not_offered_because:
            left_out.append(
                _("Why no family group plan was offered is not in it. Decide about that with somebody else.")
            )
        yield Row(label, mask("\n".join(filter(None, [one.they_say, one.text])), label))


def schemes(household: Household, mask: Mask) -> Iterator[Row]:
    """How far they are with what there is for them."""
    for check in household.scheme_checks.all():
        label = f"{in_words(check.since)}: {check.name}, {check.get_state_display()}"
        yield Row(label, mask(check.remark, label))


def consents(household: Household, resident: Resident, mask: Mask) -> Iterator[Row]:
    for consent in household.consents.filter(resident=resident).in_full().order_by("pk"):
        until = consent.withdrawn_at and timezone.localdate(consent.withdrawn_at)
        words = [
            ", ".join(items_in_words(consent.items)) or consent.get_kind_display(),
            mask(consent.purpose, _("What was agreed about telling others")),
            _("from %(first)s until %(last)s")
            % {"first": in_words(consent.given_on), "last": in_words(until or consent.valid_until)},
        ]
        yield Row(consent.to if consent.recipient else consent.get_kind_display(), "\n".join(filter(None, words)))


def told(household: Household, resident: Resident, mask: Mask, left_out: list[str]) -> Iterator[Row]:
    """Everybody to whom something about this person could go (AVG, article 15(1)(c))."""
    shared = household.circle.prefetch_related("grants__consents", "goal_grants__consents", "goal_grants__goal")
    for one in shared.select_related("professional__organisation"):
        grants = [*one.grants.all(), *one.goal_grants.all()]
        theirs = [grant for grant in grants if any(c.resident_id == resident.pk for c in grant.consents.all())]
        if theirs:
            words = {
                str(grant.goal.get_domain_display() if isinstance(grant, GoalGrant) else grant) for grant in theirs
            }
            yield Row(str(one.professional.organisation), ", ".join(sorted(words)))
    for asked in Observation.objects.filter(household=household, resident=resident).select_related(
        "asked__organisation"
    ):
        label = f"{in_words(timezone.localdate(asked.asked_at))}: {asked.asked.organisation}"
        lines = [asked.question, asked.answer and asked.get_answer_display(), asked.remark]
        yield Row(label, mask("\n".join(filter(None, map(str, lines))), label))
    for override_ in OverrideDisclosure.objects.agreed().filter(household=household, about__contains=[resident.pk]):
        if override_.informed_on is None:
            left_out.append(
                _("Something was shared without consent, and this person was not told yet. Decide about that first.")
            )
            continue
        items = ", ".join(items_in_words(override_.items))
        yield Row(f"{in_words(override_.informed_on)}: {override_.recipient}", items)


def signals(household: Household, mask: Mask, left_out: list[str]) -> Iterator[Row]:
    """What reporters told, as far as the household knows of it. Never who that was."""
    waiting = 0
    for signal in Signal.objects.filter(household=household).select_related("telling", "organisation").order_by("pk"):
        telling = getattr(signal, "telling", None)
        if telling is None or telling.told_on is None:
            waiting += 1
            continue
        if signal.danger_now or LifeDomain.SAFETY_JUSTICE in signal.domains:
            left_out.append(_("A signal about safety is not in it. Decide about that with somebody else."))
            continue
        agreed = signal.discussed == Signal.Discussed.AGREED
        who = signal.organisation if agreed and signal.organisation else _("somebody who told us something")
        label = f"{in_words(timezone.localdate(signal.received_at))}: {who}"
        yield Row(label, mask(signal.observation, label))
        left_out.append(_("%(what)s: does it show who told it? Read it once more.") % {"what": label})
    if waiting:
        left_out.append(
            ngettext(
                "%(total)s signal that they do not know of yet is not in it.",
                "%(total)s signals that they do not know of yet are not in it.",
                waiting,
            )
            % {"total": waiting}
        )


def checked(mask: Mask) -> list[str]:
    return [
        ngettext(
            "%(piece)s: one name was taken out. Read it once more.",
            "%(piece)s: %(total)s names were taken out. Read it once more.",
            total,
        )
        % {"piece": piece, "total": total}
        for piece, total in mask.taken.items()
    ]
