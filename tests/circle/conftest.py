"""Dennis and Bianca in the circle of the household of Jolanda."""

from datetime import timedelta

import pytest
from django.utils import timezone

from households.models import Consent, Participant
from plans import actions as plan_actions
from tests.circle.working import agree, invite


@pytest.fixture
def dennis(home, cast) -> Participant:
    """In the circle, with one own action, and nothing shared."""
    plan_actions.add_action(
        goal=home.goals["money"], what="Actie van Dennis", owner=cast.dennis, by=home.by,
        due_on=timezone.localdate() + timedelta(days=9), practical="De bel is stuk.",
    )  # fmt: skip
    return invite(home, cast.dennis)


@pytest.fixture
def bianca(home, cast) -> Participant:
    plan_actions.add_action(
        goal=home.goals["roos"], what="Een kopje thee", owner=cast.bianca, by=home.by, practical="Klop op het raam.",
        due_on=timezone.localdate() + timedelta(days=9), rhythm="elke woensdag 9.30",
    )  # fmt: skip
    return invite(home, cast.bianca, volunteer=True)


@pytest.fixture
def asked(home, cast):
    """A complete consent for Dennis about these residents and things."""

    def asked(*residents: str, items: tuple[str, ...] = ("MONEY",)) -> list[Consent]:
        return agree(home, [getattr(home, name) for name in residents], cast.dennis.organisation, items)

    return asked
