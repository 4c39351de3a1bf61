from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # others go on writing while the index is made

    dependencies = [
        ("households", "0005_said_marks"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="household",
            index=models.Index(fields=["name", "number"], name="household_in_order"),
        ),
    ]
