"""A migration that the version before it can not live with does not get in."""

import shutil
from pathlib import Path

import pytest

from partners import migrations
from trials.migrations import faults

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
FINE = {
    "a column that may be empty": "AddField('team', 'motto', models.TextField(null=True))",
    "a column that the database fills": "AddField('team', 'motto', models.TextField(db_default=''))",
    "a new table": "CreateModel('Motto', [('id', models.BigAutoField(primary_key=True)), ('text', models.TextField(db_index=True))])",
    "an index on a quiet table": "AddIndex('team', models.Index(fields=['phone'], name='team_phone'))",
    "a note for people": "AlterField('team', 'phone', models.CharField(max_length=30, help_text='with the area'))",
}
BAD = {
    "a column goes": ("RemoveField('team', 'phone')", "DROPPING columns"),
    "a column gets another name": ("RenameField('team', 'phone', 'telephone')", "RENAMING columns"),
    "a column that the old version does not fill": (
        "AddField('team', 'motto', models.TextField(default=''))",
        "NOT NULL constraint",
    ),
    "a table gets another name": ("RenameModel('Team', 'Group')", "RENAMING tables"),
    "a table goes": ("DeleteModel('PartnerLink')", "DROPPING table"),
    "a column of another kind": ("AlterField('team', 'phone', models.IntegerField())", "ALTERING columns"),
    "something must be unique": (
        "AddConstraint('team', models.UniqueConstraint(fields=['phone'], name='team_phone_once'))",
        "ADDING unique",
    ),
    "an index on a busy table": (
        "RunSQL('CREATE INDEX slow ON households_accesslogentry (event)')",
        "stops all writing",
    ),
}


@pytest.fixture
def newest(settings, tmp_path, monkeypatch, request):
    """One more migration in the room of partners, that does this."""

    def write(operation: str) -> None:
        package = f"moved_{abs(hash(operation))}"
        shutil.copytree(Path(migrations.__file__).parent, tmp_path / package)
        first = max(path.stem for path in (tmp_path / package).glob("0*.py"))
        (tmp_path / package / "0999_newest.py").write_text(
            "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n"
            f"    dependencies = [('partners', '{first}')]\n    operations = [migrations.{operation}]\n"
        )
        monkeypatch.syspath_prepend(tmp_path)
        settings.MIGRATION_MODULES = {"partners": package}

    return write


def test_ours_are_fine(capsys):
    assert not faults(), capsys.readouterr().out


@pytest.mark.parametrize("name", FINE)
def test_what_the_version_before_does_not_notice_is_fine(name, newest, capsys):
    newest(FINE[name])
    assert not faults(), capsys.readouterr().out


@pytest.mark.parametrize("name", BAD)
def test_what_it_can_not_live_with_is_found(name, newest, capsys):
    operation, why = BAD[name]
    newest(operation)
    assert faults()
    told = capsys.readouterr().out
    assert "(partners, 0999_newest)... ERR" in told
    assert why in told
