"""The list of schemes that a team walks through with a household: our own, and in their place what the team wrote. And how
far one household is with each."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from households.models import Household
from partners.models import Team
from plans.models import Scheme, SchemeCheck
from plans.models.scheme import SchemeState

FILE = Path(__file__).parent / "texts" / "schemes.toml"
ORDER = [SchemeState.CAN, SchemeState.ASKED, SchemeState.GRANTED, SchemeState.REFUSED]  # what is not needed, not at all


class Said(NamedTuple):
    """What is said of one scheme; without a state nobody looked."""

    state: str = ""
    remark: str = ""


@lru_cache
def ours() -> dict[str, dict[str, Any]]:
    """What we wrote ourselves, by key."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def schemes_of(team: Team) -> dict[str, Scheme]:
    """The whole list of a team by key, also what was put away. One query."""
    own = {scheme.key: scheme for scheme in Scheme.objects.filter(team=team)}
    return {key: Scheme(team=team, key=key, **facts) for key, facts in ours().items()} | own


def checks_of(household: Household) -> dict[str, SchemeCheck]:
    """What is known of this household, by key. One query."""
    return {check.key: check for check in household.scheme_checks.in_full()}


def by_state(checks: dict[str, SchemeCheck]) -> list[SchemeCheck]:
    """What there is to do or to have, first what can still be asked for."""
    kept = [check for check in checks.values() if check.state in ORDER]
    return sorted(kept, key=lambda check: ORDER.index(SchemeState(check.state)))


def places(said: dict[str, Said]) -> dict[str, str]:
    """The same in single places, so that two people who write at once lose nothing."""
    return {f"{name}-{key}": value for key, one in said.items() for name, value in one._asdict().items()}
