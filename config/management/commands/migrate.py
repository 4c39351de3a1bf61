from django.core.management.commands import migrate
from django.db import connections

ONE_AT_A_TIME = 0x4875697370  # any number that is ours


class Command(migrate.Command):
    """Two machines that come up with a new version at the same moment migrate one after the other: the second finds
    nothing to do."""

    def handle(self, *args, **options):
        with connections[options["database"]].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
            try:
                super().handle(*args, **options)
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
