"""Several writes in one round trip to the database: for what is done so often, or by so many at once, that waiting for the
database between one row and the next is most of what it costs. In a transaction, so all or nothing."""

from functools import cache
from typing import Any

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
        values = [value for _statement, given in statements for value in given]
        cursor.execute("; ".join(statement for statement, _given in statements), values)
