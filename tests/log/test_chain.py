"""The lines of the access log hang together. Who changes, takes out or puts in one is found, also when the database itself let
it happen."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from households import access, chain
from households import actions as household_actions
from households.models import AccessLogEntry, Household, LogHead
from households.tasks import check_access_log
from tests.helpers import sql
from tests.log.working import Action, complaint, look, said, tamper, triggers_off

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
