"""Letters for who has no mail or would rather have paper: to come and talk, to remember it, and what came out of it. For a
resident, for somebody close, and for somebody who helps; to the last two they name nobody, as a mail does."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from households.models import Conversation, Household, HouseholdMember, NetworkContact
from households.pdf import on_every_paper, sheet
from households.words import day_beside, words
from partners.models import Professional


class Where(TextChoices):
    HOME = "thuis", _("at your home")
    TEAM = "team", _("at our office")
    PHONE = "telefoon", _("by phone: we call you")


@dataclass(frozen=True)
class Appointment:
    day: date
    at: time
    where: Where


@dataclass(frozen=True)
class Reader:
    """To whom a letter goes, and whose household it is about."""

    household: Household
    name: str
    called: str
    address: tuple[str, ...] = ()
    member: HouseholdMember | None = None
    contact: NetworkContact | None = None
    professional: Professional | None = None


def to_resident(member: HouseholdMember) -> Reader:
    """To where this person lives, as far as that may stand on paper: a protected address never does, nor the address of
    another household."""
    address = member.household.shown_address if member.lives_here else ""
    resident = member.resident
    return Reader(
        member.household, resident.full_name, resident.first_name, (address,) if address else (), member=member
    )


def to_contact(household: Household, contact: NetworkContact) -> Reader:
    return Reader(household, contact.name, contact.name, contact=contact)


def to_professional(household: Household, professional: Professional) -> Reader:
    organisation = (professional.organisation.name,) if professional.organisation else ()
    name = professional.get_full_name()
    return Reader(household, name, name, organisation, professional=professional)


@override("nl")
def invitation(reader: Reader, appointment: Appointment, language: str = "") -> bytes:
    return of_appointment(reader, "invitation", appointment, language)


@override("nl")
def reminder(reader: Reader, appointment: Appointment, language: str = "") -> bytes:
    return of_appointment(reader, "reminder", appointment, language)


@override("nl")
def result(reader: Reader, talk: Conversation, language: str = "") -> bytes:
    """To a resident: what was asked and agreed in a talk `in_full()`."""
    said = {place: rows[0].shown for place, rows in talk.rows().items()}
    request, agreed = said.get("request", ""), said.get("agreed", "")
    return letter(reader, "result", language, on=talk.held_on, talk=talk, request=request, agreed=agreed)


@override("nl")
def own_part(reader: Reader, does: list[dict[str, str]], language: str = "") -> bytes:
    """To anybody else: what this person would do, and nothing that others do."""
    return letter(reader, "result", language, does=does)


def of_appointment(reader: Reader, kind: str, appointment: Appointment, language: str) -> bytes:
    return letter(
        reader,
        kind,
        language,
        on=appointment.day,
        appointment=appointment,
        on_day=day_beside(appointment.day, language),
    )


def letter(
    reader: Reader,
    kind: str,
    language: str,
    *,
    on: date | None = None,
    appointment: Appointment | None = None,
    **facts: object,
) -> bytes:
    usual = on_every_paper(reader.household)
    said = words(language, resident=reader.called, day=on or "", phone=usual["phone"])
    places = {Where.HOME: said.at_home, Where.TEAM: said.at_office, Where.PHONE: said.by_phone}
    facts |= {
        "kind": kind,
        "reader": reader,
        "words": said,
        "language": language,
        "place": places[appointment.where] if appointment else "",
        "appointment": appointment,
    }
    return sheet("households/letter.html", usual | facts)
