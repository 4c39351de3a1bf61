from django.core.management.base import BaseCommand, CommandError

from desk import setting_up


class Command(BaseCommand):
    help = (
        "Prints the address of the page where an empty Huisplan gets its first team and functional manager. It works for a "
        "day, and until somebody is there. Whoever has it becomes the manager: open it yourself."
    )

    def handle(self, *args, **options):
        if not setting_up.is_empty():
            raise CommandError("There are people here already: they bring in others. For another team: new_team.")
        self.stdout.write(setting_up.new_address())
