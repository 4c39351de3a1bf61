"""What we promised to a reporter, and what happens when we are late: who waits hears so, and somebody gets the work."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from desk.demo import people
from households.models import AccessLogEntry
from signals import actions
from signals.models import Message, Signal
from signals.tasks import keep_promises, tell_leads
from tests.coming_in import behind_code
from tests.helpers import Page, at_once, filled_in, mails
from tests.signals.working import send, tell

KEES = "kees@sleutelbrug.example"


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def came_in(receive):
    """A signal that came in on this day."""

    def came_in(day: date, **seen: object) -> Signal:
        with time_machine.travel(at(day), tick=False):
            return receive(**seen)

    return came_in


def on(day: date, deed, hour: int = 9):
    with time_machine.travel(at(day, hour), tick=False):
        return deed()


def late_messages(signal: Signal) -> list[Message]:
    return list(signal.messages.filter(sentence="TE_LAAT"))


# ---- the reporter hears that it will be later


@pytest.mark.parametrize(
    ("day", "promised", "told_on", "again"),
    [
        (date(2027, 3, 2), date(2027, 3, 9), date(2027, 3, 10), date(2027, 3, 17)),
        (date(2026, 12, 23), date(2026, 12, 31), date(2027, 1, 4), date(2027, 1, 11)),  # Christmas and New Year
        (date(2026, 4, 21), date(2026, 4, 29), date(2026, 4, 30), date(2026, 5, 8)),  # King's Day, then 5 May
    ],
    ids=["plain weeks", "Christmas", "King's Day"],
)
def test_who_waits_too_long_hears_so_once_with_a_new_date(day, promised, told_on, again, came_in):
    signal = came_in(day)
    assert signal.answer_by == promised
    on(promised, keep_promises, hour=18)
    assert late_messages(signal) == []
    before = len(mails(KEES))
    for hour in (8, 9, 10):
        on(told_on, keep_promises, hour=hour)
    (message,) = late_messages(signal)
    assert len(mails(KEES)) == before + 1
    signal.refresh_from_db()
    assert (signal.answer_by, signal.new_answer_by) == (promised, again)
    assert (message.level, message.author, message.tells_outcome) == ("F1", None, False)
    assert signal.first_answer_at is None  # it is no answer
    on(again, keep_promises)
    assert len(late_messages(signal)) == 1
    on(again + timedelta(days=1), keep_promises)  # that promise was not kept either
    assert len(late_messages(signal)) == 2


def test_the_message_says_both_days_in_words(came_in):
    signal = came_in(date(2027, 3, 2))
    on(date(2027, 3, 10), keep_promises)
    (message,) = late_messages(signal)
    assert message.body == (
        "U zou voor dinsdag 9 maart 2027 van ons horen. Dat is niet gelukt. Dat vinden wij vervelend. "
        "U hoort nu uiterlijk woensdag 17 maart 2027 van ons."
    )


def test_who_was_answered_in_time_hears_nothing(came_in, cast):
    day = date(2027, 3, 2)
    signal = came_in(day)
    on(day, lambda: actions.take_up(signal=signal, by=cast.jolanda))
    on(day, lambda: tell(signal, "GELEZEN", cast.jolanda))
    on(day + timedelta(days=30), keep_promises)
    assert late_messages(signal) == []


def test_it_stays_red_until_a_person_answers(came_in, as_, cast):
    day, late = date(2027, 3, 2), date(2027, 3, 10)
    signal = came_in(day)
    on(day, lambda: actions.take_up(signal=signal, by=cast.jolanda))
    on(late, keep_promises)

    def looks() -> tuple[str, list[tuple[str, str]]]:
        inbox = as_("jolanda").get(reverse("signals:inbox")).content.decode()
        (row,) = [row for row in inbox.split("<tr ") if f">{signal.number}</a>" in row]
        day = as_("jolanda").get(reverse("desk:my_day")).context["day"]
        return row, [(task.title, task.due) for task in day.can_not_wait if signal.number in task.text]

    row, red = on(late, looks)
    assert "hp-row-late" in row
    assert "Te laat" in row
    assert red == [("Kees Mandemaker wacht op antwoord", "1 werkdag te laat")]
    on(late, lambda: tell(signal, "GELEZEN", cast.jolanda))
    row, red = on(late, looks)
    assert "hp-row-late" not in row
    assert red == []


def test_two_workers_at_the_same_moment_say_it_once(team_of_their_own):
    with time_machine.travel(at(date(2027, 3, 2)), tick=False):
        Client().post(reverse("signals:post", args=[team_of_their_own.link.token]), filled_in())
    signal = team_of_their_own.link.signals.get()
    with time_machine.travel(at(date(2027, 3, 10)), tick=False):
        came = at_once(keep_promises, keep_promises)
    assert came == [None, None]
    assert len(late_messages(signal)) == 1


def test_the_page_of_the_reporter_tells_the_new_date(came_in):
    signal = came_in(date(2027, 3, 2))
    on(date(2027, 3, 10), keep_promises)

    def page() -> str:
        reading = behind_code(reverse("signals:follow", args=[signal.code]), to=KEES)
        return Page(reading.get(reverse("signals:follow", args=[signal.code]))).text

    assert "U hoort uiterlijk woensdag 17 maart 2027 van ons." in on(date(2027, 3, 10), page)


# ---- nobody's signal


@pytest.mark.parametrize(
    ("day", "last", "left_on"),
    [
        (date(2027, 3, 2), date(2027, 3, 3), date(2027, 3, 4)),
        (date(2027, 3, 5), date(2027, 3, 8), date(2027, 3, 9)),  # over a weekend
        (date(2026, 4, 24), date(2026, 4, 28), date(2026, 4, 29)),  # King's Day is a Monday
        (date(2026, 12, 24), date(2026, 12, 28), date(2026, 12, 29)),
    ],
)
def test_what_nobody_takes_up_in_a_working_day_becomes_the_work_of_the_lead(day, last, left_on, came_in, as_):
    signal = came_in(day)

    def told() -> list[str]:
        return [mail for mail in mails(people.PASCAL.email) if "Een signaal vraagt om jou" in mail]

    def page(name: str) -> str:
        return Page(as_(name).get(reverse("desk:my_day"))).text

    before, title = len(told()), f"Niemand werkt aan signaal {signal.number}"
    on(last, tell_leads, hour=18)
    signal.refresh_from_db()
    assert signal.lead_told_at is None
    assert title not in on(last, lambda: page("pascal"))
    for hour in (8, 9):
        on(left_on, tell_leads, hour=hour)
    signal.refresh_from_db()
    assert signal.lead_told_at is not None
    new = told()[before:]
    mine = [line for line in lines_about(signal) if line.event == "tell lead"]
    assert len(mine) == 1
    assert new
    for word in ("Zonnedauw", "Kees", signal.number, people.HOUSING):
        assert word not in "".join(new)
    day_of_lead = on(left_on, lambda: as_("pascal").get(reverse("desk:my_day")).context["day"])
    assert title in [task.title for task in day_of_lead.can_not_wait]
    assert title not in on(left_on, lambda: page("amir"))
    inbox = on(left_on, lambda: as_("amir").get(reverse("signals:inbox")).content.decode())
    (row,) = [row for row in inbox.split("<tr ") if f">{signal.number}</a>" in row]
    assert "Niemand pakte het op" in row


def lines_about(signal: Signal) -> list[AccessLogEntry]:
    return list(AccessLogEntry.objects.filter(object_type="signal", object_id=signal.pk, actor_role="SYSTEM"))


def test_what_somebody_took_up_is_not_left(came_in, cast):
    day = date(2027, 3, 2)
    signal = came_in(day)
    on(day, lambda: actions.take_up(signal=signal, by=cast.jolanda))
    on(day + timedelta(days=2), tell_leads)
    signal.refresh_from_db()
    assert signal.lead_told_at is None


@pytest.mark.parametrize("why", ["left", "no role any more"])
def test_a_signal_of_who_left_is_nobodys_and_can_be_taken_up_again(why, taken_up, as_, cast):
    jolanda = cast.jolanda
    if why == "left":
        jolanda.is_active = False
        jolanda.save()
    else:
        jolanda.memberships.all().delete()
    tell_leads()
    taken_up.refresh_from_db()
    assert taken_up.lead_told_at is not None
    title = f"Niemand werkt aan signaal {taken_up.number}"
    assert title in Page(as_("pascal").get(reverse("desk:my_day"))).text
    page = Page(as_("pascal").get(reverse("signals:signal", args=[taken_up.number]))).text
    assert "Jolanda Terpstra kan er niet meer aan werken." in page
    send(taken_up, as_("amir"), "take_up")
    taken_up.refresh_from_db()
    assert taken_up.taken_up_by == cast.amir
    assert title not in Page(as_("pascal").get(reverse("desk:my_day"))).text


# ---- the first minute


def test_the_receipt_is_on_its_way_at_once(receive):
    signal = receive()
    receipt = signal.messages.get()
    assert receipt.sentence == "ONTVANGEN"
    assert receipt.sent_at - signal.received_at < timedelta(minutes=1)
    assert "Wij hebben uw bericht ontvangen" in mails(KEES)[-1]
