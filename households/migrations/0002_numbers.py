from django.db import migrations

from config.numbers import sequence


class Migration(migrations.Migration):
    dependencies = [("households", "0001_initial")]
    operations = [sequence("households_numbers")]
