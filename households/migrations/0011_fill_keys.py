"""What is there already is found by name and address too."""

from django.db import migrations

from households.alike import house_key, name_key, street_key
from households.models.keys import filling


def address(household):
    return "" if household.address_protected else household.address


class Migration(migrations.Migration):
    dependencies = [("households", "0010_alike")]
    operations = [
        filling(
            "households",
            "Household",
            name_key=lambda household: name_key(household.name),
            street_key=lambda household: street_key(address(household)),
            house_key=lambda household: house_key(address(household)),
        ),
        filling("households", "Resident", name_key=lambda resident: name_key(resident.last_name)),
    ]
