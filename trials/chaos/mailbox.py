"""A real mail server that can be stopped and started, and says when it is in the middle of a mail."""

import asyncio
import threading
from collections import Counter
from typing import Any

from aiosmtpd.controller import Controller

from config.local_services.server import free_port


class Mailbox:
    def __init__(self) -> None:
        self.port = free_port(0)
        self.mails: Counter[str] = Counter()  # how many each address got
        self.busy = threading.Event()
        self.lock = threading.Lock()
        self.controller: Controller | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """From here on the mail counts, whatever its sender hears of it."""
        with self.lock:
            self.mails.update(envelope.rcpt_tos)
        self.busy.set()
        await asyncio.sleep(0.02)
        return "250 OK"

    def start(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, server_hostname="localhost")
        self.controller.start()

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
        self.controller = None

    def wait_until_busy(self, seconds: float) -> bool:
        """Until the next mail is half taken."""
        self.busy.clear()
        return self.busy.wait(seconds)
