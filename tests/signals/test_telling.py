"""The household hears that somebody told us something (AVG, article 14), and the clocks of the Wmo that only a tick starts."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from desk.demo import people
from households import actions as household_actions
from households.models import AccessLogEntry
from signals import actions
from signals.models import Signal, Telling, WmoNotification
from signals.tasks import tell_leads
from tests.helpers import Page, mails, sql
from tests.signals.working import page_of, tell

DAY = date(2027, 3, 2)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Amsterdam"))


def on(day: date, deed, hour: int = 9):
    with time_machine.travel(at(day, hour), tick=False):
        return deed()


@pytest.fixture
def linked_on(receive, household, cast):
    """A signal that came in on this day about a household of Jolanda."""

    def linked_on(day: date) -> Signal:
        with time_machine.travel(at(day), tick=False):
            signal = receive()
            actions.take_up(signal=signal, by=cast.jolanda)
            actions.link_to_household(signal=signal, household=household, by=cast.jolanda)
        return signal

    return linked_on


def day_of(as_, name: str):
    return as_(name).get(reverse("desk:my_day")).context["day"]


def told(signal: Signal, client, **changes: str):
    data = {"told-told_on": f"{timezone.localdate()}", "told-told_by": "Jolanda Terpstra", "told-told_how": "PHONE"}
    return client.post(reverse("signals:told", args=[signal.number]), data | changes)


def later(signal: Signal, client, until: date, **changes: str):
    data = {"later-ground": "SAFETY", "later-because": "Hij wordt dan boos op haar.", "later-until": f"{until}"}
    return client.post(reverse("signals:postpone_telling", args=[signal.number]), data | changes)


# ---- a month


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2027, 3, 2), date(2027, 4, 2)),
        (date(2027, 1, 31), date(2027, 3, 1)),  # the last day of February is a Sunday
        (date(2026, 11, 25), date(2026, 12, 28)),  # Christmas, Boxing Day and a Sunday
        (date(2027, 3, 27), date(2027, 4, 28)),  # ends on King's Day
        (date(2027, 4, 5), date(2027, 5, 7)),  # ends on 5 May, and the 6th is Ascension Day
        (date(2027, 12, 1), date(2028, 1, 3)),  # New Year's Day is a Saturday
    ],
)
def test_the_household_is_told_within_a_month(received, due, receive):
    assert on(received, receive).inform_due == due


@pytest.mark.parametrize(
    ("may_know", "words"),
    [
        (None, "Vraag de melder eerst"),
        (True, "Het gezin mag weten"),
        (False, "liever niet dat het gezin"),
    ],
)
def test_the_wish_of_the_reporter_stands_where_it_is_told(may_know, words, linked, as_):
    Signal.objects.filter(pk=linked.pk).update(family_may_know=may_know)
    assert page_of(linked, as_("jolanda")).text.count(words) == 1


def test_without_a_household_nobody_can_be_told(taken_up, as_, cast):
    assert "Vertel het aan het huishouden" not in page_of(taken_up, as_("jolanda")).text
    assert list(Signal.objects.filter(pk=taken_up.pk).to_tell()) == []
    with pytest.raises(actions.NoHousehold):
        actions.record_told(
            signal=taken_up, told_on=timezone.localdate(), told_by="X", told_how=Telling.How.PHONE, by=cast.jolanda
        )
    told(taken_up, as_("jolanda"))
    assert not Telling.objects.filter(signal=taken_up).exists()


def test_a_household_that_must_hear_more_is_one_line_of_the_day(linked_on, as_):
    first, later = linked_on(DAY), linked_on(DAY + timedelta(days=1))
    with time_machine.travel(at(DAY + timedelta(days=2)), tick=False):
        day = day_of(as_, "jolanda")
    tasks = {task.title: task.text for task in (*day.can_not_wait, *day.today, *day.soon)}
    assert tasks[f"Vertel het huishouden over signaal {first.number}"].endswith("en over nog 1 signaal")
    assert f"Vertel het huishouden over signaal {later.number}" not in tasks


def test_the_coordinator_has_a_task_that_grows_more_pressing(linked_on, as_):
    signal = linked_on(DAY)
    title = f"Vertel het huishouden over signaal {signal.number}"

    def place() -> str:
        day = day_of(as_, "jolanda")
        return ", ".join(
            name for name in ("can_not_wait", "today", "soon") for task in getattr(day, name) if task.title == title
        )

    assert on(DAY, place) == "soon"
    assert on(date(2027, 3, 25), place) == "soon"
    assert on(date(2027, 3, 26), place) == "today"  # within a week
    assert on(date(2027, 4, 2), place) == "today"
    assert on(date(2027, 4, 3), place) == "can_not_wait"
    assert title not in on(DAY, lambda: Page(as_("amir").get(reverse("desk:my_day"))).text)


def test_told_on_by_and_how(linked, household, as_, cast):
    page = page_of(linked, as_("jolanda"))
    assert page.fields["told-told_by"] == "Jolanda Terpstra"
    assert told(linked, as_("jolanda")).status_code == 302
    telling = Telling.objects.get(signal=linked)
    assert (telling.told_by, telling.told_how, telling.recorded_by) == ("Jolanda Terpstra", "PHONE", cast.jolanda)
    assert "door Jolanda Terpstra, met de telefoon" in page_of(linked, as_("jolanda")).text
    of_household = Page(as_("jolanda").get(reverse("desk:household", args=[household.number]))).text
    assert "huishouden weet het sinds" in of_household
    assert f"signaal {linked.number}" not in [task.title for task in day_of(as_, "jolanda").soon]
    assert list(Signal.objects.filter(pk=linked.pk).to_tell()) == []


def test_a_closed_signal_is_told_about_all_the_same(linked, as_, cast):
    tell(linked, "OPGEPAKT", cast.jolanda)
    actions.close(signal=linked, by=cast.jolanda)
    title = f"Vertel het huishouden over signaal {linked.number}"
    assert title in [task.title for task in day_of(as_, "jolanda").soon]
    told(linked, as_("jolanda"))
    assert title not in [task.title for task in day_of(as_, "jolanda").soon]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"told-told_on": ""}, "verplicht"),
        ({"told-told_on": f"{timezone.localdate() + timedelta(days=1)}"}, "Kies vandaag of een eerdere dag."),
        ({"told-told_on": f"{timezone.localdate() - timedelta(days=1)}"}, "Het signaal kwam later binnen dan die dag."),
        ({"told-told_by": ""}, "Schrijf op wie het vertelde."),
        ({"told-told_how": ""}, "Kies hoe het is verteld."),
    ],
    ids=str,
)
def test_what_is_not_complete_is_not_written_down(wrong, says, linked, as_):
    response = told(linked, as_("jolanda"), **wrong)
    assert response.status_code == 422
    assert says in Page(response).text
    assert not Telling.objects.filter(signal=linked).exists()


# ---- later, with a reason


def test_it_waits_with_a_reason_and_comes_back(linked_on, as_, cast):
    signal = linked_on(DAY)
    looks_again = date(2027, 4, 20)
    title = f"Vertel het huishouden over signaal {signal.number}"
    assert on(date(2027, 4, 2), lambda: later(signal, as_("jolanda"), looks_again)).status_code == 302

    def places() -> list[str]:
        day = day_of(as_, "jolanda")
        return [
            name for name in ("can_not_wait", "today", "soon") if title in [one.title for one in getattr(day, name)]
        ]

    assert on(date(2027, 4, 5), places) == ["soon"]
    assert on(looks_again, places) == ["today"]
    assert on(looks_again + timedelta(days=1), places) == ["can_not_wait"]
    page = on(date(2027, 4, 5), lambda: page_of(signal, as_("jolanda")).text)
    assert "Opnieuw kijken op di 20 april" in page
    assert "Hij wordt dan boos op haar." in page
    ((stored,),) = sql("SELECT because FROM signals_telling WHERE signal_id = %s", signal.pk)
    assert stored.startswith("gAAAA")


@pytest.mark.parametrize(
    ("changes", "days", "says"),
    [
        ({"later-ground": ""}, 7, "Kies waarom het nu niet verteld kan worden."),
        ({"later-ground": "BUSY"}, 7, "geldige keuze"),
        ({"later-because": ""}, 7, "Leg uit waarom."),
        ({}, 0, "Kies een dag na vandaag"),
        ({}, 60, "Kies een dag na vandaag, uiterlijk"),
    ],
    ids=["no ground", "another ground", "no reason", "today", "after two months"],
)
def test_it_does_not_wait_without_a_ground_of_the_law_a_reason_and_a_day(changes, days, says, linked, as_):
    response = later(linked, as_("jolanda"), timezone.localdate() + timedelta(days=days), **changes)
    assert response.status_code == 422
    assert says in Page(response).text
    assert not Telling.objects.filter(signal=linked).exists()


@pytest.mark.parametrize(
    "change",
    [
        "told_on = NULL, told_by = '', told_how = ''",
        "told_how = ''",
        "postponed_until = '2027-01-01'",
        "ground = 'SAFETY', postponed_until = '2027-01-01'",
    ],
)
def test_the_database_wants_it_whole_too(change, linked, as_):
    told(linked, as_("jolanda"))
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f"UPDATE signals_telling SET {change} WHERE signal_id = %s", linked.pk)


def test_what_is_late_goes_to_the_team_lead_who_hears_whom_to_ask(linked_on, household, as_):
    linked_on(DAY)
    title = f"Huishouden {household.number} weet nog niet van een signaal, en dat had al gemoeten"

    def titles(name: str) -> list[str]:
        return [task.title for task in day_of(as_, name).today]

    assert title not in on(date(2027, 4, 2), lambda: titles("pascal"))
    assert title in on(date(2027, 4, 3), lambda: titles("pascal"))
    assert title not in on(date(2027, 4, 3), lambda: titles("amir"))
    (task,) = [one for one in on(date(2027, 4, 3), lambda: day_of(as_, "pascal")).today if one.title == title]
    assert "Jolanda Terpstra" in task.text
    assert "Zonnedauw" not in task.title + task.text  # it is not his household
    assert on(date(2027, 4, 3), lambda: as_("pascal").get(task.url)).status_code == 200


def test_the_lead_is_mailed_once_for_each_day_that_was_let_pass(linked_on, household, as_):
    signal = linked_on(DAY)

    def told_about_it() -> list[str]:
        lines = AccessLogEntry.objects.filter(event="tell lead untold", object_id=signal.pk, actor_role="SYSTEM")
        new = [mail for mail in mails(people.PASCAL.email) if "Een signaal vraagt om jou" in mail][before:]
        assert len(lines) == len(new)
        return new

    before = len([mail for mail in mails(people.PASCAL.email) if "Een signaal vraagt om jou" in mail])
    Signal.objects.exclude(pk=signal.pk).update(lead_told_untold=date(2030, 1, 1), lead_told_at=timezone.now())
    on(date(2027, 4, 2), tell_leads, hour=18)
    assert told_about_it() == []
    for hour in (8, 9):
        on(date(2027, 4, 5), tell_leads, hour=hour)
    (mail,) = told_about_it()
    for word in ("Zonnedauw", "Kees", signal.number, household.number, people.HOUSING, "Jolanda"):
        assert word not in mail
    on(date(2027, 4, 6), lambda: later(signal, as_("jolanda"), date(2027, 4, 20)))
    on(date(2027, 4, 20), tell_leads, hour=18)
    assert len(told_about_it()) == 1
    on(date(2027, 4, 21), tell_leads)  # that day passed too
    assert len(told_about_it()) == 2
    on(date(2027, 4, 21), lambda: told(signal, as_("jolanda")))
    on(date(2027, 4, 22), tell_leads)
    assert len(told_about_it()) == 2


def test_who_was_told_in_time_is_no_matter_for_the_lead(linked_on, as_):
    signal = linked_on(DAY)
    on(date(2027, 4, 2), lambda: told(signal, as_("jolanda")))
    with time_machine.travel(at(date(2027, 4, 5))):
        assert not Signal.objects.told_too_late().filter(pk=signal.pk).exists()
        assert actions.tell_lead_untold(signal=signal) is False


def test_a_new_coordinator_gets_the_task(linked, household, as_, cast):
    handover = household_actions.propose_handover(household=household, to=cast.amir, note="Zo.", by=cast.jolanda)
    household_actions.accept_handover(handover=handover, by=cast.amir)
    title = f"Vertel het huishouden over signaal {linked.number}"
    assert title in [task.title for task in day_of(as_, "amir").soon]
    assert title not in [task.title for task in day_of(as_, "jolanda").soon]


# ---- the Wmo


def start(signal: Signal, client, **changes: str):
    data = {"wmo-is_wmo": "on", "wmo-notified_on": f"{timezone.localdate()}"} | changes
    return client.post(reverse("signals:wmo", args=[signal.number]), data)


def titles_of(as_, name: str = "jolanda") -> list[str]:
    day = day_of(as_, name)
    return [task.title for task in day.can_not_wait + day.today + day.soon]


CONFIRM = "Bevestig aan de inwoner dat de melding er is"
OWN_PLAN = "Laat de inwoner een persoonlijk plan inleveren, en vertel over gratis cliëntondersteuning"
INQUIRY = "Rond het onderzoek af"


def test_without_the_tick_no_clock_of_the_wmo_runs(linked, as_):
    assert CONFIRM not in titles_of(as_)
    response = start(linked, as_("jolanda"), **{"wmo-is_wmo": ""})
    assert response.status_code == 422
    assert "Vink dit aan, of start de termijnen niet." in Page(response).text
    assert not WmoNotification.objects.filter(signal=linked).exists()
    assert CONFIRM not in titles_of(as_)
    assert CONFIRM not in page_of(linked, as_("jolanda")).text


@pytest.mark.parametrize(
    ("notified", "plan", "inquiry"),
    [
        (date(2027, 3, 2), date(2027, 3, 9), date(2027, 4, 13)),
        (date(2026, 12, 18), date(2026, 12, 28), date(2027, 1, 29)),  # seven days later is Christmas, a Friday
        (date(2027, 3, 16), date(2027, 3, 23), date(2027, 4, 28)),  # six weeks later is King's Day
    ],
)
def test_the_tick_starts_them_from_that_day(notified, plan, inquiry, linked_on, as_):
    signal = linked_on(notified)
    assert on(notified, lambda: start(signal, as_("jolanda"))).status_code == 302
    steps = WmoNotification.objects.get(signal=signal).steps
    assert [step.due for step in steps] == [notified, plan, inquiry]
    assert [step.title for step in steps] == [CONFIRM, OWN_PLAN, INQUIRY]


def test_each_step_is_a_task_until_it_is_done(taken_up, as_, cast):
    start(taken_up, as_("jolanda"))
    assert CONFIRM not in titles_of(as_, "amir")  # she took it up
    address = reverse("signals:wmo_step", args=[taken_up.number])
    for title, step in ((CONFIRM, "confirmed_on"), (OWN_PLAN, "plan_asked_on"), (INQUIRY, "inquired_on")):
        assert [one for one in titles_of(as_) if one in (CONFIRM, OWN_PLAN, INQUIRY)] == [title]
        as_("jolanda").post(address, {"step": step})
    assert [one for one in titles_of(as_) if one in (CONFIRM, OWN_PLAN, INQUIRY)] == []
    as_("jolanda").post(address, {"step": "recorded_by"})  # what is no step changes nothing
    assert WmoNotification.objects.get(signal=taken_up).recorded_by == cast.jolanda


def test_a_step_that_is_late_can_not_wait(linked_on, as_):
    signal = linked_on(DAY)
    on(DAY, lambda: start(signal, as_("jolanda")))
    day = on(DAY + timedelta(days=1), lambda: day_of(as_, "jolanda"))
    assert CONFIRM in [task.title for task in day.can_not_wait]


def test_a_day_that_has_still_to_come_starts_nothing(linked, as_):
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert start(linked, as_("jolanda"), **{"wmo-notified_on": f"{tomorrow}"}).status_code == 422
    assert not WmoNotification.objects.filter(signal=linked).exists()
