"""What the team does with a signal: take up, link, answer, close. And what it can not do."""

import uuid
from datetime import date, timedelta
from itertools import product

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.crypto import new_token, token_hash
from desk.demo import kortland, people
from households import actions as household_actions
from households.models import AccessLogEntry, Consent, Household, NetworkContact, Resident
from partners.models import Organisation, Professional, Team
from signals import actions, workflow
from signals.models import Message, Signal
from signals.sentences import sentences
from signals.workflow import Status
from tests.helpers import Meeting, Page, at_once, filled_in, link_of, mails, sql

ABOUT_PEOPLE = {"OPGEPAKT_AKKOORD", "CONTACT", "BEKEND_AKKOORD", "AFGESLOTEN_RESULTAAT"}
OUTCOMES = {"OPGEPAKT", "AFGESLOTEN"} | ABOUT_PEOPLE
NOT_THIS_STEP = (workflow.NotAllowed, actions.TakenUpBy, actions.NoAnswerYet)


@pytest.fixture
def receive(db):
    def signal(organisation: str = people.HOUSING, **seen: object) -> Signal:
        facts = {
            "observation": "De gang staat vol dozen.",
            "discussed": "AGREED",
            "danger_now": False,
            "about_name": "Familie Zonnedauw",
            "reporter_name": "Kees Mandemaker",
            "reporter_email": "kees@sleutelbrug.example",
        }
        return actions.receive(link=link_of(organisation), submission=uuid.uuid4(), **facts | seen)

    return signal


@pytest.fixture
def signal(receive) -> Signal:
    return receive()


@pytest.fixture
def taken_up(signal, cast) -> Signal:
    actions.take_up(signal=signal, by=cast.jolanda)
    return signal


@pytest.fixture
def household(cast) -> Household:
    """A new household of Jolanda, with nobody in it yet."""
    jolanda = cast.jolanda
    return household_actions.make_household(name="Zonnedauw", team=jolanda.teams.get(), coordinator=jolanda, by=jolanda)


@pytest.fixture
def linked(taken_up, household, cast) -> Signal:
    actions.link_to_household(signal=taken_up, household=household, by=cast.jolanda)
    return taken_up


@pytest.fixture
def lives_there(household, cast):
    """Add somebody of this age to the household: in whole years, or None when nobody knows."""

    def resident(name: str, age: int | None, *, birthday_is: int = -1) -> Resident:
        """`birthday_is`: how many days from today that age is reached."""
        born = None
        if age is not None:
            day = timezone.localdate() + timedelta(days=birthday_is)
            leap_day = (day.month, day.day) == (2, 29) and age % 4
            born = date(day.year - age, 3, 1) if leap_day else day.replace(year=day.year - age)
        return household_actions.add_resident(household=household, by=cast.jolanda, first_name=name, birth_date=born)

    return resident


@pytest.fixture
def agree(linked, cast):
    """These residents agree that the reporter hears that there is contact."""

    def consent(*residents: Resident, signal: Signal = linked, **facts: object) -> list[Consent]:
        facts = {"given_on": timezone.localdate()} | facts
        actions.record_feedback_consent(signal=signal, residents=list(residents), by=cast.jolanda, **facts)
        return list(signal.consents.order_by("pk"))

    return consent


def tell(signal: Signal, code: str, by: Professional, **answers: str) -> Message:
    return actions.give_feedback(signal=signal, sentence=sentences()[code], by=by, answers=answers)


def page_of(signal: Signal, client: Client) -> Page:
    response = client.get(reverse("signals:signal", args=[signal.number]))
    assert response.status_code == 200
    return Page(response)


def offered(signal: Signal, client: Client) -> set[str]:
    """The sentences that a colleague can choose from on the page."""
    return set(page_of(signal, client).options["sentence"])


def send(signal: Signal, client: Client, verb: str, **data: str):
    return client.post(reverse(f"signals:{verb}", args=[signal.number]), data, follow=verb in ("take_up", "close"))


# ---- step by step

STEPS = {
    (Status.RECEIVED, Status.TAKEN_UP),
    (Status.RECEIVED, Status.DECLINED),
    (Status.TAKEN_UP, Status.LINKED),
    (Status.TAKEN_UP, Status.DECLINED),
    (Status.TAKEN_UP, Status.CLOSED),
    (Status.LINKED, Status.CLOSED),
    (Status.DECLINED, Status.TAKEN_UP),
    (Status.DECLINED, Status.CLOSED),
}


@pytest.fixture
def go(household, cast):
    """Bring a signal from its present state into another with the one verb for it."""

    def go(signal: Signal, to: Status) -> None:
        by = cast.jolanda
        if to == Status.TAKEN_UP:
            actions.take_up(signal=signal, by=by)
        elif to == Status.LINKED:
            actions.link_to_household(signal=signal, household=household, by=by)
        elif to == Status.DECLINED:
            actions.decline(signal=signal, reason=Signal.Decline.OTHER_AREA, by=by)
        elif to == Status.CLOSED:
            if signal.status in (Status.TAKEN_UP, Status.LINKED):
                tell(signal, "OPGEPAKT", by)
            actions.close(signal=signal, by=by)

    return go


