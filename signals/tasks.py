"""Slow work about signals. Each signal goes by itself: one that can not be done holds up no other."""

from celery import shared_task

from signals import actions
from signals.models import Signal


@shared_task
def remind() -> None:
    """Mail who was asked something and did not answer in time, once."""
    actions.remind_everybody()


@shared_task
def keep_promises() -> None:
    """Who waits longer than we promised hears so, with a new date."""
    for signal in Signal.objects.promise_broken().order_by("pk"):
        actions.say_late(signal=signal)


@shared_task
def tell_leads() -> None:
    """What nobody took up in time becomes the work of the team lead, who also hears which household was not told in time."""
    for signal in Signal.objects.filter(lead_told_at=None).unowned().order_by("pk"):
        actions.tell_lead(signal=signal)
    for signal in Signal.objects.told_too_late():
        actions.tell_lead_untold(signal=signal)


@shared_task
def delete_old_questions() -> None:
    """Every day: questions without a name are not kept longer than we say on the page."""
    for question in Signal.objects.questions_to_delete():
        actions.delete_question(question=question)
