"""The links that are there already get what the kind of their organisation often sees."""

from django.db import migrations

from partners.categories import preset


def give(apps, _schema_editor):
    for link in apps.get_model("partners", "PartnerLink").objects.select_related("organisation"):
        link.categories = preset(link.organisation.kind)
        link.save(update_fields=["categories"])


class Migration(migrations.Migration):
    dependencies = [("partners", "0004_link_categories")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
