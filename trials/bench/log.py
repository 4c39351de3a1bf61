"""python -m trials.bench.log NUMBER      so many looks at each household without a log, as one whole chain

Made here and copied in past the triggers, which would take many times as long."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import connection, transaction

from households import chain
from partners.models import Professional

COLUMNS = (*chain.FIELDS, "hash")


def main() -> None:
    number, anna = int(sys.argv[1]), Professional.objects.get(email="anna@telstad.example")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "SELECT id FROM households_household AS home WHERE NOT EXISTS"
            " (SELECT 1 FROM households_loghead AS head WHERE head.chain = 'household ' || home.id) ORDER BY id"
        )
        homes = [home for (home,) in cursor.fetchall()]
        cursor.execute("SELECT coalesce(max(id), 0) FROM households_accesslogentry")
        [first] = cursor.fetchone()
        ends: list[tuple[str, int, str]] = []
        with cursor.copy(f"COPY households_accesslogentry ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for line in looks(homes, number, first, anna, ends):
                copy.write_row([line[name] for name in COLUMNS])
        with cursor.copy("COPY households_loghead (chain, length, hash) FROM STDIN") as copy:
            for end in ends:
                copy.write_row(end)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('households_accesslogentry', 'id'), %s)",
            [first + number * len(homes) + 1],
        )
        cursor.execute("ANALYZE households_accesslogentry")


def looks(
    homes: list[int], number: int, key: int, by: Professional, ends: list[tuple[str, int, str]]
) -> Iterator[dict[str, Any]]:
    """The lines; `ends` gets the end of each chain."""
    now = datetime.now(UTC)
    same = {
        "actor_id": by.pk, "actor_role": "COORDINATOR", "actor_organisation_id": by.organisation_id, "on_behalf_of_id": None,
        "subject_ids": [], "object_type": "household", "action": "VIEW", "event": "household", "result": "OK",
        "basis": "ASSIGNMENT", "hits": None, "origin": "", "request_id": None,
    }  # fmt: skip
    for home in homes:
        last = ""
        for rank in range(1, number + 1):
            key += 1
            line = same | {
                "id": key, "chain": f"household {home}", "rank": rank, "prev_hash": last, "household_id": home,
                "object_id": home, "occurred_at": now - timedelta(days=7 * (number - rank), seconds=key % 3600),
            }  # fmt: skip
            last = line["hash"] = chain.hash_of(line)
            yield line
        ends.append((f"household {home}", number, last))


if __name__ == "__main__":
    main()
