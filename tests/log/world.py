"""A household, signals, a plan and everything else that somebody can do something with: one of each, full of one word."""

from datetime import time, timedelta
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.utils import timezone
from PIL import Image

from desk.demo import people
from households import actions as household_actions
from households.forms.consent import QUESTIONS
from households.models import Consent, Print, Resident
from plans import actions as plan_actions
from plans.models import Appointment
from plans.schemes import Said
from signals import actions as signal_actions
from signals.models import Forward, Observation, Signal
from signals.sentences import sentences
from tests.helpers import link_of

WORD = "Kwetterpoel"  # stands in all that is written, and may stand in no line of the log


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
    """Three more of the household, which Amir wrote down: each is asked about."""
    world.merging, world.declined, world.not_meant = (
        household_actions.propose_merging(
            mine=mine, theirs=household_actions.make_household(name="Zonnedauw 4", team=world.team, coordinator=cast.amir, by=cast.amir),
            keeps_mine=True, reason=world.text, by=world.by,
        )
        for mine in (household_actions.make_household(name="Zonnedauw 5", team=world.team, coordinator=world.by, by=world.by) for _ in range(3))
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
