"""python -m config.local_services [--place NAME] -- COMMAND...      run COMMAND with the servers
python -m config.local_services [--place NAME] --reset            throw the data of the place away
"""

import argparse
import os
import signal
import subprocess
import sys
from types import FrameType

from config import local_services
from config.local_services.server import dying_with_us


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m config.local_services")
    parser.add_argument("--place", default=os.environ.get("HUISPLAN_PLACE") or "run", help="which servers")
    parser.add_argument("--reset", action="store_true", help="stop the servers and delete their data")
    parser.add_argument("command", nargs="*", help="what to run, after --")
    arguments = parser.parse_args()
    os.environ["HUISPLAN_PLACE"] = arguments.place
    if arguments.reset:
        local_services.reset()
    elif arguments.command:
        sys.exit(run(arguments.command))
    else:
        parser.error("give a command after --, or --reset")


def run(command: list[str]) -> int:
    """The exit code of the command. Signals reach it, and it has ended before the servers stop."""
    child: subprocess.Popen[bytes] | None = None
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def forward(number: int, _frame: FrameType | None) -> None:
        if child is None:
            for each in signals:  # a second Ctrl-C may not disturb the stopping
                signal.signal(each, signal.SIG_IGN)
            sys.exit(128 + number)
        # A Ctrl-C in a terminal goes to every process in the foreground, so the command has had it already.
        if number != signal.SIGINT or not in_foreground():
            child.send_signal(number)

    for number in signals:
        signal.signal(number, forward)
    local_services.ensure()
    child = subprocess.Popen(dying_with_us(command))
    code = child.wait()
    return code if code >= 0 else 128 - code


def in_foreground() -> bool:
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


main()
