"""Every look and every refusal is a line in the log: who, when, what and from where."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from plans.models import Action
from signals.models import Signal
from tests.helpers import everything, sql
from tests.log.working import lines_of
from tests.log.world import WORD

FROM = {"REMOTE_ADDR": "203.0.113.77"}


CARDS = {
    "": "household",
    "gegevens/": "household",
    "bewoners/": "household",
    "bewoners/nieuw/": "household",
    "bewoners/{resident}/": "household",
    "bewoners/{resident}/wie-keek-mee/": "who looked",
    "bewoners/{resident}/wie-keek-mee.pdf": "print who looked",
    "naasten/": "household",
    "naasten/nieuw/": "household",
    "eigen-woorden/": "household",
    "eigen-woorden/wijzigen/": "household",
    "volgende-stap/": "household",
    "volgende-stap/wijzigen/": "household",
    "gesprek/": "talk",
    "gesprek/gids.pdf": "print talk",
    "verhaal/": "story",
    "verloop/": "levels",
    "verloop/{resident}/cijfers/": "levels",
    "wie-keek-mee/": "access log",
    "plan/": "household",
    "plan/doelen/nieuw/": "household",
    "plan/doelen/{goal}/": "goal",
    "plan/doelen/{goal}/wijzigen/": "goal",
    "plan/doelen/{goal}/acties/nieuw/": "goal",
    "plan/acties/{action}/": "goal",
    "plan/papier/": "from paper",
    "afdrukken/": "papers",
    "afdrukken/keukentafel.png": "look at paper",
    "afdrukken/keukentafel.pdf": "print plan",
    "afdrukken/afspraken.pdf": "print agreements",
    "afdrukken/volledig.pdf": "print full plan",
    "afdrukken/gespreksleidraad.pdf": "print talk",
    "afdrukken/gespreksverslag.pdf?gesprek={talk}": "print report",
    "afdrukken/deelnemer.pdf?deelnemer={participant}": "print for participant",
    "afdrukken/wie-mag-wat-weten.pdf": "print consent card",
    "afdrukken/uitnodiging.pdf?bewoner={member}&dag=2026-12-03&tijd=14:30&waar=thuis": "print letter",
    "afdrukken/uitkomst.pdf?bewoner={member}&gesprek={talk}": "print letter",
    "plan/akkoord/": "agreement",
    "plan/samen/": "together",
    "overleg/": "meetings",
    "overleg/nieuw/": "meetings",
    "veiligheid/": "safety plan",
    "geld/": "money",
    "regelingen/": "schemes",
    "eigen-plan/": "own plans",
    "wmo/": "wmo terms",
    "geld/nieuw/": "money",
    "plan/evaluaties/": "evaluations",
    "plan/evaluaties/nieuw/": "evaluations",
}


@pytest.fixture
def address(bakelaar):
    """The address of a card of Jolanda's household."""
    action = Action.objects.filter(goal__plan__household=bakelaar).first()
    ids = {"resident": bakelaar.members.first().resident_id, "goal": action.goal_id, "action": action.pk}
    ids |= {"talk": bakelaar.conversations.first().pk, "member": bakelaar.members.first().pk}
    ids |= {"participant": bakelaar.circle.active().first().pk}

    def address(card: str) -> str:
        return f"/huishoudens/{bakelaar.number}/{card.format(**ids)}"

    return address


@pytest.mark.walk
@pytest.mark.parametrize(("card", "event"), CARDS.items())
def test_every_look_at_a_household_is_one_line(card, event, address, as_, cast, bakelaar):
    jolanda = as_("jolanda")
    (line,) = lines_of(lambda: jolanda.get(address(card), **FROM))
    assert (line.actor, line.actor_role, line.actor_organisation) == (
        cast.jolanda,
        "COORDINATOR",
        cast.jolanda.organisation,
    )
    assert (line.household, line.event) == (bakelaar, event)
    assert line.action == ("PRINT" if ".pdf" in card else "VIEW")
    assert (line.origin, line.basis, line.result) == ("203.0.113.0/24", "ASSIGNMENT", "OK")
    assert line.request_id
    assert timezone.now() - line.occurred_at < timedelta(minutes=1)


@pytest.mark.walk
@pytest.mark.parametrize(("visitor", "status"), [("amir", 403), ("pascal", 403), ("fadoua", 404), ("bart", 404)])
def test_every_refusal_is_one_line(visitor, status, address, as_, cast, bakelaar):
    client, who = as_(visitor), getattr(cast, visitor)
    for card, event in CARDS.items():
        statuses = []
        lines = lines_of(
            lambda card=card, statuses=statuses: statuses.append(client.get(address(card), **FROM).status_code)
        )
        assert statuses == [status], card
        assert [(line.action, line.event, line.actor, line.household) for line in lines] == [
            ("DENIED", event, who, bakelaar)
        ], card


def test_a_refused_change_is_a_line_too(address, as_, bakelaar):
    (line,) = lines_of(lambda: as_("amir").post(address("gegevens/"), {"name": WORD}))
    assert (line.action, line.event, line.household) == ("DENIED", "household", bakelaar)


def test_reading_a_signal_and_being_refused_are_lines(as_, cast, bakelaar):
    signal = Signal.objects.filter(household=bakelaar).first()
    for visitor, action in (("jolanda", "VIEW"), ("amir", "DENIED"), ("fadoua", "DENIED"), ("bart", "DENIED")):
        client = as_(visitor)
        (line,) = lines_of(lambda client=client: client.get(f"/signalen/{signal.number}/"))
        assert (line.action, line.event, line.household) == (action, "read signal", bakelaar)
        assert (line.object_type, line.object_id, line.actor) == ("signal", signal.pk, getattr(cast, visitor))


def test_a_page_that_is_not_for_this_role_is_a_line(as_, cast):
    (line,) = lines_of(lambda: as_("bart").get("/signalen/"))
    assert (line.action, line.actor, line.actor_role, line.household) == ("DENIED", cast.bart, "POLICY", None)


def test_what_does_not_exist_is_no_line(as_):
    assert lines_of(lambda: as_("bart").get("/huishoudens/2026-999999/")) == []


def test_who_is_nobody_gets_no_further_than_the_login(address):
    assert lines_of(lambda: Client().get(address(""))) == []


def test_searching_is_a_line_and_so_is_each_household_that_it_showed(as_, cast, bakelaar):
    lines = lines_of(lambda: as_("amir").post("/zoeken/", {"q": "Bakelaar"}))
    assert [(line.action, line.event, line.actor) for line in lines] == [("SEARCH", "search", cast.amir)] * 2
    assert [(line.hits, line.household) for line in lines] == [(1, None), (None, bakelaar)]
    assert "akelaar" not in everything()["households_accesslogentry"]


def test_the_coordinator_sees_who_looked_and_who_was_refused(address, as_, cast):
    as_("amir").get(address(""))
    page = as_("jolanda").get(address("wie-keek-mee/")).content.decode()
    assert "Amir Boulahrouf-Smit" in page
    assert "geweigerd: bekeek het huishouden" in page


# ---- nobody changes a line


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE households_accesslogentry SET event = 'x'",
        "UPDATE households_accesslogentry SET actor_id = NULL",
        "DELETE FROM households_accesslogentry",
    ],
)
def test_no_line_is_ever_changed_or_taken_out(change, db):
    before = everything()["households_accesslogentry"]
    with pytest.raises(DatabaseError, match="Cannot update or delete rows"), transaction.atomic():
        sql(f"{change} WHERE id IN (SELECT min(id) FROM households_accesslogentry)")
    assert everything()["households_accesslogentry"] == before
