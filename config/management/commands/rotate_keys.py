from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError

from config.sealed import sealed_columns, turn, values


class Command(BaseCommand):
    """Brings all that is sealed under the newest key, while the app runs. To be stopped and run again at any moment.

    Not in sessions: a form that is kept there for somebody who was logged out expires within half an hour. Wait that
    long before the old key goes."""

    help = (
        "Seals everything anew with the first of HUISPLAN_ENCRYPTION_KEYS, while the app runs. "
        "--check tells whether any value still needs an old key (exit code 1)."
    )

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing, only look")

    def handle(self, *args, check: bool, **options):
        turned = new = lost = 0
        for column in sealed_columns():
            for key, stored in values(column):
                try:
                    needed = column.turned(stored) != stored if check else turn(column, key, stored)
                except InvalidToken:
                    lost += 1
                    self.stderr.write(f"No key opens {column} of row {key}.")
                else:
                    turned, new = turned + needed, new + (not needed)
        told = f"{new} were new already."
        if check and turned:
            raise CommandError(f"{turned} values still need an old key, {told} Run: manage.py rotate_keys")
        self.stdout.write(told if check else f"{turned} values were turned to the newest key, {told}")
        if lost:
            raise CommandError(f"{lost} values can be opened with no key at all. They are named above.")
        if check:
            self.stdout.write("Nothing needs an old key any more.")
