"""Every change that can be made, each by its verb; and who makes it, when that is not Jolanda or the reporter."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from desk.demo import people
from households import actions as household_actions
from households.forms.consent import QUESTIONS
from households.models import Consent, Print
from plans import actions as plan_actions
from plans.examples import examples_of
from plans.models import Action
from plans.own_plan import Choice
from plans.schemes import Said, schemes_of
from signals import actions as signal_actions
from signals.models import Signal
from signals.sentences import sentences
from tests.log.world import (
    agree,
    ask_observation,
    closing_words,
    forward,
    money,
    offer,
    receive,
    remind_reporter,
    safety_words,
    words,
)

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
    "households.take_back_merging": lambda w: household_actions.take_back_merging(merging=w.not_meant, by=w.by),
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
    "plans.correct_law": lambda w: plan_actions.correct_law(application=w.application, law="YOUTH", by=w.by),
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
