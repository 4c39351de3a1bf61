"""What posting a signal asks of the database and the broker. The numbers stand here on purpose."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.helpers import filled_in
from trials.form import filled_in as trial_form


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


def test_the_form_of_the_trials_is_taken(address):
    """What the bench and the chaos send is what partners send now."""
    assert Client().post(address, trial_form(str(uuid4()))).status_code == 302
