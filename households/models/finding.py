"""Finding a household by what somebody types in a search box. A protected address is not searched, and words of one or two
letters do not count: nobody can spell out a household letter by letter."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, Self

from django.apps import apps
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Func, Q, QuerySet, TextField, Value

from households.alike import PARTICLES, name_key, phone_key, plain, sound
from partners.models import Professional

SHORTEST_WORD = 3
SHORTEST_PHONE = 6
MOST_WORDS = 8
PHONE = re.compile(r"[0+][\d\s()/-]+")
FIRST = 100_000  # that is no limit: nobody is called as so many others
ENOUGH = 100  # that begin like one word: nobody reads so many, a second word finds the right one
HALF_THE_LETTERS = "0.45"  # of their groups of three: two wrong in a word of eight
Pks = QuerySet[Any, Any]


class Word(NamedTuple):
    """One word that counts, and what is looked up for it."""

    typed: str
    beginning: str
    sound: str


@dataclass(frozen=True)
class Sought:
    """What somebody typed: words, and house numbers beside them; or else a phone number."""

    words: tuple[Word, ...] = ()
    name: str = ""
    house_numbers: tuple[str, ...] = ()
    phone: str = ""

    @property
    def is_plain(self) -> bool:
        """Words and nothing else."""
        return bool(self.words) and not self.house_numbers

    @property
    def texts(self) -> list[str]:
        return [self.name, *(text for word in self.words for text in word)]

    @classmethod
    def of_texts(cls, name: str, *texts: str, house_numbers: tuple[str, ...] = (), phone: str = "") -> Self:
        words = (Word(*texts[first : first + 3]) for first in range(0, len(texts), 3))
        return cls(tuple(words), name, house_numbers, phone)


def sought(text: str) -> Sought:
    """Numbers of one or two digits are house numbers, and count beside a word."""
    if PHONE.fullmatch(text):
        return Sought(phone=phone_key(text))
    words = (Word(word, rf"\m{re.escape(word)}", sound(plain(word))) for word in telling(text))
    return Sought(tuple(words), name_key(text), tuple(re.findall(r"\b\d{1,2}\b", text)))


def telling(text: str) -> list[str]:
    """The words that count; van and de only where there is nothing else."""
    long = [word for word in re.split(r"[\s.,]+", text)[:MOST_WORDS] if len(word) >= SHORTEST_WORD]
    return [word for word in long if plain(word) not in PARTICLES] or long


def typed(reach: Any, what: Sought, *, all_of_them: bool) -> Any:
    """Those in reach where each word stands in the name, the number, the address, or the name of somebody who lives there; or
    with this phone number. Where one word finds more than anybody reads, some of them will do, unless `all_of_them` are
    wanted."""
    if what.phone:
        return reach.filter(pk__in=with_phone(reach, what.phone))
    some = len(what.words) == 1 and not what.house_numbers and not all_of_them
    return with_all(reach, what, partial(as_typed, most=ENOUGH if some else None))


def in_another_spelling(reach: Any, what: Sought, *, who_lives_there: bool) -> Any:
    """Those in reach where each word is found in another spelling, or with a typing error: of the household itself, or also of
    who lives there. The best one first. Asked together with `tolerance`."""
    best_first = TrigramWordSimilarity(what.name, "name_key")
    found = with_all(reach, what, spelled_differently if who_lives_there else called_nearly)
    return found.order_by(best_first.desc(), "name", "number")


def with_all(reach: Any, what: Sought, looked_up: Callable[[Any, Word], Pks]) -> Any:
    found = reach.none()
    for rank, word in enumerate(what.words):
        found = (found if rank else reach).filter(pk__in=looked_up(reach, word))
    for number in what.house_numbers:
        found = found.filter(Q(house_key=number) | Q(house_key__startswith=f"{number} "))
    return found


# ---- by one word, each column looked up in its own index


def as_typed(reach: Any, word: Word, *, most: int | None) -> Pks:
    """It begins like this. No more than `most` in each way."""
    return found_in(
        reach,
        Q(name__iregex=word.beginning),
        Q(number=word.typed),
        Q(parts__number=word.typed),
        Q(address__iregex=word.beginning, address_protected=False),
        called=Q(first_name__iregex=word.beginning) | Q(last_name__iregex=word.beginning),
        most=most,
    )


def called_nearly(reach: Any, word: Word) -> Pks:
    """It sounds like this, or has most of its letters: v.d. Berg and Van den Bergh, Kadestraat and Kaadestraat."""
    return found_in(reach, *nearly(word))


def spelled_differently(reach: Any, word: Word) -> Pks:
    """The same, or somebody who lives there is called nearly like this."""
    called = Q(name_key__trigram_word_similar=word.sound) | Q(first_name__trigram_word_similar=word.typed)
    return found_in(reach, *nearly(word), called=called)


def nearly(word: Word) -> tuple[Q, Q]:
    return (
        Q(name_key__trigram_word_similar=word.sound),
        Q(address__trigram_word_similar=word.typed, address_protected=False),
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


def tolerance(professional: Professional) -> QuerySet:
    """How much may be spelled differently: for the questions that are asked after this one, in the same round trip. It is a
    question too, about somebody who is there."""
    setting = Func(
        Value("pg_trgm.word_similarity_threshold"),
        Value(HALF_THE_LETTERS),
        Value(True),
        function="set_config",
        output_field=TextField(),
    )
    return Professional.objects.filter(pk=professional.pk).order_by().values_list(setting, flat=True)
