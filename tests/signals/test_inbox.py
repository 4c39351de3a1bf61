"""The inbox: what needs somebody first, which promises were kept, and what came in meanwhile."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.sessions import SEEN
from config.workdays import add_workdays
from desk.demo import people
from households import access
from households.models import AccessLogEntry
from partners.models import District, Professional
from signals import actions
from signals.models import Signal
from signals.sentences import sentences
from tests.helpers import Page, mails
from tests.signals.working import tell

INBOX = "/signalen/"


@pytest.fixture
def alone(small_team, receive_for):
    """An empty inbox of Anna, and signals for it."""
    small_team.browser = Client()
    small_team.browser.force_login(small_team.anna)
    small_team.receive = receive_for
    return small_team


@pytest.fixture
def receive_for(small_team, receive, monkeypatch):
    def signal(**seen: object) -> Signal:
        monkeypatch.setattr("tests.signals.conftest.link_of", lambda _organisation: small_team.link)
        return receive(**seen)

    return signal


def listed(browser: Client, query: str = "") -> list[str]:
    """The numbers in a list, in its order."""
    page = Page(browser.get(INBOX + query))
    return [given["id"].removeprefix("s-") for _tag, given in page.elements if given.get("id", "").startswith("s-")]


def numbers(*signals: Signal) -> list[str]:
    return [signal.number for signal in signals]


def ask(signal: Signal, by: Professional, question: str = "Wanneer was dat?") -> None:
    actions.give_feedback(
        signal=signal,
        sentence=sentences()["EXTRA_INFO"],
        by=by,
        answers={"question": question, "before": "vrijdag"},
        answer_by=timezone.localdate() + timedelta(days=3),
    )


def moved(signal: Signal, **facts: object) -> Signal:
    Signal.objects.filter(pk=signal.pk).update(**facts)
    return signal


# ---- in which order


def test_danger_comes_first_then_late_then_the_oldest_promise(alone):
    today = timezone.localdate()
    later, answered, late, soon, danger = (alone.receive(danger_now=number == 4) for number in range(5))
    moved(later, answer_by=today + timedelta(days=9))
    moved(soon, answer_by=today + timedelta(days=2))
    moved(late, answer_by=today - timedelta(days=1))
    moved(answered, answer_by=today - timedelta(days=8), first_answer_at=timezone.now())
    assert listed(alone.browser) == numbers(danger, late, soon, later, answered)


def test_danger_is_told_to_the_safeguarding_lead_without_what_it_is_about(receive, as_):
    before = len(mails(people.FADOUA.email))
    signal = receive(danger_now=True, observation="Hij slaat haar.")
    (told,) = mails(people.FADOUA.email)[before:]
    assert "dringend" in told
    assert not [word for word in ("slaat", signal.number, "Zonnedauw", "Mandemaker") if word in told]
    assert listed(as_("jolanda"))[0] == signal.number


# ---- which list


def test_each_list_holds_what_its_name_says(alone):
    new, seen, mine, omars, asked, answered, late = (alone.receive() for _ in range(7))
    alone.browser.get(reverse("signals:signal", args=[seen.number]))
    for signal, by in ((mine, alone.anna), (omars, alone.omar), (asked, alone.omar), (answered, alone.omar)):
        actions.take_up(signal=signal, by=by)
    for signal in (asked, answered):
        ask(signal, alone.omar, "Wanneer was dat?")
    actions.hear_reporter(signal=answered, body="Gisteren.")
    actions.take_up(signal=late, by=alone.omar)
    moved(late, answer_by=timezone.localdate() - timedelta(days=1))
    assert listed(alone.browser, "?lijst=ongezien") == numbers(new)
    assert set(listed(alone.browser, "?lijst=mij")) == set(numbers(new, seen, mine))
    assert listed(alone.browser, "?lijst=wacht") == numbers(asked)
    assert listed(alone.browser, "?lijst=laat") == numbers(late)
    assert len(listed(alone.browser, "?lijst=open")) == 7
    assert listed(alone.browser, "?lijst=afgerond") == []


def test_a_question_waits_again_after_a_new_one(alone):
    signal = alone.receive()
    actions.take_up(signal=signal, by=alone.omar)
    for _ in range(2):
        ask(signal, alone.omar, "Wanneer was dat?")
        assert signal in Signal.objects.waiting_for_reporter()
        actions.hear_reporter(signal=signal, body="Gisteren.")
        assert signal not in Signal.objects.waiting_for_reporter()
    ask(signal, alone.omar, "En daarna?")
    tell(signal, "OPGEPAKT", alone.omar)
    actions.close(signal=signal, by=alone.omar)
    assert signal not in Signal.objects.waiting_for_reporter()


def test_the_first_look_is_kept_and_no_later_one_moves_it(signal, as_):
    assert signal.is_unseen
    as_("bart").get(reverse("signals:signal", args=[signal.number]))  # not of the team: no look
    signal.refresh_from_db()
    assert signal.first_read_at is None
    as_("fadoua").get(reverse("signals:signal", args=[signal.number]))
    first = Signal.objects.get(pk=signal.pk).first_read_at
    assert first is not None
    as_("jolanda").get(reverse("signals:signal", args=[signal.number]))
    assert Signal.objects.get(pk=signal.pk).first_read_at == first


def test_a_look_that_can_not_be_logged_did_not_happen(signal, as_, monkeypatch):
    def fails(*_args: object, **_facts: object) -> None:
        raise RuntimeError("the log can not be written")

    monkeypatch.setattr(access, "record", fails)
    with pytest.raises(RuntimeError):
        as_("jolanda").get(reverse("signals:signal", args=[signal.number]))
    signal.refresh_from_db()
    assert signal.first_read_at is None


def test_a_refusal_is_logged_though_nothing_was_seen(signal, as_):
    as_("bart").get(reverse("signals:signal", args=[signal.number]))
    assert AccessLogEntry.objects.filter(action="DENIED", object_id=signal.pk, event="read signal").count() == 1


def test_what_nobody_read_in_time_stands_under_late(alone):
    read, unread = alone.receive(), alone.receive()
    alone.browser.get(reverse("signals:signal", args=[read.number]))
    day_after = add_workdays(unread.read_by, 1)
    with time_machine.travel(timezone.now().replace(year=day_after.year, month=day_after.month, day=day_after.day)):
        browser = Client()
        browser.force_login(alone.anna)
        assert listed(browser, "?lijst=laat") == numbers(unread)
        assert "Niemand pakte het op" in Page(browser.get(INBOX)).text


def test_the_age_is_told_in_working_days(alone):
    signal = alone.receive()
    assert "vandaag" in Page(alone.browser.get(INBOX)).text
    with time_machine.travel("2026-12-28 12:00+01:00"):
        browser = Client()
        browser.force_login(alone.anna)
        moved(signal, received_at=timezone.now() - timedelta(days=5))  # the Wednesday before Christmas
        assert "2 werkdagen oud" in Page(browser.get(INBOX)).text  # Thursday and this Monday


def test_a_signal_of_another_team_stands_in_no_list(receive, alone):
    ours = alone.receive()
    assert listed(alone.browser) == numbers(ours)


# ---- narrowed


def test_only_those_of_one_organisation(alone, as_):
    signal = alone.receive()
    assert listed(alone.browser, f"?organisatie={alone.partner.pk}") == numbers(signal)
    other = Page(as_("jolanda").get(INBOX))
    assert str(alone.partner.pk) not in other.options["organisatie"]  # only partners of the own team
    assert listed(alone.browser, "?organisatie=999999") == numbers(signal)  # nobody's: not narrowed


def test_only_those_on_one_subject(alone):
    homes, _babies = (alone.receive(category=category) for category in ("HOME", "BABY"))
    assert listed(alone.browser, "?onderwerp=HOME") == numbers(homes)
    assert len(listed(alone.browser, "?onderwerp=NONSENSE")) == 2  # nobody's: not narrowed


def test_in_which_district_a_household_of_a_colleague_is_is_told_to_nobody(linked, household, as_):
    district = District.objects.filter(teams=linked.team).first()
    household.district = district
    household.save()
    query = f"?wijk={district.pk}"
    assert linked.number in listed(as_("jolanda"), query)
    assert linked.number not in listed(as_("amir"), query)
    assert linked.number in listed(as_("amir"))


# ---- how many


def test_more_than_a_hundred_are_not_counted(alone, monkeypatch):
    monkeypatch.setattr("config.listing.UpTo.__init__.__defaults__", (3,))
    monkeypatch.setattr("config.listing.MOST", 3)
    for _ in range(4):
        alone.receive()
    page = Page(alone.browser.get(INBOX)).text
    assert "Open 2+" in page
    assert "2+ signalen" in page


def test_pages_go_on_to_the_last(alone, monkeypatch):
    monkeypatch.setattr("signals.views.inbox.ON_A_PAGE", 2)
    monkeypatch.setattr("config.prepared.KNOWN", {})  # questions with pages of this length
    signals = [alone.receive() for _ in range(5)]
    shown = [listed(alone.browser, f"?blad={number}") for number in (1, 2, 3)]
    assert [len(page) for page in shown] == [2, 2, 1]
    assert sorted(number for page in shown for number in page) == sorted(numbers(*signals))
    assert "blad=4" not in alone.browser.get(INBOX + "?blad=3").content.decode()
    assert listed(alone.browser, "?blad=x") == shown[0]


# ---- what comes in meanwhile

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_X_BY_ITSELF": "1"}


def asks(browser: Client) -> str:
    """Where the list on this page asks whether something changed."""
    page = Page(browser.get(INBOX))
    (asked,) = [given["hx-get"] for _tag, given in page.elements if given.get("hx-get")]
    return INBOX + asked


def test_as_long_as_nothing_happened_the_answer_is_empty(alone):
    alone.receive()
    again = asks(alone.browser)
    assert alone.browser.get(again, **HTMX).status_code == 204


@pytest.mark.parametrize("happens", ["received", "taken up", "seen", "reporter wrote"])
def test_whatever_happens_shows_by_itself(happens, alone):
    signal = alone.receive()
    again = asks(alone.browser)
    if happens == "received":
        alone.receive()
    elif happens == "taken up":
        actions.take_up(signal=signal, by=alone.omar)
    elif happens == "seen":
        alone.browser.get(reverse("signals:signal", args=[signal.number]))
    else:
        actions.hear_reporter(signal=signal, body="Nog iets.")
    response = alone.browser.get(again, **HTMX)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in page
    assert signal.number in page
    assert ("Er is 1 nieuw signaal binnengekomen." in Page(response).text) is (happens == "received")


def test_what_comes_in_elsewhere_is_not_announced_here(alone, receive, monkeypatch):
    again = asks(alone.browser)
    monkeypatch.undo()
    receive()
    assert "nieuw signaal" not in alone.browser.get(again, **HTMX).content.decode()


def test_asking_by_itself_is_no_use_of_the_session(alone):
    again = asks(alone.browser)
    before = alone.browser.session[SEEN]
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        alone.browser.get(again, **HTMX)
        assert alone.browser.session[SEEN] == before
        alone.browser.get(INBOX)
        assert alone.browser.session[SEEN] > before


def test_after_the_session_nothing_comes_by_itself(alone):
    again = asks(alone.browser)
    with time_machine.travel(timezone.now() + timedelta(hours=10)):
        response = alone.browser.get(again, **HTMX)
        assert (response.status_code, response.content) == (204, b"")
        assert alone.browser.get(INBOX).status_code == 302
    assert Client().get(again, **HTMX).status_code == 204


def test_a_search_is_not_asked_again(alone):
    signal = alone.receive()
    page = alone.browser.post(INBOX, {"q": signal.number}).content.decode()
    assert signal.number in page
    assert "hx-get" not in page


# ---- at any size


@pytest.mark.parametrize("query", ["", "?lijst=ongezien", "?lijst=mij", "?lijst=laat"])
def test_the_inbox_asks_four_things_at_any_size(query, alone, django_assert_num_queries):
    """Two of whoever it is: session, and person with the roles. Two of the inbox: what can be chosen; and the counts with
    what is newest, which lines, and what they say."""
    late = {"answer_by": timezone.localdate() - timedelta(days=1)}
    for number in (1, 29):
        for _ in range(number):
            moved(alone.receive(), **late)
        alone.browser.get(INBOX + query)
        with django_assert_num_queries(4):
            alone.browser.get(INBOX + query)


def test_asking_whether_something_changed_is_one_statement_more_than_who_it_is(alone, django_assert_num_queries):
    again = asks(alone.browser)
    with django_assert_num_queries(3):
        assert alone.browser.get(again, **HTMX).status_code == 204
