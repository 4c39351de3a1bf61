"""What people typed freely is sealed from now on, and so is what was typed before, in the history too."""

from django.db import migrations

from config.crypto import EncryptedTextField
from config.sealed import sealing

COLUMNS = {
    "Signal": ["about_name", "about_address", "reporter_function"],
    "SignalEvent": ["about_name", "about_address", "reporter_function"],
}


class Migration(migrations.Migration):
    dependencies = [("signals", "0002_numbers")]
    operations = [
        migrations.AlterField("signal", "about_name", EncryptedTextField(blank=True)),
        migrations.AlterField("signal", "about_address", EncryptedTextField(blank=True)),
        migrations.AlterField("signal", "reporter_function", EncryptedTextField(blank=True)),
        migrations.AlterField("signalevent", "about_name", EncryptedTextField(blank=True)),
        migrations.AlterField("signalevent", "about_address", EncryptedTextField(blank=True)),
        migrations.AlterField("signalevent", "reporter_function", EncryptedTextField(blank=True)),
        sealing("signals", COLUMNS),
    ]
