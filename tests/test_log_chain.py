"""The lines of the access log hang together. Who changes, takes out or puts in one is found, also when the database
itself let it happen; and who looks at one household never waits for who looks at another."""

import json
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from households import access, chain
from households import actions as household_actions
from households.models import AccessLogEntry, Household, LogCheck, LogHead
from households.tasks import check_access_log
from signals import actions as signal_actions
from tests.helpers import at_once, mails, sql

Action = access.Action


@contextmanager
def triggers_off():
    """What somebody can do who manages the database."""
    sql("SET LOCAL session_replication_role = replica")
    yield
    sql("SET LOCAL session_replication_role = DEFAULT")


def tamper(query: str, *values: object) -> None:
    with triggers_off():
        sql(query, *values)


def look(household: Household, by, **more: Any) -> None:
    access.record(action=Action.VIEW, event="household", about=household, by=by, **more)


def said(*options: str) -> str:
    """What the command answers, or what it is angry about."""
    out = StringIO()
    call_command("check_access_log", *options, stdout=out)
    return out.getvalue()


def complaint(*options: str) -> str:
    with pytest.raises(CommandError) as found:
        call_command("check_access_log", *options)
    assert found.value.returncode == 1
    return str(found.value)


@pytest.fixture
def lines(bakelaar, cast) -> list[AccessLogEntry]:
    """The lines of one household, in order."""
    for _ in range(3):
        look(bakelaar, cast.jolanda)
    return list(AccessLogEntry.objects.filter(household=bakelaar).order_by("rank"))


# ---- what a line holds


def test_a_line_knows_whom_it_is_about_and_on_which_ground(bakelaar, cast):
    everybody = sorted(bakelaar.members.values_list("resident_id", flat=True))
    look(bakelaar, cast.jolanda)
    look(bakelaar, cast.amir, basis="EMERGENCY 4", on_behalf_of=cast.jolanda)
    access.record(action=Action.DENIED, event="household", about=bakelaar, by=cast.pascal)
    one = bakelaar.members.first().resident
    access.record(action=Action.UPDATE, event="change resident", about=one, household=bakelaar, by=cast.jolanda)
    mine, his, refused, of_one = AccessLogEntry.objects.order_by("-pk")[:4][::-1]
    assert len(everybody) == 4
    assert [line.subject_ids for line in (mine, his, refused, of_one)] == [everybody, everybody, everybody, [one.pk]]
    assert [line.basis for line in (mine, his, refused, of_one)] == ["ASSIGNMENT", "EMERGENCY 4", "", "ASSIGNMENT"]
    assert [line.result for line in (mine, his, refused, of_one)] == ["OK", "OK", "REFUSED", "OK"]
    assert his.on_behalf_of == cast.jolanda


def test_who_comes_to_live_there_later_was_not_looked_at_before(bakelaar, cast):
    look(bakelaar, cast.jolanda)
    new = household_actions.add_resident(household=bakelaar, by=cast.jolanda, first_name="Later")
    look(bakelaar, cast.jolanda)
    before, _added, after = AccessLogEntry.objects.order_by("-pk")[:3][::-1]
    assert (new.pk in before.subject_ids, new.pk in after.subject_ids) == (False, True)


def test_a_line_costs_one_query(bakelaar, cast):
    jolanda = cast.jolanda
    assert jolanda.role_names  # every page asks for the roles, for its menu
    with CaptureQueriesContext(connection) as asked:
        look(bakelaar, jolanda)
    assert len(asked) == 1


def test_a_search_that_shows_twenty_households_writes_its_lines_in_one_query(small_team):
    for number in range(20):
        household_actions.make_household(
            name=f"Familie Telraam {number}", team=small_team.team, coordinator=small_team.anna, by=small_team.anna
        )
    assert small_team.omar.role_names
    before = AccessLogEntry.objects.count()
    with CaptureQueriesContext(connection) as asked:
        assert len(access.search_team(small_team.omar, "Telraam")) == 20
    assert len(asked) == 2  # what was found, and the lines
    assert AccessLogEntry.objects.count() - before == 21
    assert chain.check().breaks == []


# ---- which chain


def test_each_household_signal_and_person_has_a_chain_of_its_own(bakelaar, cast, ilses_signal):
    look(bakelaar, cast.jolanda)
    ilses_signal.household = None
    access.record(action=Action.VIEW, event="read signal", about=ilses_signal, by=cast.amir)
    access.record(action=Action.SEARCH, event="search", by=cast.amir)
    access.record(action=Action.DENIED, event="login", by=None)
    names = [line.chain for line in AccessLogEntry.objects.order_by("-pk")[:4][::-1]]
    assert names == [f"household {bakelaar.pk}", f"signal {ilses_signal.pk}", f"actor {cast.amir.pk}", "rest"]


