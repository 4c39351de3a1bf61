"""Everything of `make run`: the database and the demo are brought up to date, then web, worker, beat and mailbox run.

    python -m config.serve      inside `python -m config.local_services --`; HOST and PORT say where

What they say goes to `.local/<place>/huisplan.log`; the terminal shows the doors, as the last thing.
"""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, Any, NoReturn

from config import local_services
from config.local_services.server import dying_with_us, tail

HOST, PORT = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
# 0.0.0.0 is where to listen, not where to go.
URL = f"http://{'127.0.0.1' if HOST == '0.0.0.0' else HOST}:{PORT}"
LOG_LIMIT = 5_000_000
PATIENCE = 60  # seconds until the first page

WEB = ["gunicorn", "config.wsgi", f"--bind={HOST}:{PORT}", "--workers=2", "--worker-class=gthread", "--threads=4"]
# No access log: addresses hold secret codes. No control socket: it would be shared by all that this user runs.
WEB += ["--graceful-timeout=5", "--no-control-socket", "--preload"]
CELERY = ["celery", "--app=config.celery"]
WORKER = [*CELERY, "worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
BEAT = [*CELERY, "beat", "--loglevel=WARNING"]

asked_to_stop: list[int] = []


class Crew:
    """The processes that run together. Nobody waits for one of them without looking up for a signal."""

    def __init__(self, path: Path) -> None:
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        self.path, self.log = path, path.open("ab")
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str, output: IO[bytes] | None = None) -> None:
        self.children[name] = subprocess.Popen(
            dying_with_us([sys.executable, *command]),
            stdout=output or self.log,
            stderr=self.log,
            start_new_session=True,  # Ctrl-C reaches only us, and we stop them in good order
        )

    def manage(self, name: str, output: IO[bytes] | None = None) -> None:
        self.start(name, "manage.py", name, output=output)
        while (code := self.children[name].poll()) is None:
            self.pause()
        if code:
            self.fail(f"manage.py {name} failed")
        del self.children[name]

    def watch(self) -> None:
        self.pause()
        for name, child in self.children.items():
            if child.poll() is not None:
                self.fail(f"{name} stopped by itself")

    def pause(self) -> None:
        if asked_to_stop:
            sys.exit(0)
        time.sleep(0.1)

    def fail(self, what: str) -> NoReturn:
        sys.exit(f"{what}. The end of {self.path}:\n{tail(self.path, 20)}")

    def end(self) -> None:
        for child in self.children.values():
            child.terminate()
        deadline = time.monotonic() + 10
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # what it left behind, or itself
            child.wait()


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: asked_to_stop.append(number))
    place = local_services.place()
    lock = (place / "serve.lock").open("w")
    refuse_a_second_one(lock)
    refuse_a_taken_port()
    os.environ.setdefault("HUISPLAN_BASE_URL", URL)
    crew = Crew(place / "huisplan.log")
    print(f"Starting Huisplan; the log is {crew.path}", flush=True)
    try:
        crew.manage("migrate")
        crew.manage("load_demo")
        crew.start("web", "-m", *WEB)
        crew.start("worker", "-m", *WORKER)
        crew.start("beat", "-m", *BEAT, f"--schedule={place / 'celerybeat-schedule'}")
        crew.start("mailbox", "-m", "config.mailbox")
        with tempfile.TemporaryFile() as doors:
            crew.manage("demo_doors", output=doors)
            deadline = time.monotonic() + PATIENCE
            while not answers():
                crew.watch()
                if time.monotonic() > deadline:
                    crew.fail(f"{URL}/inloggen/ gives no page")
            doors.seek(0)
            print(doors.read().decode().rstrip(), flush=True)
        while True:
            crew.watch()
    finally:
        crew.end()


def refuse_a_second_one(lock: IO[Any]) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("Huisplan runs here already. For a second one beside it: HUISPLAN_PLACE=second PORT=8001 make run")


def refuse_a_taken_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(PORT)))
        except (OSError, OverflowError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            sys.exit(f"Cannot listen on {HOST}, port {PORT}: {why}. Choose another port, like this: PORT=8001 make run")


def answers() -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{URL}/inloggen/", timeout=10) as page:
            return bool(page.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    main()
