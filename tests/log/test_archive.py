"""Old lines of the access log go to an encrypted archive, and the log stays one chain across it. Nothing that is younger, or
not in an archive, can be taken out by anybody."""

import gzip
import json
import os
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config import backup
from config.templating.words import day
from households import access, chain
from households import actions as household_actions
from households.models import AccessLogEntry, Household, LogCheck, LogHead
from households.tasks import check_access_log
from tests import paper
from tests.helpers import Page, sql
from tests.log.working import complaint, look, said, triggers_off
from tests.test_backup import manage

LONG_AGO = timezone.now() - timedelta(days=6 * 366)
pytestmark = pytest.mark.django_db


@pytest.fixture
def old(small_team) -> Household:
    """A household that was looked at long ago, changed once, looked at twice, and once more today."""
    with time_machine.travel(LONG_AGO, tick=False):
        made = household_actions.make_household(
            name="Familie Oudzeer", team=small_team.team, coordinator=small_team.anna, by=small_team.anna
        )
        look(made, small_team.anna)
        access.record(action=access.Action.UPDATE, event="next step", about=made, by=small_team.anna)
        look(made, small_team.anna)
        access.record(action=access.Action.SEARCH, event="search", by=small_team.omar, hits=0)
    look(made, small_team.anna)
    return made


@pytest.fixture
def folder(identity, settings) -> Path:
    return settings.BACKUP_FOLDER


def archive(folder: Path) -> Path:
    """The newest file, after one more was made."""
    call_command("archive_access_log")
    return max(folder.glob("huisplan-log-*.age"))


def lines_in(path: Path, key: Path) -> list[dict]:
    plain = subprocess.run(["age", "--decrypt", f"--identity={key}", path], capture_output=True, check=True).stdout
    return [json.loads(line) for line in gzip.decompress(plain).splitlines()]


def written_anew(path: Path, lines: list[dict], recipient: str) -> None:
    packed = gzip.compress("".join(f"{json.dumps(line)}\n" for line in lines).encode())
    path.unlink()
    subprocess.run(["age", "--encrypt", f"--recipient={recipient}", f"--output={path}"], input=packed, check=True)


def ranks(of: str) -> list[int]:
    return list(AccessLogEntry.objects.filter(chain=of).order_by("rank").values_list("rank", flat=True))


def test_the_chain_stays_whole_across_the_archive(old, folder, identity, small_team, tmp_path):
    of_home, of_omar = f"household {old.pk}", f"actor {small_team.omar.pk}"
    assert (ranks(of_home), ranks(of_omar)) == ([1, 2, 3, 4, 5], [1])
    here = {line.pk for line in AccessLogEntry.objects.all()}
    said("--heads", str(tmp_path / "heads.json"))
    check_access_log()

    made = archive(folder)
    # What was written last stays: the term of the file counts from it.
    assert (ranks(of_home), ranks(of_omar)) == ([3, 4, 5], [])
    gone = {line["id"] for line in lines_in(made, identity)}
    assert here - gone == set(AccessLogEntry.objects.exclude(event="archive log").values_list("pk", flat=True))
    assert all(
        line["occurred_at"] < f"{timezone.now() - timedelta(days=5 * 365):%Y-%m-%d}"
        for line in lines_in(made, identity)
    )
    assert made.stat().st_mode & 0o077 == 0
    assert str(old.number).encode() not in made.read_bytes()
    assert AccessLogEntry.objects.latest("pk").hits == len(gone)
    assert "is whole" in said("--against", str(tmp_path / "heads.json"))

    look(old, small_team.anna)
    access.record(action=access.Action.SEARCH, event="search", by=small_team.omar, hits=0)
    assert (ranks(of_home)[-1], ranks(of_omar)) == (6, [2])
    check_access_log()
    assert [check.broken for check in LogCheck.objects.order_by("pk")][-2:] == [0, 0], "no line is missed"
    call_command("archive_access_log", prove=identity)
    call_command("archive_access_log")
    assert [made] == list(folder.glob("huisplan-log-*.age")), "there was nothing more that is old enough"


def test_who_reads_the_log_is_told_where_it_begins(old, folder, small_team, as_):
    anna, there = Client(), "Oudere regels staan in het archief."
    anna.force_login(small_team.anna)
    household_actions.add_resident(household=old, first_name="Roos", by=small_team.anna)
    roos = old.members.get().resident
    pages = [reverse("desk:log", args=[old.number]), reverse("households:who_looked", args=[old.number, roos.pk])]

    def told() -> list[bool]:
        registers = as_("els").post(reverse("desk:privacy"), {"number": old.number})
        return [there in Page(answer).text for answer in [*map(anna.get, pages), registers]]

    def on_paper(since: date) -> bool:
        answer = anna.get(reverse("households:print_who_looked", args=[old.number, roos.pk]), {"van": since})
        return "staat in ons archief" in " ".join(paper.read(answer.content))

    assert told() == [False, False, False]
    archive(folder)
    kept = timezone.localdate(AccessLogEntry.objects.filter(chain=f"household {old.pk}").earliest("rank").occurred_at)
    first = kept + timedelta(days=1)
    assert told() == [True, True, True]
    assert f"Vanaf {day(first)}" in Page(anna.get(pages[0])).text
    assert [on_paper(first - timedelta(days=1)), on_paper(first)] == [True, False]


