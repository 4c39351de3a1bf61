"""The access log stays bounded: what is old enough goes to an encrypted file, and each chain goes on behind it.

A file holds, of each chain, the lines behind those of the file before it: JSON, one line each. They are taken out of the
database after they are on disk, and the database itself refuses that for any line of the last five years. So the files in a
folder and the database together are still one chain from the first line on: `unproven` shows it.

The last thing that was written in a file of a household stays here, with what came after it: its term counts from there."""

import gzip
import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from config import backup
from config.workdays import months_after
from households import access, chain
from households.models import LogHead
from households.models.log import KEPT_AT_LEAST_YEARS, beginning_of

NAME = "huisplan-log-{:%Y%m%dT%H%M%S%fZ}.jsonl.gz.age"
# Up to which line each chain may go. A line is seldom dated before one that stands in front of it, but it can be.
OLD = """
SELECT chain, upto FROM (
    SELECT head.chain, head.archived, least(head.length, (
        SELECT line.rank - 1 FROM households_accesslogentry AS line
        WHERE line.chain = head.chain AND line.occurred_at >= %s ORDER BY line.rank LIMIT 1
    ), (
        SELECT max(line.rank) - 1 FROM households_accesslogentry AS line
        JOIN households_household AS home ON home.id = line.household_id
        WHERE line.chain = head.chain AND line.action IN ('CREATE', 'UPDATE', 'SHARE')
    )) AS upto FROM households_loghead AS head
) AS old WHERE upto > archived ORDER BY chain
"""
LINES = f"""
SELECT line.hash, {", ".join(f"line.{name}" for name in chain.FIELDS)}
FROM unnest(%s::text[], %s::bigint[]) AS old (chain, upto)
JOIN households_accesslogentry AS line ON line.chain = old.chain AND line.rank <= old.upto
ORDER BY line.chain, line.rank
"""
BEGIN_BEHIND = """
UPDATE households_loghead AS head SET archived = old.rank, archived_hash = old.hash
FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS old (chain, rank, hash) WHERE head.chain = old.chain
"""
TAKE_OUT = """
DELETE FROM households_accesslogentry AS line USING unnest(%s::text[], %s::bigint[]) AS old (chain, rank)
WHERE line.chain = old.chain AND line.rank <= old.rank
"""
CHAINS_AT_A_TIME = 200  # who logs one of these waits for them


def ends_at() -> datetime:
    """Lines from before this may go. Raises Failed."""
    if settings.KEEP_LOG_YEARS < KEPT_AT_LEAST_YEARS:
        raise backup.Failed(f"HUISPLAN_KEEP_LOG_YEARS is less than {KEPT_AT_LEAST_YEARS}: the law asks for more.")
    return beginning_of(months_after(timezone.localdate(), -12 * settings.KEEP_LOG_YEARS))


def make(folder: Path, recipients: list[str]) -> tuple[Path | None, int]:
    """Bring what is old to a new file: which, and how many lines. Raises Failed, and then everything is as it was, or the
    file is whole and some of its lines stand in the database too: the next one takes them along."""
    if not recipients:
        raise backup.Failed("HUISPLAN_BACKUP_RECIPIENTS is empty: nobody could open the archive.")
    old = upto(ends_at())
    if not old:
        return None, 0
    if chain.check().broken:
        raise backup.Failed("The access log is not whole: see check_access_log. Nothing went to the archive.")
    made = folder / NAME.format(timezone.now())
    with backup.appearing(made) as (file, manifest):
        lines, ends = write(old, file, recipients)
        manifest |= {"lines": lines, "chains": len(ends)}
    access.record(action=access.Action.EXPORT, event="archive log", by=None, role=access.SYSTEM, hits=lines)
    take_out(ends)
    return made, lines


def upto(end: datetime) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(OLD, [end])
        return dict(cursor.fetchall())


def write(old: Mapping[str, int], file: IO[bytes], recipients: list[str]) -> tuple[int, dict[str, chain.Head]]:
    """How many lines, and the last of each chain. Raises Failed."""
    lines, ends = 0, {}
    with subprocess.Popen(
        backup.sealing(recipients), stdin=subprocess.PIPE, stdout=file, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stderr
        with suppress(BrokenPipeError), process.stdin, gzip.open(process.stdin, "wt", encoding="utf-8") as to:
            for line in of_database(old):
                to.write(json.dumps(line, separators=(",", ":")) + "\n")
                ends[line["chain"]] = line["rank"], line["hash"]
                lines += 1
        said = process.stderr.read().decode(errors="replace")
    if process.returncode or {name: rank for name, (rank, _hash) in ends.items()} != dict(old):
        raise backup.Failed(f"age failed: {said.strip()}")
    return lines, ends


def of_database(old: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(LINES, [list(old), list(old.values())])
        while rows := cursor.fetchmany(chain.AT_A_TIME):
            for line_hash, *values in rows:
                line = dict(zip(chain.FIELDS, values, strict=True))
                for name in ("occurred_at", "request_id"):
                    line[name] = chain.text_of(line[name])
                yield line | {"hash": line_hash}


def take_out(ends: Mapping[str, chain.Head]) -> None:
    """A few chains at a time, each in one piece."""
    every = sorted(ends.items())
    for start in range(0, len(every), CHAINS_AT_A_TIME):
        some = every[start : start + CHAINS_AT_A_TIME]
        names, ranks = [name for name, _end in some], [rank for _name, (rank, _hash) in some]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(BEGIN_BEHIND, [names, ranks, [last for _name, (_rank, last) in some]])
            cursor.execute(TAKE_OUT, [names, ranks])


# ---- what went there is still one chain with what is here


def unproven(folder: Path, identity: Path) -> Iterator[str]:
    """What does not fit in the files of this folder, of one another and of the database; nothing when all does. Raises
    Failed."""
    begins = LogHead.objects.filter(archived__gt=0).values_list("chain", "archived", "archived_hash")
    wanted: dict[str, chain.Head] = {name: (rank, last) for name, rank, last in begins}
    seen: dict[str, chain.Head] = {}
    for path in sorted(folder.glob("huisplan-log-*.jsonl.gz.age")):
        with opened(path, identity) as lines:
            for line in lines:
                name, rank = line["chain"], line["rank"]
                before = seen.get(name, (0, ""))
                if chain.hash_of(line) != line["hash"]:
                    yield f"{path.name}, {name}, line {line['id']}: this line was changed"
                elif rank > before[0] and (rank, line["prev_hash"]) != (before[0] + 1, before[1]):
                    yield f"{path.name}, {name}, line {line['id']}: it does not fit on the line before it"
                if name in wanted and rank == wanted[name][0] and wanted.pop(name)[1] != line["hash"]:
                    yield f"{path.name}, {name}, line {line['id']}: the database goes on behind another line"
                seen[name] = max(before, (rank, line["hash"]))
    for name, (rank, _last) in sorted(wanted.items()):
        yield f"{name}: the lines up to the {rank}th are in no file here"


@contextmanager
def opened(path: Path, identity: Path) -> Iterator[Iterator[dict[str, Any]]]:
    with subprocess.Popen(backup.unsealing(path, identity), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        why: object = ""
        try:
            with gzip.open(process.stdout, "rt", encoding="utf-8") as lines:
                yield map(json.loads, lines)
        except (OSError, EOFError, ValueError) as error:
            why = error
        process.stdout.close()
        said = process.stderr.read().decode(errors="replace").strip()
    if why or process.returncode:
        raise backup.Failed(f"{path.name} can not be opened: {said or why}")
