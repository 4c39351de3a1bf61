"""How a mail leaves: at least once, and at most twice whatever is killed on the way.

Before each attempt it is written down, and committed, that it is made; after it, how it ended. So a mail that a dead worker
left behind looks as if that attempt failed, and is tried again after its pause. When twice nobody knows how an attempt
ended, a third could be the third mail: then it is given up, as after a refusal for good or after days of trying. Who is
meant by a mail that was given up hears it in another way."""

import logging
from datetime import timedelta
from enum import Enum, auto

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from post_office.models import STATUS, Email, Log

from config.smtp import MailServer, NotTaken, Unclear, mail_server

MOST_UNCLEAR = 2
LONGEST_PAUSE = timedelta(hours=12)
GIVE_UP_AFTER = timedelta(days=3)

log = logging.getLogger(__name__)


class End(Enum):
    """Of an attempt."""

    SENT = auto()
    NOT_SENT = auto()
    AWAY = auto()  # the mail server: the next ones would not come through either


def send_waiting() -> None:
    """Send what waits, one after the other, until nothing does or the mail server is away; then beat asks again. Any number of
    workers may do this side by side: each mail is taken by one."""
    server, sent = mail_server(), None
    while (email := taken(sent)) is not None:
        sent = None
        if unclear_attempts(email) >= MOST_UNCLEAR:
            give_up(email)
            continue
        end = attempt(email, server)
        if end is End.AWAY:
            return
        if end is End.SENT:
            sent = email.pk


# One statement, which commits by itself: the last one was sent; take the next one and write the attempt down. The pause doubles
# each time.
TAKE = """
WITH sent AS (UPDATE post_office_email SET status = %(done)s, last_updated = %(now)s WHERE id = %(sent)s)
UPDATE post_office_email SET status = %(requeued)s, number_of_retries = coalesce(number_of_retries, 0) + 1,
    scheduled_time = %(now)s + least(%(first)s * power(2, least(coalesce(number_of_retries, 0), 20)), %(longest)s)
WHERE id = (
    SELECT id FROM post_office_email
    WHERE status IN (%(queued)s, %(requeued)s) AND (scheduled_time IS NULL OR scheduled_time <= %(now)s)
        AND id IS DISTINCT FROM %(sent)s
    ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING *
"""


def taken(sent: int | None = None) -> Email | None:
    """The next mail that waits, with this attempt written down. Others leave it alone until its pause is over. `sent`: the key
    of the one that just left."""
    states = {"queued": STATUS.queued, "requeued": STATUS.requeued, "done": STATUS.sent}
    facts = {"now": timezone.now(), "first": settings.MAIL_FIRST_PAUSE, "longest": LONGEST_PAUSE, "sent": sent}
    return next(iter(Email.objects.raw(TAKE, states | facts)), None)


def unclear_attempts(email: Email) -> int:
    """How many attempts before this one nobody knows the end of: those that left no line."""
    before = int(email.number_of_retries or 1) - 1
    return before - email.logs.count() if before else 0


def attempt(email: Email, server: MailServer) -> End:
    try:
        server.send(message_of(email))
    except Unclear:
        log.warning("Mail %s: the mail server went away before it answered", email.pk)
        return End.AWAY  # without a line
    except NotTaken as refusal:
        failed(email, refusal)
        if refusal.for_good or is_old(email):
            give_up(email)
        return End.NOT_SENT if refusal.is_about_this_mail else End.AWAY
    except Exception as error:  # what can not even be made into a mail keeps no other waiting
        failed(email, error)
        if is_old(email):
            give_up(email)
        return End.NOT_SENT
    return End.SENT


def message_of(email: Email) -> EmailMessage:
    same = {"Message-ID": email.message_id} if email.message_id else {}
    return EmailMessage(email.subject, email.message, email.from_email, email.to, headers=same)


def is_old(email: Email) -> bool:
    return bool(email.created < timezone.now() - GIVE_UP_AFTER)


def failed(email: Email, error: Exception) -> None:
    """A line about how it ended. Of an error that we do not know only its kind: its words can hold an address."""
    why, kind = str(error) if isinstance(error, NotTaken) else "", type(error).__name__
    log.warning("Mail %s did not leave: %s", email.pk, why or kind)
    Log.objects.create(email=email, status=STATUS.failed, message=why, exception_type=kind)


@transaction.atomic
def give_up(email: Email) -> None:
    """It is tried no more, and whoever must know it is told, in one transaction."""
    log.warning("Mail %s is given up", email.pk)
    Email.objects.filter(pk=email.pk).update(status=STATUS.failed, last_updated=timezone.now())
    kind, key = (email.context or {}).get("about") or ("", None)
    if tell := settings.UNDELIVERED.get(kind):
        import_string(tell)(key)
