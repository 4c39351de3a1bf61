"""What people typed freely is sealed from now on, and so is what was typed before, in the history too."""

from django.db import migrations

from config.crypto import EncryptedTextField
from config.sealed import sealing

COLUMNS = {
    "NetworkContact": ["relation"],
    "NetworkContactEvent": ["relation"],
    "Story": ["told_by"],
}


class Migration(migrations.Migration):
    dependencies = [("households", "0006_log_chain")]
    operations = [
        migrations.AlterField("networkcontact", "relation", EncryptedTextField()),
        migrations.AlterField("networkcontactevent", "relation", EncryptedTextField()),
        migrations.AlterField("story", "told_by", EncryptedTextField()),
        sealing("households", COLUMNS),
    ]
