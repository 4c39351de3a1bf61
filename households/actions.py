"""Every write about a household. Each verb is one transaction with its own line in the access log."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from config.numbers import next_number
from households import access
from households.models import Consent, Household, HouseholdMember, NetworkContact, Resident, Story
from partners.models import District, Organisation, Professional, Team
from partners.permissions import Permission

NUMBERS = "households_numbers"
CONSENT_LASTS = timedelta(days=365)
FIRST_CONTACT_WITHIN = timedelta(days=14)


class CanNotCoordinate(ValueError):
    """This person is not somebody who can be the coordinator for this team."""


@transaction.atomic
def make_household(
    *,
    name: str,
    team: Team,
    coordinator: Professional,
    by: Professional,
    address: str = "",
    address_protected: bool = False,
    district: District | None = None,
    next_step: str = "",
    next_step_on: date | None = None,
) -> Household:
    """Open a household with its one coordinator. Raises CanNotCoordinate."""
    if not coordinator.may(Permission.COORDINATE, team=team):
        raise CanNotCoordinate
    household = Household.objects.create(
        number=next_number(NUMBERS),
        name=name,
        team=team,
        coordinator=coordinator,
        address=address,
        address_protected=address_protected,
        district=district,
        next_step=next_step,
        next_step_on=next_step_on,
    )
    access.record(action=access.Action.CREATE, event="make household", about=household, by=by)
    return household


@transaction.atomic
def change_household(*, household: Household, by: Professional, **facts: object) -> None:
    """Write new facts of a household: name, address, address_protected, district, request_in_own_words, strengths,
    next_step with next_step_on. Raises AttributeError on any other name."""
    allowed = {
        "name", "address", "address_protected", "district", "request_in_own_words", "strengths", "next_step", "next_step_on",
    }  # fmt: skip
    if not facts.keys() <= allowed:
        raise AttributeError(f"not facts of a household: {facts.keys() - allowed}")
    for field, value in facts.items():
        setattr(household, field, value)
    household.save(update_fields=list(facts))
    access.record(action=access.Action.UPDATE, event="change household", about=household, by=by)


@transaction.atomic
def add_resident(*, household: Household, by: Professional, lives_here: bool = True, **facts: object) -> Resident:
    """Write down somebody who lives in the household, or partly does."""
    resident = Resident.objects.create(**facts)
    HouseholdMember.objects.create(household=household, resident=resident, lives_here=lives_here)
    access.record(action=access.Action.CREATE, event="add resident", about=resident, household=household, by=by)
    return resident


@transaction.atomic
def change_resident(*, member: HouseholdMember, by: Professional, lives_here: bool, **facts: object) -> None:
    """Correct what is known of a resident."""
    for field, value in facts.items():
        setattr(member.resident, field, value)
    member.resident.save()
    member.lives_here = lives_here
    member.save(update_fields=["lives_here"])
    access.record(
        action=access.Action.UPDATE, event="change resident", about=member.resident, household=member.household, by=by
    )


@transaction.atomic
def add_contact(*, household: Household, by: Professional, **facts: object) -> NetworkContact:
    """Write down somebody close to the household."""
    contact = NetworkContact.objects.create(household=household, **facts)
    access.record(action=access.Action.CREATE, event="add contact", about=contact, by=by)
    return contact


@transaction.atomic
def tell_story(
    *, household: Household, text: str, told_by: str, told_on: date, by: Professional, read_aloud: bool = False
) -> Story:
    """Keep the story in own words. An earlier version stays as it was."""
    Household.objects.select_for_update().get(pk=household.pk)
    last = Story.objects.filter(household=household).current().first()
    story = Story.objects.create(
        household=household,
        version=last.version + 1 if last else 1,
        text=text,
        told_by=told_by,
        told_on=told_on,
        read_aloud=read_aloud,
        written_by=by,
    )
    access.record(action=access.Action.CREATE, event="tell story", about=story, by=by)
    return story


@transaction.atomic
def write_own_words(
    *,
    household: Household,
    by: Professional,
    request: str,
    story: str = "",
    told_by: str = "",
    told_on: date | None = None,
    read_aloud: bool = False,
    strengths: str = "",
) -> None:
    """Keep what the residents ask, what goes well and their story. The same story again is not a new version."""
    change_household(household=household, by=by, request_in_own_words=request, strengths=strengths)
    told = Story.objects.filter(household=household).current().first()
    if story and told_on and (told is None or (told.text, told.read_aloud) != (story, read_aloud)):
        tell_story(household=household, text=story, told_by=told_by, told_on=told_on, read_aloud=read_aloud, by=by)


@transaction.atomic
def record_consent(
    *,
    household: Household,
    residents: list[Resident],
    kind: Consent.Kind,
    by: Professional,
    given_on: date,
    form: Consent.Form = Consent.Form.ORAL,
    valid_until: date | None = None,
    recipient: Organisation | None = None,
    purpose: str = "",
) -> list[Consent]:
    """Write down that these residents agreed, each for himself. Valid for a year unless said otherwise."""
    consents = [
        Consent.objects.create(
            household=household,
            resident=resident,
            kind=kind,
            recipient=recipient,
            purpose=purpose,
            form=form,
            given_on=given_on,
            valid_until=valid_until or given_on + CONSENT_LASTS,
            recorded_by=by,
        )
        for resident in residents
    ]
    for consent in consents:
        access.record(action=access.Action.SHARE, event="record consent", about=consent, by=by)
    return consents


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Professional) -> None:
    """End a consent. What rested on it is closed at the very next request."""
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])
    access.record(action=access.Action.SHARE, event="withdraw consent", about=consent, by=by)
