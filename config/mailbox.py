"""The mail server of this machine: takes every mail and lays it in `.local/<place>/mail/`, so that a demo sends for real.

python -m config.mailbox      listens where EMAIL_URL points
"""

import os
import signal
import uuid
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config import local_services


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(mode=0o700, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        name = f"{datetime.now():%Y%m%d-%H%M%S-%f}-{uuid.uuid4().hex[:8]}"
        new = self.path / f".{name}"
        new.write_bytes(envelope.original_content or b"")
        new.rename(self.path / f"{name}.eml")  # whoever looks in the folder sees whole mails only
        return "250 OK"


def main() -> None:
    wanted = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, wanted)  # before the server's thread exists, so that we get them
    address = urlsplit(os.environ["EMAIL_URL"])
    controller = Controller(
        Folder(local_services.place() / "mail"),
        hostname=address.hostname,
        port=address.port or 25,
        server_hostname="localhost",  # else it asks the network for our name
        enable_SMTPUTF8=True,
    )
    controller.start()
    signal.sigwait(wanted)
    controller.stop()


if __name__ == "__main__":
    main()
