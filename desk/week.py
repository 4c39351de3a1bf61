"""The plans that somebody needs this week, one after another in one file."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import override

from config import printing
from households import access
from households.models import Household
from households.pdf import Step, silent
from partners.models import Professional
from plans import pdf
from plans.models import Action, SupportPlan

DAYS = timedelta(days=7)
MOST = 60  # more is no week


def households_this_week(professional: Professional) -> list[Household]:
    """The own households in which something is due within a week and there is a plan."""
    until = timezone.localdate() + DAYS
    plans = SupportPlan.objects.open().filter(household=OuterRef("pk"), light=False)
    due = Action.objects.open().filter(goal__plan__household=OuterRef("pk"), due_on__lte=until)
    mine = access.my_households(professional).filter(Exists(plans))
    soon = Q(next_step_on__lte=until) | Exists(plans.filter(evaluate_on__lte=until)) | Exists(due)
    return list(mine.filter(soon)[:MOST])


@override("nl")
def plans_of(households: list[Household], *, step: Step = silent) -> bytes:
    """Each plan for the kitchen table with its own page numbers. Whoever has no plan any more is left out. A step for each
    plan, and one for the file."""
    plans = SupportPlan.objects.filter(household__in=households, light=False).open().in_full()
    ordered = plans.select_related("household__team", "household__coordinator").order_by("household__name", "pk")
    documents = []
    for plan in ordered:
        documents.append(pdf.pages(plan))
        step()
    file = printing.pdf(printing.bound(documents))
    step()
    return file
