"""Finding a household by what somebody types in a search box. A protected address is not searched, and words of one or two
letters do not count: nobody can spell out a household letter by letter."""

import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import Q, QuerySet

from households.alike import PARTICLES, name_key, phone_key, plain, sound

SHORTEST_WORD = 3
SHORTEST_PHONE = 6
MOST_WORDS = 8
PHONE = re.compile(r"[0+][\d\s()/-]+")
HALF_THE_LETTERS = "0.45"  # of their groups of three: two wrong in a word of eight
Pks = QuerySet[Any, Any]


def households(reach: Any, words: str, looked_up: Callable[[str], Pks]) -> Any:
    """Those in reach in which each word is found. Numbers of one or two digits are house numbers, and count beside a word."""
    if PHONE.fullmatch(words):
        return reach.filter(pk__in=with_phone(phone_key(words))) if looked_up is as_typed else reach.none()
    found = reach.none()
    for rank, word in enumerate(telling(words)):
        found = (found if rank else reach).filter(pk__in=looked_up(word))
    for number in re.findall(r"\b\d{1,2}\b", words):
        found = found.filter(Q(house_key=number) | Q(house_key__startswith=f"{number} "))
    return found


def telling(words: str) -> list[str]:
    """The words that count; van and de only where there is nothing else."""
    long = [word for word in re.split(r"[\s.,]+", words)[:MOST_WORDS] if len(word) >= SHORTEST_WORD]
    return [word for word in long if plain(word) not in PARTICLES] or long


# ---- by one word, each column looked up in its own index


def as_typed(word: str) -> Pks:
    """It begins like this."""
    beginning = rf"\m{re.escape(word)}"
    return found_in(
        Q(name__iregex=beginning),
        Q(number=word),
        Q(parts__number=word),
        Q(address__iregex=beginning, address_protected=False),
        living=Q(resident__first_name__iregex=beginning) | Q(resident__last_name__iregex=beginning),
    )


def called_nearly(word: str) -> Pks:
    """It sounds like this, or has most of its letters: v.d. Berg and Van den Bergh, Kadestraat and Kaadestraat."""
    return found_in(*nearly(word))


def spelled_differently(word: str) -> Pks:
    """The same, or somebody who lives there is called nearly like this."""
    living = Q(resident__name_key__trigram_word_similar=sound(plain(word)))
    return found_in(*nearly(word), living=living | Q(resident__first_name__trigram_word_similar=word))


def nearly(word: str) -> tuple[Q, Q]:
    return (
        Q(name_key__trigram_word_similar=sound(plain(word))),
        Q(address__trigram_word_similar=word, address_protected=False),
    )


def with_phone(digits: str) -> Pks:
    return lived_in(Q(phone_key__startswith=digits)) if len(digits) >= SHORTEST_PHONE else lived_in(Q(pk=None))


def found_in(first: Q, *others: Q, living: Q | None = None) -> Pks:
    homes = apps.get_model("households", "Household")._base_manager.order_by()
    keys = [homes.filter(where).values("pk") for where in (first, *others)]
    return keys[0].union(*keys[1:], *([lived_in(living)] if living else []))


def lived_in(who: Q) -> Pks:
    """The households of these members."""
    members = apps.get_model("households", "HouseholdMember")._base_manager.order_by()
    return members.filter(who).values("household")


def be_tolerant() -> None:
    """How much may be spelled differently, for the rest of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [HALF_THE_LETTERS])


def how_alike(words: str) -> TrigramWordSimilarity:
    return TrigramWordSimilarity(name_key(words), "name_key")