WAY = {
    Status.RECEIVED: (),
    Status.TAKEN_UP: (Status.TAKEN_UP,),
    Status.LINKED: (Status.TAKEN_UP, Status.LINKED),
    Status.DECLINED: (Status.DECLINED,),
    Status.CLOSED: (Status.DECLINED, Status.CLOSED),
}


@pytest.mark.parametrize(
    ("present", "wanted"),
    [pair for pair in product(Status, Status) if pair[1] != Status.RECEIVED],
    ids=lambda status: str(status),
)
def test_every_step_that_exists_can_be_taken_and_no_other(present, wanted, signal, go):
    for step in WAY[present]:
        go(signal, step)
    signal.refresh_from_db()
    assert signal.status == present
    before = signal.messages.count()
    if (present, wanted) in STEPS:
        go(signal, wanted)
        signal.refresh_from_db()
        assert signal.status == wanted
    else:
        with pytest.raises(NOT_THIS_STEP):
            go(signal, wanted)
        signal.refresh_from_db()
        assert signal.status == present
        assert signal.messages.count() == before or (present, wanted) == (Status.LINKED, Status.CLOSED)


def test_the_table_of_steps_is_this_one():
    assert {(present, wanted) for present in Status for wanted in workflow.TRANSITIONS[present]} == STEPS
    for present, wanted in set(product(Status, Status)) - STEPS:
        with pytest.raises(workflow.NotAllowed):
            workflow.check(present, wanted)


def test_a_new_signal_can_not_be_answered_before_somebody_takes_it_up(signal, cast, as_):
    with pytest.raises(workflow.NotAllowed):
        tell(signal, "OPGEPAKT", cast.jolanda)
    assert "sentence" not in page_of(signal, as_("jolanda")).options
    send(signal, as_("jolanda"), "feedback", sentence="OPGEPAKT")
    assert signal.messages.count() == 1


# ---- taking up


def test_taking_up_makes_it_mine(signal, as_, cast):
    response = send(signal, as_("amir"), "take_up")
    assert "Opgepakt door Amir" in Page(response).text
    signal.refresh_from_db()
    assert (signal.status, signal.taken_up_by) == (Status.TAKEN_UP, cast.amir)
    assert timezone.now() - signal.taken_up_at < timedelta(minutes=1)


def test_who_comes_second_hears_who_was_first(taken_up, as_, cast):
    page = Page(send(taken_up, as_("amir"), "take_up"))
    assert "Jolanda Terpstra was je net voor" in page.text
    taken_up.refresh_from_db()
    assert taken_up.taken_up_by == cast.jolanda


def test_of_two_who_take_it_up_at_the_same_moment_one_wins(team_of_their_own, monkeypatch):
    link, people_here = team_of_their_own.link, (team_of_their_own.anna, team_of_their_own.omar)
    Client().post(reverse("signals:post", args=[link.token]), filled_in())
    signal = link.signals.get()
    browsers = [Client(), Client()]
    for browser, person in zip(browsers, people_here, strict=True):
        browser.force_login(person)
    monkeypatch.setattr(workflow, "check", Meeting().before(workflow.check))

    pages = at_once(*(lambda browser=browser: Page(send(signal, browser, "take_up")).text for browser in browsers))

    signal.refresh_from_db()
    winner, loser = (0, 1) if signal.taken_up_by == people_here[0] else (1, 0)
    assert f"{people_here[winner]} was je net voor" in pages[loser]
    assert "was je net voor" not in pages[winner]
    assert AccessLogEntry.objects.filter(event="take up signal", action="UPDATE", object_id=signal.pk).count() == 1


# ---- not taking up


@pytest.mark.parametrize("reason", Signal.Decline.values)
def test_the_reporter_hears_why_we_do_not_go_on(reason, signal, as_):
    send(signal, as_("jolanda"), "decline", reason=reason)
    signal.refresh_from_db()
    told = signal.messages.last()
    assert (signal.status, signal.declined_because) == (Status.DECLINED, reason)
    assert (told.sentence, told.level, told.tells_outcome) == ("NIET_OPGEPAKT", "F1", True)
    assert sentences()["NIET_OPGEPAKT"].reasons[reason] in told.body
    assert "Er staat een bericht voor u klaar" in mails("kees@sleutelbrug.example")[-1]


@pytest.mark.parametrize("reason", ["", "BECAUSE"])
def test_without_a_reason_it_is_not_declined(reason, signal, as_):
    response = send(signal, as_("jolanda"), "decline", reason=reason)
    assert response.status_code == 422
    signal.refresh_from_db()
    assert signal.status == Status.RECEIVED
    assert signal.messages.count() == 1


def test_the_database_wants_a_reason_too(signal):
    with pytest.raises(IntegrityError, match="signal_declined_with_a_reason"), transaction.atomic():
        sql("UPDATE signals_signal SET status = 'DECLINED' WHERE id = %s", signal.pk)


# ---- linking to a household


def found(signal: Signal, client: Client, **words: str) -> set[str]:
    """The households that are offered on the page: by themselves, or searched."""
    address = reverse("signals:link", args=[signal.number])
    response = client.post(address, words) if words else client.get(address)
    page = response.content.decode()
    return {home.name for home in Household.objects.all() if f'value="{home.number}"' in page}


