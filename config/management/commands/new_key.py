from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand

STEPS = """
A new key for HUISPLAN_ENCRYPTION_KEYS. In this order nobody ever meets a text that he can not read:

1. Put it BEHIND the key that is there, with a comma: old,new. Start web, worker and beat anew: all can read it now.
2. Put it in FRONT: new,old. Start them anew: from now on all is written with it. Then: manage.py rotate_keys
3. Does manage.py rotate_keys --check find nothing, and is half an hour gone by? Take the old key out, and start anew.

Keep the old key in a safe place for as long as there are backups that were made with it."""


class Command(BaseCommand):
    help = "Prints a fresh key for HUISPLAN_ENCRYPTION_KEYS, and how to bring it in."
    requires_system_checks = ()

    def handle(self, *args, **options):
        self.stdout.write(Fernet.generate_key().decode("ascii"))
        self.stderr.write(STEPS)
