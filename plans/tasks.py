"""Slow work about plans. Each plan goes by itself."""

from celery import shared_task

from plans import actions
from plans.models import SupportPlan


@shared_task
def look_again() -> None:
    """Every day: what no change in a plan shows. Time goes by, people come to live somewhere, somebody works elsewhere."""
    for plan in SupportPlan.objects.open().select_related("household").order_by("pk"):
        actions.look_again(plan=plan)
