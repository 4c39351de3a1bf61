"""Every address for every kind of visitor. An address that stands in no line here fails the test: somebody must decide."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from desk.demo import people
from households import actions
from households.forms.consent import QUESTIONS
from households.models import Custody, Household, OwnPage, Participant
from partners.models import Organisation, PartnerLink, Professional
from plans.models import Action, Goal
from signals.models import Signal

VISITORS = ("nobody", "jolanda", "amir", "pascal", "fadoua", "bart", "els", "marleen", "dennis", "stranger")
IN = 302  # to the login, or after a change
# What is public is the same for everybody.
PUBLIC = dict.fromkeys(VISITORS, 200)
GONE = dict.fromkeys(VISITORS, 404)
# A page of Jolanda's household: colleagues know that it exists, others do not.
HERS = {"nobody": IN, "jolanda": 200, "amir": 403, "pascal": 403, "fadoua": 404} | dict.fromkeys(
    ("bart", "els", "marleen", "dennis", "stranger"), 404
)
# A signal of the team that belongs to no household yet.
TEAMS = (
    dict.fromkeys(("jolanda", "amir", "pascal", "fadoua"), 200)
    | {"nobody": IN}
    | dict.fromkeys(("bart", "els", "marleen", "dennis", "stranger"), 404)
)
# A signal that belongs to Jolanda's household.
LINKED = HERS | {"fadoua": 403}
HANDLERS = TEAMS | dict.fromkeys(("bart", "els", "marleen", "dennis", "stranger"), 403)
COORDINATORS = HANDLERS | {"fadoua": 403}
NO_ROLE = dict.fromkeys(("fadoua", "bart", "els", "marleen", "dennis", "stranger"), 403)
LOGIN = PUBLIC | dict.fromkeys(VISITORS[1:], IN)  # who is in goes to the own day
MANAGERS = dict.fromkeys(VISITORS, 403) | {"nobody": IN, "marleen": 200}
OPEN_TO_STAFF = PUBLIC | {"nobody": IN}
POLICY = dict.fromkeys(VISITORS, 403) | {"nobody": IN, "bart": 200}
# Who has a password shows it again first: here nobody logged in just now.
TO_PROVE = dict.fromkeys(VISITORS, IN) | {"dennis": 200}


def only_post(table: dict[str, int]) -> dict[str, int]:
    """GET on an address that only takes changes."""
    return table | {visitor: 405 for visitor, status in table.items() if status != IN or visitor != "nobody"}


def sample() -> dict[str, list[tuple[dict, dict[str, int]]]]:
    """For each route: example arguments, and what a GET gives each visitor."""
    household = Household.objects.get(name="Bakelaar-Idrissi")
    linked = Signal.objects.filter(household=household).first()
    new = Signal.objects.filter(household=None, status="RECEIVED").first()
    link = PartnerLink.objects.open().first()
    goal = Goal.objects.filter(plan__household=household).first()
    action = Action.objects.filter(goal__plan__household=household).first()
    here = {"number": household.number}
    member = household.members.first()
    assert None not in (linked, new, link, goal, action, member)
    consent = household.consents.filter(kind="SHARE_INFO").first()
    custody = (
        member.resident.custody.first() or Custody.objects.filter(resident__memberships__household=household).first()
    )
    participant = household.circle.get(professional__email=people.DENNIS.email)
    own = Action.objects.filter(goal__plan__household=household, owner_professional=participant.professional).first()
    invited = Participant.objects.invited().get(professional__email=people.DENNIS.email)
    page = OwnPage.objects.open().get(member__household=household)
    handover, override = asked_of_others(household)
    in_household = {
        name: [(here, HERS)]
        for name in (
            "households:facts", "households:people", "households:add_resident", "households:network",
            "households:add_contact", "households:own_words", "households:change_own_words", "households:next_step",
            "households:change_next_step", "households:consents", "households:consent_card", "households:override",
            "desk:circle", "desk:log", "plans:plan", "plans:add_goal", "plans:pdf", "desk:household",
        )
    }  # fmt: skip
    in_plan = {
        "households:change_resident": [(here | {"pk": member.resident_id}, HERS)],
        "households:voice": [(here | {"pk": consent.pk}, only_post(HERS))],
        "households:withdraw": [(here | {"pk": consent.pk}, only_post(HERS))],
        "households:custody": [(here, only_post(HERS))],
        "households:end_custody": [(here | {"pk": custody.pk}, only_post(HERS))],
        "desk:invite": [(here, only_post(HERS))],
        "desk:share": [(here | {"pk": participant.pk}, only_post(HERS))],
        "desk:stop_sharing": [(here | {"pk": participant.pk}, only_post(HERS))],
        "desk:invite_again": [(here | {"pk": participant.pk}, only_post(HERS))],
        "desk:end_participation": [(here | {"pk": participant.pk}, only_post(HERS))],
        # Who has it open already goes on to it; a colleague is asked for a reason; others learn nothing.
        "desk:break_glass": [(here, HERS | {"jolanda": IN, "amir": 200, "pascal": 200} | NO_ROLE)],
        "desk:hand_over": [(here, HERS | {"pascal": 200})],
        "households:own_page": [(here | {"pk": member.resident_id}, HERS)],
        "households:end_own_page": [(here | {"pk": member.resident_id}, only_post(HERS))],
        "households:who_looked": [(here | {"pk": member.resident_id}, HERS)],
        "households:print_who_looked": [(here | {"pk": member.resident_id}, HERS)],
        "plans:make": [(here, only_post(HERS))],
        "plans:goal": [(here | {"pk": goal.pk}, HERS)],
        "plans:change_goal": [(here | {"pk": goal.pk}, HERS)],
        "plans:add_action": [(here | {"pk": goal.pk}, HERS)],
        "plans:change_action": [(here | {"pk": action.pk}, HERS)],
        "plans:move_action": [(here | {"pk": action.pk}, only_post(HERS))],
    }
    changes = {
        f"signals:{name}": [({"number": linked.number}, only_post(LINKED))]
        for name in ("take_up", "decline", "consent", "withdraw", "feedback", "close")
    }
    amir = Professional.objects.get(email=people.AMIR.email)
    of_amir = {"pk": amir.pk}
    changes |= {
        f"desk:{name}": [(of_amir, MANAGERS | {"marleen": 405})]
        for name in ("give_role", "close_account", "open_account", "reset_second_factor", "send_way_in")
    }
    return in_household | in_plan | changes | {
        "desk:people": [({}, MANAGERS)],
        "desk:add_person": [({}, MANAGERS)],
        "desk:person": [(of_amir, MANAGERS)],
        "desk:take_role": [(of_amir | {"membership": amir.memberships.get().pk}, MANAGERS | {"marleen": 405})],
        "desk:my_day": [({}, OPEN_TO_STAFF | {"dennis": IN, "stranger": IN, "marleen": IN, "bart": IN})],
        "desk:handover": [({"pk": handover.pk}, HERS | {"jolanda": 404, "amir": 200, "pascal": 404})],
        "households:judge_override": [
            ({"pk": override.pk}, HERS | NO_ROLE | {"jolanda": 403, "amir": 403, "pascal": 403, "fadoua": 200})
        ],
        "desk:invitation": [
            ({"token": invited.token}, PUBLIC | dict.fromkeys(VISITORS[1:], 404) | {"dennis": IN}),
            ({"token": "NOSUCHINVITATION"}, GONE),
        ],
        "desk:own_page": [({"token": page.token}, PUBLIC), ({"token": "NOSUCHPAGE"}, GONE)],
        "desk:own_code": [({"token": page.token}, only_post(PUBLIC))],
        "desk:own_page_who_looked": [  # without a code to the door
            ({"token": page.token}, dict.fromkeys(VISITORS, IN)),
            ({"token": "NOSUCHPAGE"}, GONE),
        ],
        "desk:leave_own_page": [({"token": page.token}, only_post(PUBLIC))],
        "desk:my_families": [({}, OPEN_TO_STAFF)],
        "desk:stay": [({}, dict.fromkeys(VISITORS, 405) | {"nobody": IN})],
        "desk:kept": [({}, OPEN_TO_STAFF)],
        "desk:accept_invitation": [({"pk": invited.pk}, only_post(dict.fromkeys(VISITORS, 404) | {"nobody": IN}))],
        "desk:own_step": [({"pk": own.pk}, only_post(HERS))],
        "desk:contribution": [({"pk": participant.pk}, only_post(HERS))],
        "desk:figures": [({}, POLICY)],
        "desk:figures_csv": [({}, POLICY)],
        "desk:households": [({}, COORDINATORS)],
        "desk:search": [({}, COORDINATORS)],
        "desk:privacy": [({}, dict.fromkeys(VISITORS, 403) | {"nobody": IN, "els": 200})],
        "desk:mailbox": [({}, PUBLIC)],
        "signals:inbox": [({}, HANDLERS)],
        "signals:signal": [({"number": linked.number}, LINKED), ({"number": new.number}, TEAMS)],
        # Not taken up yet: back to the signal, for who may see it.
        "signals:link": [({"number": new.number}, TEAMS | dict.fromkeys(("jolanda", "amir", "pascal", "fadoua"), IN))],
        "signals:post": [({"token": link.token}, PUBLIC), ({"token": "NOSUCHLINK"}, GONE)],
        "signals:received": [({"token": link.token}, dict.fromkeys(VISITORS, IN)), ({"token": "NOSUCHLINK"}, GONE)],
        "signals:find": [({}, PUBLIC)],
        "signals:follow": [({"code": linked.code}, PUBLIC), ({"code": "NOSUCHCODE"}, GONE)],
        "signals:ask_code": [({"code": linked.code}, only_post(PUBLIC))],
        "signals:answer": [({"code": linked.code}, only_post(PUBLIC))],
        "signals:leave": [({"code": linked.code}, only_post(PUBLIC))],
        "security_txt": [({}, PUBLIC)],
        "robots_txt": [({}, PUBLIC)],
        "account_login": [({}, LOGIN)],
        "account_request_login_code": [({}, LOGIN)],
        "account_confirm_login_code": [({}, dict.fromkeys(VISITORS, IN))],  # only after asking for a code
        "mfa_authenticate": [({}, dict.fromkeys(VISITORS, IN))],  # only between the password and the second factor
        "mfa_login_webauthn": [({}, dict.fromkeys(VISITORS, IN))],  # a browser asks it for what to sign
        # The own account. What was not set up is not there, and who came in without password has nothing to show again.
        "mfa_index": [({}, OPEN_TO_STAFF)],
        "account_reauthenticate": [({}, OPEN_TO_STAFF | {"dennis": 403})],
        "mfa_reauthenticate": [({}, dict.fromkeys(VISITORS, IN) | {"dennis": 403})],
        "mfa_reauthenticate_webauthn": [({}, dict.fromkeys(VISITORS, IN) | {"dennis": 403})],
        "mfa_activate_totp": [({}, TO_PROVE)],
        "mfa_deactivate_totp": [({}, GONE | {"nobody": IN})],
        "mfa_view_recovery_codes": [({}, GONE | {"nobody": IN})],
        "mfa_generate_recovery_codes": [({}, TO_PROVE)],
        "mfa_list_webauthn": [({}, OPEN_TO_STAFF)],
        "mfa_add_webauthn": [({}, TO_PROVE)],
        "mfa_edit_webauthn": [({"pk": 0}, TO_PROVE | {"dennis": 404})],
        "mfa_remove_webauthn": [({"pk": 0}, TO_PROVE | {"dennis": 404})],
        "municipal_login": [({}, GONE)],  # here is no login of the municipality; tests/browser has one
        "municipal_callback": [({}, GONE)],
        "account_logout": [({}, OPEN_TO_STAFF)],
        "account_inactive": [({}, PUBLIC)],
        "account_reset_password": [({}, PUBLIC)],
        "account_reset_password_done": [({}, PUBLIC)],
        "account_reset_password_from_key": [({"uidb36": "1", "key": "no-such-key"}, PUBLIC)],
        "account_reset_password_from_key_done": [({}, PUBLIC)],
    }  # fmt: skip


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


def routes(patterns=None, namespace: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found |= routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            found.add(f"{namespace}{pattern.name}")
    return found


@pytest.mark.django_db
def test_every_address_is_in_the_table():
    assert routes() == set(sample())


@pytest.mark.django_db
@pytest.mark.parametrize("visitor", VISITORS)
def test_get_gives_each_visitor_what_the_table_says(visitor, as_):
    client: Client = as_(None if visitor == "nobody" else visitor)
    wrong = []
    for name, examples in sample().items():
        for arguments, expected in examples:
            status = client.get(reverse(name, kwargs=arguments)).status_code
            if status != expected[visitor]:
                wrong.append(f"{name} {arguments}: {status}, not {expected[visitor]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("visitor", [name for name in VISITORS if name != "jolanda"])
def test_post_never_gives_more_than_get(visitor, as_):
    """Who can not look can not change either: the same refusal, whatever is sent."""
    client: Client = as_(None if visitor == "nobody" else visitor)
    wrong = []
    for name, examples in sample().items():
        for arguments, expected in examples:
            if name in OWN_PAGES:
                continue  # tests/circle tries these
            if name in MANAGERS_PAGES and visitor == "marleen":
                continue  # tests/test_people.py tries these
            refusal = {405: HERS[visitor]}.get(expected[visitor], expected[visitor])
            if name.startswith("signals:") and expected[visitor] == 405:
                refusal = LINKED[visitor]
            if refusal not in (403, 404) or name in PUBLIC_NAMES:
                continue
            status = client.post(reverse(name, kwargs=arguments), {"to": "DONE"}).status_code
            if status not in (refusal, 405):
                wrong.append(f"{name} {arguments}: {status}, not {refusal}")
    assert not wrong, "\n".join(wrong)


OWN_PAGES = {"desk:stay", "desk:kept", "desk:accept_invitation", "desk:own_step", "desk:contribution"}
MANAGERS_PAGES = {
    f"desk:{name}"
    for name in ("give_role", "take_role", "close_account", "open_account", "reset_second_factor", "send_way_in")
}
PUBLIC_NAMES = {
    "signals:post",
    "signals:received",
    "signals:find",
    "signals:follow",
    "signals:ask_code",
    "signals:answer",
    "signals:leave",
    "desk:own_page",
    "desk:own_code",
    "desk:own_page_who_looked",
    "desk:leave_own_page",
}


@pytest.mark.django_db
def test_what_does_not_exist_looks_the_same_as_what_is_out_of_reach(as_, bakelaar):
    client = as_("bart")
    hidden = client.get(reverse("desk:household", args=[bakelaar.number]))
    missing = client.get(reverse("desk:household", args=["2026-999999"]))
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)


@pytest.mark.django_db
def test_a_refusal_names_the_coordinator_and_nothing_of_the_household(as_, bakelaar):
    page = as_("amir").get(reverse("desk:household", args=[bakelaar.number])).content.decode()
    assert "Jolanda Terpstra" in page
    for secret in (bakelaar.name, bakelaar.address, bakelaar.request_in_own_words, "Ruud"):
        assert secret not in page
