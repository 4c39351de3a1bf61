"""Several signals about one case, one signal about two families, and a link that was wrong. Whatever the team does with its
signals, each reporter keeps one conversation and gets one answer of its own."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.demo import people
from households import actions as household_actions
from households.models import AccessLogEntry, Household
from signals import actions, workflow
from signals.actions import together
from signals.models import Message, Signal
from signals.workflow import Status
from tests.helpers import Meeting, Page, at_once, filled_in, mails, sql
from tests.signals.working import page_of, send, tell

# ---- together


@pytest.fixture
def two(receive, cast) -> SimpleNamespace:
    """The housing association and the school see the same family; the team says that it is one case."""
    one = receive(people.HOUSING, reporter_email="kees@sleutelbrug.example")
    other = receive(people.PRIMARY_SCHOOL, reporter_email="juf@school.example")
    actions.merge(signal=one, other=other, by=cast.jolanda)
    return SimpleNamespace(one=fresh(one), other=fresh(other))


def fresh(signal: Signal) -> Signal:
    return Signal.objects.get(pk=signal.pk)


def states(*signals: Signal) -> list[str]:
    return [fresh(signal).status for signal in signals]


def test_a_step_with_one_is_a_step_with_all(two, household, cast):
    actions.take_up(signal=two.other, by=cast.amir)
    assert states(two.one, two.other) == [Status.TAKEN_UP] * 2
    assert fresh(two.one).taken_up_by == cast.amir
    actions.link_to_household(signal=two.one, household=household, by=cast.amir)
    assert states(two.one, two.other) == [Status.LINKED] * 2
    assert {fresh(one).household for one in (two.one, two.other)} == {household}


def test_each_reporter_hears_why_the_case_is_not_taken_up(two, cast):
    before = len(mails())
    actions.decline(signal=two.one, reason=Signal.Decline.OTHER_AREA, by=cast.jolanda)
    assert states(two.one, two.other) == [Status.DECLINED] * 2
    for signal in (two.one, two.other):
        assert signal.messages.last().sentence == "NIET_OPGEPAKT"
    assert len(mails()) == before + 2


def test_none_is_closed_while_one_reporter_has_no_answer(two, cast, as_):
    actions.take_up(signal=two.one, by=cast.jolanda)
    tell(two.one, "OPGEPAKT", cast.jolanda)
    with pytest.raises(actions.NoAnswerYet) as waits:
        actions.close(signal=two.one, by=cast.jolanda)
    assert waits.value.signal == two.other
    assert f"de melder van signaal {two.other.number}" in Page(send(two.one, as_("jolanda"), "close")).text
    assert states(two.one, two.other) == [Status.TAKEN_UP] * 2
    with pytest.raises(IntegrityError, match="its reporter has no answer"), transaction.atomic():
        sql("UPDATE signals_signal SET status = 'CLOSED', closed_at = now() WHERE id = %s", two.other.pk)
    tell(two.other, "AFGESLOTEN", cast.jolanda)
    actions.close(signal=two.other, by=cast.jolanda)
    assert states(two.one, two.other) == [Status.CLOSED] * 2


def test_an_answer_goes_to_one_reporter_only(two, cast):
    actions.take_up(signal=two.one, by=cast.jolanda)
    before = two.other.messages.count()
    tell(two.one, "GELEZEN", cast.jolanda)
    assert two.other.messages.count() == before
    assert fresh(two.other).first_answer_at is None


def test_nobody_closes_over_the_head_of_the_other_reporter(two, cast, as_):
    actions.take_up(signal=two.one, by=cast.jolanda)
    for signal in (two.one, two.other):
        tell(signal, "OPGEPAKT", cast.jolanda)
    client = as_("jolanda")
    stale = page_of(two.one, client).fields["seen"]
    actions.hear_reporter(signal=two.other, body="Ik zag nog iets.")
    page = Page(client.post(reverse("signals:close", args=[two.one.number]), {"seen": stale}, follow=True))
    assert "De melder schreef intussen." in page.text
    assert states(two.one, two.other) == [Status.TAKEN_UP] * 2


def test_who_is_behind_catches_up(receive, household, cast):
    linked, late = receive(), receive(people.PRIMARY_SCHOOL)
    actions.take_up(signal=linked, by=cast.jolanda)
    actions.link_to_household(signal=linked, household=household, by=cast.jolanda)
    actions.merge(signal=late, other=linked, by=cast.jolanda)
    assert states(linked, late) == [Status.LINKED] * 2
    assert fresh(late).household == household
    assert fresh(late).goes_with == linked


def test_two_cases_become_one(receive, cast):
    signals = [receive() for _ in range(4)]
    actions.merge(signal=signals[0], other=signals[1], by=cast.jolanda)
    actions.merge(signal=signals[2], other=signals[3], by=cast.jolanda)
    actions.merge(signal=fresh(signals[1]), other=fresh(signals[3]), by=cast.jolanda)
    assert set(actions.case_of(fresh(signals[2]))) == set(signals)
    actions.take_up(signal=fresh(signals[3]), by=cast.jolanda)
    assert states(*signals) == [Status.TAKEN_UP] * 4


@pytest.mark.parametrize("wrong", ["itself", "the same case", "put away", "another household", "another team"])
def test_what_can_not_be_one_case(wrong, receive, two, household, cast, small_team):
    one, other = two.one, receive()
    if wrong == "itself":
        other = one
    elif wrong == "the same case":
        other = two.other
    elif wrong == "put away":
        actions.decline(signal=other, reason=Signal.Decline.OTHER_AREA, by=cast.jolanda)
    elif wrong == "another household":
        elsewhere = Household.objects.get(name="Bakelaar-Idrissi")
        for signal, home in ((one, household), (other, elsewhere)):
            actions.take_up(signal=signal, by=cast.jolanda)
            actions.link_to_household(signal=signal, household=home, by=cast.jolanda)
    else:
        Signal.objects.filter(pk=other.pk).update(team=small_team.team)
        other.refresh_from_db()
    before = set(actions.case_of(one))
    with pytest.raises(actions.NotTogether):
        actions.merge(signal=one, other=other, by=cast.jolanda)
    assert set(actions.case_of(one)) == before


def test_the_database_knows_no_chain_and_no_other_team(two, receive, small_team):
    third = receive()
    change = "UPDATE signals_signal SET goes_with_id = %s WHERE id = %s"
    for leading, follower in ((two.other, third), (third, two.one)):  # behind a follower; who leads follows nobody
        with pytest.raises(IntegrityError, match="can not go with that one"), transaction.atomic():
            sql(change, leading.pk, follower.pk)
    Signal.objects.filter(pk=third.pk).update(team=small_team.team)
    with pytest.raises(IntegrityError, match="can not go with that one"), transaction.atomic():
        sql(change, two.one.pk, third.pk)


def test_one_goes_on_by_itself_again(two, receive, cast):
    third = receive()
    actions.merge(signal=two.one, other=third, by=cast.jolanda)
    actions.separate(signal=fresh(two.one), by=cast.jolanda)
    assert actions.case_of(fresh(two.one)) == [two.one]
    assert set(actions.case_of(fresh(third))) == {two.other, third}
    actions.take_up(signal=fresh(two.one), by=cast.amir)
    assert states(two.other, third) == [Status.RECEIVED] * 2


def test_a_reporter_learns_nothing_of_the_other_one(two, cast):
    actions.take_up(signal=two.one, by=cast.jolanda)
    actions.decline(signal=fresh(two.one), reason=Signal.Decline.OTHER_AREA, by=cast.jolanda)
    said = "\n".join(message.body for message in Message.objects.filter(signal=two.one))
    assert two.other.number not in said
    assert two.other.organisation.name not in said


def test_the_team_puts_together_on_the_page(receive, as_):
    one, other = receive(), receive(people.PRIMARY_SCHOOL)
    client = as_("jolanda")
    done = client.post(reverse("signals:merge", args=[one.number]), {"other": f" {other.number} "}, follow=True)
    assert "Vanaf nu één zaak." in Page(done).text
    assert other.number in page_of(one, client).text
    assert f"één zaak met {one.number}" in Page(client.get("/signalen/")).text
    client.post(reverse("signals:separate", args=[other.number]))
    assert fresh(other).goes_with is None


@pytest.mark.parametrize("typed", ["", "2026-9999", "x" * 300, "\0"])
def test_a_number_that_is_nobodys_is_said_so(typed, signal, as_):
    done = as_("jolanda").post(reverse("signals:merge", args=[signal.number]), {"other": typed}, follow=True)
    assert "geen signaal met dit nummer" in Page(done).text


def test_a_signal_of_a_household_of_a_colleague_is_not_put_together(signal, linked, as_):
    assert as_("amir").post(reverse("signals:merge", args=[signal.number]), {"other": linked.number}).status_code == 403
    assert fresh(signal).goes_with is None


def test_a_number_of_another_team_tells_nothing(signal, small_team, as_, receive, monkeypatch):
    monkeypatch.setattr("tests.signals.conftest.link_of", lambda _organisation: small_team.link)
    elsewhere = receive()
    done = as_("jolanda").post(reverse("signals:merge", args=[signal.number]), {"other": elsewhere.number}, follow=True)
    assert "geen signaal met dit nummer" in Page(done).text


def test_two_who_put_together_crosswise_make_one_case(team_of_their_own, monkeypatch):
    anna, omar, link = team_of_their_own.anna, team_of_their_own.omar, team_of_their_own.link
    for _ in range(2):
        Client().post(reverse("signals:post", args=[link.token]), filled_in())
    one, other = link.signals.order_by("pk")
    monkeypatch.setattr(together, "check_together", Meeting().before(together.check_together))
    at_once(
        lambda: actions.merge(signal=one, other=other, by=anna), lambda: actions.merge(signal=other, other=one, by=omar)
    )
    assert set(actions.case_of(fresh(one))) == {one, other}
    assert Signal.objects.filter(goes_with__isnull=False).count() == 1


# ---- a part about another family

PART = {"observation": "De buren roepen ook.", "about_name": "Familie Buur", "about_address": "Dijkweg 4"}


@pytest.fixture
def part(linked, cast) -> Signal:
    """Jolanda, who coordinates the first family, takes the second one out of the signal."""
    return actions.split(signal=linked, by=cast.jolanda, **PART)


@pytest.fixture
def other_home(cast) -> Household:
    amir = cast.amir
    return household_actions.make_household(name="Buur", team=amir.teams.get(), coordinator=amir, by=amir)


def test_a_part_holds_what_was_taken_over_and_nothing_else(part, linked):
    for name, value in PART.items():
        assert getattr(part, name) == value
    assert (part.status, part.household, part.part_of) == (Status.TAKEN_UP, None, linked)
    for name in (
        "reporter_name",
        "reporter_email",
        "reporter_phone",
        "reporter_function",
        "not_yet_because",
        "pin_hash",
    ):
        assert getattr(part, name) == "", name
    assert part.number != linked.number
    assert part.messages.count() == 0


def test_the_coordinator_of_one_family_reads_nothing_of_the_other(part, linked, other_home, cast, as_):
    actions.link_to_household(signal=part, household=other_home, by=cast.jolanda)
    address = {signal: reverse("signals:signal", args=[signal.number]) for signal in (part, linked)}
    assert [as_("jolanda").get(address[one]).status_code for one in (linked, part)] == [200, 403]
    assert [as_("amir").get(address[one]).status_code for one in (linked, part)] == [403, 200]
    of_the_whole = Page(as_("jolanda").get(address[linked])).text
    assert "Buur" not in of_the_whole
    of_the_part = Page(as_("amir").get(address[part])).text
    assert linked.observation not in of_the_part
    assert linked.reporter_name not in of_the_part
    assert linked.household.name not in of_the_part
    visible = Signal.objects.visible_to(cast.amir)
    assert part in visible
    assert linked not in visible


def test_the_reporter_has_one_conversation_and_learns_nothing(part, linked, other_home, cast):
    before = (len(mails()), linked.messages.count())
    assert list(Signal.objects.followed_by(part.code)) == []
    assert Client().get(reverse("signals:follow", args=[part.code])).status_code == 404
    actions.link_to_household(signal=part, household=other_home, by=cast.jolanda)
    with pytest.raises(workflow.NotAllowed):
        tell(part, "OPGEPAKT", cast.amir)
    with pytest.raises(IntegrityError, match="no reporter of its own"), transaction.atomic():
        Message.objects.create(signal=part, direction=Message.Direction.THEIRS, body="Hallo")
    assert (len(mails()), linked.messages.count()) == before


def test_a_part_closes_when_the_reporter_of_the_whole_knows(part, linked, other_home, cast, as_):
    actions.link_to_household(signal=part, household=other_home, by=cast.jolanda)
    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=part, by=cast.amir)
    assert "wat er met het hele signaal is gebeurd" in Page(send(part, as_("amir"), "close")).text
    with pytest.raises(IntegrityError, match="its reporter has no answer"), transaction.atomic():
        sql("UPDATE signals_signal SET status = 'CLOSED', closed_at = now() WHERE id = %s", part.pk)
    tell(linked, "OPGEPAKT", cast.jolanda)
    actions.close(signal=part, by=cast.amir)
    assert states(part, linked) == [Status.CLOSED, Status.LINKED]
    actions.close(signal=linked, by=cast.jolanda)


def test_a_part_that_is_not_taken_up_tells_the_reporter_nothing(part, linked, cast):
    before = linked.messages.count()
    actions.decline(signal=part, reason=Signal.Decline.OTHER_AREA, by=cast.jolanda)
    assert (fresh(part).status, part.messages.count(), linked.messages.count()) == (Status.DECLINED, 0, before)


def test_a_part_of_a_part_is_a_part_of_the_whole(part, linked, cast):
    again = actions.split(signal=part, by=cast.jolanda, observation="En de overburen.")
    assert again.part_of == linked
    with pytest.raises(IntegrityError, match="can not be a part of that one"), transaction.atomic():
        sql("UPDATE signals_signal SET part_of_id = %s WHERE id = %s", part.pk, again.pk)


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.DECLINED, Status.CLOSED])
def test_only_what_somebody_works_on_is_split(status, signal, cast):
    if status != Status.RECEIVED:
        actions.decline(signal=signal, reason=Signal.Decline.OTHER_AREA, by=cast.jolanda)
    if status == Status.CLOSED:
        actions.close(signal=signal, by=cast.jolanda)
    with pytest.raises(workflow.NotAllowed):
        actions.split(signal=signal, by=cast.jolanda, observation="Iets.")


def test_a_part_is_not_late_and_not_counted_as_another_signal(part, linked):
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    Signal.objects.filter(pk__in=[part.pk, linked.pk]).update(answer_by=yesterday)
    assert part not in Signal.objects.late()
    assert linked in Signal.objects.late()
    assert part not in Signal.objects.whole()


def test_a_part_is_made_on_a_page(linked, as_):
    client, address = as_("jolanda"), reverse("signals:split", args=[linked.number])
    page = Page(client.get(address))
    assert linked.observation in page.text
    assert {page.fields[name] for name in PART} == {""}  # nothing goes along by itself
    refused = client.post(address, {"observation": "", "about_name": "Familie Buur"})
    assert refused.status_code == 422
    assert Page(refused).fields["about_name"] == "Familie Buur"
    made = Page(client.post(address, PART, follow=True))
    part = linked.parts.get()
    assert f"gaat verder als signaal {part.number}" in made.text
    assert PART["observation"] in made.text
    assert "sentence" not in made.options
    assert part.number in page_of(linked, client).text


def test_without_agreement_a_part_has_no_name_either(receive, cast, as_):
    signal = receive(discussed="NOT_AGREED", about_name="")
    actions.take_up(signal=signal, by=cast.jolanda)
    refused = as_("jolanda").post(reverse("signals:split", args=[signal.number]), PART)
    assert refused.status_code == 422
    assert "niet mee eens" in Page(refused).text
    assert not signal.parts.exists()


# ---- a link that was wrong

REASON = "Het was het gezin ernaast."


def test_a_wrong_link_is_undone_with_a_reason(linked, household, cast, as_):
    done = as_("jolanda").post(reverse("signals:detach", args=[linked.number]), {"reason": REASON}, follow=True)
    assert "Losgemaakt van het huishouden." in Page(done).text
    signal = fresh(linked)
    assert (signal.status, signal.household, signal.taken_up_by) == (Status.TAKEN_UP, None, cast.jolanda)
    kept = signal.detachings.get()
    assert (kept.reason, kept.household, kept.by) == (REASON, household, cast.jolanda)
    line = AccessLogEntry.objects.filter(event="detach signal", action="UPDATE").latest("pk")
    assert (line.household, line.object_id, line.actor) == (household, linked.pk, cast.jolanda)
    assert as_("amir").get(reverse("signals:signal", args=[linked.number])).status_code == 200
    for change in ("UPDATE signals_detaching SET reason = ''", "DELETE FROM signals_detaching"):
        with pytest.raises(DatabaseError, match="Cannot update or delete rows"), transaction.atomic():
            sql(change)


def test_without_a_reason_it_is_not_undone(linked, as_, cast):
    refused = as_("jolanda").post(reverse("signals:detach", args=[linked.number]), {"reason": " "})
    assert refused.status_code == 422
    assert "Schrijf op waarom" in Page(refused).text
    with pytest.raises(actions.NoReason):
        actions.detach(signal=linked, reason=" ", by=cast.jolanda)
    assert fresh(linked).status == Status.LINKED


@pytest.fixture
def linked_by_amir(signal, household, cast) -> Signal:
    """Amir took it up and linked it to a household of Jolanda."""
    actions.take_up(signal=signal, by=cast.amir)
    actions.link_to_household(signal=signal, household=household, by=cast.amir)
    return signal


def test_who_made_the_link_can_undo_it_and_the_coordinator_is_told(linked_by_amir, household, as_, cast):
    amir, before = as_("amir"), len(mails(people.JOLANDA.email))
    address = reverse("signals:detach", args=[linked_by_amir.number])
    assert address in amir.get("/signalen/").content.decode()
    assert linked_by_amir.observation not in amir.get(address).content.decode()
    amir.post(address, {"reason": REASON})
    assert fresh(linked_by_amir).household is None
    (told,) = mails(people.JOLANDA.email)[before:]
    assert not [word for word in (household.name, linked_by_amir.number, REASON, "Zonnedauw") if word in told]


def test_what_was_said_since_is_not_for_who_made_the_link(linked_by_amir, as_, cast):
    tell(linked_by_amir, "OPGEPAKT", cast.jolanda)
    address = reverse("signals:detach", args=[linked_by_amir.number])
    assert as_("amir").get(address).status_code == 403
    assert as_("amir").post(address, {"reason": REASON}).status_code == 403
    assert fresh(linked_by_amir).status == Status.LINKED
    assert as_("jolanda").post(address, {"reason": REASON}).status_code == 302


@pytest.mark.parametrize(("who", "status"), [("pascal", 403), ("fadoua", 403), ("bart", 404), ("els", 404)])
def test_others_undo_nothing(who, status, linked_by_amir, as_):
    address = reverse("signals:detach", args=[linked_by_amir.number])
    assert as_(who).get(address).status_code == status
    assert as_(who).post(address, {"reason": REASON}).status_code == status
    assert fresh(linked_by_amir).status == Status.LINKED


def test_a_consent_of_the_wrong_family_opens_nothing_for_the_right_one(linked, lives_there, agree, other_home, cast):
    agree(lives_there("Ruud", 44))
    actions.detach(signal=linked, reason=REASON, by=cast.jolanda)
    assert not linked.consents.exists()
    actions.link_to_household(signal=fresh(linked), household=other_home, by=cast.jolanda)
    with pytest.raises(PermissionError):
        tell(fresh(linked), "CONTACT", cast.amir)


def test_a_case_comes_off_the_household_together(two, household, cast):
    actions.take_up(signal=two.one, by=cast.jolanda)
    actions.link_to_household(signal=fresh(two.one), household=household, by=cast.jolanda)
    actions.detach(signal=fresh(two.other), reason=REASON, by=cast.jolanda)
    assert states(two.one, two.other) == [Status.TAKEN_UP] * 2
    assert not household.signals.exists()
