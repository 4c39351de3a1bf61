"""Who decides about sharing what is known of somebody, and whether they did. The rules of age and authority in one place.

    under 12    everybody with authority over the child
    12 to 15    the child and everybody with authority
    16, 17      the young person alone
    18 and up   the person, or the mentor or curator where there is one

After Jeugdwet 7.3.2-7.3.6 and 7.3.11, WGBO 7:447, 7:450, 7:457 and 7:465 BW."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.models import Consent, ConsentVoice, Custody, Participant, Resident, Sharing
from households.models.people import ADULT, DECIDES_ALONE, DECIDES_TOO
from partners.models import Professional

THRESHOLDS = (DECIDES_TOO, DECIDES_ALONE, ADULT)
SAID_BEFORE = timedelta(days=30)  # so long before a birthday the coordinator hears that consent must be asked again
Capacity = ConsentVoice.Capacity


class State(TextChoices):
    COMPLETE = "COMPLETE", _("everybody said yes")
    INCOMPLETE = "INCOMPLETE", _("not everybody was asked")
    REFUSED = "REFUSED", _("somebody said no")
    RECONFIRM = "RECONFIRM", _("ask again: a birthday")
    WITHDRAWN = "WITHDRAWN", _("taken back")
    ENDED = "ENDED", _("over")


def deciders(resident: Resident, *, on: date | None = None) -> dict[Resident, str] | None:
    """Who must agree before anything about this resident is shared, each with the capacity in which.

    None when nobody is known who can decide: for a child whose authority was not written down yet. Reads
    `resident.custody`; prefetch that for many."""
    age = resident.age(on=on)
    holders = [one for one in resident.custody.all() if one.ended_on is None]
    over_child = {one.holder: one.kind for one in holders if one.kind in Custody.FOR_CHILDREN}
    over_adult = {one.holder: one.kind for one in holders if one.kind not in Custody.FOR_CHILDREN}
    if age is None or age >= ADULT:
        return {holder: str(kind) for holder, kind in over_adult.items()} or {resident: Capacity.SELF}
    if age >= DECIDES_ALONE:
        return {resident: Capacity.SELF}
    if not over_child:
        return None
    with_child: dict[Resident, str] = {resident: Capacity.SELF} if age >= DECIDES_TOO else {}
    return with_child | {holder: str(kind) for holder, kind in over_child.items()}


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
    needed = deciders(consent.resident, on=on)
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
    return [person for person in deciders(consent.resident, on=on) or {} if person.pk not in said]


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