def test_the_place_in_the_chain_is_not_for_who_writes(bakelaar, cast, lines):
    AccessLogEntry.objects.create(
        actor=cast.jolanda, household=bakelaar, action="VIEW", event="x", chain="rest", rank=7, prev_hash="a", hash="b"
    )
    new, last = AccessLogEntry.objects.latest("pk"), lines[-1]
    assert (new.chain, new.rank, new.prev_hash) == (last.chain, last.rank + 1, last.hash)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE households_loghead SET length = length - 1",
        "DELETE FROM households_loghead",
        "INSERT INTO households_loghead VALUES ('rest 2', 1, '')",
        "TRUNCATE households_loghead",
        "TRUNCATE households_accesslogentry",
        "TRUNCATE households_logcheck",
    ],
)
def test_heads_move_only_with_a_line_and_nothing_is_emptied(change, lines):
    with (
        pytest.raises(DatabaseError, match=r"moves only with a new line|Cannot (delete|truncate)"),
        transaction.atomic(),
    ):
        sql(change)


def test_a_check_is_never_changed(db):
    check_access_log()
    for change in ("UPDATE households_logcheck SET broken = 0", "DELETE FROM households_logcheck"):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            sql(change)


# ---- what the check finds


def test_the_log_of_the_example_is_whole(db):
    counted = (AccessLogEntry.objects.count(), LogHead.objects.count())
    assert counted[0] > 100
    assert f"{counted[0]} lines in {counted[1]} chains" in said()


def test_the_same_log_has_the_same_fingerprint_and_one_more_line_another(bakelaar, cast):
    before = said()
    assert said() == before
    look(bakelaar, cast.jolanda)
    assert said().splitlines()[1] != before.splitlines()[1]


COLUMNS = {
    "occurred_at": "occurred_at + interval '1 microsecond'",
    "actor_id": "actor_id + 1",
    "actor_role": "'LEAD'",
    "actor_organisation_id": "NULL",
    "on_behalf_of_id": "1",
    "household_id": "household_id + 1",
    "subject_ids": "subject_ids[2:]",
    "object_type": "'plan'",
    "object_id": "NULL",
    "action": "'DENIED'",
    "event": "'plan'",
    "result": "'FAILED'",
    "basis": "'GRANT 1'",
    "hits": "0",
    "origin": "'192.0.2.0/24'",
    "request_id": "gen_random_uuid()",
    "id": "id + 1000000",
    "hash": "repeat('0', 64)",
}
PLACE = {"chain", "rank", "prev_hash"}  # these are tried apart


def test_every_column_is_tried():
    assert {field.column for field in AccessLogEntry._meta.concrete_fields} == COLUMNS.keys() | PLACE
    assert set(chain.FIELDS) == (COLUMNS.keys() | PLACE) - {"hash"}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_line_is_found(column, lines, bakelaar):
    line = lines[-2]
    tamper(f"UPDATE households_accesslogentry SET {column} = {COLUMNS[column]} WHERE id = %s", line.pk)
    pk = line.pk + 1000000 if column == "id" else line.pk
    assert f"{line.chain} ({bakelaar.number}), line {pk}: this line was changed" in complaint()


def test_a_changed_line_with_a_new_hash_is_found_at_the_next(lines):
    tamper("UPDATE households_accesslogentry SET event = 'plan' WHERE id = %s", lines[-2].pk)
    lines[-2].refresh_from_db()
    values = {name: getattr(lines[-2], name) for name in chain.FIELDS}
    tamper("UPDATE households_accesslogentry SET hash = %s WHERE id = %s", chain.hash_of(values), lines[-2].pk)
    assert f"line {lines[-1].pk}: this line does not fit on the line before it" in complaint()


def test_a_changed_last_line_with_a_new_hash_is_found_at_the_head(lines):
    tamper("UPDATE households_accesslogentry SET event = 'plan' WHERE id = %s", lines[-1].pk)
    lines[-1].refresh_from_db()
    values = {name: getattr(lines[-1], name) for name in chain.FIELDS}
    tamper("UPDATE households_accesslogentry SET hash = %s WHERE id = %s", chain.hash_of(values), lines[-1].pk)
    assert f"{lines[0].chain} (" in complaint()
    assert "the head is not that of the last line" in complaint()


