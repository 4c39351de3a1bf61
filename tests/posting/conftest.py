"""A shared link, and the form behind it."""

import pytest
from django.test import Client
from django.urls import reverse

from desk.demo import people
from partners.models import PartnerLink
from tests.helpers import filled_in, link_of
from tests.posting.working import counts


@pytest.fixture
def link(db) -> PartnerLink:
    return link_of(people.HOUSING)


@pytest.fixture
def address(link) -> str:
    return reverse("signals:post", args=[link.token])


@pytest.fixture
def post(address):
    """Fill in the form and send it, from a browser that nobody knows."""

    def send(browser: Client | None = None, **changes: str | None):
        return (browser or Client()).post(address, filled_in(**changes))

    return send


@pytest.fixture
def nothing_is_kept(db):
    """Whatever happens in the test, nothing of it is kept."""
    before = counts()
    yield
    assert counts() == before
