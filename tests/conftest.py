"""The fixed cast, on the data of the demonstration, loaded once."""

import pytest
from django.core.cache import cache
from django.test import Client

from desk.demo import loader, people
from households.models import Household
from partners.models import Professional
from signals.models import Signal


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        loader.load()


@pytest.fixture(autouse=True)
def fresh_limits():
    """Every test counts its own posts and logins."""
    yield
    cache.clear()


class Cast:
    """Jolanda coordinates the household; Amir is of the same team; Pascal leads it; Dennis helps with one action; Bart
    makes policy; Els looks after privacy; the stranger works somewhere else."""

    def __getattr__(self, name: str) -> Professional:
        if name == "stranger":
            stranger, _ = Professional.objects.get_or_create(
                email="stranger@elders.example",
                first_name="Sam",
                last_name="Vreemd",
                organisation=self.dennis.organisation,
            )
            return stranger
        return Professional.objects.get(email=getattr(people, name.upper()).email)


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


@pytest.fixture
def as_(cast):
    """A browser of somebody: as_("jolanda").get(...); as_(None) is nobody."""

    def login(name: str | None) -> Client:
        client = Client()
        if name:
            client.force_login(getattr(cast, name))
        return client

    return login


@pytest.fixture
def bakelaar(db) -> Household:
    """The household that Jolanda coordinates."""
    return Household.objects.get(name="Bakelaar-Idrissi")


@pytest.fixture
def ilses_signal(db) -> Signal:
    return Signal.objects.get(reporter_name="Ilse Waanders")
