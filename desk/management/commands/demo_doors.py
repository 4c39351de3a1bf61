import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from desk.demo import bakelaar, hoogstraten, kortland, people, secrets, small
from desk.demo.steps.signals import PassedOn
from households.models import Household

HOMES = [bakelaar.HOME, hoogstraten.HOME, kortland.HOME, small.HOME, small.HIS_HOME]
FOLLOWED = [kortland.S4, bakelaar.S1, bakelaar.S2, bakelaar.S3, hoogstraten.S5, small.S6, small.S8, small.S9, small.S10]
FORWARDED = [step for _day, _time, step in small.SIGNALS.scenes if isinstance(step, PassedOn)]
OWN_PAGES = [bakelaar.SAMIRA]
QUESTIONS = [kortland.HOME_VISIT, kortland.FOLLOW_UP]
FEW = 3  # of each kind in the table


class Command(BaseCommand):
    help = "Shows by which doors one can walk into the example."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="every door, on one line")

    def handle(self, *args, **options):
        doors = all_doors()
        if not doors["households"]:
            raise CommandError("The example is not loaded yet. Run: python manage.py load_demo")
        self.stdout.write(json.dumps(doors) if options["json"] else table(doors))


def all_doors() -> dict:
    found = (
        Household.objects.filter(name__in=[home.name for home in HOMES]).select_related("coordinator").order_by("pk")
    )
    return {
        "login_path": reverse("account_login"),
        "logins": [
            {"who": person.name, "email": person.email, "password": people.PASSWORD, "role": person.role}
            for person in people.STAFF
        ],
        "links": [
            {"what": name, "path": reverse("signals:post", args=[secrets.link_token(name)])} for name in people.PARTNERS
        ],
        "follow": [
            {
                "path": reverse("signals:follow", args=[secrets.signal_code(signal.key)]),
                "reporter": signal.reporter.name,
            }
            for signal in FOLLOWED
            if signal.reporter
        ],
        "forwards": [
            {"path": reverse("signals:forwarded", args=[secrets.forward(one.signal.key)]), "who": one.to.name}
            for one in FORWARDED
        ],
        "own_pages": [
            {"path": reverse("desk:own_page", args=[secrets.own_page(one.email)]), "resident": one.first_name}
            for one in OWN_PAGES
        ],
        "questions": [
            {"path": reverse("signals:observation", args=[secrets.question(one.question)]), "asked": one.who.name}
            for one in QUESTIONS
        ],
        "households": [
            {
                "number": household.number,
                "name": household.name,
                "path": reverse("desk:household", args=[household.number]),
                "coordinator": household.coordinator.email,
            }
            for household in found
        ],
    }


def table(doors: dict) -> str:
    """The doors one needs first, in columns."""
    rows = [(doors["login_path"], login["email"], login["password"]) for login in doors["logins"][: FEW + 1]]
    rows += [(link["path"], link["what"], "") for link in doors["links"][:FEW]]
    rows += [(follow["path"], follow["reporter"], "code by mail") for follow in doors["follow"][:FEW]]
    rows += [(forward["path"], forward["who"], "code by mail") for forward in doors["forwards"][:1]]
    rows += [(page["path"], page["resident"], "code by mail") for page in doors["own_pages"]]
    rows += [(question["path"], question["asked"], "code by mail") for question in doors["questions"][:1]]
    if settings.DEMO:
        rows.append((reverse("desk:mailbox"), "every mail that was sent", ""))
    rows = [(settings.BASE_URL + path, who, password) for path, who, password in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
