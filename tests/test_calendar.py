"""The calendar app of somebody who works here: days, times and numbers, behind an address of its own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from desk.demo.people import DENNIS, GREET, JOLANDA
from households.models import AccessLogEntry, Household, NetworkContact, Resident
from partners.models import CalendarKey, Professional
from plans import actions as plan_actions
from plans.models import Action
from tests.circle.working import invite, make_home

BOTTOM = "Er is geen hoger beroep tegen de kat van de buren."  # what somebody wrote


def address_of(browser: Client) -> str:
    browser.post(reverse("desk:make_calendar"))
    return browser.get(reverse("desk:calendar")).context["address"]


def read(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status
    return answer.content.decode()


def events(address: str) -> dict[str, list]:
    """By what is said of them."""
    found: dict[str, list] = {}
    for one in Calendar.from_ical(read(address)).walk("VEVENT"):
        found.setdefault(str(one["summary"]).split(",")[0], []).append(one)
    return found


@pytest.fixture
def jolandas(as_) -> str:
    return address_of(as_("jolanda"))


def test_a_coordinator_finds_meetings_steps_and_own_actions(jolandas, cast):
    found = events(jolandas)
    assert set(found) == {"Rondetafel met het huishouden", "Actie", "Volgende stap", "Terugkijken"}
    own = Action.objects.visible_to(cast.jolanda).open().filter(owner_professional=cast.jolanda)
    assert {str(one["uid"]).split("@")[0] for one in found["Actie"]} == {f"actie-{one.pk}" for one in own}
    (table,) = found["Rondetafel met het huishouden"]
    assert table.decoded("dtstart").astimezone(timezone.get_current_timezone()).strftime("%H:%M") == "14:30"
    assert table.decoded("dtend") - table.decoded("dtstart") == timedelta(hours=1)


def test_an_appointment_comes_back_until_the_action_is_due(as_, cast):
    (lesson,) = events(address_of(as_("greet")))["Afspraak"]
    action = Action.objects.get(owner_professional__email=GREET.email, appointment__isnull=False)
    starts = lesson.decoded("dtstart")
    assert (starts.weekday(), f"{starts:%H:%M}", str(starts.tzinfo)) == (1, "10:00", "Europe/Amsterdam")
    rule = lesson["rrule"]
    assert (rule["FREQ"], rule["INTERVAL"], rule["BYDAY"]) == (["WEEKLY"], [1], ["TU"])
    assert timezone.localdate(rule["UNTIL"][0]) == action.due_on


def test_nothing_is_said_about_people(jolandas, as_):
    read_along = read(jolandas) + read(address_of(as_("dennis"))) + read(address_of(as_("greet")))
    secrets = {one.name for one in Household.objects.all()} | {one.address for one in Household.objects.all()}
    secrets |= {one.first_name for one in Resident.objects.all()} | {one.name for one in NetworkContact.objects.all()}
    secrets |= {one.what for one in Action.objects.all()} | {one.last_name for one in Professional.objects.all()}
    secrets |= {one.appointment.place for one in Action.objects.exclude(appointment=None) if one.appointment.place}
    assert [secret for secret in secrets if secret and secret in read_along] == []
    assert "2026-" in read_along or "huishouden" in read_along


def test_it_follows_what_somebody_may_see(cast, as_):
    home = make_home(cast.jolanda)
    asked = plan_actions.add_action(
        goal=home.goals["money"], what=BOTTOM, owner=cast.dennis, by=home.by, due_on=timezone.localdate()
    )
    address, uid = address_of(as_("dennis")), f"actie-{asked.pk}@"
    assert uid not in read(address)  # not in the circle yet
    participant = invite(home, cast.dennis)
    assert uid in read(address)
    participant.ended_at = timezone.now()
    participant.save()
    assert uid not in read(address)


def test_another_address_takes_the_place_of_the_first_and_a_closed_one_is_gone(as_):
    browser = as_("jolanda")
    first = address_of(browser)
    second = address_of(browser)
    assert first != second
    read(first, status=404)
    read(second)
    browser.post(reverse("desk:end_calendar"))
    read(second, status=404)
    assert not CalendarKey.objects.exists()


def test_who_left_is_read_no_more(jolandas, cast):
    Professional.objects.filter(email=JOLANDA.email).update(is_active=False)
    read(jolandas, status=404)


def test_the_first_time_of_a_day_is_a_line_in_the_log(jolandas, cast):
    read(jolandas)
    read(jolandas)
    lines = AccessLogEntry.objects.filter(event="read calendar")
    assert [line.actor_id for line in lines] == [cast.jolanda.pk]


def test_an_app_may_look_first_whether_it_is_there(jolandas):
    assert Client().head(jolandas).status_code == 200


def test_who_guesses_is_slowed_down(db):
    statuses = [Client().get(reverse("desk:feed", args=["geraden"])).status_code for _ in range(31)]
    assert statuses == [404] * 30 + [429]


def test_it_asks_as_much_for_one_action_as_for_thirty(as_, cast, django_assert_num_queries):
    home = make_home(cast.jolanda)
    address = address_of(as_("jolanda"))
    for _ in range(30):
        plan_actions.add_action(
            goal=home.goals["money"], what="Bellen.", owner=cast.jolanda, by=home.by, due_on=timezone.localdate()
        )
    read(address)  # the line of today
    with django_assert_num_queries(10):
        assert len(events(address)["Actie"]) > 30


def test_somebody_outside_the_team_has_a_calendar_too(as_, cast):
    assert Professional.objects.get(email=DENNIS.email).held == []
    assert as_("dennis").get(reverse("desk:calendar")).status_code == 200
