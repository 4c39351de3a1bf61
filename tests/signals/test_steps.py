"""What the team does with a signal: take up, decline, link. And what it can not do."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from households import actions as household_actions
from households.actions import household as making
from households.models import AccessLogEntry, Household
from signals import actions, workflow
from signals.models import Signal
from signals.sentences import sentences
from signals.workflow import Status
from tests.helpers import Meeting, Page, at_once, filled_in, mails, sql
from tests.signals.working import NOT_THIS_STEP, page_of, pass_on, send, tell

# ---- step by step

STEPS = {
    (Status.RECEIVED, Status.TAKEN_UP),
    (Status.RECEIVED, Status.DECLINED),
    (Status.TAKEN_UP, Status.LINKED),
    (Status.TAKEN_UP, Status.DECLINED),
    (Status.TAKEN_UP, Status.FORWARDED),
    (Status.TAKEN_UP, Status.CLOSED),
    (Status.LINKED, Status.FORWARDED),
    (Status.LINKED, Status.TAKEN_UP),
    (Status.LINKED, Status.CLOSED),
    (Status.FORWARDED, Status.CLOSED),
    (Status.DECLINED, Status.TAKEN_UP),
    (Status.DECLINED, Status.CLOSED),
}


@pytest.fixture
def go(household, cast):
    """Bring a signal from its present state into another with the one verb for it."""

    def go(signal: Signal, to: Status) -> None:
        by = cast.jolanda
        if to == Status.TAKEN_UP and signal.status == Status.LINKED:
            actions.detach(signal=signal, reason="Het was een ander gezin.", by=by)
        elif to == Status.TAKEN_UP:
            actions.take_up(signal=signal, by=by)
        elif to == Status.LINKED:
            actions.link_to_household(signal=signal, household=household, by=by)
        elif to == Status.DECLINED:
            actions.decline(signal=signal, reason=Signal.Decline.OTHER_AREA, by=by)
        elif to == Status.FORWARDED:
            actions.accept_forward(forward=pass_on(signal, by))
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
    Status.FORWARDED: (Status.TAKEN_UP, Status.FORWARDED),
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
        ("winter", {"Winterdaal", "Verlinden"}),
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
    monkeypatch.setattr(making, "next_number", Meeting(5).before(making.next_number))

    responses = at_once(
        *(
            lambda browser=browser: browser.post(reverse("signals:link", args=[signal.number]), form)
            for browser in browsers
        )
    )

    assert [response.status_code for response in responses] == [302, 302]
    assert link.signals.get().household == team_of_their_own.team.households.get()
