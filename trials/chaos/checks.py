"""What must be true afterwards, asked of the database itself."""

from collections.abc import Iterator
from dataclasses import dataclass

import redis

from config.queues import QUEUES
from trials.chaos.mailbox import Mailbox
from trials.chaos.posting import Posting
from trials.chaos.working import Working
from trials.system import System


@dataclass(frozen=True)
class Check:
    what: str
    number: int
    expected: str = "0"
    good: bool | None = None

    @property
    def holds(self) -> bool:
        return self.good if self.good is not None else str(self.number) == self.expected


def checks(system: System, posting: Posting, working: Working, mailbox: Mailbox) -> Iterator[Check]:
    posted = list(posting.sent)
    [(stored, twice)] = system.sql(
        "SELECT count(DISTINCT submission), count(*) - count(DISTINCT submission) FROM signals_signal"
        " WHERE submission::text = ANY (%s)",
        posted,
    )
    yield Check("signals that partners heard were received", len(posted), str(posting.number))
    yield Check("  of these not stored", len(posted) - stored)
    yield Check("  stored twice", twice + count(system, "reporter_email IN (SELECT reporter_email FROM signals_signal"
                " GROUP BY reporter_email HAVING count(*) > 1)"))  # fmt: skip
    yield Check(
        "  without one receipt",
        count(system, "(SELECT count(*) FROM signals_message m WHERE m.signal_id = signals_signal.id) <> 1"),
    )
    yield Check(
        "  without one line in the log",
        count(system, "(SELECT count(*) FROM households_accesslogentry l WHERE l.object_type = 'signal'"
              " AND l.object_id = signals_signal.id AND l.event = 'receive signal') <> 1"),
    )  # fmt: skip
    [(uses,)] = system.sql("SELECT sum(uses) FROM partners_partnerlink")
    yield Check("times that the link was used, beside the signals", uses - count(system, "true"))
    yield from mails(system, posting, mailbox)
    yield from households(system, working)
    [(indexes, times)] = system.sql(
        "SELECT (SELECT count(*) FROM pg_indexes WHERE indexname = 'of_the_next_version'),"
        " (SELECT count(*) FROM django_migrations WHERE app = 'next_version')"
    )
    yield Check("times that the migration was made, of three that began", max(indexes, times), "1")
    yield Check("chains of the log that are broken", broken_chains(system))


def mails(system: System, posting: Posting, mailbox: Mailbox) -> Iterator[Check]:
    came = mailbox.mails
    numbers = {email: came[email] for email in posting.sent.values()}
    given_up = {
        email
        for (email,) in system.sql(
            "SELECT reporter_email FROM signals_call c JOIN signals_signal s ON s.id = c.signal_id"
        )
    }
    silent = {email for email, number in numbers.items() if number == 0}
    once, doubly = (sum(number == times for number in numbers.values()) for times in (1, 2))
    yield Check("reporters mailed once", once, "most", once > doubly)
    yield Check("  twice", doubly, "few", True)
    yield Check("  three times or more", len(numbers) - once - doubly - len(silent))
    yield Check("  not at all, and nobody phones", len(silent - given_up))
    yield Check("  not at all, and somebody phones", len(silent & given_up), "0, or few", True)
    [(waiting,)] = system.sql("SELECT count(*) FROM post_office_email WHERE status IN (2, 3)")
    yield Check("mails that still wait", waiting)
    [(refused,)] = system.sql("SELECT count(*) FROM post_office_log WHERE message LIKE '%452%'")
    yield Check("mails refused because the disk was full, and sent later", refused, "some", refused > 0)
    yield Check("tasks that still wait", tasks_waiting(system))
    [(ready, papers)] = system.sql("SELECT count(*) FILTER (WHERE state = 'READY'), count(*) FROM households_print")
    yield Check("papers asked, and not made", papers - ready)


def households(system: System, working: Working) -> Iterator[Check]:
    """What was changed in two windows at once, while everything stopped."""
    [(others, plans)] = system.sql(
        "SELECT count(*) FILTER (WHERE number <> 1), sum(number) FROM (SELECT home.id, (SELECT count(*)"
        " FROM plans_supportplan AS plan WHERE plan.household_id = home.id AND plan.status <> 'CLOSED') AS number"
        " FROM households_household AS home WHERE home.number = ANY (%s)) AS counted",
        working.homes,
    )
    yield Check("plans made, each in two windows at once", int(plans or 0), str(len(working.homes)))
    yield Check("  households with another number of plans than one", others)
    [(without,)] = system.sql(
        "SELECT count(*) FROM households_household AS home WHERE (SELECT count(*) FROM partners_teammembership AS one"
        " WHERE one.professional_id = home.coordinator_id AND one.team_id = home.team_id) <> 1"
    )
    yield Check("  households without one coordinator of their team", without)
    [(written, kept)] = system.sql(
        "SELECT (SELECT count(*) FROM households_accesslogentry AS line JOIN households_household AS home"
        " ON home.id = line.household_id WHERE line.event = 'change household' AND home.number = ANY (%s)),"
        " (SELECT count(*) FROM households_householdevent AS was WHERE was.number = ANY (%s) AND pgh_label = 'update')",
        working.homes, working.homes,
    )  # fmt: skip
    yield Check("changes that were heard to be saved", working.changes, "some", working.changes > 0)
    yield Check("  of these without a line in the log", max(0, working.changes - written))
    yield Check("  of these not in the history", max(0, working.changes - kept))


def count(system: System, condition: str) -> int:
    [(number,)] = system.sql(f"SELECT count(*) FROM signals_signal WHERE {condition}")
    return int(number)


def broken_chains(system: System) -> int:
    system.manage("shell", "--command", "from households.chain import keep_check; keep_check()")
    [(broken,)] = system.sql("SELECT broken FROM households_logcheck ORDER BY id DESC LIMIT 1")
    return int(broken)


def tasks_waiting(system: System) -> int:
    """How many the broker holds for a worker."""
    with redis.from_url(system.redis_url) as broker:
        return sum(int(broker.llen(name)) for name in QUEUES)
