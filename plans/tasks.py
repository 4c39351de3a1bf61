"""Slow work about plans. Each plan goes by itself."""

from celery import shared_task

from households.models import Resident
from partners.models import Professional
from plans import actions
from plans.models import Action, SupportPlan


@shared_task
def look_again() -> None:
    """Every day: what no change in a plan shows. Time goes by, people come to live somewhere, somebody works elsewhere."""
    for plan in SupportPlan.objects.open().select_related("household").order_by("pk"):
        actions.look_again(plan=plan)


@shared_task
def remind() -> None:
    """Mail who would do something that must be done soon, once for each day that was agreed. Each person by itself."""
    professionals = Action.objects.to_remind().values("owner_professional")
    for owner in Professional.objects.filter(pk__in=professionals).order_by("pk"):
        actions.remind_owner(owner=owner)
    residents = Action.objects.to_remind_by_mail().values("owner_resident")
    for resident in Resident.objects.filter(pk__in=residents).order_by("pk"):
        actions.remind_resident(resident=resident)
