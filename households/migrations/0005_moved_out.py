import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("households", "0004_moved"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='consent',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='consent',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='resident',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='resident',
            name='update_update',
        ),
        migrations.RemoveField(
            model_name='consent',
            name='form',
        ),
        migrations.RemoveField(
            model_name='consentevent',
            name='form',
        ),
        migrations.RemoveField(
            model_name='resident',
            name='contact_by',
        ),
        migrations.RemoveField(
            model_name='resident',
            name='contact_note',
        ),
        migrations.RemoveField(
            model_name='resident',
            name='email',
        ),
        migrations.RemoveField(
            model_name='resident',
            name='phone',
        ),
        migrations.RemoveField(
            model_name='residentevent',
            name='contact_by',
        ),
        migrations.RemoveField(
            model_name='residentevent',
            name='contact_note',
        ),
        migrations.RemoveField(
            model_name='residentevent',
            name='email',
        ),
        migrations.RemoveField(
            model_name='residentevent',
            name='phone',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "households_consentevent" ("explained", "given_on", "household_id", "id", "items", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recipient_id", "recorded_at", "recorded_by_id", "resident_id", "valid_until", "withdrawn_at") VALUES (NEW."explained", NEW."given_on", NEW."household_id", NEW."id", NEW."items", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."recipient_id", NEW."recorded_at", NEW."recorded_by_id", NEW."resident_id", NEW."valid_until", NEW."withdrawn_at"); RETURN NULL;', hash='1d29f96e84a1c637cd5e6ed00e18c9bc7a124b5b', operation='INSERT', pgid='pgtrigger_insert_insert_645c5', table='households_consent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "households_consentevent" ("explained", "given_on", "household_id", "id", "items", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recipient_id", "recorded_at", "recorded_by_id", "resident_id", "valid_until", "withdrawn_at") VALUES (NEW."explained", NEW."given_on", NEW."household_id", NEW."id", NEW."items", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."recipient_id", NEW."recorded_at", NEW."recorded_by_id", NEW."resident_id", NEW."valid_until", NEW."withdrawn_at"); RETURN NULL;', hash='2e1b392c112226b7561abecb4e5e41d6a528e58b', operation='UPDATE', pgid='pgtrigger_update_update_64afe', table='households_consent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resident',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "households_residentevent" ("birth_date", "first_name", "id", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."birth_date", NEW."first_name", NEW."id", NEW."last_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='79e8f11c28fde6e663e94db328d1272a1b91ef53', operation='INSERT', pgid='pgtrigger_insert_insert_27556', table='households_resident', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resident',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "households_residentevent" ("birth_date", "first_name", "id", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."birth_date", NEW."first_name", NEW."id", NEW."last_name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='c597010b94f05c462ab8b4e817886f993229e9df', operation='UPDATE', pgid='pgtrigger_update_update_c3762', table='households_resident', when='AFTER')),
        ),
    ]
