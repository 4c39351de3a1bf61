"""Every look, every change and every refusal is a line in the log: who, when, what and from where. Never what it said.
Without its line, nothing happens."""

import inspect
from collections.abc import Callable
from copy import deepcopy
from datetime import time, timedelta
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from desk.demo import people
from households import access
from households import actions as household_actions
from households.forms.consent import QUESTIONS
from households.models import AccessLogEntry, Consent, Print, Resident
from plans import actions as plan_actions
from plans.examples import examples_of
from plans.models import Action, Appointment
from plans.own_plan import Choice
from plans.schemes import Said, schemes_of
from signals import actions as signal_actions
from signals.models import Forward, Observation, Signal
from signals.sentences import sentences
from tests.helpers import everything, link_of, sql

WORD = "Kwetterpoel"  # stands in all that is written, and may stand in no line of the log
FROM = {"REMOTE_ADDR": "203.0.113.77"}


def lines_of(deed: Callable[[], Any]) -> list[AccessLogEntry]:
    """The lines that this adds to the log."""
    last = AccessLogEntry.objects.latest("pk").pk
    deed()
    return list(AccessLogEntry.objects.filter(pk__gt=last).order_by("pk"))


# ---- looking

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


# ---- every change


def make_world(cast, text: str = WORD) -> SimpleNamespace:
    """One of everything, so that each verb has something to work on. `text` stands wherever something can be written."""
    by, soon = cast.jolanda, timezone.localdate() + timedelta(days=7)
    world = SimpleNamespace(by=by, soon=soon, text=text, team=by.teams.get(), dennis=cast.dennis)
    world.link = link_of(people.HOUSING)
    world.household = household_actions.make_household(
        name="Zonnedauw", team=world.team, coordinator=by, by=by, address="Nergenspad 9"
    )
    world.resident = household_actions.add_resident(household=world.household, by=by, first_name="Roos")
    world.member = world.household.members.get()
    world.member.email, world.member.contact_by = "roos@thuis.example", "EMAIL"
    world.member.save()
    world.own_page = household_actions.give_own_page(member=world.member, by=by)
    world.new, world.taken_up, world.told, world.linked, world.unreachable = (receive(world) for _ in range(5))
    signal_actions.ask_to_call(world.unreachable.pk)
    for signal in (world.taken_up, world.told, world.linked):
        signal_actions.take_up(signal=signal, by=by)
    signal_actions.give_feedback(signal=world.told, sentence=sentences()["OPGEPAKT"], by=by)
    signal_actions.link_to_household(signal=world.linked, household=world.household, by=by)
    world.wrong, world.together, world.follower, world.apart = (receive(world) for _ in range(4))
    signal_actions.take_up(signal=world.wrong, by=by)
    signal_actions.link_to_household(signal=world.wrong, household=world.household, by=by)
    signal_actions.merge(signal=world.together, other=world.follower, by=by)
    agree(world)
    world.consent = world.linked.consents.get()
    world.contact = household_actions.add_contact(household=world.household, by=by, name="Karin", relation=text)
    other = household_actions.make_household(name="Zonnedauw 2", team=world.team, coordinator=by, by=by)
    world.without_plan = other
    world.plan = plan_actions.make_plan(household=world.household, by=by)
    world.goal = plan_actions.add_goal(plan=world.plan, by=by, title=text, domain="MONEY", why=text, how_we_see_it=text)
    world.action = plan_actions.add_action(goal=world.goal, what=text, owner=cast.dennis, due_on=soon, by=by)
    make_circle(world, cast)
    make_endings(world, cast)
    pass_on(world)
    make_doubles(world, cast)
    world.old_question = old_question(world)
    make_prints(world)
    plan_actions.add_action(goal=world.goal, what=text, owner=world.resident, due_on=timezone.localdate(), by=by)
    return world


def make_prints(world: SimpleNamespace) -> None:
    asked = {"kind": Print.Kind.DOSSIER, "households": [world.household], "resident": world.resident}
    world.print = household_actions.ask_print(**asked, by=world.by, make=lambda key: None)
    household_actions.keep_print(asked=world.print, file=world.text.encode(), to_check=[world.text])
    world.print.refresh_from_db()
    white = BytesIO()
    Image.new("RGB", (9, 9), "white").save(white, "PNG")
    world.photo = white.getvalue()
    world.scan = plan_actions.keep_scan(plan=world.plan, file=world.photo, by=world.by)


def make_circle(world: SimpleNamespace, cast) -> None:
    """Somebody in the circle who sees something, somebody who was invited, and what that rests on."""
    by, today, text = world.by, timezone.localdate(), world.text
    world.amir, world.greet = cast.amir, cast.greet
    world.child = household_actions.add_resident(
        household=world.household, by=by, first_name="Pip", birth_date=today - timedelta(days=5 * 365)
    )
    world.other = Resident.objects.create(first_name="Joep")
    household_actions.record_custody(
        household=world.household, resident=world.resident, holder=world.other, kind="ADMINISTRATOR", source="DECISION",
        checked_on=today, by=by, decides_about=text, reached_by=text,
    )  # fmt: skip
    authority = {"kind": "PARENT", "source": "REGISTER", "checked_on": today, "by": by}
    world.custody = household_actions.record_custody(
        household=world.household, resident=world.child, holder=world.resident, **authority
    )
    ((world.asked,),) = (
        household_actions.record_consent(
            household=world.household, residents=[world.resident], kind=Consent.Kind.SHARE_INFO, by=by, given_on=today,
            recipient=cast.dennis.organisation, items=["MONEY", "HOUSING", "STORY"], purpose=text, explained=text,
            answers={world.resident: True},
        ),
    )  # fmt: skip
    invitation = {"purpose": text, "added_value": text, "household_agrees_on": today, "ends_on": world.soon, "by": by}
    world.participant, world.invited = (
        household_actions.invite(household=world.household, professional=who, **invitation)
        for who in (cast.dennis, cast.hetty)
    )
    household_actions.accept_invitation(participant=world.participant, by=cast.dennis)
    world.grant = household_actions.share(participant=world.participant, by=by)
    world.override = household_actions.write_override(
        household=world.household, about=[world.resident], recipient=cast.dennis.organisation, items=["MONEY"],
        second_person=cast.amir, by=by, informed_on=today, **dict.fromkeys(QUESTIONS, text),
    )  # fmt: skip
    begun = {"held_on": today, "present": text, "by": by}
    world.conversation = household_actions.begin_conversation(household=world.household, **begun)
    world.ended = household_actions.begin_conversation(household=world.household, resident=world.resident, **begun)
    household_actions.end_conversation(conversation=world.ended, by=by)
    world.third = third = household_actions.make_household(name="Zonnedauw 3", team=world.team, coordinator=by, by=by)
    world.other_handover = household_actions.propose_handover(household=third, to=cast.amir, note=text, by=by)
    world.handover = household_actions.propose_handover(household=world.household, to=cast.amir, note=text, by=by)
    make_talk(world)
    make_clashes(world)
    make_agreed(world, cast)


