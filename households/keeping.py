"""Which files have been kept long enough. Where two terms could count, the longer one does."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Greatest, TruncDate
from django.utils import timezone

from config.workdays import months_after
from households.models import AccessLogEntry, ErasureRequest, Hold, Household, HouseholdMember
from households.models.keeping import DestructionItem
from partners.models import Team

Rule = DestructionItem.Rule
YOUNG = timedelta(days=23 * 365 + 6)  # so long can help to the young go on
WRITTEN = ("CREATE", "UPDATE", "SHARE")


def due(team: Team, *, today: date | None = None) -> QuerySet[Household]:
    """Closed households past their term, or whose people asked for it and got it. With `rule` and `since`.

    The term runs from the last thing that anybody wrote. Whoever was young then, or of whom we do not know, makes it a file
    under the Jeugdwet. What is on hold stays."""
    today = today or timezone.localdate()
    lines = AccessLogEntry.objects.filter(household=OuterRef("pk"), action__in=WRITTEN).order_by()
    last = lines.values("household").annotate(last=Max("occurred_at")).values("last")
    granted = ErasureRequest.objects.filter(household=OuterRef("pk"), granted=True).order_by("-pk")
    young = Q(resident__birth_date=None) | Q(resident__birth_date__gt=OuterRef("young_when_born_after"))
    closed = (
        Household.objects.alive()
        .filter(team=team, status=Household.Status.CLOSED)
        .exclude(Exists(Hold.objects.open().filter(household=OuterRef("pk"))))
        .annotate(
            last_change=Greatest(Max("closings__closed_at"), Subquery(last), "made_at", output_field=DateTimeField()),
            young_when_born_after=ExpressionWrapper(F("made_at") - Value(YOUNG), output_field=DateTimeField()),
            granted_at=Subquery(granted.values("answered_at")[:1]),
        )
        .annotate(is_young=Exists(HouseholdMember.objects.filter(young, household=OuterRef("pk"))))
    )
    ends = {
        rule: months_after(today, -12 * years)
        for rule, years in ((Rule.YOUTH, settings.KEEP_YOUTH_YEARS), (Rule.WMO, settings.KEEP_WMO_YEARS))
    }
    return (
        closed.annotate(
            rule=Case(
                When(granted_at__isnull=False, then=Value(Rule.REQUEST)),
                When(is_young=True, then=Value(Rule.YOUTH)),
                default=Value(Rule.WMO),
            ),
            since=TruncDate(
                Case(When(granted_at__isnull=False, then=F("granted_at")), default=F("last_change")),
                output_field=DateField(),
            ),
        )
        .filter(
            Q(rule=Rule.REQUEST)
            | Q(rule=Rule.YOUTH, since__lt=ends[Rule.YOUTH])
            | Q(rule=Rule.WMO, since__lt=ends[Rule.WMO])
        )
        .order_by("since", "pk")
    )
