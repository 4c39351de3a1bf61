"""A mail says that something waits, and where. What is in it is worth nothing to who steals it, and it is soon gone."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from post_office.models import STATUS, Email, Log

from config import mail
from config.tasks import purge_mail
from desk.demo import people
from households.domains import LifeDomain
from households.models import Household, NetworkContact, Resident
from partners.models import District, Organisation, Professional
from signals.models import Signal
from tests.helpers import everything, mails
from tests.log.verbs import VERBS
from tests.log.world import make_world

SMALL_WORDS = {"en", "zelf", "van", "de", "het", "een", "op", "bij", "voor"}


def telling_words() -> set[str]:
    """Every name, street, organisation and life domain that there is."""
    words = {word for person in Professional.objects.all() for word in (person.first_name, person.last_name)}
    words |= {word for person in Resident.objects.all() for word in (person.first_name, person.last_name)}
    words |= {contact.name for contact in NetworkContact.objects.all()}
    for home in Household.objects.all():
        words |= {home.name, home.address}
    for signal in Signal.objects.all():
        words |= {signal.about_name, signal.about_address, signal.reporter_name, signal.reporter_function}
    words |= set(Organisation.objects.values_list("name", flat=True)) | set(
        District.objects.values_list("name", flat=True)
    )
    words |= {street.rsplit(" ", 1)[0] for street in words if re.search(r" \d+\w?$", street)}
    words |= {word for domain in LifeDomain for word in re.findall(r"\w+", str(domain.label)) if len(word) > 2}
    return words - SMALL_WORDS - {""}


def test_no_mail_of_any_verb_tells_anything(cast):
    """The mails of the example and of everything that can be done, held against every word that tells something."""
    before = len(mails())
    world = make_world(cast, "Kwetterpoel")
    for deed in reversed(VERBS.values()):
        deed(world)
    Client().post(reverse("account_reset_password"), {"email": people.JOLANDA.email})
    words = telling_words()
    assert len(words) > 150
    said = mails()
    assert len(said) > before + 10
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE)
    told = {(one.partition("\n")[0], found[0]) for one in said for found in pattern.finditer(one)}
    assert told == set()


def test_the_outbox_keeps_nothing_beside_the_sealed_mail(cast):
    world = make_world(cast)
    for deed in reversed(VERBS.values()):
        deed(world)
    for email in Email.objects.all():
        assert email.message.startswith("gAAAA")
        assert (email.html_message, email.cc, email.bcc, email.template, email.attachments.count()) == (
            "",
            [],
            [],
            None,
            0,
        )
        assert email.headers is None
        # What it is about, as the access log says it: a kind of thing and a number.
        assert email.context is None or re.fullmatch(r"\{'about': \['[a-z]+', \d+\]\}", str(email.context))
        assert email.from_email == settings.DEFAULT_FROM_EMAIL
    assert "Kwetterpoel" not in everything()["post_office_email"]


# ---- soon gone


def outbox(status: int, *, days: float) -> Email:
    email = mail.queue(to="kees@sleutelbrug.example", subject="Er staat iets klaar", body="Hier: /volg/ABC/")
    Log.objects.create(email=email, status=STATUS.failed, message="SMTPDataError 451")
    moment = timezone.now() - timedelta(days=days)
    Email.objects.filter(pk=email.pk).update(status=status, last_updated=moment, created=moment)
    return email


@pytest.mark.parametrize(
    ("keep", "days", "stays"), [(1, 0.9, True), (1, 1.1, False), (14, 13.9, True), (14, 14.1, False)]
)
def test_sent_mail_is_gone_in_time_with_all_that_belongs_to_it(keep, days, stays, db, settings):
    settings.KEEP_MAIL_DAYS = keep
    email = outbox(STATUS.sent, days=days)
    purge_mail()
    assert Email.objects.filter(pk=email.pk).exists() is stays
    assert Log.objects.filter(email_id=email.pk).exists() is stays


@pytest.mark.parametrize(("days", "stays"), [(29.9, True), (30.1, False)])
def test_what_was_given_up_is_gone_after_a_month(days, stays, db):
    email = outbox(STATUS.failed, days=days)
    purge_mail()
    assert Email.objects.filter(pk=email.pk).exists() is stays


@pytest.mark.parametrize("status", [STATUS.queued, STATUS.requeued])
def test_mail_that_still_has_to_go_stays_however_old(status, db, settings):
    settings.KEEP_MAIL_DAYS = 1
    email = outbox(status, days=400)
    purge_mail()
    assert "/volg/ABC/" in mail.readable(Email.objects.get(pk=email.pk).message)


@pytest.mark.parametrize(
    ("given", "days"), [({}, "1"), ({"HUISPLAN_DEMO": "1"}, "14"), ({"HUISPLAN_KEEP_MAIL_DAYS": "3"}, "3")]
)
def test_production_keeps_sent_mail_for_a_day(given, days):
    bare = {
        name: value for name, value in os.environ.items() if not name.startswith(("HUISPLAN_", "DATABASE_", "DJANGO_"))
    }
    said = subprocess.run(
        [sys.executable, "-c", "from config import settings; print(settings.KEEP_MAIL_DAYS)"],
        env=bare | {"HUISPLAN_PLACE": "none"} | given, cwd=Path(__file__).parent.parent,
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert said.strip() == days


def test_beat_looks_every_hour():
    hourly = [job["schedule"] for job in settings.CELERY_BEAT_SCHEDULE.values() if job["task"].endswith("purge_mail")]
    assert hourly == [3600.0]
