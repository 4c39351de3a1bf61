"""The mail server, and what it says when it does not take a mail."""

import threading
from contextlib import suppress
from smtplib import SMTP, SMTP_SSL, SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from config.mail import readable

QUIET = 5  # seconds, after which a connection is not trusted


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
    """Keeps its connection from mail to mail, and makes a new one after anything went wrong."""

    spoken_at = 0.0

    @property
    def connection_class(self):
        return CarefulSMTPS if self.use_ssl else CarefulSMTP

    def begin(self) -> None:
        """Before the first of some mails: what is open since the last ones goes on when that was just now, and it answers."""
        if self.connection is None:
            return
        with suppress(SMTPException, OSError):
            if monotonic() - self.spoken_at < QUIET and self.connection.noop()[0] == 250:
                return
        self.connection.close()
        self.connection = None

    def send(self, message: EmailMessage) -> None:
        """Opens the sealed body at the very last moment. Raises NotTaken and Unclear."""
        message.body = readable(str(message.body))
        try:
            self.open()
            self.send_messages([message])
            self.spoken_at = monotonic()
        except (SMTPException, OSError) as refusal:
            self.hang_up()
            raise NotTaken(refusal) from None
        except Unclear:
            self.hang_up()
            raise

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


def numbers_of(refusal: Exception) -> list[str]:
    """The numbers with which a mail server refused, such as 550; none when it gave none."""
    if isinstance(refusal, SMTPRecipientsRefused):
        return sorted({str(code) for code, _words in refusal.recipients.values()})
    return [str(refusal.smtp_code)] if isinstance(refusal, SMTPResponseException) else []
