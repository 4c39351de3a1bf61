from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from households import access
from partners import actions
from partners.models import Organisation, Professional, Team
from partners.permissions import Role


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
        organisation, _ = Organisation.objects.get_or_create(
            name=facts["organisation"], defaults={"kind": Organisation.Kind.MUNICIPALITY}
        )
        team = Team.objects.create(
            organisation=organisation, name=facts["team"], **{name: facts[name] for name in ("phone", "days", "hours")}
        )
        manager = actions.add_colleague(
            first_name=facts["first_name"], last_name=facts["last_name"], email=facts["manager"],
            function="functioneel beheerder", phone=facts["phone"], team=team, role=Role.MANAGER, by=None,
        )  # fmt: skip
        for event, about in (("add team", team), ("add person", manager)):
            access.record(action=access.Action.CREATE, event=event, about=about, by=None, role="TECHNICAL_MANAGER")
        self.stdout.write("The team is there. Its functional manager gets a mail with the way in.")
