from django.db import migrations


def move(apps, schema_editor):
    """How to reach somebody moves to the household where that was said, and each consent gets the voice of its giver."""
    Member = apps.get_model("households", "HouseholdMember")
    for member in Member.objects.select_related("resident").iterator():
        for field in ("phone", "email", "contact_by", "contact_note"):
            setattr(member, field, getattr(member.resident, field))
        member.save()
    Consent = apps.get_model("households", "Consent")
    Voice = apps.get_model("households", "ConsentVoice")
    for consent in Consent.objects.iterator():
        Voice.objects.create(
            consent=consent,
            giver_id=consent.resident_id,
            capacity="SELF",
            agreed=True,
            form=consent.form,
            given_on=consent.given_on,
            withdrawn_at=consent.withdrawn_at,
            recorded_by_id=consent.recorded_by_id,
            recorded_at=consent.recorded_at,
        )


class Migration(migrations.Migration):

    dependencies = [
        ("households", "0003_circle"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
