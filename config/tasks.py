"""Slow work that belongs to no room: the outbox."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from post_office.mail import get_queued, send_queued
from post_office.models import STATUS, Email

OUTBOX_LOCK = 0x48504D41  # any number, the same for every worker


@shared_task
def send_mail() -> None:
    """Empty the outbox. One worker at a time over all machines, so that no mail goes out twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [OUTBOX_LOCK])
        try:
            while get_queued().exists():
                send_queued()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [OUTBOX_LOCK])


@shared_task
def purge_mail() -> None:
    """Delete mail that was sent, and what is kept with it: who has it, has it, and a copy is only a risk. Never mail
    that still has to go."""
    long_ago = timezone.now() - timedelta(days=settings.KEEP_MAIL_DAYS)
    Email.objects.filter(status=STATUS.sent, last_updated__lt=long_ago).delete()


@shared_task
def purge_sessions() -> None:
    """Delete sessions that ended: they say who was here."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
