"""Pins that stood as slow hashes stand like those of today. A pin follows from the form that was sent."""

from django.db import migrations

from households.models.keys import filling
from signals.actions.reporter import hash_of_pin, pin_of


class Migration(migrations.Migration):
    dependencies = [("signals", "0011_told_untold")]
    operations = [
        filling(
            "signals", "Signal", pin_hash=lambda signal: hash_of_pin(signal, pin_of(signal)) if signal.pin_hash else ""
        ),
    ]
