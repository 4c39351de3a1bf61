"""Letters for who has no mail or would rather have paper: to come and talk, to remember it, and what came out of it."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from households.models import Conversation, HouseholdMember
from households.pdf import on_every_paper, sheet
from households.words import day_beside, words


class Where(TextChoices):
    HOME = "thuis", _("at your home")
    TEAM = "team", _("at our office")
    PHONE = "telefoon", _("by phone: we call you")


@dataclass(frozen=True)
class Appointment:
    day: date
    at: time
    where: Where


@override("nl")
def invitation(member: HouseholdMember, appointment: Appointment, language: str = "") -> bytes:
    return of_appointment(member, "invitation", appointment, language)


@override("nl")
def reminder(member: HouseholdMember, appointment: Appointment, language: str = "") -> bytes:
    return of_appointment(member, "reminder", appointment, language)


@override("nl")
def result(member: HouseholdMember, talk: Conversation, language: str = "") -> bytes:
    """What was asked and agreed in a talk `in_full()`."""
    said = {place: rows[0].shown for place, rows in talk.rows().items()}
    request, agreed = said.get("request", ""), said.get("agreed", "")
    return letter(member, "result", language, on=talk.held_on, request=request, agreed=agreed)


def of_appointment(member: HouseholdMember, kind: str, appointment: Appointment, language: str) -> bytes:
    return letter(
        member,
        kind,
        language,
        on=appointment.day,
        appointment=appointment,
        on_day=day_beside(appointment.day, language),
    )


def letter(
    member: HouseholdMember,
    kind: str,
    language: str,
    *,
    on: date,
    appointment: Appointment | None = None,
    **facts: object,
) -> bytes:
    """To where this person lives, as far as that may stand on paper: a protected address never does, nor the address of
    another household."""
    household = member.household
    usual = on_every_paper(household)
    said = words(language, resident=member.resident.first_name, day=on, phone=usual["phone"])
    places = {Where.HOME: said.at_home, Where.TEAM: said.at_office, Where.PHONE: said.by_phone}
    facts |= {
        "kind": kind,
        "member": member,
        "address": household.shown_address if member.lives_here else "",
        "words": said,
        "language": language,
        "place": places[appointment.where] if appointment else "",
        "appointment": appointment,
    }
    return sheet("households/letter.html", usual | facts)
