import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import backup


class Command(BaseCommand):
    help = (
        "Puts a backup into the database of DATABASE_URL, which must be empty, and proves that it is whole: the rows of "
        "each table, the chains of the access log, and that HUISPLAN_ENCRYPTION_KEYS open what is sealed."
    )

    def add_arguments(self, parser):
        parser.add_argument("backup", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="the file with the private key of age")

    def handle(self, *args, identity: Path, **options):
        made: Path = options["backup"]
        try:
            backup.restore(made, identity)
        except backup.Failed as failed:
            raise CommandError(str(failed)) from failed
        proof = [sys.executable, "manage.py", "prove_copy", str(backup.manifest_of(made).resolve())]
        if subprocess.run(proof, cwd=settings.BASE_DIR, check=False).returncode:
            raise CommandError("What was put back is not right: see above. Do not let anybody work on it.")
        self.stdout.write(
            "It is back. Now: manage.py migrate, and manage.py destroyed --replay with the list of what was destroyed since."
        )