def make_agreed(world: SimpleNamespace, cast) -> None:
    """A plan that was laid before somebody with an own page, and one that was not yet."""
    by, text = world.by, world.text
    home = household_actions.make_household(name="Zonnedauw 11", team=world.team, coordinator=by, by=by)
    resident = household_actions.add_resident(
        household=home, by=by, first_name="Roos", email="roos@thuis.example", contact_by="EMAIL"
    )
    world.page_of_signer = household_actions.give_own_page(member=home.members.get(), by=by)
    plan = plan_actions.make_plan(household=home, by=by)
    goal = plan_actions.add_goal(plan=plan, by=by, title=text, domain="MONEY", why=text, how_we_see_it=text)
    plan_actions.add_action(goal=goal, what=text, owner=by, due_on=world.soon, by=by, rhythm=text)
    world.agreed_plan = plan
    world.agreement = plan_actions.agree_on(plan=plan, what=text, who=text, how_told=text, by=by)
    make_safety(world)
    make_meetings(world, home, resident, goal)
    make_money(world, home, cast)
    make_own_plans(world, home, resident)
    world.signature = plan_actions.put_forward(plan=plan, by=by).signatures.get(resident=resident)
    other = household_actions.make_household(name="Zonnedauw 12", team=world.team, coordinator=by, by=by)
    world.unsigned_plan = plan_actions.make_plan(household=other, by=by)
    goal = plan_actions.add_goal(plan=world.unsigned_plan, by=by, title=text, domain="MONEY")
    plan_actions.add_action(goal=goal, what=text, owner=by, due_on=world.soon, by=by)


def make_meetings(world: SimpleNamespace, home: Any, resident: Any, goal: Any) -> None:
    """One to come, one to cancel, and one with a decision that waits to become an action."""
    world.table = {
        "household": home, "kind": "ROUND", "starts_at": timezone.now(), "purpose": world.text, "place": world.text,
        "points": world.text, "people": [resident, world.by], "by": world.by,
    }  # fmt: skip
    without_them = world.table | {"people": [world.by], "without_household_because": world.text}
    world.to_cancel = plan_actions.plan_meeting(**without_them)
    world.meeting, world.decided = (plan_actions.plan_meeting(**world.table) for _ in range(2))
    plan_actions.decide(
        meeting=world.decided, what=world.text, voices={}, goal=goal, owner=world.by, due_on=world.soon, by=world.by
    )


def money(world: SimpleNamespace) -> dict[str, Any]:
    """An amount that takes two people."""
    names = ("purpose", "motivation", "otherwise", "they_say")
    return dict.fromkeys(names, world.text) | {
        "household": world.of_money, "domain": "MONEY", "amount": Decimal("600.10"), "split": {"wmo": Decimal("600.10")},
        "decider": world.amir, "second": world.lead, "by": world.by,
    }  # fmt: skip


def make_money(world: SimpleNamespace, home: Any, cast) -> None:
    """Amounts that were asked, agreed and granted, and a scheme that can be asked for."""
    world.of_money, world.lead = home, cast.pascal
    world.to_decide, world.to_refuse, world.to_pay, world.to_withdraw = (
        plan_actions.ask_budget(**money(world)) for _ in range(4)
    )
    possible = {"huurtoeslag": Said("CAN", world.text)}
    plan_actions.check_schemes(household=home, said=possible, on=timezone.localdate(), by=world.by)
    world.possible = home.scheme_checks.get()
    for line in (world.to_refuse, world.to_pay):
        plan_actions.decide_budget(line=line, granted=True, reason=world.text, by=world.amir)
    plan_actions.decide_budget(line=world.to_pay, granted=True, reason=world.text, by=world.lead)


def offer(world: SimpleNamespace) -> dict[str, Any]:
    return {"offered_on": timezone.localdate(), "told_by": world.text, "until": world.soon, "by": world.by}


def make_own_plans(world: SimpleNamespace, home: Any, resident: Any) -> None:
    """A plan of their own that was offered, a report for the Wmo without a signal, and an application."""
    world.applicant, today = resident, timezone.localdate()
    world.own_plan = plan_actions.offer_own_plan(household=home, kind="FAMILY", **offer(world))
    asks = {"household": home, "resident": resident, "by": world.by}
    world.application = plan_actions.apply_for_help(law="WMO", applied_on=today, **asks)
    world.report = signal_actions.start_wmo_of(notified_on=today, **asks)


def safety_words(world: SimpleNamespace) -> dict[str, Any]:
    names = ("unsafe", "agreed", "keeps_safe", "early_signs", "whom_to_call", "if_broken")
    return dict.fromkeys(names, world.text) | {"check_on": world.soon, "about": [world.resident], "by": world.by}


def make_safety(world: SimpleNamespace) -> None:
    """What was agreed about safety, shown to a resident, and on consent of who is told about."""
    household_actions.record_consent(
        household=world.household, residents=[world.resident], kind=Consent.Kind.SHARE_INFO, by=world.by,
        given_on=timezone.localdate(), recipient=world.participant.professional.organisation, items=["SAFETY_JUSTICE"],
        purpose=world.text, answers={world.resident: True},
    )  # fmt: skip
    world.safety, world.safety_of_before = (
        plan_actions.write_safety_plan(household=world.household, **safety_words(world)) for _ in range(2)
    )
    world.member = world.household.members.get(resident=world.resident)
    world.shown = plan_actions.show_to_resident(safety_plan=world.safety, member=world.member, by=world.by)


