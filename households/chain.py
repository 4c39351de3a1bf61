"""Proves the chains of the access log, by working out every hash again: apart from the trigger that made them, line after
line, with the same little memory for any number of lines.

A chain whose oldest lines went to an archive is gone through from there on; `households.archive` proves what is in there.

Somebody who can write in the database past its triggers can make whole new chains that fit. So what the heads were must
also be kept elsewhere: `check(against=...)` looks whether they still stand."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from config import mail
from households.models import Household, LogCheck
from partners.models import Professional
from partners.permissions import Permission, roles_with

# In this order the fields stand in what is hashed.
FIELDS = (
    "chain", "rank", "prev_hash", "id", "occurred_at", "actor_id", "actor_role", "actor_organisation_id",
    "on_behalf_of_id", "household_id", "subject_ids", "object_type", "object_id", "action", "event", "result", "basis",
    "hits", "origin", "request_id",
)  # fmt: skip
# The heads first: one statement sees lines and heads as they were at one moment, whatever is written meanwhile.
LINES = f"""
SELECT head.chain, head.length, head.hash, head.archived, head.archived_hash, line.hash, {", ".join(f"line.{name}" for name in FIELDS)}
FROM households_loghead AS head LEFT JOIN households_accesslogentry AS line ON line.chain = head.chain
ORDER BY head.chain, line.rank
"""
WITHOUT_HEAD = """
SELECT line.chain, min(line.id) FROM households_accesslogentry AS line
WHERE NOT EXISTS (SELECT 1 FROM households_loghead AS head WHERE head.chain = line.chain) GROUP BY line.chain
"""
AT_A_TIME = 2000
NAMED = 50  # broken chains that are told one by one

Head = tuple[int, str]  # how many lines, and the hash of the last


@dataclass(frozen=True)
class Break:
    """Where a chain is broken, and how. `line` is the number of the line, when there is one to point at."""

    chain: str
    what: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.chain}{number_of(self.chain)}"
        return f"{place}, line {self.line}: {self.what}" if self.line else f"{place}: {self.what}"


@dataclass
class Outcome:
    """What a check found. `breaks` holds the first break of each broken chain, at most fifty of them."""

    lines: int = 0
    archived: int = 0  # lines that are not here any more
    chains: int = 0
    broken: int = 0
    breaks: list[Break] = field(default_factory=list)
    fingerprint: str = ""

    def add(self, found: Break | None) -> None:
        if found is not None:
            self.broken += 1
            if len(self.breaks) < NAMED:
                self.breaks.append(found)


def check(*, against: Mapping[str, Head] | None = None, on_head: Callable[[str, Head], None] | None = None) -> Outcome:
    """Go through every chain. `against` holds older heads, which must still stand; `on_head` gets each head as it is."""
    outcome, all_heads, older = Outcome(), hashlib.sha256(), dict(against or {})
    for chain, rows in groupby(rows_in_order(), key=itemgetter(0)):
        walk = None
        for _chain, length, head_hash, archived, archived_hash, line_hash, *values in rows:
            head = (length, head_hash)
            if walk is None:
                walk = Walk(chain, (archived, archived_hash), older.pop(chain, None))
                outcome.archived += archived
            if values[1] is not None:  # a head without any line has a row too
                outcome.lines += 1
                walk.step(dict(zip(FIELDS, values, strict=True)), line_hash, head)
        outcome.chains += 1
        assert walk
        outcome.add(walk.end(head))
        all_heads.update(f"{chain} {head[0]} {head[1]}\n".encode())
        if on_head:
            on_head(chain, head)
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_HEAD)
        for chain, line in cursor.fetchall():
            outcome.add(Break(chain, "the head of this chain is gone", line))
            older.pop(chain, None)
    for chain in older:
        outcome.add(Break(chain, "this chain is gone"))
    outcome.fingerprint = all_heads.hexdigest()
    return outcome


def rows_in_order() -> Iterator[tuple[Any, ...]]:
    """Every line with the head of its chain, chain after chain. The server keeps them until they are asked for."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(LINES)
        while rows := cursor.fetchmany(AT_A_TIME):
            yield from rows