@pytest.mark.parametrize("about", [{"about_name": "Meneer Bakelaar"}, {"about_address": "Kastanjepad 12"}])
def test_a_household_that_fits_is_offered(about, receive, as_, cast):
    signal = receive(**{"about_name": "", "about_address": ""} | about)
    actions.take_up(signal=signal, by=cast.amir)
    assert found(signal, as_("amir")) == {"Bakelaar-Idrissi"}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("bakel", {"Bakelaar-Idrissi"}),
        ("samira idrissi", {"Bakelaar-Idrissi"}),
        ("kastanjepad", {"Bakelaar-Idrissi"}),
        ("winter", {"Winterdaal"}),
        ("sneeuwbespad", set()),  # a protected address
        ("nergens", set()),
    ],
)
def test_a_household_is_found_by_name_resident_or_address(words, names, taken_up, as_):
    assert found(taken_up, as_("jolanda"), q=words) == names


def test_linking_to_a_household_of_a_colleague_closes_the_signal_to_the_rest(taken_up, as_, bakelaar):
    """Amir links; from then on only Jolanda, who coordinates, reads it. The others see a line: not theirs."""
    response = as_("amir").post(
        reverse("signals:link", args=[taken_up.number]), {"household": bakelaar.number}, follow=True
    )
    assert "Jolanda Terpstra is de regisseur" in Page(response).text
    taken_up.refresh_from_db()
    assert (taken_up.status, taken_up.household) == (Status.LINKED, bakelaar)
    address = reverse("signals:signal", args=[taken_up.number])
    assert as_("jolanda").get(address).status_code == 200
    for colleague in ("amir", "pascal", "fadoua"):
        refusal = as_(colleague).get(address)
        assert refusal.status_code == 403
        assert "dozen" not in refusal.content.decode()
    inbox = reverse("signals:inbox")
    row = row_of(taken_up, as_("amir").get(inbox))
    assert "Niet van jou" in row
    assert bakelaar.name not in row
    assert bakelaar.name in row_of(taken_up, as_("jolanda").get(inbox))


def row_of(signal: Signal, response) -> str:
    """The line of one signal in the inbox."""
    (row,) = [row for row in response.content.decode().split("<tr ") if f">{signal.number}</a>" in row]
    return row


def test_a_new_household_gets_the_coordinator_who_was_chosen(taken_up, as_, cast):
    page = Page(as_("jolanda").get(reverse("signals:link", args=[taken_up.number])))
    assert (page.fields["name"], page.fields["coordinator"]) == ("Familie Zonnedauw", str(cast.jolanda.pk))
    assert set(page.options["coordinator"]) - {""} == {
        str(person.pk) for person in (cast.jolanda, cast.amir, cast.wietske, cast.pascal)
    }
    typed = {name: page.fields.get(name, "") for name in ("name", "address", "next_step", "next_step_on")}
    as_("jolanda").post(reverse("signals:link", args=[taken_up.number]), typed | {"coordinator": cast.amir.pk})
    household = Household.objects.get(name="Familie Zonnedauw")
    assert (household.coordinator, household.team) == (cast.amir, taken_up.team)
    assert household.next_step_on >= timezone.localdate() + timedelta(days=14)
    assert Signal.objects.get(pk=taken_up.pk).household == household
    assert as_("jolanda").get(reverse("desk:household", args=[household.number])).status_code == 403
    assert as_("amir").get(reverse("desk:household", args=[household.number])).status_code == 200


@pytest.mark.parametrize("wrong", [{"coordinator": ""}, {"coordinator": "fadoua"}, {"name": ""}, {"next_step": ""}])
def test_a_new_household_is_made_whole_or_not_at_all(wrong, taken_up, as_, cast):
    before = Household.objects.count()
    typed = {
        "name": "Zonnedauw & co",
        "address": "Nergenspad 99",
        "coordinator": str(cast.jolanda.pk),
        "next_step": "Bellen",
        "next_step_on": f"{timezone.localdate() + timedelta(days=3)}",
    } | wrong
    if typed["coordinator"] == "fadoua":  # of the team, and no coordinator
        typed["coordinator"] = str(cast.fadoua.pk)
    response = as_("jolanda").post(reverse("signals:link", args=[taken_up.number]), typed)
    assert response.status_code == 422
    kept = {name: value for name, value in typed.items() if name not in ("coordinator", *wrong)}
    assert Page(response).still_holds(kept)
    assert Household.objects.count() == before


def test_a_household_of_another_team_can_not_be_chosen(taken_up, as_, small_team):
    anna = small_team.anna
    elsewhere = household_actions.make_household(
        name="Zonnedauw Elders", team=small_team.team, coordinator=anna, by=anna
    )
    assert found(taken_up, as_("jolanda"), q="Zonnedauw") == set()
    as_("jolanda").post(reverse("signals:link", args=[taken_up.number]), {"household": elsewhere.number})
    taken_up.refresh_from_db()
    assert taken_up.household is None


def test_a_signal_and_its_household_are_of_one_team(taken_up, small_team):
    anna = small_team.anna
    elsewhere = household_actions.make_household(name="Elders", team=small_team.team, coordinator=anna, by=anna)
    with pytest.raises(actions.WrongTeam):
        actions.link_to_household(signal=taken_up, household=elsewhere, by=anna)


