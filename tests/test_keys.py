"""A key can be changed while people work: everything is brought under the newest one, and then the old one can go."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction
from django.test import Client
from django.urls import reverse

from config import crypto, sealed
from config.crypto import seal, unseal, unseal_bytes
from config.sealed import TOKEN, sealed_columns, sealing, values
from desk.demo import loader, people
from households.models import Household, Story
from plans import actions as plan_actions
from plans.models import Goal
from signals import actions as signal_actions
from signals.models import Message, Signal
from tests.conftest import Cast
from tests.helpers import everything, link_of, mails, sql
from tests.log.verbs import VERBS
from tests.log.world import make_world

NEW, SPARE = Fernet.generate_key(), Fernet.generate_key()


@pytest.fixture
def keys(settings):
    """Change the keys, as a new .env would."""

    def change(*new: bytes) -> None:
        settings.ENCRYPTION_KEYS = [key.decode() for key in new]
        crypto._keys.cache_clear()

    yield change
    crypto._keys.cache_clear()


@pytest.fixture
def present(settings) -> bytes:
    """The key with which everything was sealed until now."""
    return settings.ENCRYPTION_KEYS[0].encode()


def rotate(capsys, *arguments: str) -> str:
    call_command("rotate_keys", *arguments)
    return capsys.readouterr().out


def ciphers() -> dict[tuple, str]:
    """Every sealed value as it stands in the database."""
    return {(str(column), key): stored for column in sealed_columns() for key, stored in values(column)}


def opened(stored: dict[tuple, str]) -> dict[tuple, str]:
    return {
        place: TOKEN.sub(lambda found: unseal_bytes(found[0]).decode("latin-1"), value)
        for place, value in stored.items()
    }


def rows() -> Counter:
    """How many rows each table has. Looking at a page adds to the log, and logging in to the sessions."""
    return Counter(
        {name: len(text.splitlines()) for name, text in everything().items() if name.split("_")[0] != "django"}
    )


# ---- two keys at once


def test_with_a_new_key_old_texts_are_read_and_new_ones_are_written(keys):
    old, new = Fernet.generate_key(), Fernet.generate_key()
    keys(old)
    before = seal("van vroeger")
    keys(new, old)
    after = seal("van nu")
    assert (unseal(before), unseal(after)) == ("van vroeger", "van nu")
    assert Fernet(new).decrypt(after.encode()) == b"van nu"
    keys(new)
    assert unseal(after) == "van nu"
    with pytest.raises(InvalidToken):
        unseal(before)
    keys(old)
    with pytest.raises(InvalidToken):
        unseal(after)


def test_a_row_is_read_with_the_old_key_and_saved_with_the_new_one(bakelaar, keys, present):
    story = bakelaar.request_in_own_words
    keys(NEW, present)
    household = Household.objects.get(pk=bakelaar.pk)
    assert household.request_in_own_words == story
    household.save()
    keys(NEW)
    assert Household.objects.only("request_in_own_words").get(pk=bakelaar.pk).request_in_own_words == story


def test_a_fresh_key_comes_with_the_steps(capsys):
    call_command("new_key")
    said = capsys.readouterr()
    (key,) = said.out.split()  # the key alone, so that it can be put somewhere by a script
    assert Fernet(key).decrypt(Fernet(key).encrypt(b"woorden")) == b"woorden"
    for step in ("old,new", "new,old", "rotate_keys", "--check"):
        assert step in said.err
    call_command("new_key")
    assert capsys.readouterr().out.split() != [key]


# ---- turning everything


def test_everything_comes_under_the_new_key_and_nothing_else_happens(cast, keys, present, capsys):
    world = make_world(cast)
    for deed in reversed(VERBS.values()):
        deed(world)
    before, counted = ciphers(), rows()
    tables = {place[0].partition(".")[0] for place in before}
    assert {"households_story", "households_householdevent", "signals_message", "post_office_email"} <= tables
    plain = opened(before)
    assert rotate(capsys, "--check") == f"{len(before)} were new already.\nNothing needs an old key any more.\n"

    keys(NEW, present)
    with pytest.raises(CommandError, match=f"^{len(before)} values still need an old key"):
        rotate(capsys, "--check")
    assert ciphers() == before, "looking changes nothing"
    assert rotate(capsys) == f"{len(before)} values were turned to the newest key, 0 were new already.\n"
    assert rotate(capsys) == f"0 values were turned to the newest key, {len(before)} were new already.\n"
    assert "Nothing needs an old key" in rotate(capsys, "--check")

    keys(NEW)  # the old one is gone
    assert opened(ciphers()) == plain
    assert rows() == counted, "a history or a log grew"
    assert all("/volg/" in mail for mail in mails("kees@sleutelbrug.example") if "personal code" in mail)


@pytest.mark.parametrize("model", [Story, Message])
def test_what_may_never_change_still_may_not_after_turning(model, db, keys, present, capsys):
    keys(NEW, present)
    rotate(capsys)
    row = model.objects.first()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        row.save()


def test_a_change_after_turning_is_history_again(bakelaar, cast, keys, present, capsys):
    keys(NEW, present)
    rotate(capsys)
    goal = Goal.objects.filter(plan__household=bakelaar).first()
    before = goal.events.count()
    plan_actions.change_goal(goal=goal, by=cast.jolanda, title="Anders.")
    assert goal.events.count() == before + 1


def test_it_can_be_stopped_and_run_again(db, keys, present, capsys, monkeypatch):
    keys(NEW, present)
    total, real, done = len(ciphers()), sealed.exchange, []

    def stops(*arguments):
        if len(done) == 250:
            raise KeyboardInterrupt
        done.append(real(*arguments))
        return done[-1]

    with monkeypatch.context() as patience:
        patience.setattr(sealed, "exchange", stops)
        with pytest.raises(KeyboardInterrupt):
            rotate(capsys)
    assert rotate(capsys) == f"{total - 250} values were turned to the newest key, 250 were new already.\n"


def test_what_no_key_opens_is_named_and_the_rest_goes_on(bakelaar, keys, present, capsys):
    goal = Goal.objects.filter(plan__household=bakelaar).first()
    lost = Fernet(SPARE).encrypt(b"Kwetterpoel").decode()
    sql("UPDATE plans_goal SET why = %s WHERE id = %s", lost, goal.pk)
    sql("UPDATE plans_goal SET how_we_see_it = 'Kwetterpoel, ééntje' WHERE id = %s", goal.pk)
    total = len(ciphers())
    event = goal.events.order_by("pgh_id").values_list("pk", flat=True).last()
    keys(NEW, present)
    with pytest.raises(CommandError, match=r"^5 values can be opened with no key at all"):
        call_command("rotate_keys")
    said = capsys.readouterr()
    named = {line.removeprefix("No key opens ").rstrip(".") for line in said.err.splitlines()}
    assert {f"plans_goal.why of row {goal.pk}", f"plans_goal.how_we_see_it of row {goal.pk}"} <= named
    assert f"plans_goalevent.how_we_see_it of row {event}" in named
    assert lost not in said.err
    assert "Kwetterpoel" not in said.err
    assert said.out == f"{total - 5} values were turned to the newest key, 0 were new already.\n"
    with pytest.raises(CommandError, match="no key at all"):
        rotate(capsys, "--check")


def test_secrets_that_a_library_keeps_in_json_are_turned_too(db, keys, present, capsys):
    kept = {"secret": seal("JBSWY3DP"), "used": 3, "words": ["é", seal("tweede")]}
    ((pk, _),) = sql(
        "INSERT INTO pghistory_context (id, created_at, updated_at, metadata) VALUES (%s, now(), now(), %s) RETURNING id, 1",
        uuid4(), json.dumps(kept),
    )  # fmt: skip
    keys(NEW, present)
    rotate(capsys)
    keys(NEW)
    ((now,),) = sql("SELECT metadata FROM pghistory_context WHERE id = %s", pk)
    now = now if isinstance(now, dict) else json.loads(now)
    assert (now["used"], now["words"][0]) == (3, "é")
    assert (unseal(now["secret"]), unseal(now["words"][1])) == ("JBSWY3DP", "tweede")


# ---- while people work


PAGES = ("", "gegevens/", "bewoners/", "naasten/", "eigen-woorden/", "eigen-woorden/wijzigen/", "volgende-stap/",
         "volgende-stap/wijzigen/", "wie-keek-mee/", "plan/",
         "afdrukken/keukentafel.pdf")  # fmt: skip


@pytest.mark.walk
@pytest.mark.usefixtures("transactional_db")
def test_people_go_on_while_keys_change_and_nothing_is_lost(keys, present, capsys, monkeypatch):
    """Real commits on two connections: while a goal is turned, somebody changes it, a process that was not started anew
    yet writes with the old key, and a partner posts."""
    loader.load()
    cast = Cast()
    bakelaar = Household.objects.get(name="Bakelaar-Idrissi")
    goal, other = Goal.objects.filter(plan__household=bakelaar)[:2]
    before, counted = ciphers(), rows()
    plain = opened(before)
    keys(NEW, present)
    real, met = sealed.exchange, []

    def meanwhile() -> None:
        try:
            plan_actions.change_goal(goal=goal, by=cast.jolanda, title="Wij lezen samen.")
            old = Fernet(present).encrypt(b"Zo zien wij het.").decode()
            sql("UPDATE plans_goal SET title = %s WHERE id = %s", old, other.pk)
            signal_actions.receive(
                link=link_of(people.HOUSING), submission=uuid4(), observation="Het trappenhuis is donker.",
                discussed="AGREED", danger_now=False, reporter_name="Kees", reporter_email="kees@sleutelbrug.example",
            )  # fmt: skip
        finally:
            connections.close_all()

    def disturbed(column, key, old, new):
        if str(column) == "plans_goal.title" and not met:
            met.append(key)
            with ThreadPoolExecutor(1) as somebody:
                somebody.submit(meanwhile).result()
        return real(column, key, old, new)

    with monkeypatch.context() as busy:
        busy.setattr(sealed, "exchange", disturbed)
        rotate(capsys)
    assert met
    rotate(capsys)  # what the old process wrote in a table that was done
    assert "Nothing needs an old key" in rotate(capsys, "--check")

    keys(NEW)
    after, grown = opened(ciphers()), rows() - counted
    changed = {place: text for place, text in after.items() if place in plain and plain[place] != text}
    assert changed == {
        ("plans_goal.title", goal.pk): "Wij lezen samen.",
        ("plans_goal.title", other.pk): "Zo zien wij het.",
    }
    assert plain.keys() <= after.keys()
    assert Signal.objects.latest("pk").observation == "Het trappenhuis is donker."
    # Two changed goals, one signal (made, then its link counted) with its receipt and mail; their lines; no more.
    assert grown == {
        "plans_goalevent": 2, "signals_signal": 1, "signals_signalevent": 1, "signals_message": 1,
        "post_office_email": 1, "households_accesslogentry": 2, "households_loghead": 1,
    }  # fmt: skip

    jolanda = Client()
    jolanda.force_login(cast.jolanda)
    for card in PAGES:
        assert jolanda.get(f"/huishoudens/{bakelaar.number}/{card}").status_code == 200, card
    for signal in Signal.objects.visible_to(cast.jolanda):
        assert jolanda.get(reverse("signals:signal", args=[signal.number])).status_code == 200
        assert Client().get(reverse("signals:follow", args=[signal.code])).status_code == 200
    assert Client().get(reverse("signals:post", args=[link_of(people.HOUSING).token])).status_code == 200
    assert "/volg/" in mails("kees@sleutelbrug.example")[-1]


# ---- a column that is sealed from now on


def test_a_migration_seals_what_stood_there_plain_and_makes_no_history(bakelaar):
    columns = {"NetworkContact": ["relation"], "NetworkContactEvent": ["relation"], "Story": ["told_by"]}
    step, counted, before = sealing("households", columns), rows(), opened(ciphers())
    step.reverse_code(apps, None)
    for table, name in (("networkcontact", "relation"), ("networkcontactevent", "relation"), ("story", "told_by")):
        assert not sql(f"SELECT 1 FROM households_{table} WHERE {name} LIKE 'gAAAA%%' LIMIT 1")
    assert ("zus van Ruud",) in sql("SELECT relation FROM households_networkcontact")
    step.code(apps, None)
    assert (opened(ciphers()), rows()) == (before, counted)
    assert not sql("SELECT 1 FROM households_networkcontactevent WHERE relation NOT LIKE 'gAAAA%%'")
    assert bakelaar.network.get(name="Karin").relation == "zus van Ruud"
