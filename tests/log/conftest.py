"""The lines of one household."""

import pytest

from households.models import AccessLogEntry
from tests.log.working import look


@pytest.fixture
def lines(bakelaar, cast) -> list[AccessLogEntry]:
    """The lines of one household, in order."""
    for _ in range(3):
        look(bakelaar, cast.jolanda)
    return list(AccessLogEntry.objects.filter(household=bakelaar).order_by("rank"))