def test_a_form_that_is_sent_twice_makes_one_household(team_of_their_own, monkeypatch):
    anna, link = team_of_their_own.anna, team_of_their_own.link
    Client().post(reverse("signals:post", args=[link.token]), filled_in())
    signal = link.signals.get()
    actions.take_up(signal=signal, by=anna)
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(anna)
    form = {
        "name": "Zonnedauw",
        "coordinator": anna.pk,
        "next_step": "Bellen",
        "next_step_on": str(timezone.localdate()),
    }
    monkeypatch.setattr(household_actions, "next_number", Meeting(5).before(household_actions.next_number))

    responses = at_once(
        *(
            lambda browser=browser: browser.post(reverse("signals:link", args=[signal.number]), form)
            for browser in browsers
        )
    )

    assert [response.status_code for response in responses] == [302, 302]
    assert link.signals.get().household == team_of_their_own.team.households.get()


# ---- which sentences


def test_before_linking_only_the_message_is_spoken_of(taken_up, as_):
    choices = offered(taken_up, as_("jolanda"))
    about_the_message = {code for code, one in sentences().items() if one.offered and one.level in ("F0", "F1")}
    assert choices == about_the_message - {"BESPREEK_EERST"}  # this reporter discussed it already
    assert not choices & ABOUT_PEOPLE
    assert not choices & {"ONTVANGEN", "NIET_OPGEPAKT", "TE_LAAT"}


def test_about_people_only_with_the_consent_of_everybody_of_sixteen(linked, lives_there, agree, as_):
    client, ruud, samira = as_("jolanda"), lives_there("Ruud", 44), lives_there("Samira", 41)
    lives_there("Noor", 13)
    lives_there("Milan", 9)
    assert not offered(linked, client) & ABOUT_PEOPLE
    agree(ruud)
    assert not offered(linked, client) & ABOUT_PEOPLE
    agree(samira)
    assert offered(linked, client) >= ABOUT_PEOPLE


@pytest.mark.parametrize(
    ("age", "birthday_is", "asked"),
    [(16, -1, True), (16, 0, True), (16, 1, False), (15, -1, False), (17, -30, True), (None, 0, True)],
    ids=["sixteen", "sixteen today", "sixteen tomorrow", "fifteen", "seventeen", "nobody knows"],
)
def test_from_sixteen_on_the_child_is_asked_too(age, birthday_is, asked, linked, lives_there, agree, as_):
    agree(lives_there("Ruud", 44))
    lives_there("Noor", age, birthday_is=birthday_is)
    assert bool(offered(linked, as_("jolanda")) & ABOUT_PEOPLE) is not asked


@pytest.mark.parametrize(
    ("on", "age"),
    [(date(2027, 2, 28), 14), (date(2027, 3, 1), 15), (date(2028, 2, 28), 15), (date(2028, 2, 29), 16)],
)
def test_who_is_born_on_a_leap_day_is_a_year_older_in_time(on, age):
    child = Resident(first_name="Noor", birth_date=date(2012, 2, 29))
    assert child.age(on=on) == age
    assert child.decides_alone(on=on) is (age == 16)


def test_children_alone_open_nothing(linked, lives_there, agree, as_):
    agree(lives_there("Milan", 9))
    assert not offered(linked, as_("jolanda")) & ABOUT_PEOPLE


@pytest.mark.parametrize("days", [{"valid_until": -1, "given_on": -30}, {"given_on": 1}], ids=["over", "not yet"])
def test_a_consent_counts_on_its_own_days_only(days, linked, lives_there, agree, as_):
    agree(lives_there("Ruud", 44), **{name: timezone.localdate() + timedelta(days=day) for name, day in days.items()})
    assert not offered(linked, as_("jolanda")) & ABOUT_PEOPLE


@pytest.mark.parametrize("kind", [Consent.Kind.SHARE_INFO, Consent.Kind.AGREE_WITH_HELP])
def test_agreeing_with_something_else_does_not_count(kind, linked, lives_there, as_, cast):
    given = household_actions.record_consent(
        household=linked.household,
        residents=[lives_there("Ruud", 44)],
        kind=kind,
        by=cast.jolanda,
        given_on=timezone.localdate(),
        recipient=linked.organisation,
    )
    linked.consents.add(*given)
    assert not offered(linked, as_("jolanda")) & ABOUT_PEOPLE


@pytest.mark.parametrize("organisation", [people.HOUSING, people.PRIMARY_SCHOOL])
def test_a_consent_is_for_one_reporter(organisation, linked, household, receive, lives_there, agree, as_, cast):
    """Not for the next one, also not when that is somebody of the same organisation."""
    other = receive(organisation, reporter_name="Een ander")
    actions.take_up(signal=other, by=cast.jolanda)
    actions.link_to_household(signal=other, household=household, by=cast.jolanda)
    agree(lives_there("Ruud", 44))
    assert offered(linked, as_("jolanda")) >= ABOUT_PEOPLE
    assert not offered(other, as_("jolanda")) & ABOUT_PEOPLE
    with pytest.raises(PermissionError):
        tell(other, "CONTACT", cast.jolanda)


