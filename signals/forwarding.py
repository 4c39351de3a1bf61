"""What may be passed on about a signal to another organisation, and on which ground (AVG, article 6; domain of secrecy).

The message of the reporter may be passed on without names. Who people are is passed on only when the reporter says that the
resident is fine with it, on consent for that organisation, or on sharing without consent that a second person agreed to."""

import re
from collections.abc import Iterable

from django.db.models import Q

from households.deciding import State, state
from households.models import Consent, OverrideDisclosure
from partners.models import Organisation
from signals.models import Forward, Signal
from signals.sentences import data

REPORTER_SAYS = "REPORTER_SAYS"
MESSAGE_ONLY = "MESSAGE_ONLY"


def ground_to_name(signal: Signal, organisation: Organisation) -> str:
    """On what people may be named to this organisation today; empty when on nothing. In a household it covers everybody,
    or nobody."""
    if signal.discussed == Signal.Discussed.AGREED:
        return REPORTER_SAYS
    if signal.household is None:
        return ""
    everybody = set(signal.household.members.values_list("resident_id", flat=True))
    asked = Consent.objects.valid().filter(
        household=signal.household_id, kind=Consent.Kind.SHARE_INFO, recipient=organisation
    )
    given = [consent for consent in asked.in_full().order_by("pk") if state(consent) == State.COMPLETE]
    agreed = {consent.resident_id for consent in given}
    if everybody and everybody <= agreed:
        return "CONSENT " + ", ".join(str(consent.pk) for consent in given)
    approved = OverrideDisclosure.objects.agreed().filter(household=signal.household_id, recipient=organisation)
    for override in approved.order_by("-pk"):
        if everybody and everybody <= agreed | set(override.about):
            return f"OVERRIDE {override.pk}"
    return ""


def names_people(forward: Forward) -> bool:
    """Does the reader of this see names today? What was agreed can be taken back."""
    return forward.what == Forward.What.WITH_NAMES and bool(ground_to_name(forward.signal, forward.organisation))


def recognised(signal: Signal, text: str) -> list[str]:
    """The words in `text` by which people could be recognised: of the name, the address and the household, and of the other
    family when the signal was split."""
    return said_in(text, names_of(signal) | other_names(signal))


def of_the_other_family(signal: Signal, text: str) -> list[str]:
    """The words in `text` by which somebody could be recognised whom this part, or what is left of the whole, is not about:
    whoever agreed, they did not."""
    return said_in(text, other_names(signal) - names_of(signal))


def names_of(signal: Signal) -> set[str]:
    known = [signal.about_name, signal.about_address]
    if signal.household:
        known += [signal.household.name, signal.household.address]
        known += [member.resident.full_name for member in signal.household.members.select_related("resident")]
    return words_in(known)


def other_names(signal: Signal) -> set[str]:
    """Only as the reporter wrote them: who is in a household is not for who works on the other one."""
    whole = signal.part_of_id or signal.pk
    family = Signal.objects.filter(Q(pk=whole) | Q(part_of=whole)).exclude(pk=signal.pk)
    return words_in(one for pair in family.values_list("about_name", "about_address") for one in pair)


def words_in(names: Iterable[str]) -> set[str]:
    small = set(data()["watch"]["no_names"])
    return {word for one in names for word in re.findall(r"[^\W\d]{3,}", one.lower()) if word not in small}


def said_in(text: str, words: set[str]) -> list[str]:
    if not words:
        return []
    pattern = r"\b(?:" + "|".join(re.escape(word) for word in sorted(words)) + r")\b"
    return list(dict.fromkeys(re.findall(pattern, text, re.IGNORECASE)))
