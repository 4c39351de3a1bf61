import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("plans", "0003_moved"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='goal',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='goal',
            name='update_update',
        ),
        migrations.RemoveField(
            model_name='goal',
            name='for_whom',
        ),
        migrations.RemoveField(
            model_name='goalevent',
            name='for_whom',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_goalevent" ("by_when", "domain", "how_we_see_it", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "rank", "title", "why") VALUES (NEW."by_when", NEW."domain", NEW."how_we_see_it", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."rank", NEW."title", NEW."why"); RETURN NULL;', hash='39fc0c5bf127814e633db95071a04b95a0ce8e3e', operation='INSERT', pgid='pgtrigger_insert_insert_397f0', table='plans_goal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='goal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_goalevent" ("by_when", "domain", "how_we_see_it", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "rank", "title", "why") VALUES (NEW."by_when", NEW."domain", NEW."how_we_see_it", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."rank", NEW."title", NEW."why"); RETURN NULL;', hash='4d044c37be1ef3fd23a227ffe419a59d608080b4', operation='UPDATE', pgid='pgtrigger_update_update_d65b1', table='plans_goal', when='AFTER')),
        ),
    ]
