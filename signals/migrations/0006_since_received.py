"""The month in which a household is told counts from the day on which the signal came in, also for signals of before."""

from django.conf import settings
from django.db import migrations
from django.utils import timezone

from config.workdays import end_of_term, months_after


def count_from_received(apps, schema_editor):
    signals = apps.get_model("signals", "Signal").objects
    for pk, received_at in signals.values_list("pk", "received_at").iterator():
        received = timezone.localdate(received_at)
        signals.filter(pk=pk).update(inform_due=end_of_term(months_after(received, settings.INFORM_WITHIN_MONTHS)))


class Migration(migrations.Migration):
    dependencies = [("signals", "0005_ends_and_clocks")]
    operations = [migrations.RunPython(count_from_received, migrations.RunPython.noop)]
