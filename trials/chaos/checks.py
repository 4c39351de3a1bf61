"""What must be true afterwards, asked of the database itself."""

from collections.abc import Iterator
from dataclasses import dataclass

import redis

from config.queues import QUEUES
from trials.chaos.mailbox import Mailbox
from trials.chaos.posting import Posting
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


def checks(system: System, posting: Posting, mailbox: Mailbox) -> Iterator[Check]:
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
    yield Check("chains of the log that are broken", broken_chains(system))


def mails(system: System, posting: Posting, mailbox: Mailbox) -> Iterator[Check]:
    numbers = {email: mailbox.mails[email] for email in posting.sent.values()}
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
    broker = redis.from_url(system.redis_url)
    yield Check("tasks that still wait", sum(int(broker.llen(name)) for name in QUEUES))
    broker.close()


def count(system: System, condition: str) -> int:
    [(number,)] = system.sql(f"SELECT count(*) FROM signals_signal WHERE {condition}")
    return int(number)


def broken_chains(system: System) -> int:
    system.manage("shell", "--command", "from households.chain import keep_check; keep_check()")
    [(broken,)] = system.sql("SELECT broken FROM households_logcheck ORDER BY id DESC LIMIT 1")
    return int(broken)
