"""What people typed freely is sealed from now on, and so is what was typed before, in the history too."""

from django.db import migrations

from config.crypto import EncryptedTextField
from config.sealed import sealing

COLUMNS = {
    "Signal": ["reporter_function"],
    "SignalEvent": ["reporter_function"],
}


class Migration(migrations.Migration):
    dependencies = [("signals", "0002_numbers")]
    operations = [
        migrations.AlterField("signal", "reporter_function", EncryptedTextField(blank=True)),
        migrations.AlterField("signalevent", "reporter_function", EncryptedTextField(blank=True)),
        sealing("signals", COLUMNS),
    ]
