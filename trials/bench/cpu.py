"""How much processor time something cost: what another program does on this machine at that moment is not in it."""

import json
import os
from pathlib import Path

from config import local_services

TICKS = os.sysconf("SC_CLK_TCK")


def of_group(leader: int) -> float:
    """Seconds of this process and all in its group."""
    return sum(seconds for _parent, group, seconds in processes().values() if group == leader)


def of_children(parent: int) -> float:
    """Seconds of this process and of what it started itself."""
    return sum(seconds for pid, (above, _group, seconds) in processes().items() if pid == parent or above == parent)


def of_database() -> float:
    """Seconds of the PostgreSQL of this place; 0 when it is somebody else's."""
    state = local_services.place() / "services.json"
    return of_children(json.loads(state.read_text())["postgres_pid"]) if state.exists() else 0.0


def processes() -> dict[int, tuple[int, int, float]]:
    """Parent, group and seconds of every process; a child that ended counts with its parent."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(") ")[2].split()
        except OSError:
            continue  # it ended just now
        found[int(path.parent.name)] = (int(fields[1]), int(fields[2]), sum(map(int, fields[11:15])) / TICKS)
    return found
