"""The plan on paper, for the kitchen table: what the household itself said and does stands first.

This paper lies around. So it names residents by their first name, and never holds an address or whatever concerns
safety, police and justice."""

from dataclasses import replace
from datetime import date
from functools import cache, partial

from django.template.defaultfilters import date as format_date
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import override
from weasyprint import Document

from config import printing
from households.domains import LifeDomain
from households.models import NetworkContact, Resident
from households.pdf import on_every_paper
from households.words import day_beside, words
from plans.agreeing import Standing, agreement_of
from plans.models import Action, Goal, SupportPlan
from plans.paper_code import address_of, code_of
from plans.papers import room
from plans.papers.room import Layout

PAGES = 2
SIGNS_FROM = 12  # from this age a child says yes or no itself, beside its parents (Jeugdwet 7.3.2-7.3.6)
ADULT = 18

# From roomy to tight.
LAYOUTS = (
    Layout(14, lines=5),
    Layout(13.5, lines=4),
    Layout(13, lines=4, close=True),
    Layout(13, lines=2, close=True, flow=True),
)
ROOMY, TIGHT = LAYOUTS[0], LAYOUTS[-1]
WITH_ROOM = replace(TIGHT, lines=10)
VERY_LONG = 4  # pages; more get large letters


def kitchen_table(plan: SupportPlan, language: str = "") -> bytes:
    """The print as a PDF, with its fixed words in this language beside the Dutch. A plan `in_full()` keeps the number of queries fixed."""
    return printing.pdf(pages(plan, language))


@override("nl")
def pages(plan: SupportPlan, language: str = "") -> Document:
    """Two pages when any layout makes that possible, else as many as it takes. Nothing is ever cut away. What surely does not
    fit is not tried: to lay a paper out is most of the work."""
    facts = in_words(content(plan), language)
    made = cache(partial(paper, facts))

    def fits(layout: Layout, most: int) -> bool:
        return room.pages(facts, layout, language) <= most and len(made(layout).pages) <= most

    tight = room.pages(facts, TIGHT, language)
    if tight > VERY_LONG:
        return made(ROOMY)
    for layout, most in [(layout, PAGES) for layout in LAYOUTS] if tight <= PAGES else [(ROOMY, tight)]:
        if fits(layout, most):
            return made(layout)
    fewest = len(made(TIGHT).pages)
    for layout in (ROOMY, WITH_ROOM):  # what is left of the last page, to write on
        if fits(layout, fewest):
            return made(layout)
    return made(TIGHT)


def in_words(facts: dict, language: str) -> dict:
    """With the fixed words of this paper. The groups of actions go by their place: own, close, others."""
    said = words(language, name=facts["coordinator"].get_full_name())
    titles = (said.own_do, said.close_do, said.others_do)
    groups = [(title, actions) for title, (_name, actions) in zip(titles, facts["groups"], strict=True)]
    talk_day = day_beside(facts["talk_on"], language) if facts["talk_on"] else ""
    return facts | {"words": said, "groups": groups, "talk_day": talk_day}


def paper(facts: dict, layout: Layout) -> Document:
    shown = {"size": f"{layout.size}pt", "style": layout.style, "lines": range(layout.lines)}
    return printing.layout(render_to_string("plans/keukentafel.html", facts | shown))


def content(plan: SupportPlan, *, reader: Resident | None = None) -> dict:
    """All that may stand on this paper. With `reader` it is read alone, not handed over in a talk: then what is extra
    protected stands there only when it is about this resident by name."""
    household = plan.household
    today = timezone.localdate()
    residents = [member.resident for member in household.members.select_related("resident")]
    goals = [goal for goal in plan.goals.all() if goal.domain != LifeDomain.SAFETY_JUSTICE and may_read(goal, reader)]
    actions = [
        row(action, goal) for goal in goals for action in goal.actions.all() if action.status != Action.Status.DROPPED
    ]
    running = [action for action in actions if not action["done"]]
    agreement = agreement_of(plan)
    return on_every_paper(household) | {
        "names": get_text_list([resident.first_name for resident in residents], _("and")),
        "talk_on": plan.evaluate_on if plan.evaluate_on and plan.evaluate_on >= today else None,
        "request": household.request_in_own_words.strip(),
        "story": household.stories.current().first(),
        "strengths": [line for line in map(bare, household.strengths.splitlines()) if line],
        "goals": [{"goal": goal, "picture": pictogram(goal), "by": before(goal.by_when)} for goal in goals],
        "groups": [
            (name, [action for action in running if action["kind"] == kind])
            for kind, name in (
                (Action.Kind.OWN, _("This is what we do ourselves")),
                (Action.Kind.CLOSE, _("This is what people close to us do")),
                (Action.Kind.PROFESSIONAL, _("This is what others do")),
            )
        ],
        "running": running,
        "done": [action for action in actions if action["done"]],
        "agreements": list(plan.agreements.all()),
        "version": agreement.version if agreement.version and not agreement.changes else None,
        "signers": [signer(resident, agreement) for resident in residents if signs(resident)],
        "code": code_of(plan) if reader is None else "",
        "qr": printing.qr(address_of(plan)) if reader is None else "",
        "few": range(5),  # lines where nothing was written yet
        "more": range(9),
    }


def may_read(goal: Goal, reader: Resident | None) -> bool:
    return reader is None or not LifeDomain(goal.domain).extra_protected or reader in goal.about.all()


def row(action: Action, goal: Goal) -> dict:
    """Who does what and when, in words."""
    name, of = who(action)
    return {
        "kind": action.kind,
        "picture": pictogram(goal),
        "name": name,
        "of": of,
        "what": action.what,
        "when": begins(action) or before(action.due_on),
        "ask": action.status == Action.Status.PROPOSED,
        "done": action.status == Action.Status.DONE,
    }


def begins(action: Action) -> str:
    """There is little room beside an action, so an appointment says when it begins."""
    return action.appointment.begins if hasattr(action, "appointment") else action.rhythm


def who(action: Action) -> tuple[str, str]:
    """The name by which they know somebody, and what this person is to them."""
    person = action.owner
    if isinstance(person, Resident):
        return person.first_name, ""
    if isinstance(person, NetworkContact):
        return person.name, person.relation
    household = action.household
    return person.first_name, household.team.name if person == household.coordinator else person.organisation.name


def pictogram(goal: Goal) -> str:
    return printing.picture(goal.icon, _("Picture of %(domain)s") % {"domain": goal.get_domain_display()})


def before(day: date | None) -> str:
    """vóór 23 oktober, with the year when it is not this one"""
    if day is None:
        return ""
    this_year = day.year == timezone.localdate().year
    return _("before %(day)s") % {"day": format_date(day, "j F" if this_year else "j F Y")}


def bare(line: str) -> str:
    """A line without the dash or bullet that somebody typed before it."""
    return line.strip().lstrip("-*•").strip()


def signs(resident: Resident) -> bool:
    """Who has no known age counts as an adult."""
    age = resident.age()
    return age is None or age >= SIGNS_FROM


def signer(resident: Resident, agreement: Standing) -> dict:
    """With what was said of this plan, when it did not change since."""
    age, said = resident.age(), None if agreement.changes else agreement.of(resident)
    return {
        "name": resident.first_name,
        "age": age if age is not None and age < ADULT else None,
        "said": said if said and not said.is_open else None,
    }
