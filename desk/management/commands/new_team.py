from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from desk import setting_up
from partners.models import Professional, Team


class Command(BaseCommand):
    help = "Begins a team, with its functional manager, who then brings in everybody else in the browser."

    def add_arguments(self, parser):
        parser.add_argument("--organisation", required=True, help="The municipality, or who runs the team for it.")
        parser.add_argument("--team", required=True, help="As partners and residents read it: Sociaal team Waterkers")
        parser.add_argument("--phone", required=True)
        parser.add_argument("--days", required=True, help="As in a sentence: maandag tot en met vrijdag")
        parser.add_argument("--hours", required=True, help="As in a sentence: 8.30 tot 17.00 uur")
        parser.add_argument("--manager", required=True, metavar="MAIL", help="There goes the mail with the way in.")
        parser.add_argument("--first-name", required=True)
        parser.add_argument("--last-name", required=True)

    @transaction.atomic
    def handle(self, *args, **facts):
        try:
            validate_email(facts["manager"])
        except ValidationError:
            raise CommandError(f"{facts['manager']} is no e-mail address.") from None
        if Team.objects.filter(name=facts["team"]).exists():
            raise CommandError("There is a team with this name already.")
        known = Professional.objects.with_address(facts["manager"])
        if known and str(known) != f"{facts['first_name']} {facts['last_name']}":
            raise CommandError("This address belongs to somebody with another name.")
        if known and not known.is_active:
            raise CommandError("The account with this address is closed.")
        setting_up.begin_team(
            name=facts["team"],
            email=facts["manager"],
            **{key: facts[key] for key in ("organisation", "phone", "days", "hours", "first_name", "last_name")},
        )
        self.stdout.write("The team is there. Its functional manager gets a mail with the way in.")
