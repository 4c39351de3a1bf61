"""Finding a household by what somebody types in a search box. A protected address is not searched, and words of one or two
letters do not count: nobody can spell out a household letter by letter."""

import re
from collections.abc import Callable
from functools import partial
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
FIRST = 100_000  # that is no limit: nobody is called as so many others
ENOUGH = 100  # that begin like one word: nobody reads so many, a second word finds the right one
HALF_THE_LETTERS = "0.45"  # of their groups of three: two wrong in a word of eight
Pks = QuerySet[Any, Any]


def typed(reach: Any, words: str, *, all_of_them: bool) -> Any:
    """Those in reach that begin with these words, or have this phone number. Of one word alone that many begin with some, unless
    `all_of_them` are wanted."""
    if PHONE.fullmatch(words):
        return reach.filter(pk__in=with_phone(reach, phone_key(words)))
    alone = len(telling(words)) + len(house_numbers(words)) == 1
    return with_all(reach, words, partial(as_typed, most=ENOUGH if alone and not all_of_them else None))


def in_another_spelling(reach: Any, words: str, looked_up: Callable[[Any, str], Pks]) -> Any:
    return reach.none() if PHONE.fullmatch(words) else with_all(reach, words, looked_up)


def with_all(reach: Any, words: str, looked_up: Callable[[Any, str], Pks]) -> Any:
    """Those in reach in which each word is found. Numbers of one or two digits are house numbers, and count beside a word."""
    found = reach.none()
    for rank, word in enumerate(telling(words)):
        found = (found if rank else reach).filter(pk__in=looked_up(reach, word))
    for number in house_numbers(words):
        found = found.filter(Q(house_key=number) | Q(house_key__startswith=f"{number} "))
    return found


def house_numbers(words: str) -> list[str]:
    return re.findall(r"\b\d{1,2}\b", words)


def telling(words: str) -> list[str]:
    """The words that count; van and de only where there is nothing else."""
    long = [word for word in re.split(r"[\s.,]+", words)[:MOST_WORDS] if len(word) >= SHORTEST_WORD]
    return [word for word in long if plain(word) not in PARTICLES] or long


# ---- by one word, each column looked up in its own index


def as_typed(reach: Any, word: str, *, most: int | None) -> Pks:
    """It begins like this. No more than `most` in each way."""
    beginning = rf"\m{re.escape(word)}"
    return found_in(
        reach,
        Q(name__iregex=beginning),
        Q(number=word),
        Q(parts__number=word),
        Q(address__iregex=beginning, address_protected=False),
        called=Q(first_name__iregex=beginning) | Q(last_name__iregex=beginning),
        most=most,
    )


def called_nearly(reach: Any, word: str) -> Pks:
    """It sounds like this, or has most of its letters: v.d. Berg and Van den Bergh, Kadestraat and Kaadestraat."""
    return found_in(reach, *nearly(word))


def spelled_differently(reach: Any, word: str) -> Pks:
    """The same, or somebody who lives there is called nearly like this."""
    called = Q(name_key__trigram_word_similar=sound(plain(word))) | Q(first_name__trigram_word_similar=word)
    return found_in(reach, *nearly(word), called=called)


def nearly(word: str) -> tuple[Q, Q]:
    return (
        Q(name_key__trigram_word_similar=sound(plain(word))),
        Q(address__trigram_word_similar=word, address_protected=False),
    )


def with_phone(reach: Any, digits: str) -> Pks:
    return lived_in(reach, Q(phone_key__startswith=digits) if len(digits) >= SHORTEST_PHONE else Q(pk=None))


def found_in(reach: Any, first: Q, *others: Q, called: Q | None = None, most: int | None = None) -> Pks:
    keys = [reach.order_by().filter(where).values("pk")[:most] for where in (first, *others)]
    return keys[0].union(*keys[1:], *([homes_of(reach, called, most)] if called else []))


def homes_of(reach: Any, called: Q, most: int | None) -> Pks:
    """The households of residents who are called so. For the first of them the residents are found first: else the database
    would look at one after the other until it has enough."""
    residents = apps.get_model("households", "Resident")._base_manager.order_by().filter(called).values("pk")
    return lived_in(reach, Q(resident__in=residents[:FIRST] if most else residents))[:most]


def lived_in(reach: Any, who: Q) -> Pks:
    """The households of these members."""
    members = apps.get_model("households", "HouseholdMember")._base_manager.order_by()
    return members.filter(who, household__in=reach.order_by().values("pk")).values("household")


def be_tolerant() -> None:
    """How much may be spelled differently, for the rest of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [HALF_THE_LETTERS])


def how_alike(words: str) -> TrigramWordSimilarity:
    return TrigramWordSimilarity(name_key(words), "name_key")
