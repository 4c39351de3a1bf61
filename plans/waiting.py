"""What a household, or the municipality, has to say within a term: asked along with the household, without a query more."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from households.models import HouseholdMember
from plans.models import Action, Application, OwnPlan
from plans.workflow import Status


def with_waits(households: QuerySet[Any]) -> QuerySet[Any]:
    """With `family_plan_due`: help under the Youth Act is planned for a household with children, and nobody offered a family
    group plan first. With `own_plan_by` and `decide_by`: the first day before which they say something about a plan of their
    own, and before which is decided about an application."""
    here = {"household": OuterRef("pk")}
    young = HouseholdMember.objects.filter(**here).children()
    youth = Action.objects.filter(frame=Action.Frame.YOUTH, goal__plan__household=OuterRef("pk"))
    youth = youth.exclude(goal__plan__status="CLOSED").exclude(status__in=[Status.DROPPED, Status.DECLINED])
    offered = OwnPlan.objects.filter(**here, kind=OwnPlan.Kind.FAMILY)
    waiting = OwnPlan.objects.filter(**here).waiting().order_by("until")
    open_ = Application.objects.filter(**here).open().order_by("decide_by")
    return households.annotate(
        family_plan_due=Exists(youth) & Exists(young) & ~Exists(offered),
        own_plan_by=Subquery(waiting.values("until")[:1]),
        decide_by=Subquery(open_.values("decide_by")[:1]),
    )
