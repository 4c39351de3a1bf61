"""Who was asked something and did not answer in time gets one mail about it. After that somebody calls."""

from django.db import transaction
from django.template.defaultfilters import date as format_date
from django.utils import timezone

from households import access
from signals.actions.feedback import say
from signals.actions.observation import remind_observation
from signals.models import Message, Observation, Signal
from signals.sentences import DAY, sentences
from signals.workflow import Status


def remind_everybody() -> None:
    """Each in a transaction of its own: what was mailed stays mailed when a later one fails, and is not mailed again."""
    for question in Message.objects.not_reminded().select_related("signal"):
        remind_reporter(question=question)
    for observation in Observation.objects.overdue().filter(reminded_at=None).select_related("household"):
        remind_observation(observation=observation)


@transaction.atomic
def remind_reporter(*, question: Message) -> bool:
    """Say once that we still wait for an answer. Says whether that was needed."""
    signal = Signal.objects.select_for_update(of=("self",)).select_related("team").get(pk=question.signal_id)
    if signal.status == Status.CLOSED or not Message.objects.not_reminded().filter(pk=question.pk).exists():
        return False
    asked_on = format_date(timezone.localdate(question.sent_at), DAY)
    say(signal, sentences()["HERINNERING"], by=None, asked_on=asked_on)
    access.record(action=access.Action.CREATE, event="remind reporter", about=signal, by=None, role=access.SYSTEM)
    return True
