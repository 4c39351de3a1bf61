"""Of who was destroyed nothing is left but numbers, wherever it could stand."""

import pytest

from config import local_services
from config.crypto import unseal
from config.sealed import TOKEN, sealed_columns, values
from desk import destroying
from desk.demo import loader
from households import chain
from households.models import AccessLogEntry, Household, HouseholdMember, Resident
from partners.models import Team
from signals.models import Signal
from tests.conftest import Cast
from tests.helpers import sql
from tests.log.verbs import VERBS
from tests.log.world import make_world
from tests.test_dump import all_of_redis, cells, dumps
from tests.test_keeping import close, years_later

NAMED = "Kwetterpoel"  # stands in everything that can be written at all


def close_everything() -> None:
    """As if all of it had come to its end, without what must come before that."""
    for household in Household.objects.all():
        close(household)
    sql("UPDATE households_hold SET lifted_at = now(), lifted_by_id = placed_by_id, lifted_because = reason")
    sql("SET session_replication_role = replica")
    sql("UPDATE signals_signal SET status = 'CLOSED', closed_at = now(), discussed = 'AGREED' WHERE closed_at IS NULL")
    sql("UPDATE signals_signal SET discussed = 'AGREED' WHERE discussed = 'QUESTION'")
    sql("SET session_replication_role = DEFAULT")


def destroy_everything(cast: Cast) -> None:
    """First what lies apart, so that each kind of thing has its turn; then the files as a whole."""
    for years in (1, 25):
        with years_later(years):
            for team in Team.objects.all():
                while list(destroying.due(team)):
                    made = destroying.propose(team=team, by=cast.els)
                    assert destroying.confirm(destruction=made, by=cast.pascal)


@pytest.mark.walk
@pytest.mark.usefixtures("transactional_db")
def test_of_who_was_destroyed_nothing_is_left_in_a_dump_of_everything():
    """Everything that can be written is written, really committed, destroyed, and looked for: in a dump of all tables,
    under every seal, in Redis and in the logs of the servers."""
    loader.load()
    cast = Cast()
    world = make_world(cast, NAMED)
    for deed in reversed(VERBS.values()):
        deed(world)
    places = {(table, column) for dumped in dumps() for table, column, value in cells(dumped) if NAMED in value}
    assert len(places) > 10
    names = {member.resident.full_name for member in HouseholdMember.objects.select_related("resident")}
    lines = AccessLogEntry.objects.count()
    close_everything()
    destroy_everything(cast)

    assert not Household.objects.exists()
    assert not Resident.objects.exists()
    assert not Signal.objects.exists()
    # What a team writes for itself, and who works here, is about nobody who was helped.
    ours = ("partners_", "account_", "plans_aim", "plans_opposition", "plans_examplegoal", "households_questioncard")
    for dumped in dumps():
        found = {(t, c) for t, c, value in cells(dumped) if NAMED in value and not t.startswith(ours)}
        assert found == set()
        for name in names:
            assert name not in dumped
    sealed = {
        (str(column), text)
        for column in sealed_columns()
        for _key, stored in values(column)
        for token in TOKEN.findall(stored)
        if NAMED in (text := unseal(token))
    }
    assert {(column, text) for column, text in sealed if not column.startswith(ours)} == set()
    assert NAMED not in all_of_redis()
    for log in local_services.place().rglob("*.log"):
        assert NAMED not in log.read_text(errors="replace"), log
    # Who looked stays, by number, and the chains hold.
    assert AccessLogEntry.objects.count() > lines
    assert chain.check().broken == 0
