"""The examples that a team can begin a goal with: our own, and in their place what the team wrote."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from households.domains import LifeDomain
from partners.models import Team
from plans.models import ExampleGoal

FILE = Path(__file__).parent / "texts" / "goals.toml"


@dataclass(frozen=True)
class OfDomain:
    domain: LifeDomain
    examples: list[ExampleGoal]


@lru_cache
def ours() -> dict[str, dict[str, Any]]:
    """What we wrote ourselves, by key."""
    return {
        key: {"how_we_see_it": row.pop("how")} | row
        for key, row in tomllib.loads(FILE.read_text(encoding="utf-8")).items()
    }


def examples_of(team: Team) -> dict[str, ExampleGoal]:
    """All examples of a team by key, also those that were put away. One query."""
    own = {example.key: example for example in ExampleGoal.objects.filter(team=team)}
    return {key: ExampleGoal(team=team, key=key, **facts) for key, facts in ours().items()} | own


def by_domain(examples: Iterable[ExampleGoal]) -> list[OfDomain]:
    rows = list(examples)
    groups = [OfDomain(domain, [one for one in rows if one.domain == domain]) for domain in LifeDomain]
    return [group for group in groups if group.examples]
