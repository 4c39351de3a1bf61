"""Where the pages are that have an address of their own, and who goes there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from desk.demo.people import Person
from tests.stage import Stage


@dataclass
class Guide:
    """Knows where the pages are. `at` fills in the numbers: at("{home}plan/")."""

    stage: Stage
    visit: Callable[..., Page]
    places: dict[str, object]

    def at(self, path: str, person: Person | None = None) -> Page:
        page = self.visit(person=person)
        page.goto(path.format(**self.places))
        return page


TEAM = {
    "my day": "/",
    "households": "/huishoudens/",
    "a household": "{home}",
    "the timeline": "{home}tijdlijn/",
    "a contact": "{home}contacten/nieuw/",
    "the talks": "{home}gesprek/",
    "a talk that ended": "{home}gesprek/{talk}/",
    "a correction in a talk": "{home}gesprek/{talk}/verbeteren/MONEY-says/",
    "the story": "{home}verhaal/",
    "how it goes": "{home}verloop/",
    "questions for a talk": "/gesprekskaarten/",
    "the circle": "{home}kring/",
    "consent": "{home}toestemming/",
    "without consent": "{home}zonder-toestemming/",
    "handing over": "{home}overdragen/",
    "standing in": "{home}vervanger/",
    "what is in the way of closing": "{home}afsluiten/",
    "the network": "{home}netwerk/",
    "the network on two days": "{home}netwerk/?eerder=2026-01-01",
    "printing": "{home}afdrukken/",
    "back from paper": "{home}plan/papier/",
    "printing a letter": "{home}afdrukken/?soort=uitnodiging&dag=x",
    "what we know of one person": "{home}afdrukken/inzage/",
    "large prints": "/afdrukken/",
    "closed households": "/huishoudens/?stand=afgesloten",
    "a household that is here twice": "{home}samenvoegen/",
    "keeping a file": "{home}bewaren/",
    "a resident who is here twice": "{home}bewoners/{resident}/dezelfde/",
    "questions to partners": "{home}vragen/",
    "opening with a reason": "{theirs}openen/",
    "who looked at a resident": "{home}bewoners/{resident}/wie-keek-mee/",
    "the own account": "/mijn-account/",
    "the own calendar": "/agenda/",
    "families of nobody": "/mijn-gezinnen/",
    "name and address": "{home}gegevens/",
    "a resident": "{home}bewoners/{resident}/",
    "a new household": "/huishoudens/nieuw/",
    "somebody close": "{home}naasten/nieuw/",
    "own words": "{home}eigen-woorden/wijzigen/",
    "the next step": "{home}volgende-stap/wijzigen/",
    "who looked": "{home}wie-keek-mee/",
    "a new goal": "{home}plan/doelen/nieuw/",
    "a new goal from an example": "{home}plan/doelen/nieuw/?voorbeeld=post-openen",
    "a goal": "{home}plan/doelen/{goal}/wijzigen/",
    "a new action": "{home}plan/doelen/{goal}/acties/nieuw/",
    "who does what": "{home}plan/acties/",
    "an action": "{home}plan/acties/{action}/",
    "the order of the plan": "{home}plan/volgorde/",
    "whom to remind": "{home}plan/acties/{action}/herinneren/",
    "who agrees with the plan": "{home}plan/akkoord/",
    "meetings": "{home}overleg/",
    "a new meeting": "{home}overleg/nieuw/",
    "money": "{home}geld/",
    "schemes": "{home}regelingen/",
    "plans of their own": "{home}eigen-plan/",
    "report and application": "{home}wmo/",
    "asking for an amount": "{home}geld/nieuw/",
    "an amount": "{home}geld/{amount}/",
    "deciding about an amount": "/maatwerk/{asked}/",
    "working together": "{home}plan/samen/",
    "a new agreement": "{home}plan/afspraken/nieuw/",
    "safety": "{home}veiligheid/",
    "agreements about safety": "{home}veiligheid/nieuw/",
    "looking back": "{home}plan/evaluaties/",
    "looking back now": "{home}plan/evaluaties/nieuw/",
    "what does not fit together": "{home}plan/botsingen/",
    "saying that something does not fit": "{home}plan/botsingen/nieuw/",
    "what does not go together": "/wat-niet-samengaat/",
    "the examples of goals": "/voorbeelddoelen/",
    "a new example": "/voorbeelddoelen/nieuw/",
    "an example": "/voorbeelddoelen/post-openen/",
    "the list of schemes": "/regelingen/",
    "a scheme": "/regelingen/kindpakket/",
    "signals": "/signalen/",
    "signals that nobody has seen": "/signalen/?lijst=ongezien",
    "closed signals": "/signalen/?lijst=afgerond",
    "a new signal": "/signalen/{received}/",
    "a signal that was taken up": "/signalen/{taken_up}/",
    "a linked signal": "/signalen/{linked}/",
    "a closed signal": "/signalen/{closed}/",
    "passing on": "/signalen/{taken_up}/doorzetten/",
    "which household": "/signalen/{taken_up}/koppelen/",
    "a part of a signal": "/signalen/{linked}/splitsen/",
    "a wrong link": "/signalen/{linked}/ontkoppelen/",
    "search": "/zoeken/",
    "mails": "/demo/postvak/",
    "log out": "/uitloggen/",
    "my account": "/mijn-account/",
    "an app with codes": "/mijn-account/app/",
    "passkeys": "/mijn-account/passkeys/",
    "is it you": "/mijn-account/bevestigen/",
    "not here": "/nergens/",
    "not yours": "{theirs}",
}
MANAGER = {
    "people": "/beheer/mensen/",
    "teams": "/beheer/teams/",
    "a new team": "/beheer/teams/nieuw/",
    "a team": "/beheer/teams/1/",
}
POLICY = {"figures": "/cijfers/"}
LEAD = {
    "figures of the team": "/cijfers/team/",
    "links of partners": "/beheer/links/",
    "destroying": "/beheer/vernietigen/",
    "a new link": "/beheer/links/nieuw/",
    "a link": "/beheer/links/1/",
    "revoking a link": "/beheer/links/1/intrekken/",
}
EVERYBODY = {
    "log in": "/inloggen/",
    "log in with a code": "/inloggen/code/",
    "no such invitation": "/uitnodiging/NIETS/",
    "forgotten password": "/wachtwoord/",
    "forgotten password, sent": "/wachtwoord/verstuurd/",
    "new password, too late": "/wachtwoord/1-oud/",
    "new password, saved": "/wachtwoord/gewijzigd/",
    "closed account": "/inloggen/gesloten/",
    "post": "{link}",
    "no such link": "/s/NIETS/",
    "find": "/volg/",
    "door": "{door}",
    "no such code": "/volg/NIETS/",
    "no such own page": "/mijn-plan/NIETS/",
    "no such question": "/vraag/NIETS/",
    "what was passed on": "{forward}",
    "nothing was passed on": "/doorgezet/NIETS/",
}
