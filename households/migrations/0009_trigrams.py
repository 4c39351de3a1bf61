"""What names and addresses look like is searched in by groups of three letters."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("households", "0008_own_page")]
    operations = [TrigramExtension()]