def test_the_consent_of_another_household_does_not_count(linked, lives_there, agree, as_, bakelaar):
    """Kees has the consent of the Bakelaars; that says nothing of the neighbours."""
    assert bakelaar.consents.filter(kind="FEEDBACK_TO_REPORTER", recipient=linked.organisation).exists()
    lives_there("Ruud", 44)
    assert not offered(linked, as_("jolanda")) & ABOUT_PEOPLE


@pytest.fixture
def consented(linked, lives_there, agree) -> list[Consent]:
    return agree(lives_there("Ruud", 44), lives_there("Samira", 41))


ENDINGS = ["withdrawn", "withdrawn on the page", "expired", "somebody moves in"]


@pytest.fixture
def end(consented, linked, household, cast, as_):
    """Make an end to the consent of all, in one of the ways in which that happens."""

    def end(how: str) -> None:
        if how == "withdrawn":
            household_actions.withdraw_consent(consent=consented[0], by=cast.jolanda)
        elif how == "withdrawn on the page":
            send(linked, as_("jolanda"), "withdraw", consent=f"{consented[0].pk}")
        elif how == "expired":
            Consent.objects.filter(pk=consented[1].pk).update(
                given_on=timezone.localdate() - timedelta(days=400),
                valid_until=timezone.localdate() - timedelta(days=1),
            )
        else:
            household_actions.add_resident(household=household, by=cast.jolanda, first_name="Opa")

    return end


@pytest.mark.parametrize("how", ENDINGS)
def test_when_the_consent_ends_the_page_closes_at_once(how, linked, as_, consented, end):
    client = as_("jolanda")
    assert offered(linked, client) >= ABOUT_PEOPLE
    end(how)
    assert not offered(linked, client) & ABOUT_PEOPLE


@pytest.mark.parametrize("how", ENDINGS)
def test_when_the_consent_ends_between_page_and_sending_nothing_is_said(how, linked, as_, cast, consented, end):
    client = as_("jolanda")
    offered(linked, client)
    end(how)
    before, mailed = linked.messages.count(), mails()
    response = send(linked, client, "feedback", sentence="CONTACT")
    assert response.status_code == 422
    with pytest.raises(PermissionError):
        tell(linked, "CONTACT", cast.jolanda)
    assert (linked.messages.count(), mails()) == (before, mailed)


def test_only_a_consent_of_this_signal_is_withdrawn_on_its_page(linked, as_, consented, bakelaar):
    other = bakelaar.consents.valid().first()
    for consent in (f"{other.pk}", "", "x", "9" * 30):
        send(linked, as_("jolanda"), "withdraw", consent=consent)
    other.refresh_from_db()
    assert other.withdrawn_at is None
    assert offered(linked, as_("jolanda")) >= ABOUT_PEOPLE


def test_a_consent_lasts_a_year(linked, as_, lives_there, agree):
    (consent,) = agree(lives_there("Ruud", 44))
    assert consent.valid_until == timezone.localdate() + timedelta(days=365)


def test_the_form_asks_everybody_and_opens_the_sentences(linked, lives_there, as_):
    client, ruud, samira = as_("jolanda"), lives_there("Ruud", 44), lives_there("Samira", 41)
    lives_there("Milan", 9)
    page = page_of(linked, client)
    assert page.options["residents"] == [str(ruud.pk), str(samira.pk)] or page.options["residents"] == [
        str(samira.pk),
        str(ruud.pk),
    ]
    facts = {"form": "ORAL", "given_on": f"{timezone.localdate()}"}
    assert send(linked, client, "consent", **facts).status_code == 422
    tomorrow = f"{timezone.localdate() + timedelta(days=1)}"
    assert send(linked, client, "consent", residents=[ruud.pk], **facts | {"given_on": tomorrow}).status_code == 422
    assert not Consent.objects.filter(household=linked.household).exists()
    send(linked, client, "consent", residents=[ruud.pk, samira.pk], **facts)
    assert offered(linked, client) >= ABOUT_PEOPLE
    given = Consent.objects.filter(household=linked.household)
    assert {(one.resident, one.kind, one.recipient) for one in given} == {
        (resident, "FEEDBACK_TO_REPORTER", linked.organisation) for resident in (ruud, samira)
    }


@pytest.mark.parametrize("organisation", [people.NEIGHBOURS, people.COFFEE_MATES])
def test_neighbours_and_volunteers_hear_about_their_message_only(
    organisation, receive, household, lives_there, cast, as_
):
    signal = receive(organisation)
    actions.take_up(signal=signal, by=cast.jolanda)
    actions.link_to_household(signal=signal, household=household, by=cast.jolanda)
    actions.record_feedback_consent(
        signal=signal, residents=[lives_there("Ruud", 44)], by=cast.jolanda, given_on=timezone.localdate()
    )
    assert not offered(signal, as_("jolanda")) & ABOUT_PEOPLE
    with pytest.raises(PermissionError):
        tell(signal, "CONTACT", cast.jolanda)


