"""python -m trials.migrations      is there a migration that the running version, or a busy table, can not live with?

During an upgrade the old version works on while the database is migrated, and everybody waits for a lock on a table that all
write to. So a migration takes nothing away that the old version asks for, and demands nothing that it does not give. The first
migration of a room makes its tables, and is not looked at. Exit code 1 when there is one that breaks this."""

import re
import sys
from collections.abc import Sequence

import django

django.setup()

from django_migration_linter.migration_linter import MigrationLinter
from django_migration_linter.sql_analyser.base import Check, CheckMode, CheckType
from django_migration_linter.sql_analyser.postgresql import PostgresqlAnalyser

ROOMS = ("partners", "households", "signals", "plans")
# An index is made on these while everybody goes on: with AddIndexConcurrently, in a migration of its own.
BUSY = (
    "households_accesslogentry", "households_note", "signals_signal", "signals_message", "plans_action",
    "post_office_email", "django_session",
)  # fmt: skip
INDEX = re.compile(r'CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY).*? ON "?(\w+)"?')
ADVICE = """
A column that must be filled gets a db_default. What goes away or gets another name first stays unused for one version. A rule
that something is unique is made on an empty column, or with an index that was made concurrently. Looked at, and safe after
all? Then its name stands in ACCEPTED, in trials/migrations.py, with the reason."""
ACCEPTED = {  # the name of a migration, and why it is safe
    "0007_own_plans_and_applications": "the new column in the history of goals is empty, so its index is made at once",
    "0002_wmo_without_a_signal": "reports for the Wmo are few, and so is their history",
}


def locks_a_busy_table(statements: Sequence[str], **_kwargs: object) -> bool:
    """Also history: what was it before, of every change."""
    tables = {found[1] for one in statements if (found := INDEX.search(one))}
    new = {found[1] for one in statements if (found := re.match(r'CREATE TABLE "?(\w+)"?', one))}
    return any(table in BUSY or table.endswith("event") for table in tables - new)


class Analyser(PostgresqlAnalyser):
    migration_checks = [  # noqa: RUF012  # as the library asks
        Check(
            code="CREATE_INDEX",
            fn=locks_a_busy_table,
            message="CREATE INDEX stops all writing to a busy table",
            mode=CheckMode.TRANSACTION,
            type=CheckType.ERROR,
        )
    ]


def faults() -> bool:
    """Prints each migration that can not be lived with, and why. Were there any?"""
    linter = MigrationLinter(
        include_apps=ROOMS, ignore_initial_migrations=True, ignore_name=ACCEPTED, quiet=["ok", "ignore"]
    )
    linter.sql_analyser_class = Analyser
    linter.lint_all_migrations()
    return linter.has_errors


if __name__ == "__main__":
    if faults():
        sys.exit(ADVICE)
