"""A real mail server that can be stopped and started, whose disk can be full, and of which is seen when it takes a mail."""

import re
import resource
import time
from collections import Counter

from config.local_services.server import free_port
from trials.chaos.spool import TO
from trials.system import System

NO_LIMIT = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


class Mailbox:
    def __init__(self, system: System) -> None:
        self.system, self.port, self.spool = system, free_port(0), system.folder / "spool"
        self.spool.touch()

    @property
    def mails(self) -> Counter[str]:
        """How many each address got."""
        found = re.findall(rb"^" + TO + rb"(\S+)$", self.spool.read_bytes(), re.MULTILINE)
        return Counter(address.decode() for address in found)

    def start(self) -> None:
        self.system.start("mailbox", "-m", "trials.chaos.spool", f"{self.port}", f"{self.spool}")

    def stop(self) -> None:
        self.system.stop("mailbox")

    def fill(self) -> None:
        """From now on the kernel refuses to write more than half a mail. It needs no rights, as a small disk would."""
        self.limit((self.spool.stat().st_size + 200, resource.RLIM_INFINITY))

    def empty(self) -> None:
        self.limit(NO_LIMIT)

    def limit(self, limit: tuple[int, int]) -> None:
        resource.prlimit(self.system.children["mailbox"].pid, resource.RLIMIT_FSIZE, limit)

    def wait_until_busy(self, seconds: float) -> bool:
        """Until the next mail is on disk, and its sender does not know yet."""
        size, deadline = self.spool.stat().st_size, time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.spool.stat().st_size > size:
                return True
            time.sleep(0.001)
        return False
