"""What needs somebody because of what stands in a plan."""

from collections import Counter
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.templating.words import short_day, short_moment
from desk.task import Dated, Task
from households.models import Household
from partners.models import Professional
from plans.budget import BudgetStatus
from plans.models import Action, ActionConflict, BudgetLine, Meeting, SafetyPlan, Signature

MEETINGS_WITHIN = timedelta(days=14)


def clashes_of(households: list[Household]) -> list[Task]:
    """A line for each household whose plan holds what does not fit together. One query."""
    clashes = ActionConflict.objects.of(households).open().of_running_plans()
    rows = clashes.order_by("plan", "pk").values_list("plan__household__number", "plan__household__name")
    return [
        Task(
            "arrows-diff",
            ngettext("Something in the plan does not fit together", "%(total)s things in the plan do not fit together", total)
            % {"total": total},
            name,
            reverse("plans:clashes", args=[number]),
            _("Look"),
            "",
            "warning",
        )
        for (number, name), total in Counter(rows).items()
    ]  # fmt: skip


def said_no(households: list[Household]) -> list[Task]:
    """Who does not agree with the newest version of a plan. One query."""
    against = Signature.objects.of(households).standing().filter(stand=Signature.Stand.AGAINST)
    rows = against.select_related("resident", "version__plan__household").order_by("said_on", "pk")[:50]
    return [
        Task(
            "message-circle",
            _("%(name)s does not agree with the plan") % {"name": one.name},
            one.household.name,
            reverse("plans:agreement", args=[one.household.number]),
            _("Look"),
            short_day(one.said_on),
            "warning",
        )
        for one in rows
    ]


def safety_to_check(households: list[Household]) -> list[Task]:
    """Whether agreements about safety still work. One query."""
    due = SafetyPlan.objects.of(households).standing().filter(check_on__lte=timezone.localdate())
    return [
        Task(
            "shield-check",
            _("Look whether the agreements about safety still work"),
            one.household.name,
            reverse("plans:safety_plan", args=[one.household.number, one.pk]),
            _("Look"),
            short_day(one.check_on),
            "warning",
        )
        for one in due.select_related("household").order_by("check_on", "pk")[:50]
    ]


def to_remind(open_actions: list[Action], households: list[Household]) -> list[Task]:
    """Who does something soon and is not mailed about it: residents in their own way, and people close to them. Of actions
    `which_to_remind_by_hand()`, without a query."""
    mine = {one.pk for one in households}
    return [
        Task(
            "phone",
            _("Remind %(name)s: %(what)s") % {"name": one.owner_name, "what": one.what},
            one.household.name,
            reverse("plans:remind", args=[one.household.number, one.pk]),
            _("Look"),
            short_day(one.due_on),
        )
        for one in open_actions
        if one.remind_by_hand and one.household.pk in mine
    ]


def money_asked_of(professional: Professional) -> list[Task]:
    """Amounts about which a colleague waits for this person. One query."""
    asked = BudgetLine.objects.waits_for(professional).in_full().order_by("pk")[:50]
    return [
        Task(
            "coin-euro",
            _("Decide about %(amount)s") % {"amount": one.in_euros},
            _("%(name)s asks you, household %(number)s") % {"name": one.proposed_by, "number": one.household.number},
            reverse("budget:decide", args=[one.pk]),
            _("Read"),
            short_day(timezone.localdate(one.decided_at or one.proposed_at)),
            "warning",
        )
        for one in asked
    ]


def money_granted(households: list[Household]) -> list[Task]:
    """Amounts that were granted and not paid yet, and decisions that the household does not know of. One query."""
    decided = BudgetLine.objects.of(households).to_finish().select_related("household").order_by("pk")[:50]
    return [
        Task(
            "coin-euro",
            _("%(amount)s was granted: have it paid") % {"amount": one.in_euros}
            if one.status == BudgetStatus.GRANTED
            else _("Tell them what was decided about %(amount)s") % {"amount": one.in_euros},
            one.household.name,
            reverse("plans:budget", args=[one.household.number, one.pk]),
            _("Look"),
            short_day(timezone.localdate(one.seconded_at or one.decided_at)),
        )
        for one in decided
    ]


def meetings_of(households: list[Household]) -> list[Dated]:
    """The meetings of these weeks, and those of which nobody wrote down yet how they went. One query."""
    now = timezone.now()
    found = Meeting.objects.of(households).to_come().filter(starts_at__lte=now + MEETINGS_WITHIN)
    return [
        (
            timezone.localdate(one.starts_at),
            Task(
                "messages",
                capfirst(one.get_kind_display()),
                _("%(name)s. Write down who were there, and what was decided") % {"name": one.household.name}
                if one.has_begun
                else one.household.name,
                reverse("plans:meeting", args=[one.household.number, one.pk]),
                _("Look"),
                short_moment(one.starts_at),
                "warning" if one.has_begun else "",
            ),
        )
        for one in found.select_related("household").order_by("starts_at", "pk")[:50]
    ]
