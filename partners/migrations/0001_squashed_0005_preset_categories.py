import config.crypto
import config.migrating
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('partners', '0001_initial'), ('partners', '0002_roles'), ('partners', '0003_history'), ('partners', '0004_link_categories'), ('partners', '0005_preset_categories')]

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        config.migrating.CreateRoom(
            models=[
                migrations.CreateModel(
                    name='District',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, unique=True)),
                        ('kind', models.CharField(choices=[('MUNICIPALITY', 'municipality'), ('MATERNITY', 'maternity care'), ('HOUSING', 'housing association'), ('UTILITY', 'energy or water company'), ('SCHOOL', 'school'), ('GENERAL_PRACTICE', 'general practice'), ('YOUTH_HEALTH', 'youth health care'), ('LIBRARY', 'library'), ('DEBT_HELP', 'debt help'), ('WORK', 'work'), ('WELFARE', 'welfare'), ('VOLUNTEERS', 'volunteers'), ('RESIDENTS', 'residents of the district'), ('OTHER', 'other')], default='OTHER', max_length=20)),
                        ('phone', models.CharField(blank=True, max_length=30)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Professional',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True)),
                        ('first_name', models.CharField(max_length=60)),
                        ('last_name', models.CharField(max_length=80)),
                        ('function', models.CharField(blank=True, max_length=80)),
                        ('phone', models.CharField(blank=True, max_length=30)),
                        ('expertise', models.CharField(blank=True, max_length=200)),
                        ('is_active', models.BooleanField(default=True)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='professionals', to='partners.organisation')),
                        ('teams', models.ManyToManyField(related_name='professionals', through='partners.TeamMembership', to='partners.team')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='professional_email_null_not_empty'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='professional_email_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ProfessionalEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('email', models.EmailField(blank=True, max_length=254, null=True)),
                        ('first_name', models.CharField(max_length=60)),
                        ('last_name', models.CharField(max_length=80)),
                        ('function', models.CharField(blank=True, max_length=80)),
                        ('phone', models.CharField(blank=True, max_length=30)),
                        ('expertise', models.CharField(blank=True, max_length=200)),
                        ('is_active', models.BooleanField(default=True)),
                        ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.organisation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Team',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, unique=True)),
                        ('address', models.CharField(blank=True, max_length=200)),
                        ('phone', models.CharField(max_length=30)),
                        ('days', models.CharField(help_text='As in a sentence: maandag tot en met vrijdag', max_length=80)),
                        ('hours', models.CharField(help_text='As in a sentence: 8.30 tot 17.00 uur', max_length=80)),
                        ('districts', models.ManyToManyField(blank=True, related_name='teams', to='partners.district')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='partners.organisation')),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='TeamMembership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('COORDINATOR', 'coordinator'), ('MEMBER', 'team member'), ('LEAD', 'team lead'), ('SAFEGUARDING_LEAD', 'safeguarding lead'), ('CONNECTOR', 'community connector'), ('MANAGER', 'functional manager'), ('PRIVACY_OFFICER', 'privacy officer'), ('POLICY', 'policy maker')], default='MEMBER', max_length=20)),
                        ('professional', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='partners.team')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('team', 'professional', 'role'), name='membership_once')],
                    },
                ),
                migrations.CreateModel(
                    name='TeamMembershipEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('role', models.CharField(choices=[('COORDINATOR', 'coordinator'), ('MEMBER', 'team member'), ('LEAD', 'team lead'), ('SAFEGUARDING_LEAD', 'safeguarding lead'), ('CONNECTOR', 'community connector'), ('MANAGER', 'functional manager'), ('PRIVACY_OFFICER', 'privacy officer'), ('POLICY', 'policy maker')], default='MEMBER', max_length=20)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partners.teammembership')),
                        ('professional', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('team', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.team')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PartnerLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token', config.crypto.EncryptedTextField()),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                        ('expires_on', models.DateField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('uses', models.PositiveIntegerField(default=0)),
                        ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('RENT_ARREARS', 'Only arrears with the rent'), ('BILL_ARREARS', 'Only arrears with energy or water'), ('HOME', 'The home is too full or badly kept'), ('NO_ANSWER', 'Nobody opens the door or answers'), ('NUISANCE', 'Trouble with neighbours'), ('ABSENCE', 'Often not at school'), ('BABY', 'Worries around a baby'), ('CARER', 'Caring for somebody becomes too much'), ('LONELY', 'Somebody is often alone'), ('PAPERS', 'Letters and forms do not work out'), ('FEELING', 'A feeling that something is not right')], max_length=20), blank=True, default=list, size=None)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='partners.organisation')),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='partners.team')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('categories__contained_by', ['RENT_ARREARS', 'BILL_ARREARS', 'HOME', 'NO_ANSWER', 'NUISANCE', 'ABSENCE', 'BABY', 'CARER', 'LONELY', 'PAPERS', 'FEELING'])), name='partnerlink_known_categories')],
                    },
                ),
            ],
            triggers=[
                pgtrigger.migrations.AddTrigger(
                    model_name='partnerlink',
                    trigger=pgtrigger.compiler.Trigger(name='partnerlink_revoked_for_ever', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS DISTINCT FROM OLD.revoked_at OR NEW.expires_on <> OLD.expires_on))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6c0058aab67f36d272e8d6df5f9ff59ddacc2887', operation='UPDATE', pgid='pgtrigger_partnerlink_revoked_for_ever_bd599', table='partners_partnerlink', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='teammembership',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_teammembershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "professional_id", "role", "team_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."professional_id", NEW."role", NEW."team_id"); RETURN NULL;', hash='de763136a1f35ce096600499478467fced93edc5', operation='INSERT', pgid='pgtrigger_insert_insert_97d94', table='partners_teammembership', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='teammembership',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_teammembershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "professional_id", "role", "team_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."professional_id", NEW."role", NEW."team_id"); RETURN NULL;', hash='4335e11b808dc9f0b406a99fbb2c10117a54ab6b', operation='UPDATE', pgid='pgtrigger_update_update_a7809', table='partners_teammembership', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='teammembership',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_teammembershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "professional_id", "role", "team_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."professional_id", OLD."role", OLD."team_id"); RETURN NULL;', hash='3ac78546349618f2264deb018669de4c540a03a0', operation='DELETE', pgid='pgtrigger_delete_delete_f7498', table='partners_teammembership', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='professional',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_professionalevent" ("email", "expertise", "first_name", "function", "id", "is_active", "last_name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (NEW."email", NEW."expertise", NEW."first_name", NEW."function", NEW."id", NEW."is_active", NEW."last_name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone"); RETURN NULL;', hash='d559505635d47e1c148af3e948df83d964f73c9a', operation='INSERT', pgid='pgtrigger_insert_insert_21597', table='partners_professional', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='professional',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expertise" IS DISTINCT FROM (NEW."expertise") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."function" IS DISTINCT FROM (NEW."function") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone"))', func='INSERT INTO "partners_professionalevent" ("email", "expertise", "first_name", "function", "id", "is_active", "last_name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (NEW."email", NEW."expertise", NEW."first_name", NEW."function", NEW."id", NEW."is_active", NEW."last_name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone"); RETURN NULL;', hash='854842a201a446771ec963405c71f2e2c74f781e', operation='UPDATE', pgid='pgtrigger_update_update_fc942', table='partners_professional', when='AFTER')),
                ),
            ],
        ),
    ]
