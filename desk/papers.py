"""What can be printed of a household: one table. Each paper says what it asks, what it needs, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desk.readers import own_steps
from households import consent_card, letters, pdf, report
from households.models import Household
from plans.models import Action, SupportPlan
from plans.models.plan import SupportPlanQuerySet
from plans.papers.for_participant import participant_paper
from plans.papers.fridge import agreements
from plans.papers.full import full_plan
from plans.pdf import kitchen_table

Words = str | Promise
MOST_AT_ONCE = 80  # actions; more take longer than a few seconds


class Kind(TextChoices):
    """The value stands in the address."""

    KITCHEN = "keukentafel", _("Plan for the kitchen table")
    FULL = "volledig", _("The whole plan")
    FRIDGE = "afspraken", _("Agreements for the fridge")
    PARTICIPANT = "deelnemer", _("For one participant")
    GUIDE = "gespreksleidraad", _("Guide for a talk")
    REPORT = "gespreksverslag", _("Report of a talk")
    CARD = "wie-mag-wat-weten", _("Who may know what")
    INVITATION = "uitnodiging", _("Letter: invitation to talk")
    REMINDER = "herinnering", _("Letter: reminder")
    RESULT = "uitkomst", _("Letter: what came out of a talk")


@dataclass(frozen=True)
class Paper:
    hint: Words
    event: str  # in the log
    make: Callable[[Household, dict[str, Any]], bytes]
    asks: tuple[str, ...] = ()  # fields of the form
    may_ask: tuple[str, ...] = ()  # the same, that may stay empty
    of_plan: bool = False


class NoPlan(Exception):
    """There is nothing to print yet."""


def of_plan(make: Callable[[SupportPlan], bytes]) -> Callable[[Household, dict[str, Any]], bytes]:
    return lambda household, _choice: make(plan_of(household) or no_plan())


def in_language(make: Callable[[SupportPlan, str], bytes]) -> Callable[[Household, dict[str, Any]], bytes]:
    """With the fixed words in another language beside the Dutch, for who asked for that."""
    return lambda household, choice: make(plan_of(household) or no_plan(), choice["taal"])


def no_plan() -> NoReturn:
    raise NoPlan


def running(household: Household) -> SupportPlanQuerySet:
    """The plan that runs, if there is one; one question with one action is none."""
    return SupportPlan.objects.filter(household=household, light=False).open()


def plan_of(household: Household) -> SupportPlan | None:
    found = running(household).in_full().first()
    if found:
        found.household = household  # which came with its team and coordinator
    return found


def for_a_worker(household: Household, kind: str) -> bool:
    """Would this paper keep a browser waiting? Then it is made elsewhere."""
    actions = Action.objects.filter(goal__plan__in=running(household))
    return kind == Kind.FULL and actions.count() > MOST_AT_ONCE


def result_letter(household: Household, choice: dict[str, Any]) -> bytes:
    reader = choice["aan"]
    if reader.member:
        return letters.result(reader, choice["gesprek"], choice["taal"])
    return letters.own_part(reader, own_steps(reader), choice["taal"])


def appointment(choice: dict[str, Any]) -> letters.Appointment:
    return letters.Appointment(choice["dag"], choice["tijd"], letters.Where(choice["waar"]))


WHEN = ("aan", "dag", "tijd", "waar")
PAPERS: dict[str, Paper] = {
    Kind.KITCHEN: Paper(
        _("For the residents: own words first, two pages, room to sign."),
        "print plan",
        in_language(kitchen_table),
        may_ask=("taal",),
        of_plan=True,
    ),
    Kind.FULL: Paper(
        _(
            "For the household and for you, with everything of the plan in sixteen parts. No notes, nothing about safety."
        ),
        "print full plan",
        of_plan(full_plan),
        of_plan=True,
    ),
    Kind.FRIDGE: Paper(
        _("Who does what and when, on one page. Visitors read it too: nothing about health or safety."),
        "print agreements",
        in_language(agreements),
        may_ask=("taal",),
        of_plan=True,
    ),
    Kind.PARTICIPANT: Paper(
        _("Only what was shared with that person, and what that person does."),
        "print for participant",
        lambda household, choice: participant_paper(choice["deelnemer"]),
        asks=("deelnemer",),
        of_plan=True,
    ),
    Kind.GUIDE: Paper(
        _("The questions with room to write, for a talk without a screen."),
        "print talk",
        lambda household, choice: pdf.talk_guide(household),
    ),
    Kind.REPORT: Paper(
        _("What was said, with room to correct it and to sign. Nothing about safety."),
        "print report",
        lambda household, choice: report.talk_report(choice["gesprek"]),
        asks=("gesprek",),
    ),
    Kind.CARD: Paper(
        _("Who may know what, until when. For all of them, or for one."),
        "print consent card",
        lambda household, choice: consent_card.card(
            household, of=choice["bewoner"] and choice["bewoner"].resident, language=choice["taal"]
        ),
        may_ask=("bewoner", "taal"),
    ),
    Kind.INVITATION: Paper(
        _("For who has no mail: day, time and place, and who may come along."),
        "print letter",
        lambda household, choice: letters.invitation(choice["aan"], appointment(choice), choice["taal"]),
        asks=WHEN,
        may_ask=("taal",),
    ),
    Kind.REMINDER: Paper(
        _("The same day, time and place once more."),
        "print letter",
        lambda household, choice: letters.reminder(choice["aan"], appointment(choice), choice["taal"]),
        asks=WHEN,
        may_ask=("taal",),
    ),
    Kind.RESULT: Paper(
        _("For a resident what was asked and agreed; for anybody else only what that person would do."),
        "print letter",
        result_letter,
        asks=("aan",),
        may_ask=("gesprek", "taal"),
    ),
}
