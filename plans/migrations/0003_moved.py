import re

from django.db import migrations


def move(apps, schema_editor):
    """For whom a goal is was free text with first names; now it points to the residents with these names."""
    Goal = apps.get_model("plans", "Goal")
    for goal in Goal.objects.exclude(for_whom="").select_related("plan").iterator():
        words = {word.lower() for word in re.findall(r"\w+", goal.for_whom)}
        members = apps.get_model("households", "HouseholdMember").objects.filter(household=goal.plan.household_id)
        goal.about.set(
            [one.resident_id for one in members.select_related("resident") if one.resident.first_name.lower() in words]
        )


class Migration(migrations.Migration):

    dependencies = [
        ("plans", "0002_circle"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
