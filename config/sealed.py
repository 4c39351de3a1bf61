"""Every sealed value in the database, past the models: to turn it to a newer key, or to seal what stood there plain.

The app goes on meanwhile. So values are read in pages, and each is replaced by a statement of its own that does nothing
when the value is not what was read any more: what somebody just wrote always stays."""

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Any

import pgtrigger
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, migrations, models
from post_office.models import Email

from config.crypto import EncryptedTextField, reseal, seal, unseal

PAGE = 200
OTHERS = ((Email, "message"), (Session, "session_data"))  # sealed on the way in and out
TOKEN = re.compile(r"gAAAA[A-Za-z0-9_-]+={0,2}")  # how each cipher of Fernet begins, and its alphabet


@dataclass(frozen=True)
class Column:
    """Where sealed values stand. In JSON they stand among others, elsewhere a value is sealed as a whole."""

    table: str
    key: str
    name: str
    json: bool = False

    def __str__(self):
        return f"{self.table}.{self.name}"

    def turned(self, stored: str) -> str:
        """The stored value with all that is sealed in it under the newest key. Raises InvalidToken."""
        return TOKEN.sub(lambda found: reseal(found[0]), stored) if self.json else reseal(stored)


def column_of(model: type[models.Model], field: models.Field) -> Column:
    key = model._meta.pk and model._meta.pk.column
    assert key
    assert field.column
    return Column(model._meta.db_table, key, field.column, isinstance(field, models.JSONField))


def sealed_columns() -> list[Column]:
    """Every encrypted column of every table, history too; mails that wait, sessions; and JSON, where a library keeps its secrets."""
    return [
        column_of(model, field)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField | models.JSONField) or (model, field.name) in OTHERS
    ]


def values(column: Column) -> Iterator[tuple[Any, str]]:
    """Every value that may be sealed, with the key of its row, read page by page in the order of the keys."""
    table, key, name = map(connection.ops.quote_name, (column.table, column.key, column.name))
    wanted = f"{name}::text LIKE '%%\"gAAAA%%'" if column.json else f"{name} <> ''"
    after: list[Any] = []
    while True:
        further = f"AND {key} > %s" if after else ""
        query = f"SELECT {key}, {name}::text FROM {table} WHERE {wanted} {further} ORDER BY {key} LIMIT %s"
        with connection.cursor() as cursor:
            cursor.execute(query, [*after, PAGE])
            page = cursor.fetchall()
        yield from page
        if len(page) < PAGE:
            return
        after = [page[-1][0]]


def present(column: Column, key: Any) -> str:
    """What stands there now; empty when it is gone."""
    table, pk, name = map(connection.ops.quote_name, (column.table, column.key, column.name))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}::text FROM {table} WHERE {pk} = %s", [key])
        row = cursor.fetchone()
    return (row and row[0]) or ""


def exchange(column: Column, key: Any, old: str, new: str) -> bool:
    """Put `new` where exactly `old` stands, in this column only. False when something else stands there by now.

    The words stay the same, so nothing is written in the history, and what may never change is changed only here: for
    this one statement the triggers of this table stand aside."""
    table, pk, name = map(connection.ops.quote_name, (column.table, column.key, column.name))
    as_json = "::jsonb" if column.json else ""
    triggers = triggers_of(column.table)
    query = f"UPDATE {table} SET {name} = %s{as_json} WHERE {pk} = %s AND {name}::text = %s"
    with pgtrigger.ignore(*triggers) if triggers else nullcontext(), connection.cursor() as cursor:
        cursor.execute(query, [new, key, old])
        return cursor.rowcount == 1


@cache
def triggers_of(table: str) -> list[str]:
    return [f"{model._meta.label}:{one.name}" for model, one in pgtrigger.registered() if model._meta.db_table == table]


def turn(column: Column, key: Any, stored: str) -> bool:
    """Bring one value under the newest key; whether that was needed. Raises InvalidToken when no key opens it."""
    while stored:
        fresh = column.turned(stored)
        if fresh == stored:
            return False
        if exchange(column, key, stored, fresh):
            return True
        stored = present(column, key)  # somebody wrote something else just now
    return False


def replacing(app: str, columns: dict[str, list[str]], change: Callable[[str], str]) -> Callable[..., None]:
    """What a migration does to each value in these columns; `columns` names them by model."""

    def replace(state: Any, _schema_editor: Any) -> None:
        for model in (state.get_model(app, name) for name in columns):
            for name in columns[model.__name__]:
                column = column_of(model, model._meta.get_field(name))
                for key, stored in values(column):
                    exchange(column, key, stored, change(stored))
        with connection.cursor() as cursor:  # a table with checks that still wait can not be altered
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    return replace


def sealing(app: str, columns: dict[str, list[str]]) -> migrations.RunPython:
    """A step of a migration that seals what stands plain in these columns, and back. No history is made by it."""
    return migrations.RunPython(replacing(app, columns, seal), replacing(app, columns, unseal))
