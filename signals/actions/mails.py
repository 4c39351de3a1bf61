"""What is mailed about a signal. Never a name, an address or a word of what was seen."""

from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils.translation import gettext as _
from post_office.models import Email

from config import mail
from partners.models import Professional
from partners.permissions import Permission
from signals.models import Forward, Observation, Signal


def follow_address(signal: Signal) -> str:
    return settings.BASE_URL + reverse("signals:follow", args=[signal.code])


def receipt_mail(signal: Signal) -> list[Email]:
    """Not saved yet. None for who gave no address."""
    if not signal.reporter_email:
        return []
    return [
        mail.written(
            to=signal.reporter_email,
            about=signal,
            subject=_("We have received your message"),
            body=_(
                "Thank you. We have received your message. Your number is %(number)s.\n\n"
                "You read our answer with your personal code here:\n%(address)s\n\n"
                "Do not give this code to others. Questions? Call %(phone)s."
            )
            % {"number": signal.number, "address": follow_address(signal), "phone": signal.team.phone},
        )
    ]


def mail_message_waits(signal: Signal) -> None:
    if signal.reporter_email:
        mail.queue(
            to=signal.reporter_email,
            about=signal,
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


def mail_observation(observation: Observation) -> None:
    """A question waits. The question itself stands in it only when it tells nothing about people."""
    queue_observation(observation, subject=_("A question for you"), first=_("We have one question for you."))


def mail_observation_reminder(observation: Observation) -> None:
    queue_observation(
        observation, subject=_("Our question still waits for you"), first=_("We have no answer yet to our question.")
    )


def queue_observation(observation: Observation, *, subject: str, first: str) -> None:
    address = settings.BASE_URL + reverse("signals:observation", args=[observation.token])
    answers = "\n".join(
        f"{answer.label}:\n{address}?antwoord={code}" for code, answer in observation.IN_ADDRESS.items()
    )
    how = (
        _("The question: %(question)s") % {"question": observation.question}
        if observation.in_mail
        else _("You read the question after a code that we mail you. That protects the people it is about.")
    )
    mail.queue(
        to=str(observation.asked.email),
        subject=subject,
        body=_(
            "%(first)s %(how)s\n\nChoose your answer, then press once to confirm. You need no account.\n\n%(answers)s\n\n"
            "Please answer before %(day)s. Questions? Call %(phone)s."
        )
        % {
            "first": first,
            "how": how,
            "answers": answers,
            "day": format_date(observation.answer_by, "j F Y"),
            "phone": observation.asked_by.phone or observation.household.team.phone,
        },
    )


def mail_leads(signal: Signal) -> None:
    """A signal needs the team lead. Which one, and why, stays behind the login."""
    for lead in Professional.objects.with_permission(Permission.WATCH_SIGNALS, team=signal.team).exclude(email=None):
        mail.queue(
            to=str(lead.email),
            subject=_("A signal needs you"),
            body=_("Something waits for you as the team lead. You read it here:\n%(address)s")
            % {"address": settings.BASE_URL + reverse("desk:my_day")},
        )


def mail_forward(forward: Forward) -> None:
    """Something waits for another organisation. By whom and about what stays behind the code."""
    mail.queue(
        to=forward.email,
        subject=_("Somebody asks you to take a message over"),
        body=_(
            "A social team asks you to take a message over. You read it here:\n%(address)s\n\n"
            "You first get a code by mail. Please answer before %(day)s. Do not give this address to others. "
            "Questions? Call %(phone)s."
        )
        % {
            "address": settings.BASE_URL + reverse("signals:forwarded", args=[forward.token]),
            "day": f"{forward.answer_by:%d-%m-%Y}",
            "phone": forward.signal.team.phone,
        },
    )


def mail_detached(coordinator: Professional) -> None:
    """A signal does not belong to a household of this coordinator after all. Which, stays behind the login."""
    if coordinator.email:
        mail.queue(
            to=coordinator.email,
            subject=_("A signal was taken off a household of yours"),
            body=_(
                "A colleague says that a signal was linked to a household of yours by mistake, and wrote down why. "
                "It stands in the inbox of the team again:\n%(address)s"
            )
            % {"address": settings.BASE_URL + reverse("signals:inbox")},
        )
