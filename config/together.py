"""Several reads or writes in one round trip to the database: for what is done so often, or by so many at once, that waiting
for the database between one and the next is most of what it costs. Writes belong in a transaction, so all or nothing."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import sql

Statement = tuple[str, tuple[Any, ...]]


def insert(row: models.Model) -> Statement:
    """As `row.save(force_insert=True)` would do it. Without a key the database gives one, which `row` then does not know."""
    statement, fields = insert_into(type(row), row.pk is not None)
    values = tuple(field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields)
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return statement, values


@cache
def insert_into(model: type[models.Model], with_key: bool) -> tuple[str, list[models.Field]]:
    """The same for every row, so made once: the statement, and the fields whose values it takes."""
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    known = [field for field in fields if with_key or not field.primary_key]
    query = sql.InsertQuery(model)
    query.insert_values(known, [model()])
    ((statement, _values),) = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return statement, known


def update(rows: models.QuerySet, **values: Any) -> Statement:
    """As `rows.update(...)` would do it."""
    query: Any = rows.query.chain(sql.UpdateQuery)
    query.add_update_values(values)
    statement, given = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return statement, tuple(given)


def write(*statements: Statement) -> None:
    """Raises what the first that is refused raises, such as django.db.IntegrityError."""
    with connection.cursor() as cursor:
        send(cursor, statements)


def send(cursor: Any, statements: Sequence[Statement]) -> None:
    values = [value for _statement, given in statements for value in given]
    cursor.execute("; ".join(statement for statement, _given in statements), values)


def read(*asked: models.QuerySet) -> None:
    """Fetch all of these: from then on each is as if it had been asked for alone. What is prefetched comes after."""
    compilers = [one.query.get_compiler(DEFAULT_DB_ALIAS) for one in asked]
    statements = [select(compiler) for compiler in compilers]
    rows = iter(answers([statement for statement in statements if statement]))
    for one, compiler, statement in zip(asked, compilers, statements, strict=True):
        fill(one, compiler, next(rows) if statement else [])


def answers(statements: Sequence[Statement]) -> list[list[tuple]]:
    if not statements:
        return []
    with connection.cursor() as cursor:
        cursor.cursor = gathering = Gathering(cursor.cursor)
        send(cursor, statements)
    return gathering.answers[-len(statements) :]  # the history may ask one before ours


class Gathering:
    """A cursor below Django's that takes all answers at once: the history would throw away all but the last."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cursor, name)

    def execute(self, statement: str, values: Any) -> None:
        self.cursor.execute(statement, values)
        self.answers = [self.cursor.fetchall()]
        while self.cursor.nextset():
            self.answers.append(self.cursor.fetchall())


def select(compiler: Any) -> Statement | None:
    """None when it is known beforehand that there is nothing."""
    try:
        statement, given = compiler.as_sql()
    except EmptyResultSet:
        return None
    return statement, tuple(given)


def fill(asked: Any, compiler: Any, rows: list[tuple]) -> None:
    """Let a query make of these rows what it would have made of its own."""
    compiler.execute_sql = lambda *_as, **_chunks: [rows]
    asked.query.get_compiler = lambda *_as, **_using: compiler
    try:
        len(asked)
    finally:
        del asked.query.get_compiler  # what is derived from it asks for itself