TAMPERING: dict[str, tuple[str, str]] = {
    "a line in the middle": (
        "DELETE FROM households_accesslogentry WHERE id = {middle}",
        "line {last}: one or more lines before this one are gone",
    ),
    "the first line": (
        "DELETE FROM households_accesslogentry WHERE id = {first}",
        "line {second}: one or more lines before this one are gone",
    ),
    "the tail": ("DELETE FROM households_accesslogentry WHERE id IN ({middle}, {last})", "the last 2 of {total} lines"),
    "all lines": ("DELETE FROM households_accesslogentry WHERE chain = '{chain}'", "the last {total} of {total} lines"),
    "one line behind the end": (
        "INSERT INTO households_accesslogentry (occurred_at, household_id, subject_ids, action, actor_role, event, "
        "object_type, result, basis, origin, chain, rank, prev_hash, hash) SELECT now(), household_id, subject_ids, action, "
        "'', 'plan', '', 'OK', '', '', chain, rank + 1, hash, repeat('1', 64) FROM households_accesslogentry WHERE id = {last}",
        "this line was added behind the end",
    ),
    "a place in the chain": (
        "UPDATE households_accesslogentry SET rank = -1 WHERE id = {middle}",
        "line {middle}: this line was put in",
    ),
    "to another chain": (
        "UPDATE households_accesslogentry SET chain = 'household 0' WHERE id = {last}",
        "household 0, line {last}: the head of this chain is gone",
    ),
    "the hash before": (
        "UPDATE households_accesslogentry SET prev_hash = repeat('1', 64) WHERE id = {last}",
        "line {last}: this line does not fit on the line before it",
    ),
    "the length of the head": (
        "UPDATE households_loghead SET length = length + 1 WHERE chain = '{chain}'",
        "the last 1 of {longer} lines are gone",
    ),
    "the hash of the head": (
        "UPDATE households_loghead SET hash = repeat('1', 64) WHERE chain = '{chain}'",
        "the head is not that of the last line",
    ),
    "the head": (
        "DELETE FROM households_loghead WHERE chain = '{chain}'",
        "line {first}: the head of this chain is gone",
    ),
    "an empty head": (
        "INSERT INTO households_loghead VALUES ('household 0', 0, '')",
        "household 0: a head without any line",
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_it_is_found_and_pointed_at(what, lines):
    facts = {
        "chain": lines[0].chain,
        "first": lines[0].pk,
        "second": lines[1].pk,
        "middle": lines[-2].pk,
        "last": lines[-1].pk,
        "total": len(lines),
        "longer": len(lines) + 1,
    }
    query, found = TAMPERING[what]
    tamper(query.format(**facts))
    assert found.format(**facts) in complaint()


def test_a_line_put_in_between_is_found(lines):
    """With room made for it, as somebody would who knows how it works a little."""
    with triggers_off():
        sql("UPDATE households_accesslogentry SET rank = rank + 1000 WHERE id = %s", lines[-1].pk)
        columns = ", ".join(
            field.column for field in AccessLogEntry._meta.concrete_fields if field.column not in ("id", "rank")
        )
        sql(
            f"INSERT INTO households_accesslogentry (rank, {columns}) SELECT rank + 1, {columns} "
            "FROM households_accesslogentry WHERE id = %s",
            lines[-2].pk,
        )
        sql("UPDATE households_accesslogentry SET rank = rank - 999 WHERE id = %s", lines[-1].pk)
        sql("UPDATE households_loghead SET length = length + 1 WHERE chain = %s", lines[0].chain)
    put_in = AccessLogEntry.objects.latest("pk")
    assert f"line {put_in.pk}: this line does not fit on the line before it" in complaint()


def test_each_broken_chain_is_named_once(lines, cast):
    access.record(action=Action.SEARCH, event="search", by=cast.amir)
    tamper("UPDATE households_accesslogentry SET event = 'x'")
    found = complaint().splitlines()[1:]
    assert f"and {LogHead.objects.count() - chain.NAMED} more" == found[-1] or len(found) == LogHead.objects.count()
    assert len({line.partition(",")[0] for line in found}) == len(found)


# ---- against a copy kept elsewhere


@pytest.fixture
def copy(tmp_path, lines) -> str:
    """The heads as they are now, in a file."""
    said("--heads", str(tmp_path / "heads.json"))
    return str(tmp_path / "heads.json")


def rewritten(lines: list[AccessLogEntry]) -> None:
    """A whole new chain that fits, with another past: the first look was never there."""
    with triggers_off():
        sql("DELETE FROM households_accesslogentry WHERE chain = %s", lines[0].chain)
        sql("DELETE FROM households_loghead WHERE chain = %s", lines[0].chain)
    for line in lines[1:]:
        line.save(force_insert=True)


def test_the_copy_holds_every_head(copy):
    with open(copy) as file:  # noqa: PTH123  # as any other program would
        heads = json.load(file)
    assert heads == {head.chain: [head.length, head.hash] for head in LogHead.objects.all()}


def test_what_came_after_the_copy_is_fine(copy, bakelaar, cast):
    look(bakelaar, cast.jolanda)
    assert "is whole" in said("--against", copy)


def test_a_log_that_was_written_anew_fits_but_not_on_the_copy(copy, lines):
    rewritten(lines)
    assert "is whole" in said()
    assert f"only {len(lines) - 1} lines, and in the copy {len(lines)}" in complaint("--against", copy)


def test_neither_when_new_lines_hide_that_one_is_gone(copy, lines, bakelaar, cast):
    rewritten(lines)
    look(bakelaar, cast.jolanda)
    look(bakelaar, cast.jolanda)
    assert "is whole" in said()
    assert "this or an earlier line was another one in the copy" in complaint("--against", copy)


def test_a_chain_that_is_gone_is_missed(copy, lines):
    with triggers_off():
        sql("DELETE FROM households_accesslogentry WHERE chain = %s", lines[0].chain)
        sql("DELETE FROM households_loghead WHERE chain = %s", lines[0].chain)
    assert "is whole" in said()
    assert f"{lines[0].chain} (" in complaint("--against", copy)
    assert "this chain is gone" in complaint("--against", copy)


def test_a_broken_log_does_not_replace_a_good_copy(copy, lines, tmp_path):
    with open(copy) as file:  # noqa: PTH123
        before = file.read()
    tamper("UPDATE households_accesslogentry SET event = 'x' WHERE id = %s", lines[0].pk)
    complaint("--heads", copy)
    with open(copy) as file:  # noqa: PTH123
        assert file.read() == before
    assert [path.name for path in tmp_path.iterdir()] == ["heads.json"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"rest": 3}', '{"rest": ["x", "y"]}'])
def test_a_copy_that_is_none_is_named(text, tmp_path, db):
    (tmp_path / "x.json").write_text(text)
    assert "is not a file that --heads wrote" in complaint("--against", str(tmp_path / "x.json"))


def test_a_copy_that_is_not_there_is_named(tmp_path, db):
    assert "can not be read" in complaint("--against", str(tmp_path / "nowhere.json"))
    assert "can not be written" in complaint("--heads", str(tmp_path / "no" / "where.json"))


# ---- every day


def test_the_daily_check_is_kept_and_nobody_is_mailed_when_all_is_well(db):
    check_access_log()
    kept = LogCheck.objects.latest("pk")
    assert (kept.broken, kept.lines, kept.chains) == (0, AccessLogEntry.objects.count(), LogHead.objects.count())
    assert kept.fingerprint in said()
    assert not [mail for mail in mails(to="els@wilgenrade.example") if "/privacy/" in mail]


def test_a_broken_chain_is_mailed_to_the_privacy_officer_without_saying_whose(lines, bakelaar, cast):
    tamper("UPDATE households_accesslogentry SET event = 'x' WHERE id = %s", lines[0].pk)
    check_access_log()
    assert LogCheck.objects.latest("pk").broken == 1
    mail = mails(to=cast.els.email)[-1]
    assert "/privacy/" in mail
    for secret in (bakelaar.name, bakelaar.number, str(lines[0].pk), "Jolanda"):
        assert secret not in mail
    assert not [mail for mail in mails(to=cast.jolanda.email) if "/privacy/" in mail]


def test_fewer_lines_than_the_day_before_are_noticed(lines):
    check_access_log()
    with triggers_off():
        sql("DELETE FROM households_accesslogentry WHERE chain = %s", lines[0].chain)
        sql("DELETE FROM households_loghead WHERE chain = %s", lines[0].chain)
    check_access_log()
    assert [check.broken for check in LogCheck.objects.order_by("pk")][-2:] == [0, 1]


# ---- two at the same moment


@pytest.fixture
def two_households(team_of_their_own):
    world = team_of_their_own
    return [
        household_actions.make_household(name=name, team=world.team, coordinator=world.anna, by=world.anna)
        for name in ("Vooraan", "Achteraan")
    ]


@contextmanager
def meanwhile(deed: Callable[[], Any]):
    """Somebody else did this on another connection, and is not ready yet."""
    done, ready = Event(), Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                deed()
                done.set()
                ready.wait(10)
        finally:
            done.set()
            connections.close_all()

    other = Thread(target=hold)
    other.start()
    assert done.wait(10)
    try:
        yield
    finally:
        ready.set()
        other.join()


def impatiently(deed: Callable[[], Any]) -> None:
    with transaction.atomic():
        sql("SET LOCAL lock_timeout = '300ms'")
        deed()


def test_who_logs_one_household_does_not_hold_up_another(two_households, team_of_their_own):
    first, second = two_households
    anna = team_of_their_own.anna
    with meanwhile(lambda: look(first, anna)):
        impatiently(lambda: look(second, anna))
        with pytest.raises(OperationalError, match="lock timeout"):
            impatiently(lambda: look(first, anna))  # this one waits, so the test above is about something
    assert chain.check().breaks == []


def test_one_reporter_does_not_wait_for_another(team_of_their_own):
    world = team_of_their_own

    def post() -> None:
        signal_actions.receive(
            link=world.link, submission=uuid4(), observation="Iets.", discussed="AGREED", danger_now=False,
            reporter_name="Kees", reporter_phone="000-000 03 02",
        )  # fmt: skip

    def in_log() -> None:
        made = AccessLogEntry(action="CREATE", event="receive signal", object_type="signal", actor_role="REPORTER")
        made.object_id = 10**9
        made.save(force_insert=True)

    with meanwhile(in_log):
        impatiently(post)
    newest = AccessLogEntry.objects.filter(event="receive signal").order_by("-pk")[:2]
    assert len({line.chain for line in newest}) == 2


def test_looks_at_the_same_moment_make_one_whole_chain(two_households, team_of_their_own):
    first, _second = two_households
    anna, omar = team_of_their_own.anna, team_of_their_own.omar
    before = AccessLogEntry.objects.filter(household=first).count()

    def many(by) -> Callable[[], None]:
        return lambda: [look(first, by) for _ in range(25)] and None

    assert at_once(*(many(by) for by in (anna, omar, anna, omar))) == [None] * 4
    ranks = AccessLogEntry.objects.filter(household=first).order_by("rank").values_list("rank", flat=True)
    assert list(ranks) == list(range(1, before + 101))
    assert chain.check().breaks == []


def test_searches_at_the_same_moment_never_wait_in_a_circle(two_households, team_of_their_own):
    """They find the same households, ordered by name; the other way round by key."""
    world = team_of_their_own
    for number in range(8):
        household_actions.make_household(
            name=f"Aaneen {9 - number}", team=world.team, coordinator=world.anna, by=world.anna
        )

    def search(by, word: str) -> Callable[[], int]:
        return lambda: sum(len(access.search_team(by, word)) for _ in range(15))

    def write() -> None:
        for household in Household.objects.order_by("-pk"):
            look(household, world.omar)

    found = at_once(search(world.anna, "Aaneen"), search(world.omar, "Aaneen"), search(world.anna, "Aaneen"), write)
    assert found == [120, 120, 120, None]
    assert chain.check().breaks == []


def test_the_check_goes_on_while_lines_come_in(two_households, team_of_their_own):
    first, _second = two_households

    def write() -> None:
        for _ in range(60):
            look(first, team_of_their_own.anna)

    def checks() -> int:
        return sum(chain.check().broken for _ in range(12))

    assert at_once(write, write, checks) == [None, None, 0]


def test_the_line_of_a_change_that_failed_leaves_no_gap(bakelaar, cast):
    def fails() -> None:
        with transaction.atomic():
            look(bakelaar, cast.jolanda)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    look(bakelaar, cast.jolanda)
    assert chain.check().breaks == []


# ---- who has seen this household since


def test_who_has_seen_this_household_since_is_one_query(bakelaar, cast, django_assert_num_queries):
    yesterday = timezone.localdate() - timedelta(days=1)
    look(bakelaar, cast.jolanda)
    look(Household.objects.exclude(pk=bakelaar.pk).first(), cast.amir)
    with django_assert_num_queries(1):
        seen = [
            (line.occurred_at, str(line.actor), str(line.actor_organisation), line.told)
            for line in AccessLogEntry.objects.about(bakelaar).since(yesterday)
        ]
    assert seen[0][1:] == ("Jolanda Terpstra", "Gemeente Wilgenrade", "bekeek het huishouden")
    assert all(moment >= timezone.now() - timedelta(days=2) for moment, *_rest in seen)


def test_who_read_its_signal_before_it_belonged_to_it_counts_too(bakelaar, cast, ilses_signal):
    household = ilses_signal.household
    access.record(action=Action.VIEW, event="household", about=household, by=household.coordinator)
    lines = AccessLogEntry.objects.about(household)
    assert lines.filter(household=None, object_type="signal", object_id=ilses_signal.pk).exists()
    assert not lines.exclude(household=household).exclude(household=None).exists()
