"""Each address that there is, as `doors.txt` names it, with an example of its own in the household of Jolanda or beside it."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from PIL import Image

from desk import setting_up
from desk.demo import people
from desk.demo.bakelaar import SAMIRA
from households import actions
from households.forms.consent import QUESTIONS
from households.models import Custody, Destruction, Household, Merging, OwnPage, Participant, Print, Resident
from partners.actions import make_calendar_key
from partners.models import Organisation, PartnerLink, Professional
from plans import actions as plan_actions
from plans.models import Action, BudgetLine, Goal, Opposition, OwnPlan, SafetyPlan, Scan
from plans.paper_code import code_of
from signals import actions as signal_actions
from signals.models import Forward, Observation, Signal

TABLE = Path(__file__).with_name("doors.txt")
OF_MONEY = ("", "pay_", "withdraw_", "tell_")  # what is done with one amount
OF_OWN_PLAN = ("own_plan", "hand_in", "take_over", "own_plan_paper")


class Door(NamedTuple):
    """One address in the table: the route, and which example of it when there are several."""

    route: str
    example: str = ""


class Line(NamedTuple):
    door: Door
    method: str
    statuses: dict[str, int]


def table() -> Iterator[Line]:
    """The lines of `doors.txt`. A line that names no door is about the door of the line above it."""
    visitors: list[str] = []
    door = Door("")
    for line in TABLE.read_text().splitlines():
        *named, method = line.split("|")[0].split() or [""]
        cells = line.partition("|")[2].split()
        if not cells:
            continue  # a heading between the lines
        if not visitors:
            visitors = cells
            continue
        door = Door(*named) if named else door
        yield Line(door, method, dict(zip(visitors, map(int, cells), strict=True)))


LINES = list(table())
VISITORS = list(LINES[0].statuses)


def addresses() -> dict[Door, str]:
    """For each door an address in the household of Jolanda, or beside it."""
    household = Household.objects.get(name="Bakelaar-Idrissi")
    here = {"number": household.number}
    found = in_household(household, here) | in_plan(household, here) | of_signals(household) | of_circle(household)
    found |= of_observations(household) | of_wmo(household)
    found |= of_colleagues() | of_links() | in_desk(household) | of_login()
    return {door: reverse(door.route, kwargs=kwargs) for door, kwargs in found.items()}


def in_household(household: Household, here: dict) -> dict[Door, dict]:
    member, consent = household.members.first(), household.consents.filter(kind="SHARE_INFO").first()
    custody = Custody.objects.filter(resident__memberships__household=household).first()
    assert None not in (member, consent, custody)
    of_resident, of_consent = here | {"pk": member.resident_id}, here | {"pk": consent.pk}
    talk = household.conversations.open().first() or actions.begin_conversation(
        household=household, resident=member.resident, held_on=timezone.localdate(), present="Ruud", by=household.coordinator
    )  # fmt: skip
    of_talk = here | {"pk": talk.pk}
    whole = (
        "facts", "people", "add_resident", "network", "add_contact", "own_words", "change_own_words", "next_step",
        "change_next_step", "notes", "add_note", "consents", "consent_card", "override", "custody", "talks", "print_guide",
        "story", "levels",
    )  # fmt: skip
    return (
        {Door(f"households:{name}"): here for name in whole}
        | {Door(f"households:{name}"): of_consent for name in ("voice", "withdraw")}
        | {
            Door(f"households:{name}"): of_resident
            for name in (
                "change_resident",
                "own_page",
                "end_own_page",
                "who_looked",
                "print_who_looked",
                "join_resident",
                "said_marks",
            )
        }
        | {Door("households:new_household"): {}}
        | {Door("households:adulthood"): here | {"pk": becomes_18(household).pk}}
        | {Door("households:change_contact"): here | {"pk": household.network.first().pk}}
        | {Door("households:correct_note"): here | {"pk": household.notes.first().pk}}
        | {Door("households:end_custody"): here | {"pk": custody.pk}}
        | {Door(f"households:{name}"): of_talk for name in ("talk", "change_talk", "end_talk")}
        | {Door("households:talk_step"): of_talk | {"slug": "money"}}
        | {Door("households:correct_talk"): of_talk | {"place": "request"}, Door("households:question_cards"): {}}
    )


def becomes_18(household: Household) -> Resident:
    """Somebody of seventeen."""
    born = timezone.localdate() - timedelta(days=17 * 366)
    return actions.add_resident(household=household, by=household.coordinator, first_name="Sem", birth_date=born)


def in_plan(household: Household, here: dict) -> dict[Door, dict]:
    goal = Goal.objects.filter(plan__household=household).first()
    action = Action.objects.filter(goal__plan__household=household).first()
    clash = household.plans.open().get().clashes.open().first()
    assert None not in (goal, action, clash)
    side = {"pk": clash.pk, "side": clash.sides.first().pk}
    version = household.plans.open().get().versions.newest_first().first()
    assert version
    signature = version.signatures.exclude(resident=None).first()
    agreement = household.plans.open().get().agreements.standing().first()
    assert None not in (signature, agreement)
    safety = here | {"pk": safety_plan(household).pk}
    meeting = household.meetings.to_come().first()
    assert meeting
    at_the_table = ("meeting", "hold_meeting", "decide", "make_actions", "cancel_meeting", "meeting_pdf")
    return (
        {Door(f"plans:{name}"): here for name in ("agreement", "put_forward", "evaluations", "evaluate")}
        | {Door(f"plans:{name}"): here for name in ("together", "agree_on", "safety", "write_safety")}
        | {Door(f"plans:{name}"): here | {"pk": agreement.pk} for name in ("change_agreement", "end_agreement")}
        | {Door(f"plans:{name}"): here for name in ("meetings", "plan_meeting", "money", "ask_budget")}
        | {Door(f"plans:{name}"): here for name in ("own_plans", "schemes", "check_schemes")}
        | {Door(f"plans:{name}"): here | {"pk": plan_of_their_own(household).pk} for name in OF_OWN_PLAN}
        | {Door("plans:plan_scheme"): here | {"key": "bijzondere-bijstand"}}
        | {Door(f"plans:{name}budget"): here | {"pk": asked_of_amir_and_pascal(household).pk} for name in OF_MONEY}
        | {Door("budget:decide"): {"pk": asked_of_amir_and_pascal(household).pk}}
        | {Door(f"plans:{name}"): here | {"pk": meeting.pk} for name in at_the_table}
        | {Door(f"plans:{name}_safety"): safety for name in ("change", "show", "hide", "end")}
        | {Door("plans:safety_plan"): safety, Door("desk:family_safety"): {"pk": safety["pk"]}}
        | {Door("plans:version"): here | {"pk": version.pk}, Door("plans:sign"): here | {"pk": signature.pk}}
        | {Door(f"plans:{name}"): here for name in ("clashes", "raise_clash", "from_paper", "keep_scan")}
        | {Door(f"plans:{name}"): here | {"pk": kept_paper(household).pk} for name in ("scan", "remove_scan")}
        | {Door(f"plans:{name}"): here | {"pk": clash.pk} for name in ("clash", "settle_clash")}
        | {Door(f"plans:{name}"): here | side for name in ("drop_side", "put_first")}
        | {Door("plans:order_action"): here | {"pk": action.pk}, Door("aims:aims"): {}}
        | {Door("plans:order"): here, Door("plans:order_goal"): here | {"pk": goal.pk}}
        | {Door("plans:remind"): here | {"pk": action.pk}}
        | {Door(f"examples:{name}"): {} for name in ("examples", "add_example")}
        | {Door(f"examples:{name}"): {"key": "post-openen"} for name in ("change_example", "put_example")}
        | {Door(f"schemes:{name}"): {} for name in ("schemes", "add_scheme")}
        | {Door(f"schemes:{name}"): {"key": "kindpakket"} for name in ("change_scheme", "put_scheme")}
        | {Door("aims:remove"): {"pk": opposition(household).pk}}
        | {Door(f"plans:{name}"): here for name in ("plan", "actions", "add_goal", "make", "light")}
        | {Door(f"plans:{name}"): here | {"pk": goal.pk} for name in ("goal", "change_goal", "add_action")}
        | {Door(f"plans:{name}"): here | {"pk": action.pk} for name in ("change_action", "move_action")}
    )


def asked_of_amir_and_pascal(household: Household) -> BudgetLine:
    """An amount that takes two people; Amir agreed, so that both read it."""
    amir, pascal = (Professional.objects.get(email=one.email) for one in (people.AMIR, people.PASCAL))
    found = household.budget_lines.filter(status="AGREED").first()
    if found is None:
        found = plan_actions.ask_budget(
            household=household, amount=Decimal(600), split={}, decider=amir, second=pascal, purpose="Iets.",
            motivation="Daarom.", domain="MONEY", by=household.coordinator,
        )  # fmt: skip
        plan_actions.decide_budget(line=found, granted=True, reason="Ja.", by=amir)
    return found


def plan_of_their_own(household: Household) -> OwnPlan:
    """With the paper on which they wrote it."""
    found, today, white = household.own_plans.made().first(), timezone.localdate(), BytesIO()
    if found is None:
        found = plan_actions.offer_own_plan(
            household=household, kind=OwnPlan.Kind.FAMILY, offered_on=today, told_by="Jolanda", until=today,
            by=household.coordinator,
        )  # fmt: skip
        Image.new("RGB", (9, 9), "white").save(white, "PNG")
        plan_actions.hand_in_own_plan(
            own_plan=found, made_on=today, made_by="Zij", text="Rust.", file=white.getvalue(), by=household.coordinator
        )
    return found


def kept_paper(household: Household) -> Scan:
    plan, white = household.plans.open().get(), BytesIO()
    Image.new("RGB", (9, 9), "white").save(white, "PNG")
    return plan.scans.first() or plan_actions.keep_scan(plan=plan, file=white.getvalue(), by=household.coordinator)


def safety_plan(household: Household) -> SafetyPlan:
    return household.safety_plans.first() or plan_actions.write_safety_plan(
        household=household, about=[household.members.first().resident], unsafe="Iets.", agreed="Iets.",
        keeps_safe="Iemand.", whom_to_call="112", check_on=timezone.localdate(), by=household.coordinator,
    )  # fmt: skip


def opposition(household: Household) -> Opposition:
    return Opposition.objects.first() or plan_actions.add_opposition(
        team=household.team, domain="MONEY", one="sparen", other="uitgeven", by=household.coordinator
    )


def of_signals(household: Household) -> dict[Door, dict]:
    linked = Signal.objects.filter(household=household).first()
    new = Signal.objects.filter(household=None, status="RECEIVED").first()
    link = PartnerLink.objects.open().first()
    ilses = Signal.objects.filter(reporter_name="Ilse Waanders").earliest("pk")
    reporters = ("follow", "ask_code", "answer", "talk", "pulse", "reporter_reopens", "leave")
    asked = Forward.objects.open().first()
    taken_up = Signal.objects.filter(household=None, status="TAKEN_UP", forwards=None).first()
    assert None not in (linked, new, link, asked, taken_up)
    changes = (
        "take_up", "decline", "consent", "withdraw", "preview", "feedback", "close", "called", "letter", "reopen", "link", "forward",
        "take_back_forward", "told", "postpone_telling", "wmo", "wmo_step", "merge", "separate",
    )  # fmt: skip
    passed_on = ("forwarded", "forwarded_code", "accept_forward", "return_forward", "leave_forwarded")
    still_open = Signal.objects.filter(household=household, status="LINKED").first()
    assert still_open
    return (
        {Door(f"signals:{name}"): {} for name in ("inbox", "find")}
        | {
            Door("signals:signal", "linked"): {"number": linked.number},
            Door("signals:signal", "new"): {"number": new.number},
        }
        | {Door(f"signals:{name}", "linked"): {"number": linked.number} for name in changes}
        | {Door(f"signals:{name}", "new"): {"number": new.number} for name in (*changes, "split", "detach")}
        | {Door(f"signals:{name}", "linked"): {"number": still_open.number} for name in ("split", "detach")}
        | {Door(f"signals:{name}", "open"): {"token": link.token} for name in ("post", "received")}
        | {Door(f"signals:{name}", "unknown"): {"token": "NOSUCHLINK"} for name in ("post", "received")}
        | {Door(f"signals:{name}", "own"): {"code": ilses.code} for name in reporters}
        | {Door(f"signals:{name}", "unknown"): {"code": "NOSUCHCODE"} for name in reporters}
        | {Door("signals:forward", "taken-up"): {"number": taken_up.number}}
        | {Door(f"signals:{name}", "open"): {"token": asked.token} for name in passed_on}
        | {Door(f"signals:{name}", "unknown"): {"token": "NOSUCHFORWARD"} for name in passed_on}
    )


def of_wmo(household: Household) -> dict[Door, dict]:
    """A report without a signal, and an application."""
    here, today, by = {"number": household.number}, timezone.localdate(), household.coordinator
    asks = {"household": household, "resident": household.members.first().resident, "by": by}
    report = signal_actions.start_wmo_of(notified_on=today, **asks)
    application = household.applications.open().first() or plan_actions.apply_for_help(
        law="WMO", applied_on=today, **asks
    )
    return (
        {Door(f"signals:{name}"): here for name in ("wmo_terms", "apply_for_help")}
        | {Door(f"signals:{name}"): here | {"pk": report.pk} for name in ("wmo_term_step", "offer_personal_plan")}
        | {Door(f"signals:{name}"): here | {"pk": application.pk} for name in ("decide_application", "correct_law")}
    )


def of_observations(household: Household) -> dict[Door, dict]:
    """A question to Dennis about somebody in the household."""
    here, observation = {"number": household.number}, asked_of_dennis(household)
    by_link = ("observation", "observation_code", "observation_reply", "observation_consent", "leave_observation")
    return (
        {Door("signals:observations"): here}
        | {Door(f"signals:{name}"): here | {"pk": observation.pk} for name in ("keep_observation", "stop_observation")}
        | {Door(f"signals:{name}", "open"): {"token": observation.token} for name in by_link}
        | {Door(f"signals:{name}", "unknown"): {"token": "NOSUCHQUESTION"} for name in by_link}
    )


def asked_of_dennis(household: Household) -> Observation:
    dennis = Professional.objects.get(email=people.DENNIS.email)
    consent = household.consents.valid().filter(recipient=dennis.organisation, items__contains=["MONEY"]).in_full()[0]
    return household.observations.first() or signal_actions.ask_observation(
        consent=consent,
        item="MONEY",
        asked=dennis,
        question="Is er een gesprek geweest?",
        answer_by=timezone.localdate(),
        by=household.coordinator,
    )


def of_circle(household: Household) -> dict[Door, dict]:
    here = {"number": household.number}
    participant = household.circle.get(professional__email=people.DENNIS.email)
    own = Action.objects.filter(goal__plan__household=household, owner_professional=participant.professional).first()
    invited = Participant.objects.invited().get(professional__email=people.DENNIS.email)
    of_participant = ("share", "stop_sharing", "invite_again", "end_participation")
    return (
        {Door(f"desk:{name}"): here | {"pk": participant.pk} for name in of_participant}
        | {Door(f"desk:{name}"): here for name in ("circle", "invite")}
        | {Door("desk:contribution"): {"pk": participant.pk}, Door("desk:own_step"): {"pk": own.pk}}
        | {Door("desk:does_not_fit"): {"pk": own.pk}}
        | {
            Door("desk:invitation", "dennis's"): {"token": invited.token},
            Door("desk:accept_invitation"): {"pk": invited.pk},
        }
        | {Door("desk:invitation", "unknown"): {"token": "NOSUCHINVITATION"}}
    )


def of_colleagues() -> dict[Door, dict]:
    amir = Professional.objects.get(email=people.AMIR.email)
    of_amir = {"pk": amir.pk}
    names = ("person", "give_role", "close_account", "open_account", "reset_second_factor", "send_way_in")
    return (
        {Door(f"desk:{name}"): {} for name in ("people", "add_person", "teams", "add_team")}
        | {Door("desk:team"): {"pk": amir.teams.get().pk}}
        | {Door("desk:set_up", "too-late"): {"code": setting_up.signer.sign("first")}}
        | {Door(f"desk:{name}"): of_amir for name in names}
        | {Door("desk:take_role"): of_amir | {"membership": amir.memberships.get().pk}}
    )


def in_desk(household: Household) -> dict[Door, dict]:
    here, page = {"number": household.number}, OwnPage.objects.open().get(member__email=SAMIRA.email)
    handover, override = asked_of_others(household)
    own = ("own_page", "own_code", "own_page_who_looked", "own_agreement", "own_safety", "own_marks", "leave_own_page")
    of_household = (
        "household", "timeline", "log", "break_glass", "hand_over", "deputy", "end_deputy", "close", "closing_letter",
        "aftercare", "reopen", "network", "network_pdf", "papers", "dossier",
    )  # fmt: skip
    plain = (
        "my_day",
        "my_families",
        "calendar",
        "make_calendar",
        "end_calendar",
        "stay",
        "kept",
        "figures",
        "figures_csv",
        "team_figures",
        "households",
        "search",
        "privacy",
        "mailbox",
        "prints",
        "print_week",
        "prints_ready",
        "request_dossier",
    )
    return (
        {Door(f"desk:{name}"): here for name in of_household}
        | {Door(f"desk:{name}"): {"pk": handover.pk} for name in ("handover", "take_back_handover")}
        | {Door("households:judge_override"): {"pk": override.pk}}
        | {Door(f"desk:{name}"): here for name in ("keeping", "ask_erasure")}
        | {Door("desk:lift_hold"): here | {"pk": hold_on(household).pk}}
        | {Door("desk:answer_erasure"): here | {"pk": asked_to_erase(household).pk}}
        | {Door("desk:destroying"): {}}
        | {Door(f"desk:{name}"): {"pk": a_list(household).pk} for name in ("destruction", "certificate")}
        | {Door("desk:propose_merging"): here, Door("desk:answer_merging"): {"pk": asked_of_amir(household).pk}}
        | {Door(f"desk:{name}", "open"): {"token": page.token} for name in own}
        | {Door(f"desk:{name}", "unknown"): {"token": "NOSUCHPAGE"} for name in own}
        | {Door(f"desk:{name}"): {} for name in plain}
        | {Door("desk:feed", "open"): {"token": calendar_token()}, Door("desk:feed", "unknown"): {"token": "NOSUCHKEY"}}
        | {Door(f"desk:{name}", "known"): here | {"kind": "keukentafel"} for name in ("paper", "preview")}
        | {Door(f"desk:{name}", "unknown"): here | {"kind": "zomaar"} for name in ("paper", "preview")}
        | {Door("desk:paper_code", "known"): {"code": code_of(household.plans.open().get())}}
        | {Door("desk:paper_code", "unknown"): {"code": "0001-ZZZZ"}}
        | {Door(f"desk:{name}"): {"pk": printed(household).pk} for name in ("print", "print_file")}
    )


def calendar_token() -> str:
    return make_calendar_key(professional=Professional.objects.get(email=people.AMIR.email)).token


def printed(household: Household) -> Print:
    """What the coordinator asked for, ready to be fetched."""
    by = household.coordinator
    asked = by.prints.first() or actions.ask_print(
        kind=Print.Kind.WEEK, households=[household], by=by, make=lambda key: None
    )
    actions.keep_print(asked=asked, file=b"%PDF", to_check=[])
    return asked


def of_links() -> dict[Door, dict]:
    here = {"pk": PartnerLink.objects.open()[0].pk}
    return (
        {Door(f"desk:{name}"): {} for name in ("links", "make_link")}
        | {Door(f"desk:{name}"): here for name in ("link", "renew_link", "revoke_link")}
        | {Door("desk:poster"): here | {"size": "a4"}}
    )


def of_login() -> dict[Door, dict]:
    """Also what the login library brings. Nobody has a second factor here, and there is no login of a municipality."""
    plain = (
        "security_txt", "robots_txt", "health", "lives", "ready", "numbers", "municipal_login", "municipal_callback", "account_login", "account_logout",
        "account_inactive", "account_request_login_code", "account_confirm_login_code", "account_reauthenticate",
        "account_reset_password", "account_reset_password_done", "account_reset_password_from_key_done", "mfa_index",
        "mfa_authenticate", "mfa_reauthenticate", "mfa_login_webauthn", "mfa_reauthenticate_webauthn",
        "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        "mfa_list_webauthn", "mfa_add_webauthn",
    )  # fmt: skip
    return (
        {Door(name): {} for name in plain}
        | {Door(name): {"pk": 0} for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")}
        | {Door("account_reset_password_from_key"): {"uidb36": "1", "key": "no-such-key"}}
    )


def hold_on(household: Household):
    return household.holds.first() or actions.place_hold(
        household=household, kind="CASE", reason="Klacht.", by=household.coordinator
    )


def asked_to_erase(household: Household):
    today = timezone.localdate()
    return household.erasure_requests.first() or actions.register_erasure_request(
        household=household, resident=household.members.first().resident, wish="Weg ermee.", received_on=today,
        answer_by=today, by=household.coordinator,
    )  # fmt: skip


def a_list(household: Household) -> Destruction:
    """A list of the team that nobody has confirmed."""
    made_by = Professional.objects.get(email=people.ELS.email)
    return Destruction.objects.first() or Destruction.objects.create(team=household.team, made_by=made_by)


def asked_of_others(household: Household):
    """Amir is asked to take over, and Fadoua to agree with sharing without consent."""
    jolanda, amir, fadoua = (
        Professional.objects.get(email=one.email) for one in (people.JOLANDA, people.AMIR, people.FADOUA)
    )
    handover = household.handovers.open().first() or actions.propose_handover(
        household=household, to=amir, note="Warme overdracht.", by=jolanda
    )
    override = household.overrides.first() or actions.write_override(
        household=household,
        about=[household.members.first().resident],
        recipient=Organisation.objects.get(name=people.DEBT_HELP),
        items=["MONEY"],
        second_person=fadoua,
        informed_on=timezone.localdate(),
        by=jolanda,
        **dict.fromkeys(QUESTIONS, "Een antwoord."),
    )
    return handover, override


def asked_of_amir(household: Household) -> Merging:
    """Whether a household of his is this one too."""
    amir = Professional.objects.get(email=people.AMIR.email)
    theirs = actions.make_household(name="Zonnedauw", team=household.team, coordinator=amir, by=amir)
    return household.mergings_proposed.first() or actions.propose_merging(
        mine=household, theirs=theirs, keeps_mine=True, reason="Zelfde adres.", by=household.coordinator
    )
