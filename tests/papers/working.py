"""A household in which every place where something can be written holds a word of its own, and every paper about it."""

from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from desk.dossier import dossier
from desk.papers import PAPERS, Kind
from households import actions, letters
from households.domains import LifeDomain
from households.forms.consent import QUESTIONS
from households.models import Consent, Household
from partners.models import Organisation
from plans import actions as plan_actions
from plans.models import SupportPlan
from tests.paper import read

# On no paper that is shared, whatever is printed.
SECRETS = {
    "protected address": "Sluippad 77",
    "a note": "notitiewoord",
    "a note about another": "anderewoord",
    "safety, the goal": "veiligheidsdoel",
    "safety, the action": "veiligheidsactie",
    "safety, in a talk": "veiligheidswoord",
    "said alone in a talk": "alleenwoord",
    "why without consent": "overridewoord",
    "the reason of an emergency": "noodwoord",
}


def full_house(cast: Any) -> SimpleNamespace:
    """Of Jolanda: Wilma, her partner Otto and their daughter Fien of ten, with Dennis and Greet in the circle."""
    by, today = cast.jolanda, timezone.localdate()
    household = actions.make_household(
        name="Papierberg", team=by.teams.get(), coordinator=by, by=by, address=SECRETS["protected address"],
        address_protected=True,
    )  # fmt: skip
    actions.change_household(
        household=household, by=by, request_in_own_words="Wij willen rust.", strengths="Wij lachen veel."
    )
    wilma, otto, fien = (
        actions.add_resident(household=household, by=by, first_name=name, last_name="Papierberg", birth_date=date(year, 1, 1))
        for name, year in (("Wilma", 1980), ("Otto", 1978), ("Fien", today.year - 10))
    )  # fmt: skip
    house = SimpleNamespace(household=household, by=by, wilma=wilma, otto=otto, fien=fien)
    actions.tell_story(household=household, text="Wij wonen hier lang.", told_by="Wilma", told_on=today, by=by)
    note = {"household": household, "kind": "FACT", "occasion": "VISIT", "happened_on": today, "by": by}
    actions.write_note(**note, text=f"Wilma en Otto: {SECRETS['a note']}", about=[wilma])
    actions.write_note(**note, text=SECRETS["a note about another"], about=[otto])
    plan = plan_actions.make_plan(household=household, by=by)
    goal = {"plan": plan, "by": by}
    house.money = plan_actions.add_goal(**goal, domain="MONEY", title="Wij houden geld over.", about=[wilma, otto])
    house.health = plan_actions.add_goal(**goal, domain="PHYS_HEALTH", title="Ik wandel elke dag.", about=[wilma])
    safety = plan_actions.add_goal(**goal, domain="SAFETY_JUSTICE", title=SECRETS["safety, the goal"])
    due = today + timedelta(days=5)
    for one, what, owner in (
        (house.money, "Rekening openen", wilma),
        (house.money, "Schulden tellen", cast.dennis),
        (house.health, "Blokje om", wilma),
        (safety, SECRETS["safety, the action"], cast.greet),
        (safety, SECRETS["safety, the action"], otto),
    ):
        plan_actions.add_action(goal=one, what=what, owner=owner, due_on=due, by=by)
    house.talk = talk(house, None, f"{LifeDomain.SAFETY_JUSTICE}-says", SECRETS["safety, in a talk"])
    house.alone = talk(house, otto, "request", SECRETS["said alone in a talk"])
    house.participant = in_circle(house, cast.dennis, "MONEY")
    actions.write_override(
        household=household, about=[wilma], recipient=Organisation.objects.first(), items=["MONEY"],
        second_person=cast.fadoua, informed_on=today, by=by, **dict.fromkeys(QUESTIONS, SECRETS["why without consent"]),
    )  # fmt: skip
    actions.break_glass(household=household, reason=SECRETS["the reason of an emergency"], by=cast.amir)
    return house


def talk(house: SimpleNamespace, resident: Any, place: str, words: str) -> Any:
    found = actions.begin_conversation(
        household=house.household, resident=resident, held_on=timezone.localdate(), present="Wilma en Otto", by=house.by
    )
    for where, text in ({"request": "Wij willen rust."} | {place: words} | {"agreed": "Otto belt de bank."}).items():
        actions.write_in_conversation(conversation=found, typed={where: actions.Typed(text, 0)}, by=house.by)
    return found


def in_circle(house: SimpleNamespace, professional: Any, domain: str) -> Any:
    today = timezone.localdate()
    for resident in (house.wilma, house.otto):
        actions.record_consent(
            household=house.household, residents=[resident], kind=Consent.Kind.SHARE_INFO, by=house.by, given_on=today,
            recipient=professional.organisation, items=[domain], purpose="Om te helpen.", answers={resident: True},
        )  # fmt: skip
    participant = actions.invite(
        household=house.household, professional=professional, by=house.by, purpose="Geld", added_value="Kent de weg",
        household_agrees_on=today, ends_on=today + timedelta(days=90),
    )  # fmt: skip
    actions.accept_invitation(participant=participant, by=professional)
    actions.share(participant=participant, domain=domain, by=house.by)
    return participant


def choice(household: Household) -> dict[str, Any]:
    """What papers ask, filled in."""
    member = household.members.select_related("resident", "household__team", "household__coordinator").first()
    talks = household.conversations.filter(resident=None).in_full()
    circle = household.circle.active().with_grants()
    whole = ("household__team", "household__coordinator")
    return {
        "bewoner": member,
        "aan": member and letters.to_resident(member),
        "gesprek": talks.select_related(*whole).first(),
        "deelnemer": circle.select_related(*whole).first(),
        "dag": date(2026, 12, 3),
        "tijd": time(14, 30),
        "waar": letters.Where.HOME,
        "taal": "",
    }


def printed(household: Household, kind: str, **changes: Any) -> str:
    """All that stands on this paper."""
    return " ".join(read(PAPERS[kind].make(household, choice(household) | changes)))


def every_paper(household: Household) -> dict[str, str]:
    return {kind: printed(household, kind) for kind in Kind}


def dossier_of(household: Household, resident: Any) -> tuple[str, list[str]]:
    file, checks = dossier(household, resident)
    return " ".join(read(file)), checks


def plan_of(household: Household) -> SupportPlan:
    plans = SupportPlan.objects.filter(household=household).in_full()
    return plans.select_related("household__team", "household__coordinator").get()
