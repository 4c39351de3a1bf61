"""Which sentences may be said to a reporter, on which consent, and what own words may not tell."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from desk.demo import people
from households import actions as household_actions
from households.models import Consent, Resident
from signals import actions
from signals.sentences import sentences
from signals.workflow import Status
from tests.helpers import Page, mails
from tests.signals.working import ABOUT_PEOPLE, offered, page_of, send, tell

# ---- which sentences


def test_before_linking_only_the_message_is_spoken_of(taken_up, as_):
    choices = offered(taken_up, as_("jolanda"))
    about_the_message = {code for code, one in sentences().items() if one.offered and one.level in ("F0", "F1")}
    # This reporter discussed it already, there is no danger, and nothing is being corrected.
    assert choices == about_the_message - {"BESPREEK_EERST", "SPOED", "KLOPT_NIET", "ADVIES"}
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
    asked = {"sentence": "EXTRA_INFO", "question": f"Weet u iets van {words}?", "before": "2070-01-01"}
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
        ({"sentence": "EXTRA_INFO", "before": "2070-01-01"}, "Schrijf je vraag op."),
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
