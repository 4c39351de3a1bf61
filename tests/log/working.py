"""How the tests of the log look at a household, change the log behind its back, and hear what the check says."""

from collections.abc import Callable
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from households import access
from households.models import AccessLogEntry, Household
from tests.helpers import sql

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


def lines_of(deed: Callable[[], Any]) -> list[AccessLogEntry]:
    """The lines that this adds to the log."""
    last = AccessLogEntry.objects.latest("pk").pk
    deed()
    return list(AccessLogEntry.objects.filter(pk__gt=last).order_by("pk"))
