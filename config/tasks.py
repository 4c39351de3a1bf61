"""Slow work that belongs to no room: the outbox."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from post_office.models import STATUS, Email

from config import outbox
from config.watching import state

KEEP_GIVEN_UP = timedelta(days=30)  # for who looks into why


@shared_task
def beat() -> None:
    """Every minute: show that beat, the broker and a worker live."""
    state.beat()


@shared_task
def send_mail() -> None:
    """Send the mail that waits."""
    outbox.send_waiting()


@shared_task
def purge_mail() -> None:
    """Delete mail that was sent, and what is kept with it: who has it, has it, and a copy is only a risk. What was given
    up goes after a month. Never mail that still has to go."""
    now = timezone.now()
    Email.objects.filter(status=STATUS.sent, last_updated__lt=now - timedelta(days=settings.KEEP_MAIL_DAYS)).delete()
    Email.objects.filter(status=STATUS.failed, last_updated__lt=now - KEEP_GIVEN_UP).delete()


@shared_task
def purge_sessions() -> None:
    """Delete sessions that ended: they say who was here."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