def make_clashes(world: SimpleNamespace) -> None:
    """Appointments at one time, that a rule found and that nobody looked at yet; and what somebody said."""
    by, text = world.by, world.text
    home = household_actions.make_household(name="Zonnedauw 10", team=world.team, coordinator=by, by=by)
    household_actions.add_resident(household=home, by=by, first_name="Roos")
    plan = plan_actions.make_plan(household=home, by=by)
    world.goal_of_clashes = plan_actions.add_goal(plan=plan, by=by, title=text, domain="MONEY")
    meeting = {"weekday": 1, "starts": time(9), "ends": time(10), "place": text}
    world.clashing = [
        plan_actions.add_action(
            goal=world.goal_of_clashes, what=f"{text} {number}", owner=by, due_on=world.soon, by=by,
            appointment=meeting if number < 2 else None,
        )
        for number in range(6)
    ]  # fmt: skip
    said = [
        plan_actions.raise_clash(plan=plan, said=text, sides=sides, by=by)
        for sides in (world.clashing[4:], world.clashing[1:3], world.clashing[2:4])
    ]
    world.clashes = [plan.clashes.open().get(rule="SAME_TIME"), *said]
    world.opposition = plan_actions.add_opposition(team=world.team, domain="MONEY", one="wachten", other="doen", by=by)
    Appointment.objects.create(action=world.clashing[4], **meeting)  # past the verbs: found when somebody looks again


def make_endings(world: SimpleNamespace, cast) -> None:
    """Households to close, that are closed, and where somebody stands in; plans that are ready to close, and closed."""
    by, text = world.by, world.text
    names = ("to_close", "to_reopen", "to_ask", "to_stand_in", "stood_in")
    for rank, name in enumerate(names, start=4):
        home = household_actions.make_household(name=f"Zonnedauw {rank}", team=world.team, coordinator=by, by=by)
        setattr(world, name, home)
    household_actions.name_deputy(household=world.stood_in, deputy=cast.amir, until=world.soon, by=by)
    for home in (world.to_reopen, world.to_ask):
        household_actions.close_household(household=home, by=by, **closing_words(world))
    world.closing = world.to_ask.closings.get()
    world.asked_by_mistake = household_actions.propose_handover(
        household=world.to_stand_in, to=cast.pascal, note=text, by=by
    )
    world.ready_plan, world.closed_plan = (
        plan_actions.make_plan(household=home, by=by) for home in (world.to_stand_in, world.stood_in)
    )
    plan_actions.close_plan(plan=world.closed_plan, by=by)
    light = household_actions.make_household(name="Zonnedauw 9", team=world.team, coordinator=by, by=by)
    world.light_plan = plan_actions.ask_light(
        household=light, question=text, domain="MONEY", what=text, owner=by, due_on=world.soon, by=by
    ).goal.plan
    world.action_to_hand_on = plan_actions.add_action(
        goal=world.goal, what=text, owner=cast.dennis, due_on=world.soon, by=by
    )


def closing_words(world: SimpleNamespace) -> dict[str, Any]:
    words = dict.fromkeys(("what_worked", "keeps_good", "safety_net"), world.text)
    return words | {"aftercare_on": world.soon}


def make_doubles(world: SimpleNamespace, cast) -> None:
    """Two more of the household, which Amir wrote down: one is asked about, and so is the other."""
    world.merging, world.declined = (
        household_actions.propose_merging(
            mine=mine, theirs=household_actions.make_household(name="Zonnedauw 4", team=world.team, coordinator=cast.amir, by=cast.amir),
            keeps_mine=True, reason=world.text, by=world.by,
        )
        for mine in (household_actions.make_household(name="Zonnedauw 5", team=world.team, coordinator=world.by, by=world.by) for _ in range(2))
    )  # fmt: skip
    world.twice, world.once = (
        household_actions.make_household(name="Zonnedauw 6", team=world.team, coordinator=who, by=who)
        for who in (world.by, cast.amir)
    )
    world.first, world.double = (
        household_actions.add_resident(household=world.twice, by=world.by, first_name="Roos") for _ in range(2)
    )
    world.hold = household_actions.place_hold(household=world.twice, kind="LAW", reason=world.text, by=world.by)
    world.asked_erasure = household_actions.register_erasure_request(
        household=world.twice, resident=world.double, wish=world.text, received_on=timezone.localdate(),
        answer_by=world.soon, by=world.by,
    )  # fmt: skip


def pass_on(world: SimpleNamespace) -> None:
    """What other organisations are asked, what is late, and a report for the Wmo."""
    world.to_pass_on, *passed_on = (receive(world) for _ in range(4))
    for signal in (world.to_pass_on, *passed_on):
        signal_actions.take_up(signal=signal, by=world.by)
    world.accepted, world.returned, world.taken_back = (forward(world, signal) for signal in passed_on)
    signal_actions.start_wmo(signal=world.linked, notified_on=timezone.localdate(), by=world.by)
    world.late, yesterday = receive(world), timezone.localdate() - timedelta(days=1)
    Signal.objects.filter(pk=world.late.pk).update(answer_by=yesterday, read_by=yesterday)
    Signal.objects.filter(pk=world.wrong.pk).update(inform_due=yesterday)  # nobody told the household yet


def forward(world: SimpleNamespace, signal: Signal) -> Forward:
    return signal_actions.forward(
        signal=signal, organisation=world.dennis.organisation, email="loket@schuldhulp.example", name="Loket",
        what=Forward.What.WITHOUT_NAMES, message=world.text, with_reporter=True, by=world.by,
    )  # fmt: skip


def receive(world: SimpleNamespace) -> Signal:
    return signal_actions.receive(
        link=world.link,
        submission=uuid4(),
        observation=world.text,
        discussed="NOT_YET",
        not_yet_because=world.text,
        danger_now=True,
        about_name=world.text,
        about_address=world.text,
        reporter_name=world.text,
        reporter_function=world.text,
        reporter_email="kees@sleutelbrug.example",
        strengths=world.text,
        wish=world.text,
    )


