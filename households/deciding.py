"""Who decides about sharing what is known of somebody, and whether they did. The rules of age and authority in one place.

    under 12    everybody with authority over the child
    12 to 15    the child and everybody with authority
    16, 17      the young person alone
    18 and up   the person, or who decides for that person about this: a curator about everything, a mentor about all but money

An administrator (bewindvoerder) decides about goods, not about who may know what: the person does that. A municipality that
wants to ask the administrator too, about money, has a setting for it.

After Jeugdwet 7.3.2-7.3.6 and 7.3.11, WGBO 7:447, 7:450, 7:457 and 7:465 BW."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domains import LifeDomain
from households.models import Consent, ConsentVoice, Custody, Participant, Resident, Sharing
from households.models.people import ADULT, DECIDES_ALONE, DECIDES_TOO
from partners.models import Professional

THRESHOLDS = (DECIDES_TOO, DECIDES_ALONE, ADULT)
SAID_BEFORE = timedelta(days=30)  # so long before a birthday the coordinator hears that consent must be asked again
Capacity = ConsentVoice.Capacity
NOT_MONEY = ""  # a question about nothing in particular


class State(TextChoices):
    COMPLETE = "COMPLETE", _("everybody said yes")
    INCOMPLETE = "INCOMPLETE", _("not everybody was asked")
    REFUSED = "REFUSED", _("somebody said no")
    RECONFIRM = "RECONFIRM", _("ask again: a birthday")
    WITHDRAWN = "WITHDRAWN", _("taken back")
    ENDED = "ENDED", _("over")


def deciders(resident: Resident, *, on: date | None = None, items: Iterable[str] = ()) -> dict[Resident, str] | None:
    """Who must agree before `items` about this resident are shared, each with the capacity in which.

    None when nobody is known who can decide: for a child whose authority was not written down yet. Reads
    `resident.custody`; prefetch that for many."""
    age = resident.age(on=on)
    holders = [one for one in resident.custody.all() if one.counts(on=on)]
    over_child = {one.holder: str(one.kind) for one in holders if one.is_for_children}
    if age is None or age >= ADULT:
        return about_adult(resident, [one for one in holders if not one.is_for_children], items)
    if age >= DECIDES_ALONE:
        return {resident: Capacity.SELF}
    if not over_child:
        return None
    with_child: dict[Resident, str] = {resident: Capacity.SELF} if age >= DECIDES_TOO else {}
    return with_child | over_child


def about_adult(resident: Resident, holders: list[Custody], items: Iterable[str]) -> dict[Resident, str]:
    """For each thing: who decides about it instead of this adult, else the adult."""
    found: dict[Resident, str] = {}
    for item in list(items) or [NOT_MONEY]:
        instead = {one.holder: str(one.kind) for one in holders if decides_instead(one, item)}
        found |= instead or {resident: Capacity.SELF}
        if item == LifeDomain.MONEY and settings.ADMINISTRATOR_AGREES_ON_MONEY:
            found |= {one.holder: str(one.kind) for one in holders if one.kind == Custody.Kind.ADMINISTRATOR}
    return found


def decides_instead(custody: Custody, item: str) -> bool:
    return custody.kind == Custody.Kind.CURATOR or (custody.kind == Custody.Kind.MENTOR and item != LifeDomain.MONEY)


def last_threshold(resident: Resident, *, on: date) -> date | None:
    """The last birthday, up to and with `on`, from which others decide than before."""
    passed = [day for age in THRESHOLDS if (day := resident.birthday(age)) and day <= on]
    return passed[-1] if passed else None


def next_threshold(resident: Resident, *, on: date) -> date | None:
    """The next birthday after `on` from which others decide."""
    return next((day for age in THRESHOLDS if (day := resident.birthday(age)) and day > on), None)


def state(consent: Consent, *, on: date | None = None) -> State:
    """What a consent is worth on a day. Only COMPLETE opens anything. Use `Consent.objects.in_full()` for many."""
    on = on or timezone.localdate()
    if consent.withdrawn_at is not None:
        return State.WITHDRAWN
    if not consent.given_on <= on <= consent.valid_until:
        return State.ENDED
    needed = deciders(consent.resident, on=on, items=consent.items)
    said = {voice.giver_id: voice.agreed for voice in consent.voices.all() if voice.withdrawn_at is None}
    if needed is not None and any(said.get(person.pk) is False for person in needed):
        return State.REFUSED
    birthday = last_threshold(consent.resident, on=on)
    if birthday is not None and consent.given_on < birthday:
        return State.RECONFIRM
    if needed is None or any(person.pk not in said for person in needed):
        return State.INCOMPLETE
    return State.COMPLETE


def still_to_ask(consent: Consent, *, on: date | None = None) -> list[Resident]:
    """Who decides and has not said anything yet."""
    said = {voice.giver_id for voice in consent.voices.all()}
    return [person for person in deciders(consent.resident, on=on, items=consent.items) or {} if person.pk not in said]


def ends_on_birthday(consent: Consent, *, on: date | None = None) -> date | None:
    """The birthday within a month after which this complete consent must be asked again."""
    on = on or timezone.localdate()
    birthday = next_threshold(consent.resident, on=on)
    soon = birthday is not None and birthday - SAID_BEFORE <= on and birthday <= consent.valid_until
    return birthday if soon and state(consent, on=on) == State.COMPLETE else None


def is_for(consent: Consent, professional: Professional) -> bool:
    """Was this professional meant: the organisation, and the person when one was named?"""
    return consent.recipient_id == professional.organisation_id and consent.person_id in (None, professional.pk)


def fitting(
    consents: Iterable[Consent], *, participant: Participant, item: str, on: date | None = None
) -> list[Consent]:
    """The complete consents on which `item` may be shared with this participant."""
    return fitting_for(consents, professional=participant.professional, item=item, on=on)


def fitting_for(
    consents: Iterable[Consent], *, professional: Professional, item: str, on: date | None = None
) -> list[Consent]:
    """The complete consents on which `item` may be shared with this professional."""
    return [
        consent
        for consent in consents
        if consent.kind == Consent.Kind.SHARE_INFO
        and item in consent.items
        and is_for(consent, professional)
        and state(consent, on=on) == State.COMPLETE
    ]


def covered(sharing: Sharing, participant: Participant, *, item: str, on: date | None = None) -> set[int]:
    """Keys of the residents about whom this shows something today: of the others nothing is shown."""
    if sharing.ended_at is not None:
        return set()
    if sharing.override is not None:
        override = sharing.override
        approved = hasattr(override, "approval") and override.recipient_id == participant.professional.organisation_id
        return set(override.about) if approved and item in override.items else set()
    return {
        consent.resident_id for consent in fitting(sharing.consents.all(), participant=participant, item=item, on=on)
    }
