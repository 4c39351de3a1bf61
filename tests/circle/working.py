"""How the tests of the circle say that people agree, and what a participant reads."""

from datetime import date, timedelta
from types import SimpleNamespace

from django.test import Client
from django.utils import timezone

from households import actions
from households.deciding import deciders
from households.models import Consent, Participant, Resident
from partners.models import Organisation, Professional
from plans import actions as plan_actions

MINE = "/mijn-gezinnen/"


def aged(years: int, *, days: int = 100) -> date:
    """The birth date of somebody who became this old so many days ago."""
    return birthday(timezone.localdate() - timedelta(days=days), years)


def birthday(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def agree(
    home: SimpleNamespace, residents: list[Resident], to: Organisation, items: tuple[str, ...], **changes
) -> list[Consent]:
    """Everybody who decides about these residents says yes."""
    answers = {person: True for resident in residents for person in deciders(resident) or {}}
    facts = {
        "kind": Consent.Kind.SHARE_INFO, "recipient": to, "items": list(items), "purpose": "Omdat het helpt.",
        "given_on": timezone.localdate(), "answers": answers, "by": home.by,
    }  # fmt: skip
    return actions.record_consent(household=home.household, residents=residents, **facts | changes)


def invite(home: SimpleNamespace, professional: Professional, *, comes: bool = True, **changes) -> Participant:
    """Somebody was invited, and came."""
    today = timezone.localdate()
    facts = {
        "purpose": "Geheim doel van de hulp", "added_value": "Geheime meerwaarde", "household_agrees_on": today,
        "ends_on": today + timedelta(days=60), "by": home.by,
    }  # fmt: skip
    participant = actions.invite(household=home.household, professional=professional, **facts | changes)
    if comes:
        actions.accept_invitation(participant=participant, by=professional)
    return participant


def page_of(professional: Professional) -> str:
    """What this person reads on the own page, the other households left out."""
    browser = Client()
    browser.force_login(professional)
    return browser.get(MINE).content.decode()


def make_home(by: Professional) -> SimpleNamespace:
    """Roos and Bas with Pip (5), Max (13) and Fien (17). Each goal has an action that tells which goal it is of."""
    household = actions.make_household(
        name="Zonnedauw", team=by.teams.get(), coordinator=by, by=by, address="Nergenspad 99"
    )
    ages = {"roos": 40, "bas": 41, "pip": 5, "max": 13, "fien": 17}
    people = {
        name: actions.add_resident(
            household=household, by=by, first_name=name.capitalize(), last_name="Zonnedauw", birth_date=aged(age),
            phone=f"000-000 07 {age}", contact_note=f"Geheim van {name}",
        )
        for name, age in ages.items()
    }  # fmt: skip
    home = SimpleNamespace(household=household, by=by, **people)
    for child in (home.pip, home.max, home.fien):
        for parent in (home.roos, home.bas):
            actions.record_custody(
                household=household, resident=child, holder=parent, kind="PARENT", source="REGISTER",
                checked_on=timezone.localdate(), by=by,
            )  # fmt: skip
    actions.write_own_words(
        household=household, by=by, request="Rust in huis.", story="Het verhaal van de kast.", told_by="Roos",
        told_on=timezone.localdate(), strengths="Wij lachen veel.",
    )  # fmt: skip
    actions.write_note(
        household=household, by=by, kind="FACT", occasion="PHONE", happened_on=timezone.localdate(),
        text="Alleen de regisseur weet dit.", about=[home.pip],
    )  # fmt: skip
    actions.begin_conversation(household=household, held_on=timezone.localdate(), present="Roos en Bas", by=by)
    home.plan = plan_actions.make_plan(household=household, by=by)
    home.goals = {
        name: plan_actions.add_goal(plan=home.plan, by=by, domain=domain, title=f"Doel {name}", about=about)
        for name, domain, about in (
            ("money", "MONEY", [home.roos, home.bas]),
            ("roos", "MONEY", [home.roos]),
            ("child", "PARENTING", [home.pip]),
            ("mind", "MENTAL_HEALTH", [home.roos]),
            ("all", "HOUSING", []),
        )
    }
    home.actions = {
        name: plan_actions.add_action(
            goal=goal,
            what=f"Actie {name}",
            owner=home.roos,
            due_on=timezone.localdate() + timedelta(days=9),
            by=by,
        )
        for name, goal in home.goals.items()
    }
    return home