@pytest.mark.parametrize(
    ("answers", "may"),
    [
        ({"discussed": "AGREED"}, True),
        ({"discussed": "NOT_AGREED", "about_name": ""}, False),
        ({"discussed": "NOT_YET", "not_yet_because": "Komt nog."}, False),
    ],
    ids=["agreed", "not agreed", "not yet"],
)
def test_that_contact_fails_is_told_only_to_who_discussed_it(answers, may, receive, cast, as_):
    signal = receive(**answers)
    actions.take_up(signal=signal, by=cast.jolanda)
    assert ("CONTACT_LUKT_NIET" in offered(signal, as_("jolanda"))) is may
    if not may:
        assert send(signal, as_("jolanda"), "feedback", sentence="CONTACT_LUKT_NIET").status_code == 422


@pytest.mark.parametrize(("answers", "may"), [({"discussed": "AGREED"}, False), ({"discussed": "NOT_AGREED"}, True)])
def test_who_discussed_it_is_not_told_to_do_so(answers, may, receive, cast, as_):
    signal = receive(about_name="", **answers)
    actions.take_up(signal=signal, by=cast.jolanda)
    assert ("BESPREEK_EERST" in offered(signal, as_("jolanda"))) is may


TELLING = ["Ruud", "Zonnedauw", "schulden", "de deurwaarder", "Depressief", people.DEBT_HELP]


@pytest.mark.parametrize("words", TELLING)
def test_a_question_tells_nothing_about_people(words, linked, lives_there, as_):
    lives_there("Ruud", 44)
    asked = {"sentence": "EXTRA_INFO", "question": f"Weet u iets van {words}?", "before": "2999-01-01"}
    response = send(linked, as_("jolanda"), "feedback", **asked)
    assert response.status_code == 422
    assert "Dit vertelt iets over mensen" in Page(response).text
    assert Page(response).still_holds(asked)
    send(linked, as_("jolanda"), "feedback", **asked | {"question": "Wanneer kunt u langskomen?"})
    assert linked.messages.last().sentence == "EXTRA_INFO"


def test_own_words_about_people_are_looked_at_twice(linked, consented, as_):
    told = {
        "sentence": "AFGESLOTEN_RESULTAAT",
        "result": "Ruud krijgt hulp.",
        "read_aloud_on": f"{timezone.localdate()}",
    }
    response = send(linked, as_("jolanda"), "feedback", **told)
    assert response.status_code == 422
    assert "Kijk nog eens: “Ruud”." in Page(response).text
    send(linked, as_("jolanda"), "feedback", **told, sure="on")
    assert linked.messages.last().body.endswith("Ruud krijgt hulp.")


def test_sentences_of_the_system_itself_are_not_for_colleagues(taken_up, as_, cast):
    for code in ("ONTVANGEN", "NIET_OPGEPAKT", "TE_LAAT", "NO_SUCH_SENTENCE"):
        assert send(taken_up, as_("jolanda"), "feedback", sentence=code).status_code == 422
    assert taken_up.messages.count() == 1


def test_a_message_keeps_its_level_its_ground_and_who_said_it(linked, consented, cast):
    told = tell(linked, "AFGESLOTEN_RESULTAAT", cast.jolanda, result="Er komt hulp.", read_aloud_on="maandag")
    assert (told.level, told.author, told.sentence_version, told.tells_outcome) == ("F3", cast.jolanda, 1, True)
    assert told.ground == f"CONSENT {consented[0].pk}, {consented[1].pk}; READ ALOUD maandag" or told.ground == (
        f"CONSENT {consented[1].pk}, {consented[0].pk}; READ ALOUD maandag"
    )
    assert told.body.endswith("Er komt hulp.")
    assert tell(linked, "GELEZEN", cast.jolanda).ground == "MESSAGE_ONLY"


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ({"sentence": ""}, "Kies een zin."),
        ({"sentence": "EXTRA_INFO", "before": "2999-01-01"}, "Schrijf je vraag op."),
        ({"sentence": "EXTRA_INFO", "question": "Wanneer?"}, "antwoord wilt"),
        ({"sentence": "EXTRA_INFO", "question": "Wanneer?", "before": "2020-01-01"}, "Kies vandaag of een latere dag."),
        ({"sentence": "GELEZEN", "and_close": "on"}, "Met deze zin weet de melder niet"),
    ],
)
def test_an_answer_that_is_not_complete_is_not_sent(typed, missing, taken_up, as_):
    response = send(taken_up, as_("jolanda"), "feedback", **typed)
    assert response.status_code == 422
    assert missing in Page(response).text
    assert Page(response).still_holds({name: value for name, value in typed.items() if value})
    assert taken_up.messages.count() == 1


def test_an_answer_and_closing_go_in_one_press(taken_up, as_):
    send(taken_up, as_("jolanda"), "feedback", sentence="OPGEPAKT", and_close="on")
    taken_up.refresh_from_db()
    assert taken_up.status == Status.CLOSED


# ---- the loop always closes


@pytest.fixture
def unanswered(taken_up, cast) -> Signal:
    """The reporter heard from us, and does not know what became of it."""
    for code in ("GELEZEN", "BEKEND"):
        tell(taken_up, code, cast.jolanda)
    return taken_up


def closed_by_sql(signal: Signal) -> None:
    with transaction.atomic():
        sql("UPDATE signals_signal SET status = 'CLOSED', closed_at = now() WHERE id = %s", signal.pk)


