"""The one way mail goes out: into the outbox in the caller's transaction, to the mail server by a worker after it.

Nothing that names a person, an address or a problem belongs in a subject or a body: a mail says that something waits,
and where. Bodies hold secret addresses and codes, so they wait encrypted."""

import logging
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from cryptography.fernet import InvalidToken
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction
from kombu.exceptions import OperationalError
from post_office import mail
from post_office.models import STATUS, Email

from config.crypto import seal, unseal

log = logging.getLogger(__name__)


def queue(*, to: str, subject: str, body: str) -> Email:
    """Put a mail in the outbox. It leaves when the caller's transaction commits, and only then.

    Raises django.core.exceptions.ValidationError when `to` is no e-mail address."""
    email = mail.send(to, subject=subject, message=seal(body))
    transaction.on_commit(send_soon)
    return email


def send_soon() -> None:
    """Ask a worker to empty the outbox. With a dead broker the mail stays where it is: beat asks again."""
    from config.tasks import send_mail  # tasks import this module

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


class NotTaken(Exception):
    """A mail server did not take a mail. Says what kind of refusal it was and its number, for the log and the outbox:
    what servers answer repeats addresses, and sometimes words."""


class SealedMailBackend(EmailBackend):
    """Real SMTP that opens the sealed bodies at the very last moment."""

    def send_messages(self, email_messages):
        for message in email_messages:
            message.body = readable(message.body)
        try:
            return super().send_messages(email_messages)
        except SMTPException as refusal:
            raise NotTaken(f"{type(refusal).__name__} {number_of(refusal)}".strip()) from None


def number_of(refusal: SMTPException) -> str:
    """The number with which a mail server refused, such as 550; empty when it gave none."""
    if isinstance(refusal, SMTPRecipientsRefused):
        return ", ".join(sorted({str(code) for code, _words in refusal.recipients.values()}))
    return str(refusal.smtp_code) if isinstance(refusal, SMTPResponseException) else ""
