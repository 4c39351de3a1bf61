"""PostgreSQL and Redis of our own, seen from outside: by processes that start, meet, are killed and leave."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

PROJECT = Path(__file__).parent.parent
OURS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "HUISPLAN_ENCRYPTION_KEYS", "HUISPLAN_DEMO")
TELL = f"import json, os; print(json.dumps({{name: os.environ[name] for name in {OURS}}}), flush=True)"
ENSURE = "from config import local_services; local_services.ensure(); "


class Place:
    def __init__(self, local: Path) -> None:
        self.local, self.folder = local, local / "run"
        self.started: list[subprocess.Popen[str]] = []
        # What the tests themselves run on must not be found.
        self.env = {name: value for name, value in os.environ.items() if name not in OURS}
        self.env |= {"HUISPLAN_PLACE": "run", "HUISPLAN_LOCAL": str(local)}

    def start(self, *command: str) -> "subprocess.Popen[str]":
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = subprocess.Popen(command, env=self.env, cwd=PROJECT, text=True, **pipes)
        self.started.append(process)
        return process

    def wrapped(self, *command: str) -> "subprocess.Popen[str]":
        return self.start(sys.executable, "-m", "config.local_services", "--", *command)

    def python(self, code: str) -> "subprocess.Popen[str]":
        return self.start(sys.executable, "-c", code)

    def reset(self) -> "subprocess.Popen[str]":
        process = self.start(sys.executable, "-m", "config.local_services", "--reset")
        process.wait(60)
        return process

    def state(self) -> dict[str, int]:
        state: dict[str, int] = json.loads((self.folder / "services.json").read_text())
        return state

    def pids(self) -> list[int]:
        state = self.state()
        return [state["postgres_pid"], state["redis_pid"]]


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False


def told(process: "subprocess.Popen[str]") -> dict[str, str]:
    assert process.stdout
    environment: dict[str, str] = json.loads(process.stdout.readline())
    return environment


def finish(process: "subprocess.Popen[str]") -> str:
    """Its error output, after it ended."""
    return process.communicate(timeout=60)[1]


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    place = Place(tmp_path_factory.mktemp("a folder with spaces") / "local")
    yield place
    assert place.reset().returncode == 0


@pytest.fixture
def place(everything):
    yield everything
    for process in everything.started:
        process.terminate()
        finish(process)
    everything.started.clear()


@pytest.fixture
def holder(place):
    """A process that uses the servers for as long as the test takes."""
    return place.wrapped(sys.executable, "-c", TELL + "; import time; time.sleep(60)")


def test_everybody_finds_the_same_servers_and_the_last_one_stops_them(place, holder):
    first = told(holder)
    second = place.python(ENSURE + TELL)
    assert told(second) == first
    finish(second)

    assert all(runs(pid) for pid in place.pids())
    with psycopg.connect(first["DATABASE_URL"]) as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("SHOW timezone").fetchone() == ("UTC",)
    assert redis.from_url(first["REDIS_URL"]).ping()

    holder.terminate()
    assert holder.wait(30) == 128 + signal.SIGTERM
    assert not any(runs(pid) for pid in place.pids())


def test_what_was_written_is_there_after_a_kill(place, holder):
    before = told(holder)
    with psycopg.connect(before["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('blijft')")
    for pid in place.pids():
        os.kill(pid, signal.SIGKILL)

    again = place.python(ENSURE + TELL + "; import time; time.sleep(60)")
    after = told(again)
    assert after == before, "the keys, and the ports that running processes know"
    with psycopg.connect(after["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("blijft",)


def test_only_who_knows_the_password_comes_in_and_nobody_can_read_it(place, holder):
    address = told(holder)
    wrong = address["DATABASE_URL"].replace("huisplan:", "huisplan:x")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)
    with pytest.raises(redis.AuthenticationError):
        redis.from_url(address["REDIS_URL"].replace("redis://:", "redis://:x")).ping()

    secrets = [address["DATABASE_URL"].split(":")[2].split("@")[0], address["REDIS_URL"].split(":")[2].split("@")[0]]
    commands = [Path(f"/proc/{pid}/cmdline").read_text() for pid in place.pids()]
    logs = [path.read_text() for path in place.folder.glob("*.log")]
    assert not [text for text in commands + logs for secret in secrets if secret in text]
    assert (place.folder / "services.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_reach_the_command_which_decides_about_the_exit_code(place, number):
    code = f"import signal, sys; signal.signal({number}, lambda *_: sys.exit(7)); {TELL}"
    code += "\nimport time\nwhile True: time.sleep(0.05)"  # not signal.pause: a signal just before it would be lost
    process = place.wrapped(sys.executable, "-c", code)
    told(process)
    process.send_signal(number)
    assert finish(process) == ""
    assert process.returncode == 7
    assert not any(runs(pid) for pid in place.pids())


def test_the_command_stops_when_the_wrapper_is_killed(place):
    process = place.wrapped(
        sys.executable, "-c", f"import os, time; {TELL}; print(os.getpid(), flush=True); time.sleep(60)"
    )
    told(process)
    assert process.stdout
    command = int(process.stdout.readline())
    process.kill()
    process.wait(10)
    deadline = time.monotonic() + 5
    while runs(command) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not runs(command)


def test_a_reset_waits_until_nobody_is_there(place, holder):
    told(holder)
    refused = place.reset()
    assert refused.returncode == 1
    assert "in use" in finish(refused)
    assert all(runs(pid) for pid in place.pids())


def test_data_of_another_postgresql_is_explained(place, holder):
    told(holder)
    data = Path(Path(f"/proc/{place.pids()[0]}/cmdline").read_text().split("\0")[2])
    holder.terminate()
    holder.wait(30)
    version = data / "PG_VERSION"
    real = version.read_text()
    version.write_text("9\n")
    try:
        process = place.python(ENSURE)
        assert "make reset" in finish(process)
        assert process.returncode == 1
    finally:
        version.write_text(real)


def test_settings_without_data_start_nothing(place):
    place.env["HUISPLAN_PLACE"] = "none"
    try:
        process = place.python(
            ENSURE + "import os; print('HUISPLAN_DEMO' in os.environ, len(os.environ['SECRET_KEY']) > 50)"
        )
        assert process.communicate(timeout=30) == ("False True\n", "")
        assert not (place.local / "none").exists()
    finally:
        place.env["HUISPLAN_PLACE"] = "run"
