import json
from collections.abc import Iterator
from pathlib import Path

from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError

from config import backup
from config.sealed import sealed_columns, values
from households import chain


class Command(BaseCommand):
    help = "Proves that this database is the one of which a backup was made. The work of restore and restore_drill."

    def add_arguments(self, parser):
        parser.add_argument("manifest", type=Path, help="the .json beside the backup")

    def handle(self, *args, manifest: Path, **options):
        faults = [*other_tables(json.loads(manifest.read_text())["tables"]), *unopened()]
        outcome = chain.check()
        faults += [f"access log, {found}" for found in outcome.breaks]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} things are not as they were.")
        self.stdout.write(
            f"All tables are as they were; {outcome.lines} lines of the access log in {outcome.chains} chains hold; "
            "the keys open what is sealed."
        )


def other_tables(expected: backup.Tables) -> Iterator[str]:
    with backup.connect() as connection:
        found = backup.tables(connection)
    for name in sorted(expected.keys() | found.keys()):
        was, now = expected.get(name), found.get(name)
        if was is None or now is None:
            yield f"{name}: {'was not there' if was is None else 'is not there'}"
        elif was[0] != now[0]:
            yield f"{name}: {now[0]} rows instead of {was[0]}"
        elif was != now:
            yield f"{name}: as many rows as there were, with something else in them"


def unopened() -> Iterator[str]:
    """The columns with something in them that no present key opens."""
    for column in sealed_columns():
        for _key, stored in values(column):
            try:
                column.turned(stored)
            except InvalidToken:
                yield f"{column}: HUISPLAN_ENCRYPTION_KEYS do not open it. Which keys were in use then?"
                break