def make_talk(world: SimpleNamespace) -> None:
    """A proposal to talk together, a question whose day is over, and questions to a partner: open and answered."""
    by, text = world.by, world.text
    world.question = signal_actions.give_feedback(
        signal=world.told, sentence=sentences()["EXTRA_INFO"], by=by, answers={"question": text, "before": "gisteren"},
        answer_by=timezone.localdate() - timedelta(days=1),
    )  # fmt: skip
    signal_actions.give_feedback(signal=world.told, sentence=sentences()["OPGEPAKT"], by=by)
    proposal = signal_actions.give_feedback(
        signal=world.linked, sentence=sentences()["DRIEGESPREK"], by=by,
        answers={"moments": text, "place": text, "before": "morgen"},
    )  # fmt: skip
    world.talk = proposal.talk
    world.closed = receive(world)
    signal_actions.decline(signal=world.closed, reason=Signal.Decline.OTHER_AREA, by=by)
    signal_actions.close(signal=world.closed, by=by)
    world.observation, world.answered = ask_observation(world), ask_observation(world)
    signal_actions.answer_observation(observation=world.answered, answer="YES", remark=text, by=world.dennis)


def ask_observation(world: SimpleNamespace) -> Observation:
    return signal_actions.ask_observation(
        consent=world.asked, item="MONEY", asked=world.dennis, question=world.text, answer_by=world.soon, by=world.by
    )


def remind_reporter(world: SimpleNamespace) -> None:
    assert signal_actions.remind_reporter(question=world.question)


def old_question(world: SimpleNamespace) -> Signal:
    """Somebody asked for advice without a name, got it, and that is long ago."""
    facts = {"observation": world.text, "discussed": "QUESTION", "danger_now": False, "reporter_name": world.text}
    question = signal_actions.receive(link=world.link, submission=uuid4(), reporter_phone="000-000 03 02", **facts)
    signal_actions.take_up(signal=question, by=world.by)
    signal_actions.give_feedback(
        signal=question, sentence=sentences()["ADVIES"], by=world.by, answers={"advice": world.text}
    )
    Signal.objects.filter(pk=question.pk).update(received_at=timezone.now() - timedelta(days=100))
    return question


def agree(world: SimpleNamespace) -> None:
    signal_actions.record_feedback_consent(
        signal=world.linked, residents=[world.resident], by=world.by, given_on=timezone.localdate()
    )


def words(world: SimpleNamespace) -> dict[str, Any]:
    """What can be written in a goal."""
    return {"title": world.text, "why": world.text, "how_we_see_it": world.text, "domain": "HOUSING"}


