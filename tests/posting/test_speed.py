"""What posting a signal asks of the database and the broker. The numbers stand here on purpose."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.helpers import filled_in


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        # The link; a number and a key; everything that is kept, in one round trip.
        (filled_in(), 3),
        (filled_in(reporter_email=None), 3),
        # And who must know it at once, with a mail for each of them.
        (filled_in(danger_now="ja"), 5),
    ],
)
def test_a_signal_is_posted_in_so_many_statements(form, expected, address):
    browser = Client()
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.post(address, form).status_code == 302
    # A test is a transaction by itself, so the transaction of the post is a savepoint in it.
    statements = [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(statements) == expected, statements
