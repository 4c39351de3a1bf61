"""The mail server, and what it says when it does not take a mail."""

import threading
from contextlib import suppress
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from config.mail import readable

QUIET = 5  # seconds, after which a connection is not trusted
GOODBYE = 421  # the server stops, or finds that it took enough from us over one connection


class NotTaken(Exception):
    """The mail server did not take a mail. Says what kind of refusal it was and its number, for the log and the outbox:
    what servers answer repeats addresses, and sometimes words. `for_good`: asking again would not help."""

    def __init__(self, refusal: Exception) -> None:
        numbers = numbers_of(refusal)
        super().__init__(f"{type(refusal).__name__} {', '.join(numbers)}".strip())
        # A refusal of us (our password, our address) concerns every mail, and asking again can help.
        self.is_about_this_mail = isinstance(refusal, SMTPRecipientsRefused | SMTPDataError)
        self.for_good = self.is_about_this_mail and all(number.startswith("5") for number in numbers)


class Unclear(Exception):
    """The mail server went away after it was given a mail and before it said whether it took it."""


class Careful:
    """Tells a lost answer from a mail that was never given."""

    def data(self, message):
        try:
            return super().data(message)  # type: ignore[misc]  # of the class beside this one
        except SMTPDataError:
            raise
        except (SMTPException, OSError):
            raise Unclear from None


class CarefulSMTP(Careful, SMTP):
    pass


class CarefulSMTPS(Careful, SMTP_SSL):
    pass


class MailServer(EmailBackend):
    """Keeps its connection from mail to mail, for some seconds also to those of the next task, and makes a new one after
    anything went wrong."""

    spoken_at = 0.0

    @property
    def connection_class(self):
        return CarefulSMTPS if self.use_ssl else CarefulSMTP

    def send(self, message: EmailMessage) -> None:
        """Opens the sealed body at the very last moment. Raises NotTaken and Unclear."""
        message.body = readable(str(message.body))
        if monotonic() - self.spoken_at > QUIET:
            self.drop()
        kept = self.connection is not None
        try:
            try:
                self.give(message)
            except (SMTPServerDisconnected, SMTPResponseException) as refusal:
                if not (kept and is_goodbye(refusal)):
                    raise
                self.drop()
                self.give(message)
        except (SMTPException, OSError) as refusal:
            self.hang_up()
            raise NotTaken(refusal) from None
        except Unclear:
            self.hang_up()
            raise

    def give(self, message: EmailMessage) -> None:
        self.open()
        self.send_messages([message])
        self.spoken_at = monotonic()

    def drop(self) -> None:
        """Without a word: the server may not hear it any more."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def hang_up(self) -> None:
        """Whatever the server still has to say."""
        with suppress(SMTPException, OSError):
            self.close()


mine = threading.local()


def mail_server() -> MailServer:
    """That of this thread, for one task after the other."""
    address = settings.EMAIL_HOST, settings.EMAIL_PORT
    if getattr(mine, "address", None) != address:
        mine.address, mine.server = address, MailServer()
    return mine.server


def is_goodbye(refusal: SMTPException) -> bool:
    """Said before the mail was given: over a new connection it can be given at once."""
    if isinstance(refusal, SMTPResponseException):
        return refusal.smtp_code == GOODBYE and not isinstance(refusal, SMTPDataError)
    return isinstance(refusal, SMTPServerDisconnected)


def numbers_of(refusal: Exception) -> list[str]:
    """The numbers with which a mail server refused, such as 550; none when it gave none."""
    if isinstance(refusal, SMTPRecipientsRefused):
        return sorted({str(code) for code, _words in refusal.recipients.values()})
    return [str(refusal.smtp_code)] if isinstance(refusal, SMTPResponseException) else []
