"""Slow work about signals."""

from celery import shared_task

from signals.actions import remind_everybody


@shared_task
def remind() -> None:
    """Mail who was asked something and did not answer in time, once."""
    remind_everybody()
