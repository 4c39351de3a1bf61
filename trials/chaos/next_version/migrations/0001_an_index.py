from django.db import migrations


class Migration(migrations.Migration):
    """Long enough to be killed in the middle of it."""

    operations = [
        migrations.RunSQL(
            [
                "LOCK TABLE signals_signal, households_household IN ACCESS EXCLUSIVE MODE",
                "SELECT pg_sleep(3)",
                "CREATE INDEX of_the_next_version ON signals_signal (received_at)",
            ]
        )
    ]
