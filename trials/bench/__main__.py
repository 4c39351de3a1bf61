"""make bench [ARGS="--small"]      a municipality, two gunicorn workers, a Celery worker, and a table of what it costs

Bare views and ours take turns, so that whatever else this machine does hits both; a ratio is the median of the rounds."""

import argparse
import sys
import tempfile
from pathlib import Path

from config import local_services
from trials.bench import figures, table
from trials.bench.measuring import Bench


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--small", action="store_true", help="10,000 households in place of 100,000, and fewer rounds")
    parser.add_argument("--posting", action="store_true", help="only what posting costs")
    parser.add_argument("--papers", action="store_true", help="only what printing costs")
    parser.add_argument("--rounds", type=int, help="how often bare and ours take turns; 7, or 3 when it is small")
    parser.add_argument("--posts", type=int, help="posts in a round; 300, or 120 when it is small")
    arguments = parser.parse_args()
    rounds = arguments.rounds or (3 if arguments.small else 7)
    posts = arguments.posts or (120 if arguments.small else 300)
    sizes = [] if arguments.posting else [10_000, 100_000]
    local_services.ensure()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), rounds=rounds, posts=posts)
        with bench.running():
            lines = list(bench.papers() if arguments.papers else bench.measure(sizes=sizes[: 2 - arguments.small]))
    table.show_rows([figures.HEAD, *(one.cells for one in bench.figures)])
    print()
    table.show(lines)
    sys.exit(0 if all(line.met for line in lines) else 1)


if __name__ == "__main__":
    main()
