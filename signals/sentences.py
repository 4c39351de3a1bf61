"""The standard sentences to reporters, read from `texts/sentences.toml`, and which of them may be said now.

That somebody is known to the team is itself confidential. What may always be said is about the message, not about the
people; what tells something about people needs their consent, or sharing without it that two people agreed on."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.utils import timezone

from households.models import Consent, Household, OverrideDisclosure
from partners.models import Organisation
from signals.models import Message, Signal

Level = Message.Level
FILE = Path(__file__).parent / "texts" / "sentences.toml"
DAY = "l j F Y"
WATCH = "watch"
# Neighbours and volunteers hear about their message, not about people.
ONLY_ABOUT_OUR_WORK = {Organisation.Kind.RESIDENTS, Organisation.Kind.VOLUNTEERS}


@dataclass(frozen=True)
class Sentence:
    """One standard sentence. `asks` names what a colleague fills in; `reasons` are the ends of "De reden is:"."""

    code: str
    version: int
    level: str
    title: str
    text: str
    outcome: bool = False
    offered: bool = True
    discussed: bool | None = None  # only when it was, or only when it was not
    danger: bool = False  # only when the reporter said that there is danger now
    correcting: bool = False  # only as a correction
    on_safety: bool = False  # without the above too, when something may be shared for safety
    question: bool = False  # only in answer to a question without a name
    asks: tuple[str, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def about_people(self) -> bool:
        return self.level > Level.F1

    def filled(self, signal: Signal, *, colleague: str = "", **answers: str) -> str:
        """The sentence as the reporter reads it. Raises KeyError when an answer is missing."""
        return self.text.format(**facts(signal, colleague=colleague), **answers)


@lru_cache
def sentences() -> dict[str, Sentence]:
    """All sentences by code, in the order of the file."""
    rows = {code: row for code, row in data().items() if code != WATCH}
    return {code: Sentence(code=code, **row | {"asks": tuple(row.get("asks", ()))}) for code, row in rows.items()}


@lru_cache
def data() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text())


def telling_words(signal: Signal, text: str) -> list[str]:
    """What in `text` tells something about people: names in the household or in the signal, its street, other
    organisations, and words of health, debts and justice. In the order of the text."""
    ours = [signal.organisation_id, signal.team.organisation_id]
    return telling(text, household=signal.household, names=[signal.about_name, street(signal.about_address)], ours=ours)


def telling(text: str, *, household: Household | None, names: list[str], ours: list[int]) -> list[str]:
    """The same, about a household; what is of `ours`, keys of organisations, may be named."""
    if not text:
        return []
    if household:
        members = household.members.select_related("resident")
        names = [*names, household.name, street(household.address), *(one.resident.full_name for one in members)]
    parts = {part for name in names for part in re.findall(r"\w{3,}", name) if part[0].isupper()}
    others = Organisation.objects.exclude(pk__in=ours)
    parts |= set(others.values_list("name", flat=True))
    parts = {part for part in parts if part.lower() not in data()[WATCH]["no_names"]}
    beginnings = [re.escape(word) + r"\w*" for word in data()[WATCH]["words"]]
    whole = [re.escape(part) + r"\b" for part in parts]
    pattern = r"\b(?:" + "|".join([*whole, *beginnings]) + ")"
    return list(dict.fromkeys(re.findall(pattern, text, re.IGNORECASE)))


def street(address: str) -> str:
    """An address without its number."""
    return re.sub(r"\s*\d.*", "", address)


def facts(signal: Signal, *, colleague: str = "") -> dict[str, str]:
    """What every sentence may use. Nothing in it tells anything about a household."""
    received = timezone.localtime(signal.received_at)
    within = settings.READ_WITHIN_WORKING_DAYS
    return {
        "team": signal.team.name,
        "phone": signal.team.phone,
        "days": signal.team.days,
        "hours": signal.team.hours,
        "colleague": colleague,
        "safe_home": settings.SAFE_HOME_PHONE,
        "number": signal.number,
        "today": format_date(timezone.localdate(), DAY),
        "received_on": format_date(received, DAY),
        "received_at": format_date(received, "G.i"),
        "answer_by": format_date(signal.answer_by, DAY),
        "read_within": "1 werkdag" if within == 1 else f"{within} werkdagen",
    }


def consents(signal: Signal) -> list[Consent]:
    """The consents to tell this reporter that there is contact: of every member of sixteen or older, or none at all.

    A consent for another reporter does not count, also not one of the same organisation."""
    if signal.household_id is None:
        return []
    valid = signal.consents.valid().filter(household=signal.household_id, kind=Consent.Kind.FEEDBACK_TO_REPORTER)
    given = {consent.resident_id: consent for consent in valid.select_related("resident").order_by("given_on")}
    asked = [member.resident for member in deciding_members(signal)]
    if asked and all(resident.pk in given for resident in asked):
        return [given[resident.pk] for resident in asked]
    return []


def deciding_members(signal: Signal):
    """Who decides about telling the reporter: everybody of sixteen or older, and everybody whose age is not known."""
    members = signal.household.members.select_related("resident") if signal.household else []
    return [member for member in members if member.resident.decides_alone()]


def may_hear_about_people(signal: Signal) -> bool:
    """Is this a reporter who can ever hear more than what concerns the message itself?"""
    return signal.organisation.kind not in ONLY_ABOUT_OUR_WORK


@dataclass(frozen=True)
class Grounds:
    """What may be told to one reporter today, and what that rests on."""

    consents: list[Consent]
    override: OverrideDisclosure | None

    @property
    def reference(self) -> str:
        return "CONSENT " + ", ".join(str(consent.pk) for consent in self.consents)


def grounds_of(signal: Signal) -> Grounds:
    """The consent of all, and sharing without consent with this organisation that a second person agreed with. For
    neighbours and volunteers neither counts."""
    if signal.household is None or not may_hear_about_people(signal):
        return Grounds([], None)
    overrides = signal.household.overrides.agreed().filter(recipient=signal.organisation_id)
    return Grounds(consents(signal), overrides.order_by("pk").last())


def offered(signal: Signal, grounds: Grounds, *, correcting: bool = False) -> list[Sentence]:
    """What a colleague may choose from now."""
    return [
        sentence
        for sentence in sentences().values()
        if sentence.offered
        and (correcting or not sentence.correcting)
        and (fits(sentence, signal, grounds) or on_safety(sentence, grounds))
        and (signal.is_question or not sentence.question)
    ]


def fits(sentence: Sentence, signal: Signal, grounds: Grounds) -> bool:
    """F1 always; up to F3 with the consent of all."""
    highest = Level.F3 if grounds.consents else Level.F1
    agreed = signal.discussed == Signal.Discussed.AGREED
    return (
        sentence.level <= highest
        and sentence.discussed in (None, agreed)
        and (signal.danger_now or not sentence.danger)
    )


def on_safety(sentence: Sentence, grounds: Grounds) -> bool:
    return grounds.override is not None and (sentence.level == Level.FS or sentence.on_safety)


def ground_of(sentence: Sentence, signal: Signal, grounds: Grounds, *, read_aloud_on: str = "") -> tuple[str, str]:
    """The level at which it is said, and what that rests on: both are kept with the message."""
    if not fits(sentence, signal, grounds):
        assert grounds.override is not None
        return Level.FS, f"OVERRIDE {grounds.override.pk}"
    if not sentence.about_people:
        return sentence.level, "MESSAGE_ONLY"
    return sentence.level, grounds.reference + (f"; READ ALOUD {read_aloud_on}" if read_aloud_on else "")
