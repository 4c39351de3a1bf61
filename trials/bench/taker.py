"""python -m trials.bench.taker PORT      a mail server that takes everything and keeps nothing, as a process of its own"""

import signal
import sys
from typing import Any

from aiosmtpd.controller import Controller


class Taker:
    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        return "250 OK"


def main() -> None:
    wanted = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, wanted)  # before the server's thread exists, so that we get them
    Controller(Taker(), hostname="127.0.0.1", port=int(sys.argv[1]), server_hostname="localhost").start()
    signal.sigwait(wanted)


if __name__ == "__main__":
    main()
