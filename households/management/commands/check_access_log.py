import json
from pathlib import Path
from typing import TextIO

from django.core.management.base import BaseCommand, CommandError

from households import chain


class Command(BaseCommand):
    help = (
        "Proves that no line of the access log was changed, taken out or put in. Keep the fingerprint, or the file of "
        "--heads, where nobody who manages the database can reach it: --against then also finds a log that was written anew."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--heads", metavar="FILE", type=Path, help="write how long each chain is, with its last hash"
        )
        parser.add_argument(
            "--against", metavar="FILE", type=Path, help="the file of an earlier --heads must still fit"
        )

    def handle(self, *args, heads: Path | None, against: Path | None, **options):
        older = read(against) if against else None
        if heads is None:
            outcome = chain.check(against=older)
        else:
            new = heads.with_name(f"{heads.name}.new")
            try:
                with new.open("w") as file:
                    file.write("{")
                    outcome = chain.check(against=older, on_head=Writer(file).add)
                    file.write("\n}\n")
                if not outcome.broken:  # an older copy that is right is not lost for one that is not
                    new.replace(heads)
            except OSError as error:
                raise CommandError(f"{heads} can not be written: {error.strerror}") from error
            finally:
                new.unlink(missing_ok=True)
        if outcome.broken:
            more = outcome.broken - len(outcome.breaks)
            found = [str(one) for one in outcome.breaks] + ([f"and {more} more"] if more else [])
            raise CommandError("The access log is NOT whole:\n" + "\n".join(found))
        self.stdout.write(f"The access log is whole: {outcome.lines} lines in {outcome.chains} chains.")
        self.stdout.write(f"Fingerprint: {outcome.fingerprint}")


class Writer:
    """Writes one JSON object, a head at a time."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.before = file, "\n"

    def add(self, name: str, head: chain.Head) -> None:
        self.file.write(f"{self.before}{json.dumps(name)}: {json.dumps(head)}")
        self.before = ",\n"


def read(path: Path) -> dict[str, chain.Head]:
    try:
        return {str(name): (int(length), str(last)) for name, (length, last) in json.loads(path.read_text()).items()}
    except OSError as error:
        raise CommandError(f"{path} can not be read: {error.strerror}") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise CommandError(f"{path} is not a file that --heads wrote.") from error
