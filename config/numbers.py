"""Numbers that people say to each other on the phone: the year and a rank, such as 2026-0398."""

from django.db import connection, models
from django.db.migrations import RunSQL
from django.utils import timezone


def sequence(name: str) -> RunSQL:
    """The migration step that makes the sequence behind a kind of number."""
    return RunSQL(f"CREATE SEQUENCE {name}", f"DROP SEQUENCE {name}")


def next_number(sequence_name: str, *, width: int = 3) -> str:
    """The next number of a sequence. Gaps can occur; the same number twice can not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence_name])
        (rank,) = cursor.fetchone()
    return f"{timezone.localdate().year}-{rank:0{width}}"


def next_number_and_key(sequence_name: str, model: type[models.Model], *, width: int = 3) -> tuple[str, int]:
    """The same, and the key of the row that will have it, in one round trip."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(%s), nextval(pg_get_serial_sequence(%s, %s))",
            [sequence_name, model._meta.db_table, model._meta.pk.column],
        )
        rank, key = cursor.fetchone()
    return f"{timezone.localdate().year}-{rank:0{width}}", key


class NumberConverter:
    """In an address: a year and a rank."""

    regex = r"\d{4}-\d{3,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
