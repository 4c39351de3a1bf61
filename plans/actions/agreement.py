"""What everybody keeps to."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from households import access
from partners.models import Professional
from plans.actions.states import hold
from plans.models import Agreement, SupportPlan


@transaction.atomic
def agree_on(
    *, plan: SupportPlan, what: str, who: str, by: Professional, how_told: str = "", until: date | None = None
) -> Agreement:
    hold(plan.pk)
    agreement = Agreement.objects.create(plan=plan, what=what, who=who, how_told=how_told, until=until, written_by=by)
    access.record(action=access.Action.CREATE, event="agree on", about=agreement, by=by)
    return agreement


@transaction.atomic
def change_agreement(
    *, agreement: Agreement, what: str, who: str, by: Professional, how_told: str = "", until: date | None = None
) -> None:
    hold(agreement.plan_id)
    agreement.what, agreement.who, agreement.how_told, agreement.until = what, who, how_told, until
    agreement.save(update_fields=["what", "who", "how_told", "until"])
    access.record(action=access.Action.UPDATE, event="change agreement", about=agreement, by=by)


@transaction.atomic
def end_agreement(*, agreement: Agreement, by: Professional) -> None:
    """It is over. It is kept, and does not stand in the plan any more."""
    hold(agreement.plan_id)
    agreement.ended_at = timezone.now()
    agreement.save(update_fields=["ended_at"])
    access.record(action=access.Action.UPDATE, event="end agreement", about=agreement, by=by)
