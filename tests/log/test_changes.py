"""Every change is a line in the log, never with what it said; without its line, nothing happens."""

import inspect
from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.db import transaction

from households import access
from households import actions as household_actions
from plans import actions as plan_actions
from signals import actions as signal_actions
from tests.helpers import everything
from tests.log.verbs import BY, BY_JOLANDA_OR_THE_REPORTER, VERBS
from tests.log.working import lines_of
from tests.log.world import WORD, make_world


@pytest.fixture
def world(cast) -> SimpleNamespace:
    return make_world(cast)


def test_every_verb_is_in_the_table():
    """A new verb must be tried here: who writes it decides what it does."""
    verbs = {
        f"{module.__name__.partition('.')[0]}.{name}"
        for module in (household_actions, plan_actions, signal_actions)
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__.startswith(module.__name__)
        and hasattr(function, "__wrapped__")
    }
    assert verbs == set(VERBS)


@pytest.mark.walk
@pytest.mark.parametrize("room", ["households", "plans", "signals"])
def test_a_change_and_its_line_happen_both_or_not_at_all(room, world, monkeypatch):
    """Each verb in the same world, which is as it was afterwards."""
    before = everything()
    verbs = [verb for verb in VERBS if verb.startswith(f"{room}.")]
    assert len(verbs) > 20
    for verb in verbs:
        with transaction.atomic():
            line_or_nothing(verb, world, monkeypatch, before)
            transaction.set_rollback(True)


def line_or_nothing(verb: str, world: SimpleNamespace, monkeypatch, before: dict) -> None:
    def fails(**line: object) -> None:
        raise RuntimeError("the log can not be written")

    with monkeypatch.context() as broken:
        broken.setattr(access, "record", fails)
        with pytest.raises(RuntimeError, match="the log can not be written"):
            VERBS[verb](deepcopy(world))
    assert everything() == before, verb

    lines = lines_of(lambda: VERBS[verb](deepcopy(world)))
    after = everything()
    assert before.keys() == after.keys(), verb
    assert {table for table in before if before[table] != after[table]} > {"households_accesslogentry"}, verb
    assert lines, verb
    for line in lines:
        assert line.action != "VIEW", verb
        assert line.object_id, verb
        assert (line.actor and line.actor.email, line.actor_role) in BY.get(verb, BY_JOLANDA_OR_THE_REPORTER), verb
        known = line.household_id or line.actor is None or verb.startswith("signals.") or line.object_type == "team"
        assert known, verb
    for word in (WORD, "Zonnedauw", "Roos", "sleutelbrug"):  # not a word of what was written
        assert word not in after["households_accesslogentry"], verb
