"""python -m trials.chaos.spool PORT FILE      a mail server that takes a mail when it is on disk, and says when the disk is full

Each mail begins with one line for each of those it is for. Half a mail is taken off again, as a mail server does."""

import asyncio
import os
import signal
import sys
from typing import Any

from aiosmtpd.controller import Controller

TO = b"Envelope-To: "


class Spool:
    def __init__(self, path: str) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """From here on the mail counts, whatever its sender hears of it."""
        end = os.fstat(self.file).st_size
        left = b"".join(TO + one.encode() + b"\n" for one in envelope.rcpt_tos) + envelope.content + b"\n"
        try:
            while left:
                left = left[os.write(self.file, left) :]
            os.fsync(self.file)
        except OSError:
            os.ftruncate(self.file, end)
            return "452 4.3.1 Insufficient system storage"
        await asyncio.sleep(0.02)
        return "250 OK"


def main() -> None:
    wanted = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, wanted)  # before the server's thread exists, so that we get them
    Controller(Spool(sys.argv[2]), hostname="127.0.0.1", port=int(sys.argv[1]), server_hostname="localhost").start()
    signal.sigwait(wanted)


if __name__ == "__main__":
    main()
