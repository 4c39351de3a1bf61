import os
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import backup


class Command(BaseCommand):
    help = (
        "Practises: puts the newest backup into a database of its own, proves that it is whole, and throws that away. The "
        "database that people work on is not touched. Exit code 1 when the backup would not help."
    )

    def add_arguments(self, parser):
        parser.add_argument("backup", type=Path, nargs="?", help="otherwise the newest in HUISPLAN_BACKUP_FOLDER")
        parser.add_argument("--identity", type=Path, required=True, help="the file with the private key of age")

    def handle(self, *args, identity: Path, **options):
        made = options["backup"] or newest(settings.BACKUP_FOLDER)
        began = time.monotonic()
        try:
            with backup.scratch() as name:
                backup.restore(made, identity, database=name)
                env = os.environ | {"HUISPLAN_DATABASE_NAME": name}
                proof = [sys.executable, "manage.py", "prove_copy", str(backup.manifest_of(made).resolve())]
                whole = subprocess.run(proof, cwd=settings.BASE_DIR, env=env, check=False).returncode == 0
        except backup.Failed as failed:
            raise CommandError(str(failed)) from failed
        if not whole:
            raise CommandError(f"{made} would not bring everything back: see above.")
        self.stdout.write(f"{made} brings everything back, in {time.monotonic() - began:.0f} seconds.")


def newest(folder: Path) -> Path:
    found = sorted(folder.glob("huisplan-*.dump.age"))
    if not found:
        raise CommandError(f"There is no backup in {folder}.")
    return found[-1]
