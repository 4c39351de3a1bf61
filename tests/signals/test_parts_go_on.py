"""A part of a signal that was split goes on like a whole one: to another organisation, and open again. Its reporter knows
the whole only, and hears nothing from which a family could be known."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from desk.demo import people
from households import actions as household_actions
from signals import actions, workflow
from signals.models import Message, Signal
from signals.workflow import Status
from tests.coming_in import behind_code
from tests.helpers import Page, mails, sql
from tests.reading import Reader
from tests.signals.working import page_of, pass_on, send, tell

DAY = timedelta(days=1)
PART = {"observation": "De buren hebben schulden.", "about_name": "Familie Buur", "about_address": "Dijkweg 4"}
NOT_SOLVED = "Bij Zonnedauw is de kachel weer kapot."


@pytest.fixture
def part(linked, cast) -> Signal:
    """The whole is with Jolanda; this part is taken out of it, and not linked yet."""
    return actions.split(signal=linked, by=cast.jolanda, **PART)


@pytest.fixture
def amirs(part, cast) -> Signal:
    """The same, linked to a household of Amir."""
    amir = cast.amir
    home = household_actions.make_household(name="Buur", team=amir.teams.get(), coordinator=amir, by=amir)
    actions.link_to_household(signal=part, household=home, by=cast.jolanda)
    return part


def form_for(**changes: str) -> dict[str, str]:
    dennis = people.DENNIS
    facts = {"name": dennis.name, "email": dennis.email, "what": "WITHOUT_NAMES", "message": "Zij hebben schulden."}
    return facts | {"sure": "on"} | changes


def fresh(signal: Signal) -> Signal:
    return Signal.objects.get(pk=signal.pk)


def tasks_of(as_, name: str) -> dict[str, str]:
    day = as_(name).get(reverse("desk:my_day")).context["day"]
    return {task.title: task.text for task in [*day.can_not_wait, *day.today, *day.soon]}


# ---- to another organisation


def test_a_part_is_passed_on_taken_over_and_closed(amirs, linked, as_, cast):
    amir, address = as_("amir"), reverse("signals:forward", args=[amirs.number])
    assert address in amir.get(reverse("signals:signal", args=[amirs.number])).content.decode()
    form = Page(amir.get(address))
    assert "with_reporter" not in form.fields  # who works on a part does not know who told it
    assert amir.post(address, form_for(person=str(cast.dennis.pk))).status_code == 302
    asked, before = amirs.forwards.get(), linked.messages.count()
    door = reverse("signals:forwarded", args=[asked.token])
    browser = behind_code(door, to=asked.email)
    page = Page(browser.get(door)).text
    assert "Zij hebben schulden." in page
    for word in ("Buur", "Zonnedauw", "Mandemaker", "Dijkweg", linked.observation):
        assert word not in page
    assert browser.post(f"{door}aannemen/").status_code == 302
    assert (fresh(amirs).status, fresh(linked).status) == (Status.FORWARDED, Status.LINKED)

    told = linked.messages.last()
    assert linked.messages.count() == before + 1
    assert (told.sentence, told.level, told.author, told.tells_outcome) == ("DOORGEZET_DEEL", "F1", None, False)
    assert told.body.startswith("Wij hebben een deel van uw bericht doorgegeven")
    for word in ("Buur", "schuld", "Dennis", people.DEBT_HELP, "Amir", amirs.number):
        assert word not in told.body
    assert "Er staat een bericht voor u klaar" in mails(linked.reporter_email)[-1]
    assert told.body in Page(Reader(linked).come_in().look()).text
    assert fresh(linked).first_answer_at is None  # nobody told yet what became of the whole

    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=fresh(amirs), by=cast.amir)
    with pytest.raises(IntegrityError, match="its reporter has no answer"), transaction.atomic():
        sql("UPDATE signals_signal SET status = 'CLOSED', closed_at = now() WHERE id = %s", amirs.pk)
    tell(linked, "OPGEPAKT", cast.jolanda)
    actions.hear_reporter(signal=linked, body="Ik zag nog iets.")
    waits = f"Deel {amirs.number} wacht op het antwoord aan de melder"
    assert waits in tasks_of(as_, "amir")
    tell(linked, "GELEZEN", cast.jolanda)
    with pytest.raises(actions.NoAnswerYet):  # that is no outcome
        actions.close(signal=fresh(amirs), by=cast.amir)
    tell(linked, "OPGEPAKT", cast.jolanda)
    send(amirs, amir, "close", seen="0")
    assert (fresh(amirs).status, fresh(linked).status) == (Status.CLOSED, Status.LINKED)


def test_given_back_it_is_with_who_had_it_and_the_reporter_hears_nothing(amirs, linked, as_, cast):
    asked, before = pass_on(amirs, cast.amir), len(mails(linked.reporter_email))
    actions.return_forward(forward=asked, because="Wij kennen hen niet.")
    assert fresh(amirs).status == Status.LINKED
    assert len(mails(linked.reporter_email)) == before
    assert "Schuldhulp Wilgenrade neemt het niet over" in tasks_of(as_, "amir")
    assert "Schuldhulp Wilgenrade neemt het niet over" not in tasks_of(as_, "jolanda")


def test_passed_on_twice_the_team_lead_looks_too(part, as_, cast):
    def told() -> int:
        return sum("Een signaal vraagt om jou" in mail for mail in mails(people.PASCAL.email))

    actions.return_forward(forward=pass_on(part, cast.jolanda), because="Nee.")
    assert told() == 0
    pass_on(part, cast.jolanda)
    assert told() == 1
    assert f"Signaal {part.number} blijft rondgaan" in tasks_of(as_, "pascal")


def test_that_the_first_family_agreed_says_nothing_of_the_second(part, linked, cast, as_):
    assert (linked.discussed, part.discussed) == ("AGREED", "NOT_YET")
    with pytest.raises(actions.NotAgreed):
        pass_on(part, cast.jolanda, what="WITH_NAMES")
    refused = as_("jolanda").post(
        reverse("signals:forward", args=[part.number]), form_for(person=str(cast.dennis.pk), what="WITH_NAMES")
    )
    assert refused.status_code == 422
    assert "Niemand vond het goed dat Schuldhulp Wilgenrade" in Page(refused).text
    both = as_("jolanda").post(reverse("signals:split", args=[linked.number]), PART | {"agreed": "on"})
    agreed = Signal.objects.get(number=both.url.rstrip("/").rpartition("/")[2])
    assert agreed.discussed == "AGREED"
    assert pass_on(agreed, cast.jolanda, what="WITH_NAMES").ground == "REPORTER_SAYS"


@pytest.mark.parametrize(
    ("which", "what", "message", "word"),
    [
        ("part", "WITHOUT_NAMES", "Naast familie Zonnedauw.", "Zonnedauw"),
        ("whole", "WITHOUT_NAMES", "Naast familie Buur.", "Buur"),
        ("whole", "WITH_NAMES", "De buren aan de Dijkweg hebben schulden.", "Dijkweg"),
    ],
)
def test_the_other_family_does_not_go_along(which, what, message, word, part, linked, as_, cast):
    signal = part if which == "part" else linked
    response = as_("jolanda").post(
        reverse("signals:forward", args=[signal.number]),
        form_for(person=str(cast.dennis.pk), what=what, message=message),
    )
    assert response.status_code == 422
    assert f"“{word}”" in Page(response).text
    assert not signal.forwards.exists()


def test_who_told_it_is_not_asked_to_take_it_over(part, linked, as_, cast):
    """That would tell the reporter which part it is, and that it went on."""
    Signal.objects.filter(pk=linked.pk).update(reporter_email=people.KEES.email)
    address = reverse("signals:forward", args=[part.number])
    assert str(cast.kees.pk) not in Page(as_("jolanda").get(address)).options["person"]
    typed = form_for(organisation=str(cast.kees.organisation_id), email=people.KEES.email.upper())
    response = as_("jolanda").post(address, typed)
    assert response.status_code == 422
    assert "Dit is wie het ons vertelde." in Page(response).text


def test_long_after_the_whole_was_closed_nobody_is_told(amirs, linked, cast):
    tell(linked, "OPGEPAKT", cast.jolanda)
    actions.close(signal=linked, by=cast.jolanda)
    with time_machine.travel(timezone.now() + 184 * DAY):
        before = (linked.messages.count(), len(mails()))
        asked = pass_on(amirs, cast.amir)
        actions.accept_forward(forward=asked)
        assert linked.messages.count() == before[0]  # the page is gone
        assert fresh(amirs).status == Status.FORWARDED


# ---- open again


@pytest.fixture
def both_closed(amirs, linked, cast) -> Signal:
    tell(linked, "OPGEPAKT", cast.jolanda)
    actions.close(signal=amirs, by=cast.amir)
    actions.close(signal=linked, by=cast.jolanda)
    return fresh(amirs)


def test_the_reporter_opens_the_whole_and_its_parts_go_along(both_closed, linked, cast, as_):
    reader = Reader(linked).come_in()
    assert reader.send("heropenen", reason=NOT_SOLVED).status_code == 302
    assert (fresh(both_closed).status, fresh(linked).status) == (Status.LINKED, Status.LINKED)
    assert fresh(both_closed).closed_at is None
    assert Message.objects.filter(signal=both_closed).count() == 0

    of_the_part = page_of(both_closed, as_("amir")).text
    assert f"samen met signaal {linked.number}: de melder zegt dat het niet is opgelost" in of_the_part
    assert NOT_SOLVED not in of_the_part  # the words may be about the other family
    assert "Zonnedauw" not in of_the_part
    title = f"Deel {both_closed.number} wacht op het antwoord aan de melder"
    assert tasks_of(as_, "amir")[title] == f"Jolanda Terpstra antwoordt de melder over signaal {linked.number}"
    assert NOT_SOLVED in page_of(linked, as_("jolanda")).text

    with pytest.raises(actions.NoAnswerYet):
        actions.close(signal=fresh(both_closed), by=cast.amir)
    with pytest.raises(IntegrityError, match="its reporter has no answer"), transaction.atomic():
        sql("UPDATE signals_signal SET status = 'CLOSED', closed_at = now() WHERE id = %s", both_closed.pk)
    tell(fresh(linked), "OPGEPAKT", cast.jolanda)
    assert f"Deel {both_closed.number} kan worden afgerond" in tasks_of(as_, "amir")
    actions.close(signal=fresh(both_closed), by=cast.amir)


def test_a_part_that_is_open_stays_as_it_is(amirs, linked, cast):
    tell(linked, "OPGEPAKT", cast.jolanda)
    actions.close(signal=linked, by=cast.jolanda)
    actions.reopen(signal=fresh(linked), reason=NOT_SOLVED, by=None)
    assert fresh(amirs).status == Status.LINKED
    assert not amirs.reopenings.exists()
    with pytest.raises(actions.NoAnswerYet):  # of it too the reporter needs a new answer
        actions.close(signal=fresh(amirs), by=cast.amir)


def test_a_part_that_was_taken_over_is_so_again(part, linked, cast):
    actions.accept_forward(forward=pass_on(part, cast.jolanda))
    tell(linked, "OPGEPAKT", cast.jolanda)
    for one in (part, linked):
        actions.close(signal=fresh(one), by=cast.jolanda)
    actions.reopen(signal=fresh(linked), reason=NOT_SOLVED, by=None)
    assert fresh(part).status == Status.FORWARDED


@pytest.mark.parametrize(("later", "may"), [(14, True), (15, False)])
def test_the_fourteen_days_are_those_of_the_whole(later, may, both_closed, linked, as_):
    """A part that was closed long before opens too: the reporter knows one closing only."""
    with time_machine.travel(timezone.now() + later * DAY):
        assert Reader(linked).come_in().send("heropenen", reason=NOT_SOLVED).status_code == (302 if may else 422)
        assert (fresh(both_closed).status == Status.LINKED) is may


def test_a_colleague_opens_a_part_and_nothing_else(both_closed, linked, as_, cast):
    amir, before = as_("amir"), len(mails(linked.reporter_email))
    assert "De melder hoort niets over dit deel." in page_of(both_closed, amir).text
    send(both_closed, amir, "reopen", reason="Wij vergaten iets.")
    assert (fresh(both_closed).status, fresh(linked).status) == (Status.LINKED, Status.CLOSED)
    assert len(mails(linked.reporter_email)) == before
    assert "Wij vergaten iets." in page_of(both_closed, amir).text
    actions.close(signal=fresh(both_closed), by=cast.amir)  # what the reporter knows still holds


def test_when_a_colleague_opens_the_whole_the_parts_stay_closed(both_closed, linked, cast):
    actions.reopen(signal=fresh(linked), reason="Wij vergaten iets.", by=cast.jolanda)
    assert fresh(both_closed).status == Status.CLOSED


# ---- around it


def test_a_part_is_told_within_the_month_of_the_whole(receive, cast):
    with time_machine.travel(timezone.now() - 20 * DAY):
        signal = receive()
        actions.take_up(signal=signal, by=cast.jolanda)
    assert actions.split(signal=signal, by=cast.jolanda, **PART).inform_due == signal.inform_due


def test_a_question_without_a_name_is_not_split(receive, cast, as_):
    question = receive(discussed="QUESTION", about_name="")
    actions.take_up(signal=question, by=cast.jolanda)
    address = reverse("signals:split", args=[question.number])
    assert address not in as_("jolanda").get(reverse("signals:signal", args=[question.number])).content.decode()
    assert as_("jolanda").post(address, PART).status_code == 302
    with pytest.raises(workflow.NotAllowed):
        actions.split(signal=question, by=cast.jolanda, **PART)
    assert not question.parts.exists()


def test_the_day_of_a_part_says_what_is_next(part, as_):
    assert f"Deel {part.number}: over wie gaat het?" in tasks_of(as_, "jolanda")
