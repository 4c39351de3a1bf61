"""What happens meanwhile, one thing after the other."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from config import local_services
from config.serve import BEAT, WORKER
from trials.chaos.mailbox import Mailbox
from trials.system import System

NEXT = {"DJANGO_SETTINGS_MODULE": "trials.chaos.next_version.settings"}
PATIENCE = 120  # seconds until something shows
# Every job of the clock four times at once, and one paper by whoever is first.
ALL_JOBS = """
from django.conf import settings
from config.celery import app
from desk.tasks import make_print
from households.actions import ask_print
from households.models import Print
from plans.models import SupportPlan
home = SupportPlan.objects.select_related("household__coordinator").earliest("pk").household
ask = lambda key: [make_print.delay(key) for _ in range(4)]
ask_print(kind=Print.Kind.WEEK, households=[home], by=home.coordinator, make=ask)
for job in [*settings.CELERY_BEAT_SCHEDULE.values()] * 4:
    app.send_task(job["task"])
"""


class Faults:
    def __init__(self, system: System, mailbox: Mailbox, *, outage: float, kills: int) -> None:
        self.system, self.mailbox, self.outage, self.kills = system, mailbox, outage, kills
        self.in_the_middle = 0  # how often the worker was killed while it was sending

    def all(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("a second worker and a second beat come beside them", self.double),
            ("kill -9 of the worker while it sends", self.kill_worker),
            ("the disk of the mail server is full", self.fill_spool),
            ("web and worker start anew during a migration, which is killed, and then begins twice at once",
             self.restart_while_migrating),
            ("Redis is stopped", self.stop_redis),
            ("the mail server is stopped", self.stop_mail_server),
            ("kill -9 of the worker again, and of beat", self.kill_worker_and_beat),
            ("PostgreSQL is restarted", self.restart_postgres),
            ("kill -9 of PostgreSQL", self.kill_postgres),
            ("kill -9 of web", self.kill_web),
            ("every job is given to two workers, by two beats, four times at once", self.ask_everything),
        ]  # fmt: skip

    def double(self) -> None:
        """They stay until the end: whatever is asked twice must be done once."""
        self.system.start("second worker", "-m", *WORKER, "--hostname=second@%h")
        self.system.start("second beat", "-m", *BEAT, f"--schedule={self.system.folder / 'second-schedule'}")

    def fill_spool(self) -> None:
        refused = self.refusals()
        self.mailbox.fill()
        self.until(lambda: self.refusals() > refused)
        time.sleep(self.outage)
        self.mailbox.empty()

    def refusals(self) -> int:
        [(number,)] = self.system.sql("SELECT count(*) FROM post_office_log WHERE message LIKE '%452%'")
        return int(number)

    def restart_while_migrating(self) -> None:
        """As when machines come up with a new version, while people go on with the old one."""
        self.system.start("next version", "manage.py", "migrate", **NEXT)
        self.until(self.everybody_waits)
        self.system.kill("next version")
        again = [lambda: self.system.manage("migrate", **NEXT)] * 2
        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(deed) for deed in (*again, self.restart_web, self.restart_worker)]:
                done.result()

    def everybody_waits(self) -> bool:
        return bool(
            self.system.sql(
                "SELECT 1 FROM pg_locks WHERE granted AND mode = 'AccessExclusiveLock'"
                " AND relation = 'signals_signal'::regclass"
            )
        )

    def until(self, so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not so():
            assert time.monotonic() < deadline, f"{so} does not come"
            time.sleep(0.05)

    def restart_web(self) -> None:
        self.system.stop("web")
        self.system.serve("web", self.system.address)
        self.system.wait_for_page("web", self.system.address)

    def restart_worker(self) -> None:
        self.system.stop("worker")
        self.system.start_worker()

    def ask_everything(self) -> None:
        self.system.manage("shell", "-v0", "--command", ALL_JOBS)

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
