"""The fixed cast, on the data of the demonstration, loaded once."""

import os
import subprocess
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.signals import setting_changed
from django.db import transaction
from django.http import HttpResponse
from django.template.backends.jinja2 import Template
from django.test import Client
from django.test.signals import template_rendered
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from config import urls
from config.memory import keep_what_is_loaded
from config.prepared import KNOWN
from desk.demo import people
from households.models import Household
from partners.actions import make_link
from partners.models import Organisation, Professional, Team, TeamMembership
from partners.permissions import Role
from signals.models import Signal
from tests import example
from tests.circle.working import make_home
from tests.helpers import sql


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """The example, and nothing else."""
    with ExitStack() as ours:
        with django_db_blocker.unblock():
            ours.enter_context(example.copied())
        keep_what_is_loaded()  # as in production
        yield
        with django_db_blocker.unblock():
            ours.close()


@pytest.fixture(scope="session", autouse=True)
def pages_tell_what_they_show():
    """Django's test client knows the context of a page from a signal, which only its own templates send."""
    render = Template.render

    def told(template, context=None, request=None):
        template_rendered.send(sender=template, template=template, context=context)
        return render(template, context, request)

    Template.render = told
    yield
    Template.render = render


# How long an example takes says how busy the machine is, and nothing else.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@setting_changed.connect
def other_settings_make_other_questions(**_changed):
    KNOWN.clear()


@pytest.fixture(autouse=True)
def fresh_limits():
    """Every test counts its own posts and logins. Only ours go: the other workers of the run are counting too."""
    yield
    redis = cache._cache.get_client(None, write=True)
    if ours := redis.keys(cache.make_key("*")):
        redis.delete(*ours)


@pytest.fixture
def short_answers(monkeypatch):
    """A refusal without the page around it, for who asks for thousands. How that page looks is seen elsewhere."""

    def refuses(status: int):
        return lambda request, exception: HttpResponse(status=status)

    for status in (403, 404):
        monkeypatch.setattr(urls, f"handler{status}", refuses(status))


@pytest.fixture
def transactional_db(transactional_db):
    """Afterwards all tables are emptied, and the access log refuses that. So its triggers are off for that moment."""
    sql("SET session_replication_role = DEFAULT")
    yield
    sql("SET session_replication_role = replica")


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


@pytest.fixture(scope="module")
def home_once(django_db_setup, django_db_blocker):
    """Made once for the tests of a module: each of them begins with it as it was. A test that really commits stands in another
    module, because this one is in a transaction."""
    with ExitStack() as ours:
        with django_db_blocker.unblock():
            ours.enter_context(transaction.atomic())
            made = make_home(Professional.objects.get(email=people.JOLANDA.email))
        yield made
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            ours.close()


@pytest.fixture
def home(home_once, db) -> SimpleNamespace:
    """A household of Jolanda with two parents and three children, and a plan."""
    return deepcopy(home_once)


@pytest.fixture
def ilses_signal(db) -> Signal:
    return Signal.objects.filter(reporter_name="Ilse Waanders").earliest("pk")


@pytest.fixture
def small_team(db) -> SimpleNamespace:
    """A team beside that of the example, where nothing has happened yet: Anna and Omar, and a partner with a link."""
    return make_small_team()


@pytest.fixture
def team_of_their_own(transactional_db) -> SimpleNamespace:
    """The same, with real commits: for what only shows between two connections. The example is gone after such a test,
    so they come last; pytest-django sees to that."""
    return make_small_team()


def make_small_team() -> SimpleNamespace:
    municipality = Organisation.objects.create(name="Gemeente Elders", kind=Organisation.Kind.MUNICIPALITY)
    partner = Organisation.objects.create(name="Kraamzorg Elders", kind=Organisation.Kind.MATERNITY)
    team = Team.objects.create(
        name="Sociaal team Elders",
        organisation=municipality,
        phone="000-000 09 00",
        days="maandag tot en met donderdag",
        hours="9.00 tot 16.00 uur",
    )
    anna, omar = (
        Professional.objects.create(
            email=f"{name.lower()}@elders.example",
            first_name=name,
            last_name=last_name,
            phone="000-000 09 01",
            organisation=municipality,
        )
        for name, last_name in (("Anna", "Wolkers-Tan"), ("Omar", "Duinhof"))
    )
    for member in (anna, omar):
        TeamMembership.objects.create(team=team, professional=member, role=Role.COORDINATOR)
    link = make_link(organisation=partner, team=team, by=anna)
    return SimpleNamespace(team=team, anna=anna, omar=omar, partner=partner, link=link)


@pytest.fixture
def identity(tmp_path, settings) -> Path:
    """The private key of whoever may open backups; the app knows the public half only."""
    file = tmp_path / "elsewhere.txt"
    subprocess.run(["age-keygen", "--output", file], check=True, capture_output=True)
    made = subprocess.run(["age-keygen", "-y", file], check=True, capture_output=True, text=True)
    settings.BACKUP_RECIPIENTS = [made.stdout.strip()]
    settings.BACKUP_FOLDER = tmp_path / "backups"
    return file


# ---- who does what, when several workers share the tests


class BrowserTestsTogether(LoadScopeScheduling):
    """The tests in a browser share one running system, so one worker does them all; every other test goes by itself.
    The mark `xdist_group` would say this too, but pytest-xdist 3.8 does not see it under pytest 9.2."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid


def pytest_xdist_make_scheduler(config, log):
    return BrowserTestsTogether(config, log)


def pytest_xdist_auto_num_workers(config):
    """One more than there are cores: who drives the browser waits most of the time."""
    return len(os.sched_getaffinity(0)) + 1
