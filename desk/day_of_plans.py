"""What needs somebody because of what stands in a plan."""

from datetime import timedelta

from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.templating.words import short_day, short_moment
from desk.task import Asks, Task
from households.models import Household
from partners.models import Professional
from plans.budget import BudgetStatus
from plans.models import Action, ActionConflict, BudgetLine, Meeting, SafetyPlan, Signature

MEETINGS_WITHIN = timedelta(days=14)


def of_plans(households: models.QuerySet[Household]) -> Asks:
    """Whether agreements about safety still work, who does not agree with the newest version, what does not fit together,
    and amounts that were granted and not paid yet, or of whose decision the household does not know."""
    safety = SafetyPlan.objects.of(households).standing().filter(check_on__lte=timezone.localdate())
    against = Signature.objects.of(households).standing().filter(stand=Signature.Stand.AGAINST)
    clashes = ActionConflict.objects.of(households).open().of_running_plans().order_by("plan")
    decided = BudgetLine.objects.of(households).to_finish()
    return {
        safety_task: safety.select_related("household").order_by("check_on", "pk")[:50],
        against_task: against.select_related("resident", "version__plan__household").order_by("said_on", "pk")[:50],
        clashes_task: clashes.values_list("plan__household__number", "plan__household__name").annotate(Count("pk")),
        granted_task: decided.select_related("household").order_by("pk")[:50],
    }


def safety_task(one: SafetyPlan) -> Task:
    return Task(
        "shield-check",
        _("Look whether the agreements about safety still work"),
        one.household.name,
        reverse("plans:safety_plan", args=[one.household.number, one.pk]),
        _("Look"),
        short_day(one.check_on),
        "warning",
    )


def against_task(one: Signature) -> Task:
    return Task(
        "message-circle",
        _("%(name)s does not agree with the plan") % {"name": one.name},
        one.household.name,
        reverse("plans:agreement", args=[one.household.number]),
        _("Look"),
        short_day(one.said_on),
        "warning",
    )


def clashes_task(counted: tuple[str, str, int]) -> Task:
    """A line for each household, with how many there are in its plan."""
    number, name, total = counted
    return Task(
        "arrows-diff",
        ngettext("Something in the plan does not fit together", "%(total)s things in the plan do not fit together", total)
        % {"total": total},
        name,
        reverse("plans:clashes", args=[number]),
        _("Look"),
        "",
        "warning",
    )  # fmt: skip


def granted_task(one: BudgetLine) -> Task:
    return Task(
        "coin-euro",
        _("%(amount)s was granted: have it paid") % {"amount": one.in_euros}
        if one.status == BudgetStatus.GRANTED
        else _("Tell them what was decided about %(amount)s") % {"amount": one.in_euros},
        one.household.name,
        reverse("plans:budget", args=[one.household.number, one.pk]),
        _("Look"),
        short_day(timezone.localdate(one.seconded_at or one.decided_at)),
    )


def to_remind(households: models.QuerySet[Household]) -> Asks:
    """Who does something soon and is not mailed about it: residents in their own way, and people close to them."""
    soon = Action.objects.of(households).to_remind_by_hand().order_by("due_on", "pk")
    return {remind_task: soon.select_related("goal__plan", "owner_resident", "owner_contact")[:50]}


def remind_task(one: Action) -> Task:
    return Task(
        "phone",
        _("Remind %(name)s: %(what)s") % {"name": one.owner_name, "what": one.what},
        one.household.name,
        reverse("plans:remind", args=[one.household.number, one.pk]),
        _("Look"),
        short_day(one.due_on),
    )


def money_asked_of(professional: Professional) -> Asks:
    """Amounts about which a colleague waits for this person."""
    return {
        money_task: BudgetLine.objects.waits_for(professional)
        .select_related("household", "proposed_by")
        .order_by("pk")[:50]
    }


def money_task(one: BudgetLine) -> Task:
    return Task(
        "coin-euro",
        _("Decide about %(amount)s") % {"amount": one.in_euros},
        _("%(name)s asks you, household %(number)s") % {"name": one.proposed_by, "number": one.household.number},
        reverse("budget:decide", args=[one.pk]),
        _("Read"),
        short_day(timezone.localdate(one.decided_at or one.proposed_at)),
        "warning",
    )


def meetings_of(households: models.QuerySet[Household]) -> models.QuerySet[Meeting]:
    """The meetings of these weeks, and those of which nobody wrote down yet how they went."""
    near = Meeting.objects.of(households).to_come().filter(starts_at__lte=timezone.now() + MEETINGS_WITHIN)
    return near.select_related("household").order_by("starts_at", "pk")[:50]


def meeting_task(one: Meeting) -> Task:
    return Task(
        "messages",
        capfirst(one.get_kind_display()),
        _("%(name)s. Write down who were there, and what was decided") % {"name": one.household.name}
        if one.has_begun
        else one.household.name,
        reverse("plans:meeting", args=[one.household.number, one.pk]),
        _("Look"),
        short_moment(one.starts_at),
        "warning" if one.has_begun else "",
    )