VERBS: dict[str, Callable[[SimpleNamespace], Any]] = {
    "households.make_household": lambda w: household_actions.make_household(
        name=w.text, team=w.team, coordinator=w.by, by=w.by, address=w.text, next_step=w.text, next_step_on=w.soon
    ),
    "households.change_household": lambda w: household_actions.change_household(
        household=w.household,
        by=w.by,
        strengths=w.text,
        next_step=w.text,
        next_step_on=w.soon,
        name=w.text,
        address=w.text,
        moved_on=timezone.localdate(),
    ),
    "households.add_resident": lambda w: household_actions.add_resident(
        household=w.household,
        by=w.by,
        first_name="Roos",
        last_name=w.text,
        contact_note=w.text,
        contact_through=w.text,
        languages=w.text,
        wishes=w.text,
    ),
    "households.change_resident": lambda w: household_actions.change_resident(
        member=w.member,
        by=w.by,
        lives_here=False,
        last_name=w.text,
        contact_note=w.text,
        contact_through=w.text,
        languages=w.text,
        wishes=w.text,
    ),
    "households.walk_through": lambda w: household_actions.walk_through(
        member=w.member, by=w.by, parts={"HOME": {"state": "OPEN", "who": w.text, "note": w.text}}
    ),
    "households.add_contact": lambda w: household_actions.add_contact(
        household=w.household, by=w.by, name=w.text, relation=w.text, offers=w.text
    ),
    "households.change_contact": lambda w: household_actions.change_contact(
        contact=w.contact, by=w.by, name=w.text, relation=w.text, offers=w.text, too_much=w.text
    ),
    "households.write_note": lambda w: household_actions.write_note(
        household=w.household,
        by=w.by,
        kind="SAID",
        occasion="PHONE",
        happened_on=timezone.localdate(),
        text=w.text,
        said_by=w.text,
        about=[w.resident],
    ),
    "households.begin_conversation": lambda w: household_actions.begin_conversation(
        household=w.without_plan, held_on=timezone.localdate(), present=w.text, by=w.by
    ),
    "households.end_conversation": lambda w: household_actions.end_conversation(conversation=w.conversation, by=w.by),
    "households.change_conversation": lambda w: household_actions.change_conversation(
        conversation=w.conversation, held_on=timezone.localdate(), present=w.text, supporter="PRESENT", by=w.by
    ),
    "households.write_in_conversation": lambda w: household_actions.write_in_conversation(
        conversation=w.conversation, typed={"MONEY-says": household_actions.Typed(w.text, seen=0)}, by=w.by
    ),
    "households.correct_conversation": lambda w: household_actions.correct_conversation(
        conversation=w.ended, place="MONEY-says", value=w.text, seen=0, by=w.by
    ),
    "households.write_question_cards": lambda w: household_actions.write_question_cards(
        team=w.team, questions={"MONEY": w.text}, by=w.by
    ),
    "households.tell_story": lambda w: household_actions.tell_story(
        household=w.household,
        by=w.by,
        text=w.text,
        told_by=w.text,
        told_on=timezone.localdate(),
        read_aloud=True,
    ),
    "households.ask_print": lambda w: household_actions.ask_print(
        kind=Print.Kind.WEEK, households=[w.household], by=w.by, make=lambda key: None
    ),
    "households.fetch_print": lambda w: household_actions.fetch_print(asked=w.print, by=w.by),
    "plans.keep_scan": lambda w: plan_actions.keep_scan(plan=w.plan, file=w.photo, by=w.by),
    "plans.remove_scan": lambda w: plan_actions.remove_scan(scan=w.scan, by=w.by),
    "plans.reword_action": lambda w: plan_actions.reword_action(action=w.action, what=w.text, rhythm=w.text, by=w.by),
    "households.write_own_words": lambda w: household_actions.write_own_words(
        household=w.household, by=w.by, request=w.text, story=w.text, told_by="Roos", told_on=w.soon, strengths=w.text
    ),
    "households.place_hold": lambda w: household_actions.place_hold(
        household=w.household, kind="CASE", reason=w.text, by=w.by
    ),
    "households.lift_hold": lambda w: household_actions.lift_hold(hold=w.hold, reason=w.text, by=w.by),
    "households.register_erasure_request": lambda w: household_actions.register_erasure_request(
        household=w.twice, resident=w.first, wish=w.text, received_on=timezone.localdate(), answer_by=w.soon, by=w.by
    ),
    "households.answer_erasure_request": lambda w: household_actions.answer_erasure_request(
        asked=w.asked_erasure, granted=False, ground="CASE", answer=w.text, by=w.by
    ),
    "households.propose_merging": lambda w: household_actions.propose_merging(
        mine=w.twice, theirs=w.once, keeps_mine=True, reason=w.text, by=w.by
    ),
    "households.agree_to_merge": lambda w: household_actions.agree_to_merge(merging=w.merging, by=w.amir),
    "households.decline_merging": lambda w: household_actions.decline_merging(
        merging=w.declined, reason=w.text, by=w.amir
    ),
    "households.join_residents": lambda w: household_actions.join_residents(
        household=w.twice, keep=w.first, double=w.double, by=w.by
    ),
    "households.record_consent": lambda w: household_actions.record_consent(
        household=w.household,
        residents=[w.resident],
        kind=Consent.Kind.SHARE_INFO,
        by=w.by,
        given_on=timezone.localdate(),
        recipient=w.link.organisation,
        items=["MONEY"],
        purpose=w.text,
        explained=w.text,
        answers={w.resident: True},
    ),
    "households.add_voice": lambda w: household_actions.add_voice(
        consent=w.asked, giver=w.resident, capacity="SELF", agreed=False, by=w.by
    ),
    "households.record_custody": lambda w: household_actions.record_custody(
        household=w.household,
        resident=w.child,
        holder=w.other,
        kind="PARENT",
        source="REGISTER",
        checked_on=timezone.localdate(),
        by=w.by,
    ),
    "households.end_custody": lambda w: household_actions.end_custody(
        household=w.household, custody=w.custody, by=w.by
    ),
    "households.write_override": lambda w: household_actions.write_override(
        household=w.household,
        about=[w.resident],
        recipient=w.link.organisation,
        items=["MONEY"],
        second_person=w.amir,
        by=w.by,
        not_informed_because=w.text,
        review_on=w.soon,
        **dict.fromkeys(QUESTIONS, w.text),
    ),
    "households.approve_override": lambda w: household_actions.approve_override(override=w.override, by=w.amir),
    "households.invite": lambda w: household_actions.invite(
        household=w.household,
        professional=w.greet,
        purpose=w.text,
        added_value=w.text,
        household_agrees_on=timezone.localdate(),
        ends_on=w.soon,
        by=w.by,
    ),
    "households.invite_again": lambda w: household_actions.invite_again(participant=w.invited, by=w.by),
    "households.accept_invitation": lambda w: household_actions.accept_invitation(
        participant=w.invited, by=w.invited.professional
    ),
    "households.end_participation": lambda w: household_actions.end_participation(participant=w.participant, by=w.by),
    "households.say_contribution": lambda w: household_actions.say_contribution(
        participant=w.participant, contribution=w.text, by=w.by
    ),
    "households.share": lambda w: household_actions.share(participant=w.participant, domain="MONEY", by=w.by),
    "households.stop_sharing": lambda w: household_actions.stop_sharing(
        sharing=w.grant, household=w.household, by=w.by
    ),
    "plans.share_goal": lambda w: plan_actions.share_goal(goal=w.goal, participant=w.participant, by=w.by),
    "households.break_glass": lambda w: household_actions.break_glass(household=w.household, reason=w.text, by=w.amir),
    "households.propose_handover": lambda w: household_actions.propose_handover(
        household=w.without_plan, to=w.amir, note=w.text, by=w.by
    ),
    "households.accept_handover": lambda w: household_actions.accept_handover(handover=w.handover, by=w.amir),
    "households.decline_handover": lambda w: household_actions.decline_handover(
        handover=w.other_handover, reason=w.text, by=w.amir
    ),
    "households.take_back_handover": lambda w: household_actions.take_back_handover(
        handover=w.asked_by_mistake, by=w.by
    ),
    "households.name_deputy": lambda w: household_actions.name_deputy(
        household=w.to_stand_in, deputy=w.amir, until=w.soon, by=w.by
    ),
    "households.end_deputy": lambda w: household_actions.end_deputy(household=w.stood_in, by=w.by),
    "households.close_household": lambda w: household_actions.close_household(
        household=w.to_close, by=w.by, **closing_words(w)
    ),
    "households.reopen_household": lambda w: household_actions.reopen_household(
        household=w.to_reopen, because=w.text, by=w.by
    ),
    "households.write_aftercare": lambda w: household_actions.write_aftercare(
        closing=w.closing, how_it_goes=w.text, by=w.by
    ),
    "plans.order_goal": lambda w: plan_actions.order_goal(goal=w.goal, before=None, by=w.by),
    "plans.order_action": lambda w: plan_actions.order_action(action=w.action, goal=w.goal, before=None, by=w.by),
    "plans.plan_meeting": lambda w: plan_actions.plan_meeting(**w.table),
    "plans.cancel_meeting": lambda w: plan_actions.cancel_meeting(meeting=w.to_cancel, by=w.by),
    "plans.hold_meeting": lambda w: plan_actions.hold_meeting(meeting=w.meeting, came=set(), by=w.by),
    "plans.decide": lambda w: plan_actions.decide(
        meeting=w.meeting,
        what=w.text,
        interests=w.text,
        by=w.by,
        voices=dict.fromkeys(w.meeting.invitees.all(), ("REMARK", w.text)),
    ),
    "plans.make_actions": lambda w: plan_actions.make_actions(meeting=w.decided, by=w.by),
    "plans.ask_budget": lambda w: plan_actions.ask_budget(**money(w)),
    "plans.decide_budget": lambda w: plan_actions.decide_budget(
        line=w.to_decide, granted=True, reason=w.text, by=w.amir
    ),
    "plans.pay_budget": lambda w: plan_actions.pay_budget(line=w.to_pay, paid_on=timezone.localdate(), by=w.by),
    "plans.withdraw_budget": lambda w: plan_actions.withdraw_budget(line=w.to_withdraw, because=w.text, by=w.by),
    "plans.tell_budget": lambda w: plan_actions.tell_budget(line=w.to_refuse, told_on=timezone.localdate(), by=w.by),
    "plans.agree_on": lambda w: plan_actions.agree_on(plan=w.agreed_plan, what=w.text, who=w.text, by=w.by),
    "plans.change_agreement": lambda w: plan_actions.change_agreement(
        agreement=w.agreement, what=f"{w.text} 2", who=w.text, by=w.by
    ),
    "plans.end_agreement": lambda w: plan_actions.end_agreement(agreement=w.agreement, by=w.by),
    "plans.write_safety_plan": lambda w: plan_actions.write_safety_plan(household=w.household, **safety_words(w)),
    "plans.change_safety_plan": lambda w: plan_actions.change_safety_plan(safety_plan=w.safety, **safety_words(w)),
    "plans.end_safety_plan": lambda w: plan_actions.end_safety_plan(safety_plan=w.safety_of_before, by=w.by),
    "plans.show_safety_plan": lambda w: plan_actions.show_safety_plan(
        safety_plan=w.safety, participant=w.participant, by=w.by
    ),
    "plans.show_to_resident": lambda w: plan_actions.show_to_resident(
        safety_plan=w.safety_of_before, member=w.member, by=w.by
    ),
    "plans.hide_safety_plan": lambda w: plan_actions.hide_safety_plan(shown=w.shown, household=w.household, by=w.by),
    "plans.evaluate": lambda w: plan_actions.evaluate(
        plan=w.agreed_plan,
        held_on=timezone.localdate(),
        present=w.text,
        keep=w.text,
        change=w.text,
        next_on=w.soon,
        results=dict.fromkeys(w.agreed_plan.goals.all(), ("PARTLY", w.text)),
        marks={w.page_of_signer.member.resident: (7, w.text)},
        by=w.by,
    ),
    "plans.put_forward": lambda w: plan_actions.put_forward(plan=w.unsigned_plan, by=w.by),
    "plans.sign": lambda w: plan_actions.sign(
        signature=w.signature, stand="AGAINST", seen=True, remark=w.text, by=w.by
    ),
    "plans.sign_on_own_page": lambda w: plan_actions.sign_on_own_page(
        page=w.page_of_signer, signature=w.signature, agrees=False, remark=w.text
    ),
    "plans.raise_clash": lambda w: plan_actions.raise_clash(plan=w.plan, said=w.text, sides=[w.action], by=w.by),
    "plans.motivate_clash": lambda w: plan_actions.motivate_clash(clash=w.clashes[0], because=w.text, by=w.by),
    "plans.solve_clash": lambda w: plan_actions.solve_clash(clash=w.clashes[1], because=w.text, by=w.by),
    "plans.drop_side": lambda w: plan_actions.drop_side(clash=w.clashes[2], side=w.clashing[2], by=w.by),
    "plans.put_in_turn": lambda w: plan_actions.put_in_turn(
        clash=w.clashes[3], first=w.clashing[2], then=w.clashing[3], by=w.by
    ),
    "plans.look_again": lambda w: plan_actions.look_again(plan=w.goal_of_clashes.plan),
    "plans.add_opposition": lambda w: plan_actions.add_opposition(
        team=w.team, domain="MONEY", one="sparen", other="uitgeven", by=w.by
    ),
    "plans.remove_opposition": lambda w: plan_actions.remove_opposition(opposition=w.opposition, by=w.by),
    "plans.offer_own_plan": lambda w: plan_actions.offer_own_plan(household=w.third, kind="PERSONAL", **offer(w)),
    "plans.do_not_offer": lambda w: plan_actions.do_not_offer(household=w.third, because=w.text, by=w.by),
    "plans.hand_in_own_plan": lambda w: plan_actions.hand_in_own_plan(
        own_plan=w.own_plan, made_on=timezone.localdate(), made_by=w.text, text=w.text, file=w.photo, by=w.by
    ),
    "plans.choose_own_plan": lambda w: plan_actions.choose_own_plan(
        own_plan=w.own_plan, choice=Choice.NO, they_say=w.text, chosen_on=timezone.localdate(), by=w.by
    ),
    "plans.take_over_goals": lambda w: plan_actions.take_over_goals(
        own_plan=w.own_plan, goals=[(w.text, "MONEY")], by=w.by
    ),
    "plans.apply_for_help": lambda w: plan_actions.apply_for_help(
        household=w.of_money, resident=w.applicant, law="YOUTH", applied_on=timezone.localdate(), by=w.by
    ),
    "plans.decide_application": lambda w: plan_actions.decide_application(
        application=w.application, outcome="GRANTED", decided_on=timezone.localdate(), by=w.by
    ),
    "plans.suspend_application": lambda w: plan_actions.suspend_application(
        application=w.application, until=w.soon + timedelta(days=60), because=w.text, by=w.by
    ),
    "plans.check_schemes": lambda w: plan_actions.check_schemes(
        household=w.of_money, said={"kindpakket": Said("ASKED", w.text)}, on=timezone.localdate(), by=w.by
    ),
    "plans.plan_scheme": lambda w: plan_actions.plan_scheme(check=w.possible, by=w.by),
    "plans.write_scheme": lambda w: plan_actions.write_scheme(team=w.team, title="Iets.", by=w.by),
    "plans.put_scheme": lambda w: plan_actions.put_scheme(
        scheme=schemes_of(w.team)["kindpakket"], in_use=False, by=w.by
    ),
    "plans.write_example": lambda w: plan_actions.write_example(
        team=w.team, by=w.by, domain="MONEY", title="Ik spaar.", how_we_see_it="", weeks=4, steps=[]
    ),
    "plans.put_example": lambda w: plan_actions.put_example(
        example=examples_of(w.team)["post-openen"], in_use=False, by=w.by
    ),
    "plans.hand_on": lambda w: plan_actions.hand_on(action=w.action_to_hand_on, to=w.text, by=w.by),
    "plans.close_plan": lambda w: plan_actions.close_plan(plan=w.ready_plan, by=w.by),
    "plans.reopen_plan": lambda w: plan_actions.reopen_plan(plan=w.closed_plan, by=w.by),
    "households.withdraw_consent": lambda w: household_actions.withdraw_consent(consent=w.consent, by=w.by),
    "plans.ask_light": lambda w: plan_actions.ask_light(
        household=w.third, question=w.text, domain="MONEY", what=w.text, owner=w.by, due_on=w.soon, by=w.by
    ),
    "plans.make_full": lambda w: plan_actions.make_full(plan=w.light_plan, by=w.by),
    "plans.make_plan": lambda w: plan_actions.make_plan(household=w.without_plan, by=w.by),
    "plans.add_goal": lambda w: plan_actions.add_goal(plan=w.plan, by=w.by, **words(w)),
    "plans.change_goal": lambda w: plan_actions.change_goal(goal=w.goal, by=w.by, **words(w)),
    "plans.add_action": lambda w: plan_actions.add_action(
        goal=w.goal, what=w.text, owner=w.resident, due_on=w.soon, by=w.by, rhythm=w.text, practical=w.text
    ),
    "plans.change_action": lambda w: plan_actions.change_action(
        action=w.action, what=w.text, owner=w.by, due_on=w.soon, by=w.by, rhythm=w.text, practical=w.text
    ),
    "plans.move_action": lambda w: plan_actions.move_action(
        action=w.action, to=Action.Status.DECLINED, because=w.text, by=w.by
    ),
    "signals.receive": receive,
    "households.give_own_page": lambda w: household_actions.give_own_page(member=w.member, by=w.by),
    "households.end_own_page": lambda w: household_actions.end_own_page(member=w.member, by=w.by),
    "households.send_own_code": lambda w: household_actions.send_own_code(page=w.own_page),
    "households.give_own_marks": lambda w: household_actions.give_own_marks(page=w.own_page, marks={"BODY": 7}),
    "households.note_own_marks": lambda w: household_actions.note_own_marks(
        member=w.own_page.member, marks={"BODY": 7}, said_on=timezone.localdate(), by=w.by
    ),
    "households.open_own_page": lambda w: household_actions.open_own_page(page=w.own_page, typed="no code"),
    "signals.send_code": lambda w: signal_actions.send_code(signal=w.new),
    "signals.open_door": lambda w: signal_actions.open_door(signal=w.new, typed="no code"),
    "signals.hear_reporter": lambda w: signal_actions.hear_reporter(signal=w.new, body=w.text),
    "signals.take_up": lambda w: signal_actions.take_up(signal=w.new, by=w.by),
    "signals.link_to_household": lambda w: signal_actions.link_to_household(
        signal=w.taken_up, household=w.household, by=w.by
    ),
    "signals.decline": lambda w: signal_actions.decline(signal=w.new, reason=Signal.Decline.OTHER_AREA, by=w.by),
    "signals.give_feedback": lambda w: signal_actions.give_feedback(
        signal=w.linked,
        sentence=sentences()["AFGESLOTEN_RESULTAAT"],
        by=w.by,
        answers={"result": w.text, "read_aloud_on": "maandag"},
    ),
    "signals.record_feedback_consent": agree,
    "signals.merge": lambda w: signal_actions.merge(signal=w.together, other=w.apart, by=w.by),
    "signals.separate": lambda w: signal_actions.separate(signal=w.follower, by=w.by),
    "signals.split": lambda w: signal_actions.split(
        signal=w.wrong, observation=w.text, about_name=w.text, about_address=w.text, by=w.by
    ),
    "signals.detach": lambda w: signal_actions.detach(signal=w.wrong, reason=w.text, by=w.by),
    "signals.delete_question": lambda w: signal_actions.delete_question(question=w.old_question),
    "signals.close": lambda w: signal_actions.close(signal=w.told, by=w.by),
    "signals.answer_talk": lambda w: signal_actions.answer_talk(
        signal=w.linked, talk=w.talk, answer="OTHER", words=w.text
    ),
    "plans.remind_resident": lambda w: plan_actions.remind_resident(resident=w.resident),
    "plans.remind_by_hand": lambda w: plan_actions.remind_by_hand(action=w.action, by=w.by),
    "plans.remind_owner": lambda w: plan_actions.remind_owner(owner=w.participant.professional),
    "signals.remind_reporter": remind_reporter,
    "signals.reopen": lambda w: signal_actions.reopen(signal=w.closed, reason=w.text, by=w.by),
    "signals.give_pulse": lambda w: signal_actions.give_pulse(signal=w.closed, mark=9, tip=w.text),
    "signals.ask_observation": ask_observation,
    "signals.send_observation_code": lambda w: signal_actions.send_observation_code(observation=w.observation),
    "signals.open_observation": lambda w: signal_actions.open_observation(observation=w.observation, typed="no code"),
    "signals.remind_observation": lambda w: signal_actions.remind_observation(observation=w.observation),
    "signals.keep_observation": lambda w: signal_actions.keep_observation(observation=w.answered, by=w.by),
    "signals.stop_observation": lambda w: signal_actions.stop_observation(observation=w.answered, by=w.by),
    "signals.answer_observation": lambda w: signal_actions.answer_observation(
        observation=w.observation, answer="CALL", remark=w.text, by=w.dennis
    ),
    "signals.forward": lambda w: forward(w, w.to_pass_on),
    "signals.take_back_forward": lambda w: signal_actions.take_back_forward(forward=w.taken_back, by=w.by),
    "signals.accept_forward": lambda w: signal_actions.accept_forward(forward=w.accepted),
    "signals.return_forward": lambda w: signal_actions.return_forward(forward=w.returned, because=w.text),
    "signals.send_forward_code": lambda w: signal_actions.send_forward_code(forward=w.accepted),
    "signals.open_forward": lambda w: signal_actions.open_forward(forward=w.accepted, typed="no code"),
    "signals.say_late": lambda w: signal_actions.say_late(signal=w.late),
    "signals.tell_lead": lambda w: signal_actions.tell_lead(signal=w.late),
    "signals.tell_lead_untold": lambda w: signal_actions.tell_lead_untold(signal=w.wrong),
    "signals.record_told": lambda w: signal_actions.record_told(
        signal=w.linked, told_on=timezone.localdate(), told_by=w.text, told_how="PHONE", by=w.by
    ),
    "signals.postpone_telling": lambda w: signal_actions.postpone_telling(
        signal=w.linked, ground="SAFETY", because=w.text, until=w.soon, by=w.by
    ),
    "signals.start_wmo": lambda w: signal_actions.start_wmo(
        signal=w.to_pass_on, notified_on=timezone.localdate(), by=w.by
    ),
    "signals.do_wmo_step": lambda w: signal_actions.do_wmo_step(
        notification=w.report, step="confirmed_on", done_on=timezone.localdate(), by=w.by
    ),
    "signals.start_wmo_of": lambda w: signal_actions.start_wmo_of(
        household=w.household, resident=w.resident, notified_on=timezone.localdate(), by=w.by
    ),
    "signals.offer_personal_plan": lambda w: signal_actions.offer_personal_plan(
        notification=w.report, household=w.of_money, offered_on=timezone.localdate(), told_by=w.text, by=w.by
    ),
    "signals.ask_to_call": lambda w: signal_actions.ask_to_call(w.new.pk),
    "signals.reporter_called": lambda w: signal_actions.reporter_called(signal=w.unreachable, by=w.by),
}


