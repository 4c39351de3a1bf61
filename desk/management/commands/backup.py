from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import backup


class Command(BaseCommand):
    help = (
        "Writes the whole database, encrypted with age for HUISPLAN_BACKUP_RECIPIENTS, into a folder, and deletes what is "
        "older there than HUISPLAN_KEEP_BACKUPS_DAYS. The keys that open it, and HUISPLAN_ENCRYPTION_KEYS, are not in it: "
        "keep both elsewhere."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, nargs="?", default=settings.BACKUP_FOLDER)

    def handle(self, *args, folder: Path, **options):
        try:
            made = backup.make(folder, settings.BACKUP_RECIPIENTS)
            call_command("destroyed", write=folder / "destroyed.json")
            gone = backup.forget_old(folder, settings.KEEP_BACKUPS_DAYS)
        except backup.Failed as failed:
            raise CommandError(str(failed)) from failed
        rows = sum(count for count, _checksum in backup.read_manifest(made)["tables"].values())
        self.stdout.write(f"{made}: {rows} rows, {made.stat().st_size} bytes. {len(gone)} old ones deleted.")
