from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Loads the example of gemeente Wilgenrade once, and posts one fresh signal on every day that nothing came in."
    )

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "This adds people with a password that everybody knows. Set HUISPLAN_DEMO=1 if you want that."
            )
        try:
            from desk.demo import loader
        except ModuleNotFoundError as missing:
            if missing.name != "time_machine":
                raise
            raise CommandError("The example needs time-machine: pip install -r requirements/dev.txt") from missing
        loaded = loader.load()
        self.stdout.write("The example is loaded." if loaded else "The example was loaded already.")
