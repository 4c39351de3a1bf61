from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0005_said_marks"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["name", "number"], name="household_in_order"),
        ),
    ]
