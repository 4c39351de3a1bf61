"""How the tests of signals look at a page and do a step."""

from django.test import Client
from django.urls import reverse

from desk.demo import people
from partners.models import Organisation, Professional
from signals import actions, workflow
from signals.models import Forward, Message, Signal
from signals.sentences import sentences
from tests.helpers import Page

PEOPLE_OUTCOMES = {"OPGEPAKT_AKKOORD", "CONTACT", "BEKEND_AKKOORD", "AFGESLOTEN_RESULTAAT"}
ABOUT_PEOPLE = PEOPLE_OUTCOMES | {"OBSERVATIEVRAAG", "DRIEGESPREK", "EIGEN_WOORDEN"}
OUTCOMES = {"OPGEPAKT", "AFGESLOTEN"} | PEOPLE_OUTCOMES
NOT_THIS_STEP = (workflow.NotAllowed, actions.TakenUpBy, actions.NoAnswerYet)


def tell(signal: Signal, code: str, by: Professional, **answers: str) -> Message:
    return actions.give_feedback(signal=signal, sentence=sentences()[code], by=by, answers=answers)


def pass_on(signal: Signal, by: Professional, **facts: object) -> Forward:
    """Ask Dennis, of the debt help, to take it over: without names, unless said otherwise."""
    asked: dict = {
        "organisation": Organisation.objects.get(name=people.DEBT_HELP),
        "name": people.DENNIS.name,
        "email": people.DENNIS.email,
        "what": Forward.What.WITHOUT_NAMES,
        "message": "Iemand heeft vragen over post.",
        "by": by,
    }
    return actions.forward(signal=signal, **asked | facts)


def page_of(signal: Signal, client: Client) -> Page:
    response = client.get(reverse("signals:signal", args=[signal.number]))
    assert response.status_code == 200
    return Page(response)


def offered(signal: Signal, client: Client) -> set[str]:
    """The sentences that a colleague can choose from on the page."""
    return set(page_of(signal, client).options["sentence"])


def send(signal: Signal, client: Client, verb: str, **data: str):
    return client.post(reverse(f"signals:{verb}", args=[signal.number]), data, follow=verb in ("take_up", "close"))
