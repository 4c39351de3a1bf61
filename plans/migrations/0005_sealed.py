"""What people typed freely is sealed from now on, and so is what was typed before, in the history too."""

from django.db import migrations

from config.crypto import EncryptedTextField
from config.sealed import sealing

COLUMNS = {
    "Action": ["rhythm"],
    "ActionEvent": ["rhythm"],
}


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_moved_out")]
    operations = [
        migrations.AlterField("action", "rhythm", EncryptedTextField(blank=True)),
        migrations.AlterField("actionevent", "rhythm", EncryptedTextField(blank=True)),
        sealing("plans", COLUMNS),
    ]
