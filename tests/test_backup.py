"""A backup is made, opened only by who has the key, and brings everything back; or it says that it would not."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import CommandError, call_command

from config import backup

PROJECT = Path(__file__).parent.parent
pytestmark = [pytest.mark.django_db, pytest.mark.walk]


@pytest.fixture
def made(identity) -> Path:
    call_command("backup")
    [made] = settings.BACKUP_FOLDER.glob("*.dump.age")
    return made


@pytest.fixture
def empty_database() -> Iterator[str]:
    with backup.scratch() as name:
        yield name


def manage(*command: object, **env: str) -> "subprocess.CompletedProcess[str]":
    """A command as an operator gives it."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *map(str, command)],
        cwd=PROJECT, env=os.environ | {"HUISPLAN_DEMO": "1"} | env, capture_output=True, text=True, check=False,
    )  # fmt: skip


def databases() -> set[str]:
    """This database and the copies of it."""
    with backup.connect() as server:
        every = {name for (name,) in server.execute("SELECT datname FROM pg_database").fetchall()}
        return {name for name in every if name.startswith(server.info.dbname)}


def rewrite(made: Path, table: str, *, rows: int = 0, content: int = 0) -> None:
    """As if the table had been something else when the backup was made."""
    manifest = backup.read_manifest(made)
    was = manifest["tables"][table]
    manifest["tables"][table] = [was[0] + rows, was[1] + content]
    backup.manifest_of(made).write_text(json.dumps(manifest))


def test_a_backup_can_be_read_by_nobody_without_the_key(made, identity, tmp_path):
    kept = made.read_bytes() + backup.manifest_of(made).read_bytes()
    for known in (b"Bakelaar", b"Jolanda", b"PGDMP", b"COPY", *[key.encode() for key in settings.ENCRYPTION_KEYS]):
        assert known not in kept
    assert made.stat().st_mode & 0o077 == 0
    opened = subprocess.run(
        ["age", "--decrypt", f"--identity={identity}", made], capture_output=True, check=True
    ).stdout
    assert opened.startswith(b"PGDMP")
    assert not [key for key in (*settings.ENCRYPTION_KEYS, settings.SECRET_KEY) if key.encode() in opened]
    other = tmp_path / "stranger.txt"
    subprocess.run(["age-keygen", "--output", other], check=True, capture_output=True)
    with pytest.raises(CommandError, match="age failed"):
        call_command("restore_drill", identity=other)


def test_a_drill_proves_the_newest_backup_and_leaves_nothing(made, identity, capfd):
    before = databases()
    call_command("restore_drill", identity=identity)
    said = capfd.readouterr().out
    assert "All tables are as they were" in said
    assert "brings everything back" in said
    assert databases() == before


def test_a_restored_database_is_the_one_that_was(made, identity, empty_database):
    done = manage("restore", made, "--identity", identity, HUISPLAN_DATABASE_NAME=empty_database)
    assert done.returncode == 0, done.stderr
    with backup.connect(database=empty_database) as copy, backup.connect() as original:
        assert backup.tables(copy) == backup.tables(original)
        assert len(backup.tables(copy)) > 60
        with pytest.raises(Exception, match="Cannot update or delete rows"):
            copy.execute("DELETE FROM households_accesslogentry")
    again = manage("restore", made, "--identity", identity, HUISPLAN_DATABASE_NAME=empty_database)
    assert again.returncode == 1
    assert "into an empty one" in again.stderr


@pytest.mark.parametrize("change", [{"rows": 1}, {"content": 1}], ids=["a row less", "another word"])
def test_a_drill_finds_what_is_not_as_it_was(made, identity, capfd, change):
    rewrite(made, "plans_goal", **change)
    with pytest.raises(CommandError, match="would not bring everything back"):
        call_command("restore_drill", identity=identity)
    assert "plans_goal: " in capfd.readouterr().err


def test_a_drill_finds_a_broken_chain(made, identity, empty_database):
    """Somebody with the whole database in hands took a line out, and the backup was made of that."""
    backup.restore(made, identity, database=empty_database)
    with backup.connect(database=empty_database) as copy:
        copy.execute("SET session_replication_role = replica")
        copy.execute("DELETE FROM households_accesslogentry WHERE id = (SELECT min(id) FROM households_accesslogentry)")
    done = manage("prove_copy", backup.manifest_of(made), HUISPLAN_DATABASE_NAME=empty_database)
    assert done.returncode == 1
    assert "access log, " in done.stderr
    assert "households_accesslogentry: " in done.stderr


def test_a_drill_finds_that_the_keys_are_others(made, identity, empty_database):
    backup.restore(made, identity, database=empty_database)
    other = Fernet.generate_key().decode()
    done = manage(
        "prove_copy", backup.manifest_of(made), HUISPLAN_DATABASE_NAME=empty_database, HUISPLAN_ENCRYPTION_KEYS=other
    )
    assert done.returncode == 1
    assert "do not open it" in done.stderr
    assert other not in done.stderr


def test_a_spoilt_file_is_found_before_anything_is_written(made, identity, empty_database):
    with made.open("r+b") as file:
        file.seek(-100, os.SEEK_END)
        file.write(b"\0" * 8)
    done = manage("restore", made, "--identity", identity, HUISPLAN_DATABASE_NAME=empty_database)
    assert done.returncode == 1
    assert "spoilt" in done.stderr
    with backup.connect(database=empty_database) as copy:
        assert backup.tables(copy) == {}


def test_without_a_key_or_a_place_there_is_no_backup_and_a_sentence(identity, settings, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="can not be written"):
        call_command("backup", tmp_path / "file" / "folder")
    settings.BACKUP_RECIPIENTS = ["age1thisisnokey"]
    with pytest.raises(CommandError, match="age failed"):
        call_command("backup")
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="HUISPLAN_BACKUP_RECIPIENTS is empty"):
        call_command("backup")
    assert list(settings.BACKUP_FOLDER.glob("*")) == []
    with pytest.raises(CommandError, match="There is no backup"):
        call_command("restore_drill", identity=identity)


def test_old_backups_go_and_the_newest_stays(made):
    older = [made.with_name(f"huisplan-20200{month}01T000000Z.dump.age") for month in (1, 2)]
    for path in older:
        path.write_bytes(b"old")
        backup.manifest_of(path).write_text("{}")
    call_command("backup")
    assert not [path for path in older if path.exists() or backup.manifest_of(path).exists()]
    assert made.exists()
    for path in settings.BACKUP_FOLDER.glob("*.dump.age"):
        path.unlink()
    older[0].write_bytes(b"old")
    assert backup.forget_old(settings.BACKUP_FOLDER, 35) == []