class Walk:
    """Along one chain, from behind what is in an archive up to its first break."""

    def __init__(self, chain: str, archived: Head, older: Head | None) -> None:
        self.chain, self.older = chain, older
        self.rank, self.hash = archived
        self.found: Break | None = None
        if older and older[0] <= archived[0]:
            self.older = None
            if older[0] < archived[0]:
                self.found = Break(
                    chain, "what the copy ends with is in an archive; take a copy of less than five years old"
                )
            elif older[1] != archived[1]:
                self.found = Break(chain, "what is in an archive was another line in the copy")

    def step(self, line: dict[str, Any], line_hash: str, head: Head) -> None:
        if self.found is None:
            what = self.wrong_with(line, line_hash, head)
            self.found = Break(self.chain, what, line["id"]) if what else None
            self.rank, self.hash = line["rank"], line_hash
        if self.older and line["rank"] == self.older[0]:
            if self.older[1] != line_hash and self.found is None:
                self.found = Break(self.chain, "this or an earlier line was another one in the copy", line["id"])
            self.older = None

    def wrong_with(self, line: dict[str, Any], line_hash: str, head: Head) -> str:
        if line["rank"] > head[0]:
            return "this line was added behind the end"
        if line["rank"] > self.rank + 1:
            return "one or more lines before this one are gone"
        if line["rank"] <= self.rank:
            return "this line was put in"
        if line["prev_hash"] != self.hash:
            return "this line does not fit on the line before it"
        return "" if line_hash == hash_of(line) else "this line was changed"

    def end(self, head: Head) -> Break | None:
        if self.found is None and head[0] == 0:
            self.found = Break(self.chain, "a head without any line")
        if self.found is None and self.rank < head[0]:
            self.found = Break(self.chain, f"the last {head[0] - self.rank} of {head[0]} lines are gone")
        if self.found is None and self.hash != head[1]:
            self.found = Break(self.chain, "the head is not that of the last line")
        if self.found is None and self.older:
            self.found = Break(self.chain, f"only {self.rank} lines, and in the copy {self.older[0]}")
        return self.found


def hash_of(line: dict[str, Any]) -> str:
    """The hash of a line, over each of its fields with its length before it, so that nothing can shift between two."""
    texts = (text_of(line[name]) for name in FIELDS)
    whole = ",".join("-" if text is None else f"{len(text)}:{text}" for text in texts)
    return hashlib.sha256(whole.encode()).hexdigest()


def text_of(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list):
        return "{" + ",".join("NULL" if one is None else str(one) for one in value) + "}"
    if hasattr(value, "astimezone"):
        return str(value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"))
    return str(value)


def number_of(chain: str) -> str:
    """The number by which people know the household of this chain."""
    kind, _space, key = chain.partition(" ")
    if kind != "household":
        return ""
    number = Household.objects.filter(pk=key).values_list("number", flat=True).first()
    return f" ({number})" if number else ""


# ---- what is kept of it


@transaction.atomic
def keep_check() -> LogCheck:
    """Check all chains and keep what came out. When something is broken, the privacy officers get a mail: that it is,
    and where they see it."""
    outcome, before = check(), LogCheck.objects.order_by("-pk").first()
    lines = outcome.lines + outcome.archived
    if before and lines < before.lines:
        outcome.add(Break("rest", "there are fewer lines than at the check before"))
    kept = LogCheck.objects.create(
        lines=lines, chains=outcome.chains, broken=outcome.broken, fingerprint=outcome.fingerprint
    )
    if kept.broken:
        officers = Professional.objects.active().filter(
            memberships__role__in=roles_with(Permission.READ_REGISTERS), email__isnull=False
        )
        for officer in officers.distinct():
            mail.queue(
                to=str(officer.email),
                subject=_("The access log is not whole"),
                body=_(
                    "The daily check found that lines of the access log were changed or are gone. Look here:\n%(address)s"
                )
                % {"address": settings.BASE_URL + reverse("desk:privacy")},
            )
    return kept
