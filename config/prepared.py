"""Questions that are asked on every page, each time with other values: the SQL of each is made once.

Django makes the SQL of a queryset anew whenever it is asked, and for a page of many small lists that is most of what the page
costs. Here a question is made with marks where the values come, and is kept. Whoever asks gets lists: what is kept never leaves
this module, so nobody can go on asking with a mark."""

from collections.abc import Callable, Hashable, Sequence
from copy import copy
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, NamedTuple, Protocol

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.utils import timezone

from config import together

FIRST = 2_147_000_000  # marks are keys that nobody has: those behind this one, in the order in which the values come
LAST = FIRST + 9_999
MARK = str(FIRST)[:6]  # how each of them begins
MOST = 1_000  # questions that are kept: more than there are kinds of people times pages


class Shaped(Protocol):
    """What a question can be about: something of which only the keys differ from one to the next of the same shape."""

    def shape(self) -> tuple[Any, ...]:
        """What decides how a question about it looks."""

    def own_keys(self) -> tuple[int | str, ...]:
        """The keys of this one, its own first."""

    def stand_in(self, *keys: Any) -> Any:
        """Another one of this shape. What does not belong to the shape it does not know, and asking for it fails."""


class Key(NamedTuple):
    """Something that is known by its key alone, or by a text such as its number."""

    value: int | str

    def shape(self) -> tuple[Any, ...]:
        return (type(self.value),)

    def own_keys(self) -> tuple[int | str, ...]:
        return (self.value,)

    def stand_in(self, *keys: Any) -> Any:
        return type(self.value)(keys[0])


class Kept(NamedTuple):
    """A question with marks: what to send, and what to make of the answer."""

    asked: models.QuerySet
    compiler: Any
    statement: together.Statement | None


KNOWN: dict[tuple[Any, ...], tuple[datetime, dict[Any, Kept]]] = {}  # with the moment at which it was made


class Prepared:
    """A function that makes querysets, each with a name, of what it is given and of nothing else but the clock: it may not ask
    the database.

    `ask` gets things with a shape (see Shaped), and may look at today. A moment in it goes along with the clock, so no part of
    it may be the beginning of a day."""

    def __init__(self, ask: Callable[..., dict[Any, models.QuerySet]]) -> None:
        self.ask = ask

    def __call__(self, *about: Shaped, **how: Hashable) -> dict[Any, list[Any]]:
        """The rows of each queryset, all in one round trip. What is prefetched comes after. `how` belongs to the question: for
        each that is new the SQL is made."""
        made_at, kept = self.kept(about, how)
        keys, later = [key for one in about for key in one.own_keys()], timezone.now() - made_at
        statements = [filled_in(one.statement, keys, later) for one in kept.values() if one.statement]
        rows = iter(together.answers(statements))
        return {name: answer(one, next(rows) if one.statement else [], about) for name, one in kept.items()}

    def once(self, *about: Shaped, **how: Any) -> dict[Any, list[Any]]:
        """The same, and nothing is kept: for a question that is not asked again."""
        asked = self.ask(*(one.value if isinstance(one, Key) else one for one in about), **how)
        together.read(*asked.values())
        return {name: list(rows) for name, rows in asked.items()}

    def kept(self, about: Sequence[Shaped], how: dict[str, Hashable]) -> tuple[datetime, dict[Any, Kept]]:
        shape = (self.ask, timezone.localdate(), *(one.shape() for one in about), *how.values())
        found = KNOWN.get(shape)
        if found is None:
            if len(KNOWN) >= MOST:
                KNOWN.clear()  # also what was made on other days
            found = KNOWN[shape] = made_with_marks(partial(self.ask, **how), about)
        return found


def made_with_marks(
    ask: Callable[..., dict[Any, models.QuerySet]], about: Sequence[Shaped]
) -> tuple[datetime, dict[Any, Kept]]:
    marked, used = [], 0
    for one in about:
        many = len(one.own_keys())
        marked.append(one.stand_in(*range(FIRST + used, FIRST + used + many)))
        used += many
    with connection.execute_wrapper(refuse):
        made_at = timezone.now()
        asked = ask(*marked)
        kept = {}
        for name, rows in asked.items():
            compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
            kept[name] = Kept(rows, compiler, together.select(compiler))
            compiler.get_converters = partial(known, compiler.get_converters([one[0] for one in compiler.select]))
    for sql, given in (one.statement for one in kept.values() if one.statement):
        assert not any(MARK in str(one) and place_of(one) is None for one in (sql, *given)), "a mark out of reach"
        assert not any(isinstance(one, datetime) and timezone.localtime(one).time() == time.min for one in given)
    return made_at, kept


def known(converters: dict[int, Any], _expressions: list[Any]) -> dict[int, Any]:
    """How what the database gives becomes a value of ours: the same each time, so looked up once."""
    return converters


def refuse(*_args: Any) -> None:
    raise AssertionError("a prepared question may not depend on what the database says")


def filled_in(statement: together.Statement, keys: Sequence[int | str], later: timedelta) -> together.Statement:
    sql, given = statement
    return sql, tuple(value_of(one, keys, later) for one in given)


def value_of(given: Any, keys: Sequence[int | str], later: timedelta) -> Any:
    if isinstance(given, datetime):
        return given + later
    place = place_of(given)
    return given if place is None else type(given)(keys[place])


def place_of(given: Any) -> int | None:
    """Which of the marks this is, when it is one."""
    if isinstance(given, str):
        given = int(given) if given.isdecimal() and given.startswith(MARK) else 0
    return given - FIRST if isinstance(given, int) and FIRST <= given <= LAST else None


def answer(kept: Kept, rows: list[tuple], about: Sequence[Shaped]) -> list[Any]:
    """What the queryset would have made of these rows. Each knows the household or person that was asked about."""
    asked: Any = kept.asked.all()
    asked._known_related_objects = {
        field: {one.own_keys()[0]: one for one in about if isinstance(one, field.related_model)}
        for field in asked._known_related_objects
    }
    compiler = copy(kept.compiler)
    compiler.connection = connections[DEFAULT_DB_ALIAS]  # of this thread: whoever asked first may have been another one
    together.fill(asked, compiler, rows)
    return list(asked)
