from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import backup
from households import archive


class Command(BaseCommand):
    help = (
        "Brings the lines of the access log that are older than HUISPLAN_KEEP_LOG_YEARS to a file in a folder, encrypted "
        "with age for HUISPLAN_BACKUP_RECIPIENTS, and takes them out of the database. With --prove: shows that the files "
        "in the folder and the database are one whole log."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, nargs="?", default=settings.BACKUP_FOLDER)
        parser.add_argument("--prove", metavar="IDENTITY", type=Path, help="the file with the key that opens them")

    def handle(self, *args, folder: Path, prove: Path | None, **options):
        try:
            if prove:
                self.prove(folder, prove)
            else:
                made, lines = archive.make(folder, settings.BACKUP_RECIPIENTS)
                self.stdout.write(f"{made}: {lines} lines." if made else "No line is old enough.")
        except backup.Failed as failed:
            raise CommandError(str(failed)) from failed

    def prove(self, folder: Path, identity: Path) -> None:
        faults = list(archive.unproven(folder, identity))
        if faults:
            raise CommandError("\n".join(["The archive is NOT whole:", *faults[:50]]))
        self.stdout.write("The archive is whole, and the database goes on behind it.")
