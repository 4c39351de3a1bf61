from django.core.management.base import BaseCommand, CommandError

from desk.doors import forget_second_factor
from partners.models import Professional


class Command(BaseCommand):
    help = "For who lost phone, key and recovery codes: after the password a new second factor must be set up."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email: str, **options):
        professional = Professional.objects.with_address(email)
        if professional is None:
            raise CommandError("Nobody has this address.")
        forget_second_factor(professional=professional)
        self.stdout.write("The second factor is gone. A mail says so to whom it was of.")
