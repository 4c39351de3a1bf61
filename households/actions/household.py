"""A household, who lives there and what they say."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.numbers import next_number
from households import access
from households.actions.own_page import end_own_page
from households.models import Household, HouseholdMember, NetworkContact, Resident, Story
from partners.models import District, Professional, Team
from partners.permissions import Permission

NUMBERS = "households_numbers"
OF_THE_PERSON = ("first_name", "last_name", "birth_date")  # what every household of this person may know


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
    resident: dict[str, Any] | None = None,
) -> Household:
    """Open a household with its one coordinator, and with a first resident when one is known. Raises CanNotCoordinate."""
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
    if resident:
        add_resident(household=household, by=by, **resident)
    return household


@transaction.atomic
def change_household(*, household: Household, by: Professional, moved_on: date | None = None, **facts: object) -> None:
    """Write new facts of a household: name, address, address_protected, district, request_in_own_words, strengths,
    next_step with next_step_on. With `moved_on` they live at the address since that day, and the one before is kept.
    Raises AttributeError on any other name."""
    allowed = {
        "name", "address", "address_protected", "district", "request_in_own_words", "strengths", "next_step", "next_step_on",
    }  # fmt: skip
    if not facts.keys() <= allowed:
        raise AttributeError(f"not facts of a household: {facts.keys() - allowed}")
    before = Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    if moved_on and before.address and facts.get("address", before.address) != before.address:
        last = household.earlier_addresses.first()
        household.earlier_addresses.create(
            address=before.address,
            protected=before.address_protected,
            moved_in_on=last.moved_out_on if last else None,
            moved_out_on=moved_on,
        )
    for field, value in facts.items():
        setattr(household, field, value)
    household.save(update_fields=list(facts))
    access.record(action=access.Action.UPDATE, event="change household", about=household, by=by)


@transaction.atomic
def add_resident(
    *,
    household: Household,
    by: Professional,
    lives_here: bool = True,
    known: Resident | None = None,
    **facts: Any,
) -> Resident:
    """Write down somebody who lives in the household, or partly does. `known` is a child who lives in another household
    too: of that child only the name and the birth date are shared."""
    of_person = {name: facts.pop(name) for name in OF_THE_PERSON if name in facts}
    resident = known or Resident.objects.create(**of_person)
    HouseholdMember.objects.create(household=household, resident=resident, lives_here=lives_here, **facts)
    access.record(action=access.Action.CREATE, event="add resident", about=resident, household=household, by=by)
    return resident


@transaction.atomic
def change_resident(*, member: HouseholdMember, by: Professional, **facts: Any) -> None:
    """Correct what is known of a resident, and how to reach this person in this household. Who moves out, has another mail
    address or turns out to be too young reads no longer along: the own page ends, and can be given again on purpose.

    Another household of the same child has a line of its own when the name or the birth date changed, which does not say
    where that was done."""
    before = HouseholdMember.objects.select_related("resident").get(pk=member.pk)
    for name, value in facts.items():
        setattr(member.resident if name in OF_THE_PERSON else member, name, value)
    member.resident.save()
    member.save()
    if (before.lives_here and not member.lives_here) or before.email.lower() != member.email.lower():
        end_own_page(member=member, by=by)
    elsewhere = member.resident.memberships.exclude(pk=member.pk).select_related("household")
    if any(getattr(before.resident, name) != getattr(member.resident, name) for name in OF_THE_PERSON):
        for other in elsewhere:
            access.record(
                action=access.Action.UPDATE, event="change resident", about=member.resident, household=other.household,
                by=None, role=access.ELSEWHERE,
            )  # fmt: skip
    if not member.resident.may_have_own_page:
        for one in (member, *elsewhere):
            end_own_page(member=one, by=by if one is member else None)
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
def change_contact(*, contact: NetworkContact, by: Professional, **facts: object) -> None:
    """Write anew what is known of somebody close, or that the tie ended. What it was before stays in the history."""
    for name, value in facts.items():
        setattr(contact, name, value)
    contact.changed_at = timezone.now()
    contact.save(update_fields=[*facts, "changed_at"])
    access.record(action=access.Action.UPDATE, event="change contact", about=contact, by=by)


@transaction.atomic
def tell_story(
    *,
    household: Household,
    text: str,
    told_by: str,
    told_on: date,
    by: Professional,
    read_aloud: bool = False,
    agreed_by: str = "",
    agreed_on: date | None = None,
) -> Story:
    """Keep the story in own words, and who agreed with it after it was read aloud: who told it, on that day, unless said
    otherwise. An earlier version stays as it was.

    No key is locked: whatever else is written about the household looks at its key at the very end, when its own line has
    locked the log."""
    Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    last = Story.objects.filter(household=household).current().first()
    story = Story.objects.create(
        household=household,
        version=last.version + 1 if last else 1,
        text=text,
        told_by=told_by,
        told_on=told_on,
        read_aloud=read_aloud,
        agreed_by=(agreed_by or told_by) if read_aloud else "",
        agreed_on=(agreed_on or told_on) if read_aloud else None,
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
    agreed_by: str = "",
    agreed_on: date | None = None,
    strengths: str = "",
) -> None:
    """Keep what the residents ask, what goes well and their story. The same story again is not a new version."""
    change_household(household=household, by=by, request_in_own_words=request, strengths=strengths)
    told = Story.objects.filter(household=household).current().first()
    if story and told_on and (told is None or (told.text, told.read_aloud) != (story, read_aloud)):
        tell_story(
            household=household, text=story, told_by=told_by, told_on=told_on, read_aloud=read_aloud, agreed_by=agreed_by,
            agreed_on=agreed_on, by=by,
        )  # fmt: skip
