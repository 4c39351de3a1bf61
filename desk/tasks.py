"""Slow work for a desk: large papers."""

from celery import shared_task
from django.utils import timezone

from desk import making
from households.models import Print
from households.models.prints import KEPT_FOR, LEFT_AFTER

LONGEST = 120  # seconds; who waits longer hears that it can not be made


@shared_task(soft_time_limit=LONGEST, time_limit=LONGEST + 30)
def make_print(key: int) -> None:
    """Make one paper."""
    making.make(key)


@shared_task
def make_left() -> None:
    """Begin with what was asked and nobody began with: the broker was away, or a worker stopped halfway."""
    left = Print.objects.waiting().filter(asked_at__lt=timezone.now() - LEFT_AFTER)
    for key in left.order_by("pk").values_list("pk", flat=True):
        make_print.delay(key)


@shared_task
def purge_prints() -> None:
    """Delete papers after a day: who needs one has it, and can ask again."""
    Print.objects.filter(asked_at__lt=timezone.now() - KEPT_FOR).delete()
