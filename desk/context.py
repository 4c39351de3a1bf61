from functools import cached_property
from math import ceil

from django.db.models import QuerySet

from config.prepared import Prepared
from config.sessions import left
from desk.awaited import awaited
from desk.day import only_manages, only_totals
from households.models import Print
from partners.middleware import lacks_second_factor
from partners.models import Held, Professional
from partners.permissions import Permission
from partners.requests import TeamRequest
from signals.models import Signal

LINKS = ("links", "make_link", "link", "revoke_link")
PEOPLE = ("people", "add_person", "person", "give_role", "teams", "add_team", "team")
ROOMS = {"signals": "signals", "households": "households", "plans": "households"}


def shell(request: TeamRequest) -> dict:
    """The menu around every page of somebody who is logged in: where we are, and how many signals wait."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    if lacks_second_factor(request):
        return {"second_factor_first": True}  # no menu: every page leads to setting one up
    return {"shell": Shell(request)}


class Shell:
    """Asks the database only what a template really shows: a fragment has no menu."""

    def __init__(self, request: TeamRequest):
        self.request = request

    @property
    def here(self) -> str:
        match = self.request.resolver_match
        if match is None:
            return ""
        if match.route.startswith("huishoudens/"):
            return "households"
        if match.url_name in PEOPLE:
            return "people"
        if match.url_name in LINKS:
            return "links"
        return "households" if match.url_name == "search" else ROOMS.get(match.app_name, str(match.url_name))

    @property
    def clock(self) -> dict[str, int]:
        """Whole seconds until this session ends: without use, and in any case. The browser is not earlier than the server."""
        return {name: ceil(seconds) for name, seconds in left(self.request).items()}

    @property
    def handles_signals(self) -> bool:
        return self.request.user.can(Permission.HANDLE_SIGNALS)

    @property
    def knows_households(self) -> bool:
        return self.request.user.can(Permission.KNOW_HOUSEHOLDS)

    @property
    def helps(self) -> bool:
        """In no team: this person comes for the own families only."""
        return self.request.user.role_names == "PROFESSIONAL"

    @property
    def coordinates(self) -> bool:
        return self.request.user.can(Permission.COORDINATE)

    @property
    def reads_registers(self) -> bool:
        return self.request.user.can(Permission.READ_REGISTERS)

    @property
    def reads_totals(self) -> bool:
        return self.request.user.can(Permission.READ_TOTALS)

    @property
    def reads_team_totals(self) -> bool:
        return self.request.user.can(Permission.READ_TEAM_TOTALS)

    @property
    def only_totals(self) -> bool:
        return only_totals(self.request.user)

    @property
    def manages_people(self) -> bool:
        return self.request.user.can(Permission.MANAGE_PEOPLE)

    @property
    def manages_links(self) -> bool:
        return self.request.user.can(Permission.MANAGE_LINKS)

    @property
    def only_manages(self) -> bool:
        return only_manages(self.request.user)

    @property
    def waiting(self) -> int:
        """Counted no further than anybody reads it; the inbox has counted already."""
        counted = getattr(self.request, "waiting", None)
        return len(waiting(self.request.user)["signals"]) if counted is None else counted

    @cached_property
    def awaited(self) -> list[Print]:
        """Large papers that are being made or ready; their own pages say so themselves."""
        return [] if self.here in ("print", "prints") else awaited(self.request)

    @cached_property
    def team(self) -> Held | None:
        return next(iter(self.request.user.held), None)


@Prepared
def waiting(professional: Professional) -> dict[str, QuerySet]:
    return {"signals": Signal.objects.in_menu_of(professional)}