def test_what_is_younger_or_in_no_archive_can_not_be_taken_out(old, folder, small_team):
    of_home = f"household {old.pk}"
    second, last = (AccessLogEntry.objects.get(chain=of_home, rank=rank) for rank in (2, 5))
    move = "UPDATE households_loghead SET archived = {0}, archived_hash = '{1}' WHERE chain = '{2}'"
    refused = [
        "DELETE FROM households_accesslogentry",
        f"DELETE FROM households_accesslogentry WHERE id = {second.pk}",
        move.format(5, last.hash, of_home),
        move.format(2, last.hash, of_home),
        move.format(2, second.hash, of_home).replace("SET", "SET length = 9,"),
        "UPDATE households_accesslogentry SET event = 'x'",
    ]
    for change in refused:
        with pytest.raises(DatabaseError, match=r"Cannot update or delete|moves only"), transaction.atomic():
            sql(change)
    archive(folder)
    third = AccessLogEntry.objects.get(chain=of_home, rank=3)
    for change in (
        f"DELETE FROM households_accesslogentry WHERE id = {third.pk}",
        f"DELETE FROM households_accesslogentry WHERE id = {last.pk}",
        move.format(0, "", of_home),
    ):
        with pytest.raises(DatabaseError, match=r"Cannot update or delete|moves only"), transaction.atomic():
            sql(change)
    with triggers_off():
        sql("DELETE FROM households_accesslogentry WHERE id = %s", third.pk)
    assert "one or more lines before this one are gone" in complaint()


def test_nothing_goes_when_it_should_not(old, folder, settings):
    with triggers_off():
        sql("UPDATE households_accesslogentry SET event = 'x' WHERE chain = %s AND rank = 5", f"household {old.pk}")
    before = AccessLogEntry.objects.count()
    with pytest.raises(CommandError, match="is not whole"):
        call_command("archive_access_log")
    settings.KEEP_LOG_YEARS = 4
    with pytest.raises(CommandError, match="less than 5"):
        call_command("archive_access_log")
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="RECIPIENTS is empty"):
        call_command("archive_access_log")
    assert AccessLogEntry.objects.count() == before
    assert not list(folder.glob("*"))


def test_who_comes_at_the_archive_is_found(old, folder, identity, settings, small_team):
    made = archive(folder)
    lines = lines_in(made, identity)

    def proof() -> str:
        with pytest.raises(CommandError) as found:
            call_command("archive_access_log", prove=identity)
        return str(found.value)

    of_home = next(place for place, line in enumerate(lines) if line["chain"] == f"household {old.pk}")
    [recipient] = settings.BACKUP_RECIPIENTS
    changed = [dict(line) for line in lines]
    changed[of_home]["event"] = "x"
    written_anew(made, changed, recipient)
    assert "this line was changed" in proof()
    changed[of_home]["hash"] = chain.hash_of(changed[of_home])
    written_anew(made, changed, recipient)
    assert "does not fit on the line before it" in proof()
    written_anew(made, lines[:of_home] + lines[of_home + 2 :], recipient)
    assert "are in no file here" in proof()
    written_anew(made, lines, recipient)
    call_command("archive_access_log", prove=identity)
    made.write_bytes(made.read_bytes()[:-30])
    assert "can not be opened" in proof()


def test_who_is_stopped_between_the_file_and_the_database_loses_nothing(old, folder, identity):
    before = set(AccessLogEntry.objects.values_list("pk", flat=True))
    with transaction.atomic():
        first = archive(folder)
        transaction.set_rollback(True)
    assert set(AccessLogEntry.objects.values_list("pk", flat=True)) == before
    second = archive(folder)
    assert first != second
    call_command("archive_access_log", prove=identity)
    assert "is whole" in said()


MAKE_OLD = """
from datetime import timedelta
from django.utils import timezone
from households.models import AccessLogEntry
long_ago = timezone.now() - timedelta(days=6 * 366)
for _ in range(3):
    AccessLogEntry.objects.create(action="VIEW", event="search", actor_role="X", object_type="old", object_id=1, occurred_at=long_ago)
"""


@pytest.fixture
def database() -> Iterator[str]:
    """One with a short name: that of its copy is longer."""
    with backup.connect() as server:
        server.autocommit = True
        name = f"archive_{os.getpid()}"
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield name
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.walk
def test_a_backup_of_what_is_left_proves_itself(folder, identity, database):
    """All by the commands of an operator, in a database of its own."""
    call_command("backup")
    [made] = folder.glob("*.dump.age")
    backup.restore(made, identity, database=database)
    made.unlink()
    there = {
        "HUISPLAN_DATABASE_NAME": database, "HUISPLAN_BACKUP_FOLDER": str(folder),
        "HUISPLAN_BACKUP_RECIPIENTS": subprocess.run(
            ["age-keygen", "-y", identity], check=True, capture_output=True, text=True
        ).stdout.strip(),
    }  # fmt: skip
    for command in (
        ("shell", "-c", MAKE_OLD), ("archive_access_log",), ("check_access_log",), ("backup",),
        ("restore_drill", "--identity", identity), ("archive_access_log", "--prove", identity),
    ):  # fmt: skip
        done = manage(*command, **there)
        assert done.returncode == 0, done.stderr
    with backup.connect(database=database) as copy:
        [head] = copy.execute("SELECT archived, length FROM households_loghead WHERE chain = 'old 1'").fetchall()
    assert head == (3, 3)


def test_a_head_knows_where_it_begins(old, folder):
    archive(folder)
    head = LogHead.objects.get(chain=f"household {old.pk}")
    assert (head.archived, head.archived_hash) == (2, AccessLogEntry.objects.get(chain=head.chain, rank=3).prev_hash)
