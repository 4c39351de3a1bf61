"""Earlier signals are found by name and address too."""

from django.db import migrations

from households.alike import house_key, name_key, street_key
from households.models.keys import filling


class Migration(migrations.Migration):
    dependencies = [("signals", "0008_together")]
    operations = [
        filling(
            "signals",
            "Signal",
            name_key=lambda signal: name_key(signal.about_name),
            street_key=lambda signal: street_key(signal.about_address),
            house_key=lambda signal: house_key(signal.about_address),
        ),
    ]
