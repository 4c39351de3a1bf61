"""A log that was written anew as a whole fits; so the heads of its chains are kept elsewhere too, and it is checked every day."""

import json
from pathlib import Path

import pytest

from households.models import AccessLogEntry, LogCheck, LogHead
from households.tasks import check_access_log
from tests.helpers import mails, sql
from tests.log.working import complaint, look, said, tamper, triggers_off


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
    heads = json.loads(Path(copy).read_text())
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
    before = Path(copy).read_text()
    tamper("UPDATE households_accesslogentry SET event = 'x' WHERE id = %s", lines[0].pk)
    complaint("--heads", copy)
    assert Path(copy).read_text() == before
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
