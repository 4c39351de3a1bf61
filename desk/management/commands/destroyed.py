import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.dateparse import parse_datetime

from desk import destroying


class Command(BaseCommand):
    help = (
        "The list of what was destroyed: numbers and days, no names. A backup writes it beside itself. After an older "
        "backup was put back, --replay destroys again what had been destroyed since."
    )

    def add_arguments(self, parser):
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--write", metavar="FILE", type=Path)
        way.add_argument("--replay", metavar="FILE", type=Path)

    def handle(self, *args, write: Path | None, replay: Path | None, **options):
        try:
            if write:
                new = write.with_name(f"{write.name}.new")
                new.write_text(json.dumps(destroying.everything_destroyed(), cls=DjangoJSONEncoder, indent=1))
                new.replace(write)
            elif replay:
                lists = json.loads(replay.read_text())
                for one in lists:
                    one |= {name: parse_datetime(one[name]) for name in ("made_at", "confirmed_at")}
                self.stdout.write(
                    f"{destroying.played_again(lists)} things that had been destroyed were destroyed again."
                )
        except (OSError, ValueError) as error:
            raise CommandError(f"The list can not be read or written: {error}") from error
