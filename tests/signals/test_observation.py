"""One question to a professional of a partner: by link, on a consent, one tap and one line back."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.logs import without_secrets
from desk.demo import people
from households import actions as household_actions
from households.models import AccessLogEntry, Consent, Household, Resident
from partners.models import Professional
from signals import actions, tasks
from signals.models import Observation
from tests.helpers import Page, everything, mails, put_household, sql
from tests.test_speed import queries

DAY = timedelta(days=1)
QUESTION = "Is het gesprek met Ruud geweest?"


@pytest.fixture
def nadia(cast) -> Professional:
    return Professional.objects.get(email=people.NADIA.email)


@pytest.fixture
def ruud(lives_there) -> Resident:
    return lives_there("Ruud", 44)


@pytest.fixture
def consent(household, ruud, nadia, cast) -> Consent:
    (given,) = household_actions.record_consent(
        household=household,
        residents=[ruud],
        kind=Consent.Kind.SHARE_INFO,
        by=cast.jolanda,
        given_on=timezone.localdate(),
        recipient=nadia.organisation,
        items=["MENTAL_HEALTH"],
        purpose="Alleen of er een gesprek was.",
        answers={ruud: True},
    )
    return given


@pytest.fixture
def asked(consent, nadia, cast):
    def ask(**facts: object) -> Observation:
        usual = {"question": QUESTION, "answer_by": timezone.localdate() + 3 * DAY}
        return actions.ask_observation(
            consent=consent, item="MENTAL_HEALTH", asked=nadia, by=cast.jolanda, **usual | facts
        )

    return ask


@pytest.fixture
def observation(asked) -> Observation:
    return asked()


class Practice:
    """Somebody with the address of a question, in a browser of its own."""

    def __init__(self, observation: Observation) -> None:
        self.observation, self.browser = observation, Client()
        self.address = reverse("signals:observation", args=[observation.token])

    def look(self, answer: str = ""):
        return self.browser.get(self.address, {"antwoord": answer} if answer else {})

    def code(self) -> str:
        assert self.browser.post(f"{self.address}code/", {"antwoord": "ja"}).status_code == 302
        found = re.search(r"code is (\d{3} \d{3})\.", mails(str(self.observation.asked.email))[-1])
        assert found
        return found[1]

    def come_in(self, answer: str = "") -> "Practice":
        response = self.browser.post(self.address, {"code": self.code(), "antwoord": answer})
        assert (response.status_code, response.url) == (302, f"{self.address}{f'?antwoord={answer}' if answer else ''}")
        return self

    def reply(self, answer: str, remark: str = ""):
        return self.browser.post(f"{self.address}antwoord/", {"antwoord": answer, "remark": remark})


@pytest.fixture
def practice(observation) -> Practice:
    return Practice(observation)


def test_a_line_that_was_sent_too_late_is_kept_until_the_code(practice):
    practice.reply("ja", "Het gesprek was dinsdag.")
    assert "Wat u typte is bewaard" in Page(practice.look("ja")).text
    assert Page(practice.come_in("ja").look("ja")).fields["remark"] == "Het gesprek was dinsdag."
    assert fresh(practice.observation).answered_at is None


def fresh(thing: Model):
    thing.refresh_from_db()
    return thing


def ask_on_page(household: Household, client: Client, consent: Consent, nadia: Professional, **typed: object):
    facts = {
        "ground": f"{consent.pk}-MENTAL_HEALTH",
        "asked": f"{nadia.pk}",
        "question": QUESTION,
        "answer_by": f"{timezone.localdate() + 3 * DAY}",
    }
    return client.post(reverse("signals:observations", args=[household.number]), facts | typed)


# ---- asking


def test_the_coordinator_asks_on_a_consent_and_the_mail_names_nobody(household, consent, nadia, as_):
    client, before = as_("jolanda"), mails(nadia.email)
    page = Page(client.get(reverse("signals:observations", args=[household.number])))
    assert page.options["ground"] == ["", f"{consent.pk}-MENTAL_HEALTH"]
    assert set(page.options["asked"]) >= {"", f"{nadia.pk}"}
    assert ask_on_page(household, client, consent, nadia).status_code == 302
    asked = household.observations.get()
    (mail,) = mails(nadia.email)[len(before) :]
    address = reverse("signals:observation", args=[asked.token])
    assert [f"{address}?antwoord={answer}" in mail for answer in ("ja", "nee", "bel")] == [True] * 3
    for word in ("Ruud", "Zonnedauw", "gesprek", "hoofd", household.number, nadia.organisation.name, "Jolanda"):
        assert word not in mail, word
    line = AccessLogEntry.objects.filter(event="ask observation").latest("pk")
    assert (line.action, line.basis, line.household, line.subject_ids) == (
        "SHARE", f"CONSENT {consent.pk}", household, [consent.resident_id],
    )  # fmt: skip


def test_only_people_with_a_consent_can_be_chosen(household, consent, nadia, cast, as_):
    page = Page(as_("jolanda").get(reverse("signals:observations", args=[household.number])))
    offered = Professional.objects.filter(pk__in=[pk for pk in page.options["asked"] if pk])
    assert {one.organisation for one in offered} == {nadia.organisation}
    assert ask_on_page(household, as_("jolanda"), consent, cast.dennis).status_code == 422
    with pytest.raises(actions.NoConsent):
        actions.ask_observation(
            consent=consent, item="MENTAL_HEALTH", asked=cast.dennis, question="?", answer_by=timezone.localdate(), by=cast.jolanda
        )  # fmt: skip
    with pytest.raises(actions.NoConsent):
        actions.ask_observation(
            consent=consent, item="MONEY", asked=nadia, question="?", answer_by=timezone.localdate(), by=cast.jolanda
        )
    assert not household.observations.exists()


def test_without_a_consent_there_is_no_form(household, ruud, as_):
    page = Page(as_("jolanda").get(reverse("signals:observations", args=[household.number])))
    assert "Een vraag stellen kan nog niet" in page.text
    assert "question" not in page.fields


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"question": "Was het gesprek er? En hoe ging het?"}, "Stel één vraag tegelijk."),
        ({"question": "Stuurt u het dossier?"}, "Vraag geen dossier op."),
        ({"question": "Stuurt u alle gegevens?"}, "Vraag geen dossier op."),
        ({"question": "Klopt 999990019?"}, "Dit lijkt op een BSN."),
        ({"question": ""}, "Schrijf je vraag op."),
        ({"answer_by": "2020-01-01"}, "Kies vandaag of een latere dag."),
        ({"ground": ""}, "Kies met welke toestemming je dit vraagt."),
        ({"ground": "9-MONEY"}, "9-MONEY"),
        ({"in_mail": "on"}, "De vraag vertelt iets over mensen: “Ruud”."),
        ({"in_mail": "on", "question": "Is de depressie minder?"}, "“depressie”"),
        ({"in_mail": "on", "question": "Is Pietersen er?"}, "“Pietersen”"),
    ],
)
def test_a_question_that_may_not_be_asked_is_kept_on_the_page(typed, words, household, consent, nadia, as_):
    response = ask_on_page(household, as_("jolanda"), consent, nadia, **typed)
    assert response.status_code == 422
    assert words in Page(response).text
    assert Page(response).fields["question"] == typed.get("question", QUESTION)
    assert not household.observations.exists()


# ---- reading and answering


def test_the_door_tells_nothing_and_the_code_opens_it(observation, practice):
    for page in (practice.look(), practice.look("ja"), practice.browser.post(f"{practice.address}code/", follow=True)):
        words = page.content.decode()
        for secret in ("Ruud", "gesprek", "Zonnedauw", "Jolanda", "hoofd"):
            assert secret not in words, secret
    practice.come_in()
    text = Page(practice.look()).text
    assert QUESTION in text
    assert "Het gaat over Ruud." in text


def test_one_tap_and_one_line_land_in_the_household(observation, practice, household, nadia, as_):
    practice.come_in("ja")
    assert Page(practice.look("ja")).fields["antwoord"] == "ja"
    assert practice.reply("ja", "Vrijdag <vorige> week.").status_code == 302
    kept = fresh(observation)
    assert (kept.answer, kept.remark) == ("YES", "Vrijdag <vorige> week.")
    client = as_("jolanda")
    assert "Nadia van Wessum heeft je vraag beantwoord" in Page(client.get(reverse("desk:my_day"))).text
    assert "Vrijdag <vorige> week." in Page(client.get(reverse("desk:household", args=[household.number]))).text
    client.post(reverse("signals:keep_observation", args=[household.number, kept.pk]))
    assert "heeft je vraag beantwoord" not in Page(client.get(reverse("desk:my_day"))).text
    line = AccessLogEntry.objects.filter(event="answer observation").latest("pk")
    assert (line.actor, line.household, line.subject_ids) == (nadia, household, [observation.resident_id])


def test_there_is_one_answer(observation, practice):
    practice.come_in().reply("nee")
    practice.reply("ja", "Toch wel.")
    assert (fresh(observation).answer, observation.remark) == ("NO", "")
    assert "U antwoordde “Nee”" in Page(practice.look()).text


@pytest.mark.parametrize("typed", [{"answer": ""}, {"answer": "misschien"}, {"answer": "ja", "remark": "999990019"}])
def test_an_answer_that_can_not_be_kept_is_not_lost(typed, observation, practice):
    response = practice.come_in().reply(**typed)
    assert response.status_code == 422
    assert Page(response).fields["remark"] == typed.get("remark", "")
    assert fresh(observation).answered_at is None


def test_looking_changes_nothing_whatever_a_mail_scanner_follows(asked):
    for facts in ({}, {"in_mail": True, "question": "Komt u maandag?"}):
        observation = asked(**facts)
        practice = Practice(observation)
        tables = ("signals_observation", "signals_observationcode", "post_office_email")
        before = {name: everything()[name] for name in tables}
        for answer in ("", "ja", "nee", "bel", "x"):
            practice.look(answer)
            practice.browser.head(f"{practice.address}?antwoord={answer}")
            for address in ("code/", "antwoord/", "klaar/"):
                assert practice.browser.get(f"{practice.address}{address}?antwoord={answer}").status_code == 405
        assert {name: everything()[name] for name in tables} == before


def test_without_a_code_only_being_called_can_be_asked(observation, practice):
    for answer in ("ja", "nee"):
        assert practice.reply(answer, "Ik raad maar wat.").status_code == 302
    assert fresh(observation).answered_at is None
    assert "Hiervoor is geen code nodig." in Page(practice.look("bel")).text
    assert practice.reply("bel", "Dit hoort er niet bij.").status_code == 302
    assert (fresh(observation).answer, observation.remark) == ("CALL", "")
    assert "Wij hebben uw antwoord." in Page(practice.look()).text
    line = AccessLogEntry.objects.filter(event="answer observation").latest("pk")
    assert (line.actor, line.actor_role) == (None, "PARTNER")


def test_a_question_about_nobody_is_in_the_mail_and_answered_in_one_click(asked, nadia):
    observation = asked(question="Komt u maandag om tien uur?", in_mail=True)
    assert "Komt u maandag om tien uur?" in mails(nadia.email)[-1]
    practice = Practice(observation)
    page = Page(practice.look("ja"))
    assert page.fields["antwoord"] == "ja"
    assert "Ruud" not in page.text
    assert practice.reply("ja").status_code == 302
    assert fresh(observation).answer == "YES"


def test_the_consent_can_be_printed_and_nothing_else_of_it(observation, practice, household, consent, cast, ruud):
    address = f"{practice.address}toestemming/"
    assert practice.browser.get(address).status_code == 302
    household_actions.record_consent(
        household=household, residents=[ruud], kind=Consent.Kind.SHARE_INFO, by=cast.jolanda, given_on=timezone.localdate(),
        recipient=cast.dennis.organisation, items=["MONEY"], purpose="Iets anders.", answers={ruud: True},
    )  # fmt: skip
    practice.come_in()
    text = Page(practice.browser.get(address)).text
    assert "Alleen of er een gesprek was." in text
    assert "Stuur geen andere stukken." in text
    assert "Iets anders." not in text


# ---- when it ends

ENDINGS = ["withdrawn", "expired", "refused", "taken back", "household closed", "account closed"]


@pytest.fixture
def end(observation, consent, household, ruud, nadia, cast, as_):
    def end(how: str) -> None:
        if how == "withdrawn":
            household_actions.withdraw_consent(consent=consent, by=cast.jolanda)
        elif how == "expired":
            over = timezone.localdate() - DAY
            Consent.objects.filter(pk=consent.pk).update(given_on=over - DAY, valid_until=over)
        elif how == "refused":
            household_actions.add_voice(consent=consent, giver=ruud, capacity="SELF", agreed=False, by=cast.jolanda)
        elif how == "taken back":
            as_("jolanda").post(reverse("signals:stop_observation", args=[household.number, observation.pk]))
        elif how == "household closed":
            put_household(household, Household.Status.CLOSED)
        else:
            Professional.objects.filter(pk=nadia.pk).update(is_active=False)

    return end


@pytest.mark.parametrize("how", ENDINGS)
def test_when_it_ends_the_door_is_shut_at_the_next_request(how, observation, practice, end):
    practice.come_in()
    assert QUESTION in Page(practice.look()).text
    end(how)
    gone = [practice.look(), practice.look("ja"), practice.reply("ja"), practice.reply("bel")]
    gone += [practice.browser.post(f"{practice.address}code/"), practice.browser.get(f"{practice.address}toestemming/")]
    unknown = Client().get(reverse("signals:observation", args=["NOSUCHQUESTION"]))
    assert {(page.status_code, page.content) for page in gone} == {(404, unknown.content)}
    assert fresh(observation).answered_at is None


def test_ten_wrong_codes_lock_the_door(observation, practice):
    code = practice.code()
    for _ in range(10):
        practice.browser.post(practice.address, {"code": "000000" if code != "000 000" else "111111"})
    practice.browser.post(practice.address, {"code": code})
    assert QUESTION not in practice.look().content.decode()


def test_a_code_of_one_question_opens_no_other(asked):
    first, second = Practice(asked()), Practice(asked())
    code = first.code()
    assert second.browser.post(second.address, {"code": code}).status_code == 422
    first.browser.post(first.address, {"code": code})
    other = Practice(second.observation)
    other.browser = first.browser
    assert QUESTION not in other.look().content.decode()


def test_the_address_of_a_question_is_in_no_log_line(observation, practice):
    gone = without_secrets(f"Not Found: {practice.address}?antwoord=ja and {practice.address}antwoord/")
    assert observation.token not in gone
    practice.come_in().reply("ja")
    kept = everything()
    assert not [table for table, rows in kept.items() if observation.token in rows]


# ---- reminding


def test_one_reminder_and_then_it_shows(observation, nadia, as_):
    before = len(mails(nadia.email))
    for days, reminders in ((3, 0), (4, 1), (5, 1)):
        with time_machine.travel(timezone.now() + days * DAY):
            tasks.remind()
            assert len(mails(nadia.email)) == before + reminders
    assert "Ruud" not in mails(nadia.email)[-1]
    assert "gesprek" not in mails(nadia.email)[-1]
    with time_machine.travel(timezone.now() + 4 * DAY):
        assert (
            "Nadia van Wessum heeft je vraag niet beantwoord" in Page(as_("jolanda").get(reverse("desk:my_day"))).text
        )


@pytest.mark.parametrize("how", ["answered", *ENDINGS])
def test_nobody_is_reminded_of_what_is_over(how, observation, nadia, practice, end):
    if how == "answered":
        actions.answer_observation(observation=observation, answer=Observation.Answer.YES, by=nadia)
    else:
        end(how)
    before = len(mails(nadia.email))
    with time_machine.travel(timezone.now() + 9 * DAY):
        tasks.remind()
    assert len(mails(nadia.email)) == before


# ---- whose it is


@pytest.mark.parametrize(
    ("who", "status"), [("amir", 403), ("pascal", 403), ("fadoua", 404), ("bart", 404), ("dennis", 404)]
)
def test_a_question_is_of_the_coordinator(who, status, observation, household, consent, nadia, as_):
    client = as_(who)
    assert client.get(reverse("signals:observations", args=[household.number])).status_code == status
    assert ask_on_page(household, client, consent, nadia).status_code == status
    for verb in ("keep_observation", "stop_observation"):
        assert client.post(reverse(f"signals:{verb}", args=[household.number, observation.pk])).status_code == status
    assert fresh(observation).stopped_at is None


def test_an_answer_has_a_moment_and_nothing_is_read_before_it(observation, household, as_):
    with pytest.raises(IntegrityError, match="observation_answered_at_a_moment"), transaction.atomic():
        sql("UPDATE signals_observation SET answer = 'YES' WHERE id = %s", observation.pk)
    with pytest.raises(IntegrityError, match="observation_read_after_answer"), transaction.atomic():
        sql("UPDATE signals_observation SET read_at = now() WHERE id = %s", observation.pk)
    page = Page(
        as_("jolanda").post(reverse("signals:keep_observation", args=[household.number, observation.pk]), follow=True)
    )
    assert "Er is nog geen antwoord." in page.text


def test_the_page_with_many_questions_asks_no_more_than_with_one(asked, household, as_):
    asked()
    client, address = as_("jolanda"), reverse("signals:observations", args=[household.number])
    one = queries(client, address)
    for _ in range(29):
        asked()
    assert (one, queries(client, address)) == (10, 10)
