from django.db import migrations

from config.numbers import sequence


class Migration(migrations.Migration):
    dependencies = [("signals", "0001_initial")]
    operations = [sequence("signals_numbers")]