def test_no_signal_closes_before_its_reporter_knows_the_outcome(unanswered, cast, as_):
    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=unanswered, by=cast.jolanda)
    assert "Nog niet" in Page(send(unanswered, as_("jolanda"), "close")).text
    with pytest.raises(IntegrityError, match="its reporter has no answer"):
        closed_by_sql(unanswered)
    unanswered.refresh_from_db()
    assert (unanswered.status, unanswered.closed_at) == (Status.TAKEN_UP, None)


def test_no_closed_signal_can_be_put_in_the_database(unanswered):
    columns = [field.column for field in Signal._meta.concrete_fields if not field.primary_key]
    other = {
        "number": "'2026-9999'",
        "submission": f"'{uuid.uuid4()}'",
        "code_hash": f"'{token_hash(new_token())}'",
        "status": "'CLOSED'",
        "closed_at": "now()",
    }
    values = ", ".join(other.get(column, column) for column in columns)
    insert = f"INSERT INTO signals_signal ({', '.join(columns)}) SELECT {values} FROM signals_signal WHERE id = %s"
    with pytest.raises(IntegrityError, match="its reporter has no answer"), transaction.atomic():
        sql(insert, unanswered.pk)
    sql(insert.replace("'CLOSED'", "status").replace("now()", "closed_at"), unanswered.pk)  # the rest of it is right
    assert Signal.objects.filter(number="2026-9999").exists()


@pytest.mark.parametrize("code", sorted(OUTCOMES - ABOUT_PEOPLE))
def test_a_told_outcome_lets_it_close(code, unanswered, cast):
    tell(unanswered, code, cast.jolanda)
    actions.close(signal=unanswered, by=cast.jolanda)
    unanswered.refresh_from_db()
    assert unanswered.status == Status.CLOSED


def test_what_the_system_says_by_itself_is_no_answer(unanswered):
    """Only a person can tell the outcome, whatever a row says."""
    sql(
        "INSERT INTO signals_message (signal_id, direction, body, level, ground, sentence, tells_outcome, sent_at) "
        "VALUES (%s, 'OURS', '', 'F1', 'X', 'AFGESLOTEN', true, clock_timestamp())",
        unanswered.pk,
    )
    with pytest.raises(IntegrityError, match="its reporter has no answer"):
        closed_by_sql(unanswered)


def test_when_the_reporter_writes_after_it_we_answer_again(unanswered, cast):
    tell(unanswered, "OPGEPAKT", cast.jolanda)
    actions.hear_reporter(signal=unanswered, body="Ik zag nog iets.")
    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=unanswered, by=cast.jolanda)
    with pytest.raises(IntegrityError, match="its reporter has no answer"):
        closed_by_sql(unanswered)
    tell(unanswered, "GELEZEN", cast.jolanda)  # an answer, and not what became of it
    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=unanswered, by=cast.jolanda)
    tell(unanswered, "OPGEPAKT", cast.jolanda)
    actions.close(signal=unanswered, by=cast.jolanda)


def test_what_was_told_before_it_was_taken_up_after_all_is_no_outcome(signal, cast):
    """We said that we do not go on, and then we did: the reporter hears what became of that."""
    actions.decline(signal=signal, reason=Signal.Decline.TOO_LITTLE_KNOWN, by=cast.jolanda)
    actions.take_up(signal=signal, by=cast.amir)
    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=signal, by=cast.amir)
    with pytest.raises(IntegrityError, match="its reporter has no answer"):
        closed_by_sql(signal)
    tell(signal, "OPGEPAKT", cast.amir)
    actions.close(signal=signal, by=cast.amir)


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("feedback", {"sentence": "OPGEPAKT"}),
        ("feedback", {"sentence": "OPGEPAKT", "and_close": "on"}),
        ("decline", {"reason": "OTHER_AREA"}),
        ("close", {}),
    ],
    ids=["answer", "answer and close", "decline", "close"],
)
def test_nobody_answers_over_the_head_of_a_reporter_who_just_wrote(verb, data, taken_up, cast, as_):
    """The page was open when the message came in: first it is shown, then one can go on."""
    if verb == "close":
        tell(taken_up, "OPGEPAKT", cast.jolanda)
    client = as_("jolanda")
    stale = page_of(taken_up, client).fields["seen"]
    actions.hear_reporter(signal=taken_up, body="Ik zag nog iets.")
    before = taken_up.messages.count()
    page = Page(client.post(reverse(f"signals:{verb}", args=[taken_up.number]), data | {"seen": stale}, follow=True))
    assert "De melder schreef intussen." in page.text
    assert "Ik zag nog iets." in page.text
    taken_up.refresh_from_db()
    assert (taken_up.status, taken_up.messages.count()) == (Status.TAKEN_UP, before)
    assert int(page.fields["seen"]) > int(stale)
    if verb == "feedback":
        send(taken_up, client, "feedback", seen=page.fields["seen"], **data)
        assert taken_up.messages.count() == before + 1


