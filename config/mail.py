"""The one way mail goes out: into the outbox in the caller's transaction, to the mail server by a worker after it.

Nothing that names a person, an address or a problem belongs in a subject or a body: a mail says that something waits,
and where. Bodies hold secret addresses and codes, so they wait encrypted. How a mail leaves stands in `config.outbox`."""

import logging
from email.utils import make_msgid
from urllib.parse import urlsplit

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.validators import validate_email
from django.db import connection, models, transaction
from kombu.exceptions import OperationalError
from post_office.models import PRIORITY, STATUS, Email

from config.crypto import seal, unseal

log = logging.getLogger(__name__)


def queue(*, to: str, subject: str, body: str, about: models.Model | None = None) -> Email:
    """Put a mail in the outbox. It leaves when the caller's transaction commits, and only then. When it can not be
    delivered, somebody is told about what it was `about` (see `UNDELIVERED` in the settings).

    Raises django.core.exceptions.ValidationError when `to` is no e-mail address."""
    with transaction.atomic():  # without one of the caller a worker would look before the mail is there
        email = written(to=to, subject=subject, body=body, about=about)
        Email.objects.bulk_create([email])
    return email


def written(*, to: str, subject: str, body: str, about: models.Model | None = None) -> Email:
    """The same, for a caller who saves it together with other rows, in a transaction."""
    validate_email(to)
    if not any(send_soon in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(send_soon)  # once for all mails of this transaction
    return Email(
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        subject=str(subject),
        message=seal(body),
        # The same at every attempt, so that a mail server can see that it has this one already.
        message_id=make_msgid(domain=urlsplit(settings.BASE_URL).hostname),
        context={"about": [about._meta.model_name, about.pk]} if about else None,
        status=STATUS.queued,
        priority=PRIORITY.medium,
    )


def send_soon() -> None:
    """Ask a worker to empty the outbox. With a dead broker the mail stays where it is: beat asks again."""
    from config.tasks import send_mail  # tasks import the outbox, which imports this module

    try:
        send_mail.delay()
    except OperationalError:
        log.warning("The broker is away; mail waits in the outbox")


def sent() -> list[tuple[Email, str]]:
    """The newest fifty mails that a mail server took, with their bodies readable. For demonstrations only."""
    newest = Email.objects.filter(status=STATUS.sent).order_by("-last_updated", "-id")[:50]
    return [(email, readable(email.message)) for email in newest]


def readable(body: str) -> str:
    """A body as its reader gets it, sealed or not."""
    try:
        return unseal(body)
    except (InvalidToken, UnicodeEncodeError):
        return body