BY_JOLANDA_OR_THE_REPORTER = [(people.JOLANDA.email, "COORDINATOR"), (None, "REPORTER")]
BY_THE_RESIDENT = [(None, "RESIDENT")]
BY_DENNIS_OR_A_PARTNER = [(people.DENNIS.email, "PROFESSIONAL"), (None, "PARTNER")]
BY_THE_SYSTEM = [(None, "SYSTEM")]
BY_THE_RECEIVER = [(None, "RECEIVER")]
BY_AMIR = [(people.AMIR.email, "COORDINATOR")]
BY = {
    "signals.delete_question": BY_THE_SYSTEM,
    "households.approve_override": BY_AMIR,
    "plans.decide_budget": BY_AMIR,
    "households.break_glass": BY_AMIR,
    "households.agree_to_merge": BY_AMIR,
    "households.decline_merging": BY_AMIR,
    "households.accept_handover": BY_AMIR,
    "households.decline_handover": BY_AMIR,
    "signals.ask_to_call": BY_THE_SYSTEM,
    "households.send_own_code": BY_THE_RESIDENT,
    "households.give_own_marks": BY_THE_RESIDENT,
    "households.open_own_page": BY_THE_RESIDENT,
    "signals.answer_observation": BY_DENNIS_OR_A_PARTNER,
    "signals.send_observation_code": BY_DENNIS_OR_A_PARTNER,
    "signals.open_observation": BY_DENNIS_OR_A_PARTNER,
    "signals.remind_observation": BY_THE_SYSTEM,
    "signals.remind_reporter": BY_THE_SYSTEM,
    "households.accept_invitation": [(people.HETTY.email, "PROFESSIONAL")],
    "signals.accept_forward": BY_THE_RECEIVER,
    "signals.return_forward": BY_THE_RECEIVER,
    "signals.send_forward_code": BY_THE_RECEIVER,
    "signals.open_forward": BY_THE_RECEIVER,
    "signals.say_late": BY_THE_SYSTEM,
    "plans.look_again": BY_THE_SYSTEM,
    "plans.remind_owner": BY_THE_SYSTEM,
    "plans.remind_resident": BY_THE_SYSTEM,
    "plans.sign_on_own_page": BY_THE_RESIDENT,
    "signals.tell_lead": BY_THE_SYSTEM,
    "signals.tell_lead_untold": BY_THE_SYSTEM,
}


