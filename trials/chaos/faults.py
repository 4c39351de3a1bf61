"""What happens meanwhile, one thing after the other."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from config import local_services
from config.serve import BEAT, WORKER
from trials.chaos.mailbox import Mailbox
from trials.system import System


class Faults:
    def __init__(self, system: System, mailbox: Mailbox, *, outage: float, kills: int) -> None:
        self.system, self.mailbox, self.outage, self.kills = system, mailbox, outage, kills
        self.in_the_middle = 0  # how often the worker was killed while it was sending

    def all(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("a second worker and a second beat come beside them", self.double),
            ("kill -9 of the worker while it sends", self.kill_worker),
            ("the database is migrated once more, twice at the same time", self.migrate_twice),
            ("Redis is stopped", self.stop_redis),
            ("the mail server is stopped", self.stop_mail_server),
            ("kill -9 of the worker again, and of beat", self.kill_worker_and_beat),
            ("PostgreSQL is restarted", self.restart_postgres),
            ("kill -9 of PostgreSQL", self.kill_postgres),
            ("kill -9 of web", self.kill_web),
        ]

    def double(self) -> None:
        """They stay until the end: whatever is asked twice must be done once."""
        self.system.start("second worker", "-m", *WORKER, "--hostname=second@%h")
        self.system.start("second beat", "-m", *BEAT, f"--schedule={self.system.folder / 'second-schedule'}")

    def migrate_twice(self) -> None:
        """As when two machines come up with a new version, while people go on with the old one."""
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda _: self.system.manage("migrate"), range(2)))

    def kill_worker(self) -> None:
        for _ in range(self.kills):
            self.in_the_middle += self.mailbox.wait_until_busy(20)
            self.system.kill("worker")
            self.system.start_worker()

    def kill_worker_and_beat(self) -> None:
        self.system.kill("beat")
        self.kill_worker()
        self.system.start_beat()

    def stop_redis(self) -> None:
        _postgres, redis = local_services.servers()
        redis.stop()
        time.sleep(self.outage)
        local_services.start(redis)

    def stop_mail_server(self) -> None:
        self.mailbox.stop()
        time.sleep(self.outage)
        self.mailbox.start()

    def restart_postgres(self) -> None:
        postgres, _redis = local_services.servers()
        postgres.stop()
        time.sleep(self.outage / 4)
        local_services.start(postgres)

    def kill_postgres(self) -> None:
        postgres, _redis = local_services.servers()
        postgres.kill()
        local_services.start(postgres)

    def kill_web(self) -> None:
        self.system.kill("web")
        self.system.serve("web", self.system.address)
        self.system.wait_for_page("web", self.system.address)
