"""What a copy of the database would tell: no free text about people, no address that opens a door, no code."""

import re
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.hashers import identify_hasher
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client
from django.urls import reverse
from post_office.models import Email

from config.crypto import ALPHABET, EncryptedTextField, new_token, normal_token, seal, token_hash, unseal
from config.hashed_sessions import SessionStore
from desk.demo import people
from households.models import Household, Story
from partners.actions import make_calendar_key
from partners.models import PartnerLink
from plans.models import Action, Goal
from signals import actions
from signals.models import Message, OneTimeCode, Signal
from tests.helpers import everything, filled_in, link_of, mails, sql
from tests.log.verbs import VERBS
from tests.log.world import make_world

SECRET_TEXT = "Kwetterpoel in de blauwe bak"


def sealed_columns() -> list[tuple[type[models.Model], EncryptedTextField]]:
    """Every column of free text, in the tables of history too."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


# ---- in the database


def test_all_free_text_is_cipher_in_every_table(cast):
    world = make_world(cast, SECRET_TEXT)
    for deed in reversed(VERBS.values()):  # from the last step of a signal to the first, so that each is possible
        deed(world)
    make_calendar_key(professional=cast.jolanda)
    columns = sealed_columns()
    assert len(columns) > 25
    for model, field in columns:
        table, column = model._meta.db_table, field.column
        raw = [value for (value,) in sql(f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" <> %s', "")]
        assert raw, f"nothing stands in {table}.{column}"
        assert all(value.startswith("gAAAA") for value in raw), f"{table}.{column} can be read"


# Sealed, because somebody types them freely; but what stands in them can stand elsewhere too, as a name to search on.
NAMES_TOO = {"reporter_function", "told_by", "agreed_by", "present"}


def test_what_people_wrote_stands_nowhere_in_the_database(cast):
    """All decrypted texts of the example, held against all tables: history, outbox, sessions and log included."""
    texts = {
        text
        for model, field in sealed_columns()
        if field.name not in NAMES_TOO
        for text in model._default_manager.values_list(field.name, flat=True)
        if isinstance(text, str) and len(text) > 5
    }
    assert len(texts) > 150
    tables = everything()
    assert {"households_householdevent", "post_office_email", "django_session", "pghistory_context"} <= tables.keys()
    assert [(name, text) for name, table in tables.items() for text in texts if text in table] == []


PLAIN = {
    "ActionConflict": {"key"},
    "Aim": {"words"},  # of kinds of help, never of people
    "Scheme": {"key", "title", "what_for", "where"},  # of what there is for people
    "SchemeCheck": {"key"},
    "ExampleGoal": {"key", "title", "how_we_see_it"},  # of what often helps
    "Answer": {"place"},
    "QuestionCard": {"step"},
    "AccessLogEntry": {"actor_role", "event", "object_type", "origin", "basis", "chain", "prev_hash", "hash"},
    "LogHead": {"chain", "hash", "archived_hash"},
    "LogCheck": {"fingerprint"},
    "DestructionItem": {"number"},
    "Household": {"number", "name", "address", "name_key", "street_key", "house_key"},
    "NetworkContact": {"name", "phone"},
    "HouseholdMember": {"phone", "email", "phone_key"},
    "OwnPage": {"token_hash"},
    "OwnPageCode": {"code_hash"},
    "Participant": {"token_hash"},
    "Resident": {"first_name", "last_name", "name_key"},
    "Message": {"ground", "sentence"},
    "Signal": {
        "number",
        "about_name",
        "about_address",
        "reporter_name",
        "reporter_email",
        "reporter_phone",
        "code_hash",
        "pin_hash",
        "name_key",
        "street_key",
        "house_key",
    },
    "Observation": {"token_hash"},
    "ObservationCode": {"code_hash"},
    "OneTimeCode": {"code_hash"},
    "Forward": {"name", "email", "ground", "token_hash"},
    "ForwardCode": {"code_hash"},
}


def test_plain_text_is_only_what_somebody_decided_about():
    """Names, addresses and numbers are searched, so they are not encrypted. A new plain column must be put here."""
    plain: dict[str, set[str]] = {}
    for room in ("households", "plans", "signals"):
        for model in apps.get_app_config(room).get_models():
            for field in model._meta.concrete_fields:
                is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
                if is_text and not isinstance(field, EncryptedTextField) and not model.__name__.endswith("Event"):
                    plain.setdefault(model.__name__, set()).add(field.name)
    assert plain == PLAIN


def test_history_keeps_cipher_and_nothing_of_secret_addresses(cast):
    link = link_of(people.HOUSING)
    Client().post(reverse("signals:post", args=[link.token]), filled_in(observation=SECRET_TEXT))
    signal = Signal.objects.latest("pk")
    browser = Client()
    browser.post(reverse("signals:ask_code", args=[signal.code]))
    code = re.search(r"\d{3} \d{3}", mails(signal.reporter_email)[-1])
    assert code
    browser.post(reverse("signals:follow", args=[signal.code]), {"code": code[0]})
    browser.post(reverse("signals:answer", args=[signal.code]), {"body": SECRET_TEXT})
    browser.post(reverse("account_reset_password"), {"email": people.JOLANDA.email})
    reset = re.search(r"/wachtwoord/(\S+)/", mails(people.JOLANDA.email)[-1])
    assert reset
    assert signal.messages.last().body == SECRET_TEXT
    for table, rows in everything().items():
        for secret in (SECRET_TEXT, signal.code, link.token, code[0], code[0].replace(" ", ""), reset[1]):
            assert secret not in rows, f"{secret} stands in {table}"


# ---- codes, pins and addresses


def test_a_link_is_recognised_by_its_hash_and_printed_from_its_seal(db):
    link = link_of(people.HOUSING)
    ((stored, kept_hash),) = sql("SELECT token, token_hash FROM partners_partnerlink WHERE id = %s", link.pk)
    assert unseal(stored) == link.token
    assert kept_hash == token_hash(link.token) != link.token
    assert list(PartnerLink.objects.by_token(link.token)) == [link]
    assert not PartnerLink.objects.by_token(kept_hash).exists()


def test_codes_are_kept_as_slow_hashes_and_pins_with_the_code_that_is_sealed(db):
    facts = {"observation": "Iets.", "discussed": "AGREED", "danger_now": False, "reporter_name": "Kees"}
    by_phone = actions.receive(
        link=link_of(people.HOUSING), submission=uuid4(), reporter_phone="000-000 03 02", **facts
    )
    by_mail = actions.receive(link=link_of(people.HOUSING), submission=uuid4(), reporter_email="k@k.example", **facts)
    actions.send_code(signal=by_mail)
    assert by_mail.pin_hash == ""
    assert identify_hasher(OneTimeCode.objects.get(signal=by_mail).code_hash)
    pin = actions.pin_of(by_phone)
    assert re.fullmatch(r"\d{6}", pin)
    assert by_phone.pin_hash == token_hash(f"{by_phone.code} {pin}")
    ((sealed,),) = sql("SELECT code FROM signals_signal WHERE id = %s", by_phone.pk)
    assert by_phone.code not in sealed  # so who has the database only can not try all pins
    by_mail.pin_hash = by_phone.pin_hash
    assert actions.open_door(signal=by_phone, typed=f"{pin[:3]} {pin[3:]}")
    assert not actions.open_door(signal=by_mail, typed=pin)  # nor does it fit another signal
    assert pin not in "".join(rows for table, rows in everything().items() if table.startswith("signals_"))


def test_what_the_browser_of_a_reporter_keeps_holds_no_code_and_no_pin(db):
    browser = Client()
    form = filled_in(reporter_email=None)
    browser.post(reverse("signals:post", args=[link_of(people.HOUSING).token]), form)
    signal = Signal.objects.get(submission=form["submission"])
    assert "sessionid" not in browser.cookies
    kept = browser.cookies["sent"].value
    for secret in (signal.code, actions.pin_of(signal), form["observation"], form["submission"]):
        assert secret not in kept


def test_a_session_can_not_be_read_in_the_database(cast):
    """Who opened the link from a mail has the key to choose a password in the session, and the login library keeps it
    there in plain words."""
    Client().post(reverse("account_reset_password"), {"email": people.JOLANDA.email})
    link = re.search(r"/wachtwoord/\S+/", mails(people.JOLANDA.email)[-1])
    assert link
    browser = Client()
    browser.get(link[0])
    assert "_password_reset_key" in SessionStore(browser.cookies["sessionid"].value).load()
    for row in Session.objects.all():
        assert db.SessionStore().decode(row.session_data) == {}
        assert row.session_data.startswith("gAAAA")


def test_addresses_can_not_be_guessed():
    tokens = {new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert all(len(token) * 5 >= 128 and set(token) <= set(ALPHABET) for token in tokens)
    assert len({letter for token in tokens for letter in token}) == len(ALPHABET) == 32


@pytest.mark.parametrize(
    ("typed", "token"), [("abcd efgh", "ABCDEFGH"), ("o0iL-1", "00111"), (" x.y\tz\n", "XYZ"), ("", "")]
)
def test_a_code_can_be_typed_from_paper(typed, token):
    assert normal_token(typed) == token


# ---- mail that waits


def test_a_mail_waits_sealed(db):
    actions.receive(
        link=link_of(people.HOUSING), submission=uuid4(), observation="Iets.", discussed="AGREED", danger_now=False,
        reporter_name="Kees", reporter_email="kees@sleutelbrug.example",
    )  # fmt: skip
    mail = Email.objects.latest("pk")
    ((subject, message, html),) = sql(
        "SELECT subject, message, html_message FROM post_office_email WHERE id = %s", mail.pk
    )
    assert message.startswith("gAAAA")
    assert "/volg/" in unseal(message)
    assert (html, "/" in subject) == ("", False)


def test_the_same_text_is_another_cipher_each_time():
    assert seal("Ik wil rust in huis.") != seal("Ik wil rust in huis.")


# ---- looking up


@pytest.mark.parametrize(
    "lookup",
    [
        (Signal, {"observation": "Iets"}),
        (Signal, {"observation__icontains": "schimmel"}),
        (Signal, {"code": "ABC"}),
        (Message, {"body__startswith": "Wij"}),
        (Goal, {"title__in": ["a", "b"]}),
        (Action, {"what__iexact": "bellen"}),
        (Story, {"text__regex": "."}),
        (Household, {"next_step__gt": "a"}),
        (PartnerLink, {"token": "ABC"}),
    ],
    ids=lambda lookup: f"{lookup[0].__name__} {next(iter(lookup[1]))}",
)
def test_nothing_sealed_can_be_looked_up(lookup, db):
    model, words = lookup
    with pytest.raises(TypeError, match="encrypted"):
        list(model.objects.filter(**words))


def test_whether_there_is_a_text_can_be_asked(bakelaar):
    assert bakelaar in Household.objects.exclude(request_in_own_words="")
    assert bakelaar not in Household.objects.filter(request_in_own_words="")
