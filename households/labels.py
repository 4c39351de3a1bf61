"""The words that a municipality uses for the life domains and levels. Where it has an instrument with a licence, it can load
the words of that from a file (HUISPLAN_LABELS); we bring only our own.

The file is TOML, with what differs:

    [domains]
    MONEY = "Inkomen"
    [levels]
    3 = "Het gaat met steun"
"""

import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

DOMAINS = (
    "MONEY", "WORK_EDU", "HOUSING", "HOME_RELATIONS", "PARENTING", "PHYS_HEALTH", "MENTAL_HEALTH", "DAILY_LIFE",
    "NETWORK_PART", "SAFETY_JUSTICE",
)  # fmt: skip
KNOWN = {"domains": DOMAINS, "levels": ("1", "2", "3", "4", "5")}
LONGEST = 40  # it stands beside a picture


def read(path: str) -> dict[str, dict[str, str]]:
    """The labels in this file; none without a path. Raises ImproperlyConfigured with every fault at once."""
    if not path:
        return {part: {} for part in KNOWN}
    try:
        found = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as fault:
        raise ImproperlyConfigured(f"HUISPLAN_LABELS: {path} can not be read as TOML: {fault}.") from fault
    if faults := [*faults_in(found)]:
        raise ImproperlyConfigured(f"HUISPLAN_LABELS: {path} is not right. " + " ".join(faults))
    return {part: {key: label.strip() for key, label in found.get(part, {}).items()} for part in KNOWN}


def faults_in(found: dict[str, Any]):
    for part, labels in found.items():
        if part not in KNOWN or not isinstance(labels, dict):
            yield f"There is no part [{part}]: only [domains] and [levels]."
            continue
        for key, label in labels.items():
            if key not in KNOWN[part]:
                yield f"In [{part}] there is no {key}: only {', '.join(KNOWN[part])}."
            elif not isinstance(label, str) or not 1 <= len(label.strip()) <= LONGEST or not label.isprintable():
                yield f"{key} in [{part}] must be a text of 1 to {LONGEST} characters, on one line."
        names = [label.strip().lower() for label in labels.values() if isinstance(label, str)]
        if len(set(names)) < len(names):
            yield f"Two labels in [{part}] are the same: nobody could tell them apart."


OWN = read(settings.LABELS_FILE)


def same_as_ours(part: str, choices: Iterable[tuple[Any, Any]]) -> list[str]:
    """Faults that show only beside our own words, which stay for what the file does not name."""
    names = Counter(str(name).lower() for key, name in choices if str(key) in KNOWN[part])
    return [
        f'HUISPLAN_LABELS: two in [{part}] would be called "{name}": nobody could tell them apart.'
        for name, times in names.items()
        if times > 1
    ]


def label(part: str, key: str, ours: Promise) -> str | Promise:
    """What the municipality calls it, else our own word."""
    return OWN[part].get(key, ours)
