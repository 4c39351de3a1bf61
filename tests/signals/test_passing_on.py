"""Another organisation is asked to take a signal over: what it may read, by which door, and what its answer does."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.demo import people
from households import actions as household_actions
from households.forms.consent import QUESTIONS
from households.models import AccessLogEntry, Consent
from partners.models import Organisation
from signals import actions, workflow
from signals.models import Forward, Signal
from signals.workflow import Status
from tests.coming_in import behind_code
from tests.helpers import Page, mails, sql
from tests.signals.working import page_of, pass_on, send, tell

WORDS = "Zij begrijpt de post niet & wil hulp."


def door_of(asked: Forward, part: str = "") -> str:
    return reverse("signals:forwarded", args=[asked.token]) + part


def come_in(asked: Forward) -> Client:
    """A browser of who got the mail."""
    return behind_code(door_of(asked), to=asked.email)


def form_for(signal: Signal, **changes: str) -> dict[str, str]:
    dennis = people.DENNIS
    return {
        "organisation": str(Organisation.objects.get(name=people.DEBT_HELP).pk),
        "name": dennis.name,
        "email": dennis.email,
        "what": "WITHOUT_NAMES",
        "message": WORDS,
        "sure": "on",
    } | changes


def post(signal: Signal, client: Client, **changes: str):
    return client.post(reverse("signals:forward", args=[signal.number]), form_for(signal, **changes))


# ---- what came too late


def test_why_it_is_given_back_is_kept_until_the_code_when_it_was_sent_too_late(taken_up, cast):
    asked = pass_on(taken_up, cast.jolanda)
    door, browser = door_of(asked), Client()
    browser.post(door_of(asked, "teruggeven/"), {"because": "Dit past niet bij ons."})
    assert "Wat u typte is bewaard" in Page(browser.get(door)).text
    browser.post(door_of(asked, "code/"))
    code = re.search(r"code is (\d{3} \d{3})\.", mails(asked.email)[-1])
    assert code
    browser.post(door, {"code": code[1]})
    assert Page(browser.get(door)).fields["because"].strip() == "Dit past niet bij ons."
    asked.refresh_from_db()
    assert asked.waits


# ---- the whole way


def test_passed_on_read_and_taken_over(taken_up, as_, cast):
    before = taken_up.messages.count()
    assert post(taken_up, as_("jolanda"), with_reporter="on").status_code == 302
    taken_up.refresh_from_db()
    assert (taken_up.status, taken_up.taken_up_by) == (Status.TAKEN_UP, cast.jolanda)  # still hers
    assert taken_up.messages.count() == before  # and the reporter hears nothing yet
    asked = taken_up.forwards.get()

    mail = mails(people.DENNIS.email)[-1]
    assert door_of(asked) in mail
    for word in (WORDS, "Zonnedauw", "Kees", "Jolanda", taken_up.number, people.HOUSING, people.DEBT_HELP):
        assert word not in mail

    closed = Client().get(door_of(asked))
    assert closed.status_code == 200
    assert WORDS not in Page(closed).text
    browser = come_in(asked)
    page = Page(browser.get(door_of(asked)))
    assert WORDS in page.text
    assert "Kees Mandemaker" in page.text
    assert "Zonnedauw" not in page.text

    assert browser.post(door_of(asked, "aannemen/")).status_code == 302
    taken_up.refresh_from_db()
    told = taken_up.messages.last()
    assert taken_up.status == Status.FORWARDED
    assert (told.sentence, told.level, told.tells_outcome, told.author) == ("DOORGEZET", "F1", True, cast.jolanda)
    assert people.DEBT_HELP not in told.body
    assert "Er staat een bericht voor u klaar" in mails("kees@sleutelbrug.example")[-1]
    assert "U heeft dit overgenomen" in Page(browser.get(door_of(asked))).text
    assert taken_up.first_answer_at is not None
    send(taken_up, as_("jolanda"), "close", seen="999999999")
    taken_up.refresh_from_db()
    assert taken_up.status == Status.CLOSED


def test_given_back_with_a_reason_it_is_the_work_of_the_colleague_again(taken_up, as_, cast):
    asked = pass_on(taken_up, cast.jolanda)
    browser = come_in(asked)
    empty = browser.post(door_of(asked, "teruggeven/"), {"because": ""})
    assert empty.status_code == 422
    assert "Schrijf op waarom." in Page(empty).text
    assert (
        browser.post(door_of(asked, "teruggeven/"), {"because": "Wij helpen alleen bij schulden."}).status_code == 200
    )
    taken_up.refresh_from_db()
    assert (taken_up.status, taken_up.messages.count()) == (Status.TAKEN_UP, 1)
    assert browser.get(door_of(asked)).status_code == 404  # nothing to read any more
    assert "Wij helpen alleen bij schulden." in page_of(taken_up, as_("jolanda")).text
    day = Page(as_("jolanda").get(reverse("desk:my_day"))).text
    assert "Schuldhulp Wilgenrade neemt het niet over" in day
    pass_on(taken_up, cast.jolanda)  # and somebody else can be asked


def test_taken_back_nobody_reads_it_any_more(taken_up, as_, cast):
    asked = pass_on(taken_up, cast.jolanda)
    browser = come_in(asked)
    assert browser.get(door_of(asked)).status_code == 200
    send(taken_up, as_("amir"), "take_back_forward")
    for address in (door_of(asked), door_of(asked, "aannemen/")):
        assert browser.post(address).status_code == 404
    taken_up.refresh_from_db()
    assert taken_up.status == Status.TAKEN_UP


# ---- nothing is forwarded that nobody accepted


def test_the_database_knows_no_forwarded_signal_that_nobody_accepted(taken_up, cast):
    asked = pass_on(taken_up, cast.jolanda)
    with pytest.raises(IntegrityError, match="nobody accepted it"), transaction.atomic():
        sql("UPDATE signals_signal SET status = 'FORWARDED' WHERE id = %s", taken_up.pk)
    actions.return_forward(forward=asked, because="Nee.")
    with pytest.raises(IntegrityError, match="nobody accepted it"), transaction.atomic():
        sql("UPDATE signals_signal SET status = 'FORWARDED' WHERE id = %s", taken_up.pk)


@pytest.mark.parametrize("first", ["accept", "return", "take back", "close", "decline"])
@pytest.mark.parametrize("second", ["accept", "return", "take back"])
def test_one_answer_and_no_second(first, second, taken_up, cast):
    asked = pass_on(taken_up, cast.jolanda)
    answers = {
        "accept": lambda: actions.accept_forward(forward=asked),
        "return": lambda: actions.return_forward(forward=asked, because="Nee."),
        "take back": lambda: actions.take_back_forward(forward=asked, by=cast.jolanda),
        "decline": lambda: actions.decline(signal=taken_up, reason=Signal.Decline.OTHER_AREA, by=cast.jolanda),
        "close": lambda: (
            tell(taken_up, "OPGEPAKT", cast.jolanda),
            actions.close(signal=taken_up, by=cast.jolanda),
        ),
    }
    answers[first]()
    taken_up.refresh_from_db()
    status = taken_up.status
    with pytest.raises(actions.NotAsked):
        answers[second]()
    taken_up.refresh_from_db()
    assert taken_up.status == status
    if first in ("close", "decline"):
        assert Client().get(door_of(asked)).status_code == 404


def test_two_organisations_are_not_asked_at_once(taken_up, as_, cast):
    pass_on(taken_up, cast.jolanda)
    with pytest.raises(actions.AlreadyForwarded):
        pass_on(taken_up, cast.jolanda, organisation=Organisation.objects.get(name=people.WELFARE))
    post(taken_up, as_("jolanda"))
    assert taken_up.forwards.count() == 1


@pytest.mark.parametrize("present", ["new", "declined", "closed"])
def test_only_what_somebody_works_on_is_passed_on(present, signal, as_, cast):
    if present != "new":
        actions.decline(signal=signal, reason=Signal.Decline.OTHER_AREA, by=cast.jolanda)
    if present == "closed":
        actions.close(signal=signal, by=cast.jolanda)
    with pytest.raises(workflow.NotAllowed):
        pass_on(signal, cast.jolanda)
    assert as_("jolanda").get(reverse("signals:forward", args=[signal.number])).status_code == 302


def test_what_the_reporter_just_wrote_is_read_before_it_is_closed(taken_up, cast):
    """The other organisation says yes while a message of the reporter waits: that is no outcome yet."""
    asked = pass_on(taken_up, cast.jolanda)
    actions.hear_reporter(signal=taken_up, body="Het is al opgelost.")
    actions.accept_forward(forward=asked)
    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=taken_up, by=cast.jolanda)
    tell(taken_up, "AFGESLOTEN", cast.jolanda)
    actions.close(signal=taken_up, by=cast.jolanda)


# ---- who may be named


@pytest.mark.parametrize(
    ("discussed", "named"), [("AGREED", True), ("NOT_AGREED", False), ("NOT_YET", False)], ids=["yes", "no", "not yet"]
)
def test_names_go_along_when_the_reporter_says_that_the_resident_agrees(discussed, named, receive, as_, cast):
    reason = {"not_yet_because": "Nog niet gelukt."} if discussed == "NOT_YET" else {}
    because = {"names_because": "SAFETY"} if discussed == "NOT_AGREED" else {}
    signal = receive(discussed=discussed, about_address="Nergenspad 99", **reason, **because)
    actions.take_up(signal=signal, by=cast.jolanda)
    response = post(signal, as_("jolanda"), what="WITH_NAMES")
    if not named:
        assert response.status_code == 422
        assert "Niemand vond het goed dat Schuldhulp Wilgenrade hoort" in Page(response).text
        assert Page(response).fields["message"] == WORDS  # nothing typed is lost
        with pytest.raises(actions.NotAgreed):
            pass_on(signal, cast.jolanda, what="WITH_NAMES")
        assert not signal.forwards.exists()
        assert post(signal, as_("jolanda")).status_code == 302  # without names it can
        return
    assert response.status_code == 302
    page = Page(come_in(signal.forwards.get()).get(door_of(signal.forwards.get()))).text
    assert "Familie Zonnedauw" in page
    assert "Nergenspad 99" in page
    assert AccessLogEntry.objects.filter(event="forward signal").latest("pk").basis == "REPORTER_SAYS"


@pytest.fixture
def hidden(receive, household, lives_there, cast) -> Signal:
    """A signal of which nobody said that the resident agrees, about the household where Roos and Pim live."""
    signal = receive(discussed="NOT_YET", not_yet_because="Nog niet gelukt.")
    actions.take_up(signal=signal, by=cast.jolanda)
    actions.link_to_household(signal=signal, household=household, by=cast.jolanda)
    signal.roos, signal.pim = lives_there("Roos", 40), lives_there("Pim", 42)
    return signal


def agree(signal: Signal, cast, *residents) -> list[Consent]:
    return [
        consent
        for resident in residents
        for consent in household_actions.record_consent(
            household=signal.household, residents=[resident], kind=Consent.Kind.SHARE_INFO, by=cast.jolanda,
            given_on=timezone.localdate(), recipient=Organisation.objects.get(name=people.DEBT_HELP), items=["MONEY"],
            purpose="Hulp bij post.", explained="Uitgelegd.", answers={resident: True},
        )
    ]  # fmt: skip


def test_everybody_in_the_household_agrees_or_nobody_is_named(hidden, cast):
    agree(hidden, cast, hidden.roos)
    with pytest.raises(actions.NotAgreed):
        pass_on(hidden, cast.jolanda, what="WITH_NAMES")
    consents = agree(hidden, cast, hidden.pim)
    with pytest.raises(actions.NotAgreed):  # the consent is for one organisation
        pass_on(hidden, cast.jolanda, what="WITH_NAMES", organisation=Organisation.objects.get(name=people.WELFARE))
    asked = pass_on(hidden, cast.jolanda, what="WITH_NAMES")
    assert asked.ground.startswith("CONSENT ")
    browser = come_in(asked)
    assert "Familie Zonnedauw" in Page(browser.get(door_of(asked))).text
    household_actions.withdraw_consent(consent=consents[0], by=cast.jolanda)
    page = Page(browser.get(door_of(asked))).text  # gone at the very next request
    assert "Zonnedauw" not in page
    assert "Iemand heeft vragen over post." not in page
    assert "de toestemming is ingetrokken" in page


def test_without_consent_only_when_a_second_person_agreed(hidden, cast):
    override = household_actions.write_override(
        household=hidden.household, about=[hidden.roos, hidden.pim], items=["MONEY"], second_person=cast.fadoua,
        recipient=Organisation.objects.get(name=people.DEBT_HELP), informed_on=timezone.localdate(), by=cast.jolanda,
        **dict.fromkeys(QUESTIONS, "Daarom."),
    )  # fmt: skip
    with pytest.raises(actions.NotAgreed):
        pass_on(hidden, cast.jolanda, what="WITH_NAMES")
    household_actions.approve_override(override=override, by=cast.fadoua)
    assert pass_on(hidden, cast.jolanda, what="WITH_NAMES").ground == f"OVERRIDE {override.pk}"


def test_a_protected_address_goes_nowhere(taken_up, household, cast):
    Signal.objects.filter(pk=taken_up.pk).update(about_address="Sneeuwbespad 31")
    asked = pass_on(taken_up, cast.jolanda, what="WITH_NAMES")
    actions.link_to_household(signal=taken_up, household=household, by=cast.jolanda)
    household.address_protected = True
    household.save()
    page = Page(come_in(asked).get(door_of(asked))).text
    assert "Zonnedauw" in page
    assert "Sneeuwbespad" not in page


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("Mevrouw zonnedauw leest niet.", "zonnedauw"),
        ("Het is in het Nergenspad.", "Nergenspad"),
        ("Roos heeft hulp nodig.", "Roos"),
    ],
)
def test_without_names_nobody_can_be_recognised(message, word, receive, household, lives_there, as_, cast):
    signal = receive(about_address="Nergenspad 99")
    actions.take_up(signal=signal, by=cast.jolanda)
    actions.link_to_household(signal=signal, household=household, by=cast.jolanda)
    lives_there("Roos", 40)
    response = post(signal, as_("jolanda"), message=message)
    assert response.status_code == 422
    assert f"“{word}”" in Page(response).text
    assert Page(response).fields["message"] == message
    assert not signal.forwards.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"sure": ""}, "vink aan dat niemand te herkennen is"),
        ({"message": ""}, "Schrijf op wat je doorgeeft."),
        ({"message": "Haar nummer is 111222333."}, "Dit lijkt op een BSN."),
        ({"email": ""}, "Schrijf het werkmailadres op"),
        ({"email": "dennis@"}, "Dit e-mailadres is niet compleet."),
        ({"organisation": ""}, "Kies de organisatie."),
        ({"what": ""}, "Kies wat je doorgeeft."),
    ],
    ids=str,
)
def test_what_is_not_complete_is_not_passed_on(wrong, says, taken_up, as_):
    response = post(taken_up, as_("jolanda"), **wrong)
    assert response.status_code == 422
    assert says in Page(response).text
    assert not taken_up.forwards.exists()


def test_somebody_from_the_list_is_asked_at_the_known_address(taken_up, as_, cast):
    chosen = {"person": str(cast.dennis.pk), "organisation": "", "name": "", "email": ""}
    assert post(taken_up, as_("jolanda"), **chosen).status_code == 302
    asked = taken_up.forwards.get()
    assert (asked.email, asked.organisation) == (people.DENNIS.email, cast.dennis.organisation)
    offered = page_options(as_("jolanda"), taken_up)
    assert str(cast.amir.pk) not in offered  # colleagues are not another organisation


def page_options(client: Client, signal: Signal) -> list[str]:
    signal.forwards.get().delete()
    return Page(client.get(reverse("signals:forward", args=[signal.number]))).options["person"]


def test_the_organisation_is_named_to_the_reporter_only_with_consent(hidden, cast):
    actions.record_feedback_consent(
        signal=hidden, residents=[hidden.roos, hidden.pim], by=cast.jolanda, given_on=timezone.localdate()
    )
    asked = pass_on(hidden, cast.jolanda, with_reporter=True)
    actions.accept_forward(forward=asked)
    told = hidden.messages.last()
    assert (told.sentence, told.level) == ("DOORGEZET_NAAM", "F2")
    assert told.ground.startswith("CONSENT ")
    assert "doorgegeven aan Schuldhulp Wilgenrade" in told.body


# ---- the door


def test_ten_wrong_codes_lock_the_door(taken_up, cast):
    asked = pass_on(taken_up, cast.jolanda)
    browser = Client()
    browser.post(door_of(asked, "code/"))
    code = re.search(r"\d{3} \d{3}", mails(asked.email)[-1])
    wrong = f"{(int(code[0].replace(' ', '')) + 1) % 1_000_000:06}"
    for _ in range(10):
        assert browser.post(door_of(asked), {"code": wrong}).status_code == 422
    assert "Te veel verkeerde codes" in Page(browser.post(door_of(asked), {"code": code[0]})).text
    assert browser.post(door_of(asked, "aannemen/")).status_code == 302
    taken_up.refresh_from_db()
    assert taken_up.status == Status.TAKEN_UP


def test_who_did_not_come_in_answers_nothing(taken_up, cast):
    asked = pass_on(taken_up, cast.jolanda)
    stranger = Client()
    stranger.post(door_of(asked, "aannemen/"))
    stranger.post(door_of(asked, "teruggeven/"), {"because": "Nee."})
    asked.refresh_from_db()
    assert asked.waits


def test_the_door_closes_after_a_month_and_after_half_an_hour_of_reading(taken_up, cast):
    asked = pass_on(taken_up, cast.jolanda)
    browser = come_in(asked)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert "Iemand heeft vragen" not in Page(browser.get(door_of(asked))).text
    actions.accept_forward(forward=asked)
    with time_machine.travel(timezone.localtime() + timedelta(days=30)):
        assert Client().get(door_of(asked)).status_code == 200
    with time_machine.travel(timezone.localtime() + timedelta(days=31)):
        assert Client().get(door_of(asked)).status_code == 404


def test_reading_and_answering_are_lines_of_that_organisation(taken_up, cast):
    asked = pass_on(taken_up, cast.jolanda)
    browser = come_in(asked)
    browser.get(door_of(asked))
    browser.post(door_of(asked, "aannemen/"))
    lines = AccessLogEntry.objects.filter(actor_role="RECEIVER", object_type="signal", object_id=taken_up.pk)
    assert [(line.action, line.event) for line in lines.order_by("pk")] == [
        ("CREATE", "ask code"), ("VIEW", "read forward"), ("UPDATE", "accept forward"),
    ]  # fmt: skip
    assert {line.actor_organisation.name for line in lines} == {people.DEBT_HELP}


# ---- in time, and not for ever


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.mark.parametrize(
    ("asked_on", "overdue_from"),
    [
        (date(2027, 3, 2), date(2027, 3, 5)),  # Tuesday; Thursday is the last day
        (date(2027, 3, 5), date(2027, 3, 10)),  # Friday; over a weekend
        (date(2026, 12, 24), date(2026, 12, 30)),  # Christmas in between
    ],
)
def test_without_an_answer_in_two_working_days_it_comes_back(asked_on, overdue_from, taken_up, cast):
    with time_machine.travel(at(asked_on), tick=False):
        asked = pass_on(taken_up, cast.jolanda)
        assert not asked.is_overdue
    with time_machine.travel(at(overdue_from - timedelta(days=1)), tick=False):
        assert not asked.is_overdue
    with time_machine.travel(at(overdue_from), tick=False):
        assert asked.is_overdue


def test_what_waits_for_others_is_no_work_for_today_until_it_is_overdue(taken_up, as_, cast):
    pass_on(taken_up, cast.jolanda)
    tell(taken_up, "OPGEPAKT", cast.jolanda)  # whatever the reporter knows
    day = as_("jolanda").get(reverse("desk:my_day")).context["day"]
    title = "Schuldhulp Wilgenrade kijkt of zij het overnemen"
    assert title in [task.title for task in day.soon]
    sql(
        "UPDATE signals_forward SET answer_by = %s WHERE signal_id = %s",
        timezone.localdate() - timedelta(days=1),
        taken_up.pk,
    )
    day = as_("jolanda").get(reverse("desk:my_day")).context["day"]
    (task,) = [task for task in day.today if task.title == "Schuldhulp Wilgenrade heeft nog niet geantwoord"]
    assert task.url == reverse("signals:signal", args=[taken_up.number]) + "#doorzetten"
    assert "Terugnemen" in page_of(taken_up, as_("jolanda")).text


def test_passed_on_twice_the_team_lead_looks_too(taken_up, as_, cast):
    def told() -> list[str]:
        return [mail for mail in mails(people.PASCAL.email) if "Een signaal vraagt om jou" in mail]

    title = f"Signaal {taken_up.number} blijft rondgaan"
    first = pass_on(taken_up, cast.jolanda)
    actions.return_forward(forward=first, because="Nee.")
    assert told() == []
    assert title not in Page(as_("pascal").get(reverse("desk:my_day"))).text
    pass_on(taken_up, cast.jolanda)
    (mail,) = told()
    for word in ("Zonnedauw", taken_up.number, people.DEBT_HELP, "Jolanda"):
        assert word not in mail
    assert title in Page(as_("pascal").get(reverse("desk:my_day"))).text
    assert title not in Page(as_("amir").get(reverse("desk:my_day"))).text