def test_a_reporter_who_writes_while_we_close_is_heard(team_of_their_own, monkeypatch):
    """Whoever is first: a closed signal with an unheard message can not exist, and nobody meets an error page."""
    anna, link = team_of_their_own.anna, team_of_their_own.link
    Client().post(reverse("signals:post", args=[link.token]), filled_in())
    signal = link.signals.get()
    actions.take_up(signal=signal, by=anna)
    tell(signal, "OPGEPAKT", anna)
    monkeypatch.setattr(actions, "may_be_closed", after(actions.may_be_closed, Meeting()))
    monkeypatch.setattr(actions.Message.objects, "create", after(actions.Message.objects.create, Meeting()))

    closed, written = at_once(
        lambda: actions.close(signal=signal, by=anna), lambda: actions.hear_reporter(signal=signal, body="Wacht even.")
    )

    signal.refresh_from_db()
    if signal.status == Status.CLOSED:
        assert isinstance(written, workflow.NotAllowed)
    else:
        assert isinstance(closed, actions.NoAnswerYet)
        assert isinstance(written, Message)


def after(function, wait):
    def waiting(*args, **kwargs):
        result = function(*args, **kwargs)
        wait()
        return result

    return waiting


def test_a_closed_signal_is_closed(unanswered, cast, as_):
    tell(unanswered, "OPGEPAKT", cast.jolanda)
    actions.close(signal=unanswered, by=cast.jolanda)
    with pytest.raises(workflow.NotAllowed):
        tell(unanswered, "OPGEPAKT", cast.jolanda)
    before = unanswered.messages.count()
    send(unanswered, as_("jolanda"), "feedback", sentence="OPGEPAKT")
    send(unanswered, as_("jolanda"), "decline", reason="OTHER_AREA")
    assert unanswered.messages.count() == before


@pytest.mark.parametrize("change", ["UPDATE signals_message SET body = 'x'", "DELETE FROM signals_message"])
def test_what_was_said_never_changes(change, unanswered):
    with pytest.raises(DatabaseError, match=r"Cannot update or delete rows"), transaction.atomic():
        sql(f"{change} WHERE signal_id = %s", unanswered.pk)
    assert unanswered.messages.count() == 3


def test_the_first_answer_stops_the_clock(taken_up, cast):
    Signal.objects.filter(pk=taken_up.pk).update(answer_by=timezone.localdate() - timedelta(days=1))
    assert taken_up in Signal.objects.late()
    first = tell(taken_up, "GELEZEN", cast.jolanda)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        tell(taken_up, "BEKEND", cast.jolanda)
    taken_up.refresh_from_db()
    assert taken_up.first_answer_at == first.sent_at
    assert taken_up not in Signal.objects.late()


# ---- the mails about it


def test_mails_tell_that_something_waits_and_nothing_else(receive, household, lives_there, cast, as_):
    """All mails that a signal can cause, held against everything that the example and the signal hold."""
    before = len(mails())
    seen = kortland.S4
    signal = receive(
        people.MATERNITY,
        observation=seen.observation,
        about_name=seen.about_name,
        about_address=seen.about_address,
        reporter_name="Ilse Waanders",
        danger_now=True,
    )
    Client().post(reverse("signals:ask_code", args=[signal.code]))
    actions.take_up(signal=signal, by=cast.jolanda)
    tell(signal, "GELEZEN", cast.jolanda)
    tell(signal, "EXTRA_INFO", cast.jolanda, question="Wanneer bent u bij Demi?", before="vrijdag")
    actions.link_to_household(signal=signal, household=household, by=cast.jolanda)
    actions.record_feedback_consent(
        signal=signal, residents=[lives_there("Demi", 22)], by=cast.jolanda, given_on=timezone.localdate()
    )
    tell(signal, "AFGESLOTEN_RESULTAAT", cast.jolanda, result="Oma past op.", read_aloud_on="maandag")
    actions.close(signal=signal, by=cast.jolanda)

    sent = mails()[before:]
    assert len(sent) == 6  # receipt, danger, code, and three that a message waits
    words = {person.first_name for person in Resident.objects.all()} | {seen.about_name, seen.about_address}
    words |= {person.last_name for person in [*Resident.objects.all(), *Professional.objects.all()] if person.last_name}
    words |= {person.first_name for person in Professional.objects.all()} | {"Oma", "Zonnedauw"}
    words |= {contact.name for contact in NetworkContact.objects.all()}
    words |= {home.name for home in Household.objects.all()} | {home.number for home in Household.objects.all()}
    words |= {home.address.rsplit(" ", 1)[0] for home in Household.objects.all()} - {""}
    words |= {organisation.name for organisation in Organisation.objects.all()}
    words |= {team.name for team in Team.objects.all()}
    words |= {sentence.strip() for one in Signal.objects.all() for sentence in one.observation.split(".")} - {""}
    words |= {"huilt", "schimmel", "baby", "maandag", "vrijdag"}
    assert len(words) > 100
    assert [(word, mail) for mail in sent for word in words if word in mail] == []


def test_who_gave_no_mail_address_gets_none(receive, cast):
    signal = receive(reporter_email="", reporter_phone="000-000 03 02")
    before = mails()
    actions.take_up(signal=signal, by=cast.jolanda)
    tell(signal, "GELEZEN", cast.jolanda)
    assert mails() == before
