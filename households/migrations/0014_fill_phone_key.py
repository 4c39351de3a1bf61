"""Who lives in a household that is there already is found by phone too."""

from django.db import migrations

from households.alike import phone_key
from households.models.keys import filling


class Migration(migrations.Migration):
    dependencies = [("households", "0013_phone_key")]
    operations = [filling("households", "HouseholdMember", phone_key=lambda member: phone_key(member.phone))]
