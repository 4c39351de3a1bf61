"""What is mailed about a signal. Never a name, an address or a word of what was seen."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from config import mail
from partners.models import Professional
from signals.models import Signal


def follow_address(signal: Signal) -> str:
    return settings.BASE_URL + reverse("signals:follow", args=[signal.code])


def mail_receipt(signal: Signal) -> None:
    if signal.reporter_email:
        mail.queue(
            to=signal.reporter_email,
            subject=_("We have received your message"),
            body=_(
                "Thank you. We have received your message. Your number is %(number)s.\n\n"
                "You read our answer with your personal code here:\n%(address)s\n\n"
                "Do not give this code to others. Questions? Call %(phone)s."
            )
            % {"number": signal.number, "address": follow_address(signal), "phone": signal.team.phone},
        )


def mail_message_waits(signal: Signal) -> None:
    if signal.reporter_email:
        mail.queue(
            to=signal.reporter_email,
            subject=_("A message is waiting for you"),
            body=_(
                "A new message is waiting for you. You read it with your personal code here:\n%(address)s\n\n"
                "Do not give the code to others. Questions? Call %(phone)s."
            )
            % {"address": follow_address(signal), "phone": signal.team.phone},
        )


def mail_safeguarding_leads(signal: Signal) -> None:
    """Somebody must know at once. What it is about stays behind the login."""
    for lead in Professional.objects.active().filter(
        memberships__team=signal.team, memberships__role="SAFEGUARDING_LEAD", email__isnull=False
    ):
        mail.queue(
            to=str(lead.email),
            subject=_("An urgent signal came in"),
            body=_("A reporter says that there is danger now. Look in the inbox of the team:\n%(address)s")
            % {"address": settings.BASE_URL + reverse("signals:inbox")},
        )