@pytest.fixture
def world(cast) -> SimpleNamespace:
    return make_world(cast)


def test_every_verb_is_in_the_table():
    """A new verb must be tried here: who writes it decides what it does."""
    verbs = {
        f"{module.__name__.partition('.')[0]}.{name}"
        for module in (household_actions, plan_actions, signal_actions)
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__.startswith(module.__name__)
        and hasattr(function, "__wrapped__")
    }
    assert verbs == set(VERBS)


@pytest.mark.parametrize("room", ["households", "plans", "signals"])
def test_a_change_and_its_line_happen_both_or_not_at_all(room, world, monkeypatch):
    """Each verb in the same world, which is as it was afterwards."""
    before = everything()
    verbs = [verb for verb in VERBS if verb.startswith(f"{room}.")]
    assert len(verbs) > 20
    for verb in verbs:
        with transaction.atomic():
            line_or_nothing(verb, world, monkeypatch, before)
            transaction.set_rollback(True)


def line_or_nothing(verb: str, world: SimpleNamespace, monkeypatch, before: dict) -> None:
    def fails(**line: object) -> None:
        raise RuntimeError("the log can not be written")

    with monkeypatch.context() as broken:
        broken.setattr(access, "record", fails)
        with pytest.raises(RuntimeError, match="the log can not be written"):
            VERBS[verb](deepcopy(world))
    assert everything() == before, verb

    lines = lines_of(lambda: VERBS[verb](deepcopy(world)))
    after = everything()
    assert before.keys() == after.keys(), verb
    assert {table for table in before if before[table] != after[table]} > {"households_accesslogentry"}, verb
    assert lines, verb
    for line in lines:
        assert line.action != "VIEW", verb
        assert line.object_id, verb
        assert (line.actor and line.actor.email, line.actor_role) in BY.get(verb, BY_JOLANDA_OR_THE_REPORTER), verb
        known = line.household_id or line.actor is None or verb.startswith("signals.") or line.object_type == "team"
        assert known, verb
    for word in (WORD, "Zonnedauw", "Roos", "sleutelbrug"):  # not a word of what was written
        assert word not in after["households_accesslogentry"], verb
