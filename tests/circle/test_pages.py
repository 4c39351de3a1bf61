"""The pages of the circle and of consent, as the coordinator fills them in: what is wrong is said, and nothing is lost."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.logs import without_secrets
from households import actions
from households.models import Consent, Participant
from tests.circle.working import agree, invite
from tests.helpers import Page, mails
from tests.paper import read

TODAY = timezone.localdate()


@pytest.fixture
def jolanda(as_) -> Client:
    return as_("jolanda")


@pytest.fixture
def at(home):
    """An address of the household."""

    def at(name: str, *keys: int) -> str:
        return reverse(name, args=[home.household.number, *keys])

    return at


# ---- inviting


def an_invitation(cast, **changes: str | None) -> dict[str, str]:
    answers = {
        "who": str(cast.greet.pk),
        "purpose": "Leren lezen.",
        "added_value": "Minder afhankelijk.",
        "household_agrees": "on",
        "household_agrees_on": f"{TODAY}",
        "ends_on": f"{TODAY + timedelta(days=90)}",
    } | changes
    return {name: value for name, value in answers.items() if value is not None}


def test_an_invitation_names_nobody_in_its_mail(jolanda, at, home, cast):
    assert jolanda.post(at("desk:invite"), an_invitation(cast)).status_code == 302
    participant = home.household.circle.get()
    (mail,) = mails(cast.greet.email)[-1:]
    assert f"/uitnodiging/{participant.token}/" in mail
    for secret in (
        "Zonnedauw",
        "Roos",
        "Nergenspad",
        "lezen",
        "afhankelijk",
        "Greet",
        "Jolanda",
        home.household.number,
    ):
        assert secret not in mail


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"who": None}, "Kies één persoon."),
        ({"purpose": ""}, "Schrijf op waarvoor deze persoon komt."),
        ({"added_value": ""}, "Schrijf op wat het toevoegt voor het huishouden."),
        ({"household_agrees": None}, "Vraag het eerst aan het huishouden."),
        ({"household_agrees_on": f"{TODAY + timedelta(days=1)}"}, "Kies vandaag of een eerdere dag."),
        ({"ends_on": ""}, "Kies tot welke dag."),
        ({"ends_on": f"{TODAY - timedelta(days=1)}"}, "Kies vandaag of een latere dag."),
        ({"ends_on": f"{TODAY + timedelta(days=400)}"}, "Hooguit één jaar."),
        ({"who": "new", "new_name": "Piet Hein", "new_organisation": "De Vloot"}, "daar gaat de uitnodiging heen"),
        ({"who": "new", "new_name": "Piet Hein", "new_organisation": "De Vloot", "new_email": "piet"}, "niet compleet"),
    ],
)
def test_an_invitation_that_is_not_right_says_so_and_keeps_what_was_typed(changes, sentence, jolanda, at, home, cast):
    typed = an_invitation(cast, **changes)
    answer = jolanda.post(at("desk:invite"), typed)
    assert answer.status_code == 422
    page = Page(answer)
    assert sentence in page.text
    assert page.still_holds(
        {name: value for name, value in typed.items() if name in ("purpose", "added_value", "ends_on")}
    )
    assert not home.household.circle.exists()


def test_somebody_new_is_written_down_and_invited(jolanda, at, home, cast):
    new = {"who": "new", "new_name": "Piet Hein", "new_organisation": "De Vloot", "new_email": "piet@vloot.example"}
    assert jolanda.post(at("desk:invite"), an_invitation(cast, **new)).status_code == 302
    participant = home.household.circle.select_related("professional").get()
    assert (participant.professional.email, participant.professional.has_usable_password()) == (
        "piet@vloot.example",
        False,
    )


def test_nobody_is_in_the_circle_twice(jolanda, at, home, cast, dennis):
    answer = jolanda.post(at("desk:invite"), an_invitation(cast, who=str(cast.dennis.pk)))
    assert answer.status_code == 422
    assert home.household.circle.count() == 1
    with pytest.raises(actions.AlreadyInCircle):
        invite(home, cast.dennis)


def test_an_unknown_an_old_and_a_used_invitation_look_the_same(home, cast, client):
    waiting = invite(home, cast.greet, comes=False)
    used = invite(home, cast.dennis)
    old = invite(home, cast.hetty, comes=False)
    Participant.objects.filter(pk=old.pk).update(invitation_until=timezone.now())
    ended = invite(home, cast.mo, comes=False)
    actions.end_participation(participant=ended, by=home.by)
    before = waiting.token
    actions.invite_again(participant=waiting, by=home.by)
    answers = {
        token: client.get(reverse("desk:invitation", args=[token]))
        for token in ("NOSUCHINVITATION", used.token, old.token, ended.token, before)
    }
    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({answer.content.decode().replace(token, "") for token, answer in answers.items()}) == 1
    door = client.get(reverse("desk:invitation", args=[waiting.token]))
    assert door.status_code == 200
    for secret in ("Zonnedauw", "Greet", cast.greet.email, "Geheim"):
        assert secret not in door.content.decode()


def test_an_invitation_is_of_no_use_to_somebody_else(home, cast, as_):
    waiting = invite(home, cast.greet, comes=False)
    assert as_("dennis").get(reverse("desk:invitation", args=[waiting.token])).status_code == 404
    assert as_("dennis").post(reverse("desk:accept_invitation", args=[waiting.pk])).status_code == 404
    assert as_("greet").post(reverse("desk:accept_invitation", args=[waiting.pk])).status_code == 302
    waiting.refresh_from_db()
    assert waiting.accepted_at
    assert as_("greet").post(reverse("desk:accept_invitation", args=[waiting.pk])).status_code == 404


def test_a_secret_address_of_an_invitation_is_in_no_log_line(home, cast):
    token = invite(home, cast.greet, comes=False).token
    assert token not in without_secrets(f"GET /uitnodiging/{token}/ 200")


# ---- sharing on the page


def test_sharing_asks_for_consent_and_for_a_second_look(jolanda, at, dennis, asked, home):
    share = at("desk:share", dennis.pk)
    answer = jolanda.post(share, {"what": "MENTAL_HEALTH", "sure": "on"})
    assert answer.status_code == 422
    assert "nog geen toestemming" in answer.content.decode()
    asked("roos", items=("MENTAL_HEALTH",))
    answer = jolanda.post(share, {"what": "MENTAL_HEALTH"})
    assert answer.status_code == 422
    assert "extra beschermd" in answer.content.decode()
    assert jolanda.post(share, {"what": f"goal-{home.goals['mind'].pk}", "sure": "on"}).status_code == 302
    assert dennis.goal_grants.get().goal == home.goals["mind"]


@pytest.mark.parametrize("what", ["", "NIETS", "goal-1", "goal-x"])
def test_only_what_is_there_can_be_shared(what, jolanda, at, dennis):
    assert jolanda.post(at("desk:share", dennis.pk), {"what": what}).status_code == 422


def test_the_page_says_when_a_consent_is_gone(jolanda, at, dennis, asked, home):
    (consent,) = asked("roos")
    actions.share(participant=dennis, domain="MONEY", by=home.by)
    assert "gestopt" not in jolanda.get(at("desk:circle")).content.decode()
    assert jolanda.post(at("households:withdraw", consent.pk), {"giver": home.roos.pk}).status_code == 302
    assert "gestopt" in jolanda.get(at("desk:circle")).content.decode()


def test_what_is_of_another_household_is_not_found_under_this_one(jolanda, at, dennis, bakelaar):
    elsewhere = bakelaar.circle.first()
    for name in ("desk:share", "desk:stop_sharing", "desk:invite_again", "desk:end_participation"):
        assert jolanda.post(at(name, elsewhere.pk), {"what": "MONEY"}).status_code == 404
    consent = bakelaar.consents.filter(kind="SHARE_INFO").first()
    for name in ("households:voice", "households:withdraw"):
        assert jolanda.post(at(name, consent.pk), {"giver": "1"}).status_code == 404


# ---- consent


def an_answer(home, cast, **changes: object) -> dict:
    return {
        "residents": [home.pip.pk],
        "recipient": cast.dennis.organisation_id,
        "items": ["MONEY"],
        "purpose": "Een overzicht.",
        "form": "ORAL",
        "given_on": f"{TODAY}",
        "valid_until": f"{TODAY + timedelta(days=100)}",
        f"voice_{home.roos.pk}": "ja",
        f"voice_{home.bas.pk}": "ja",
    } | changes


def test_a_consent_is_written_down_for_each_who_decides(jolanda, at, home, cast):
    assert jolanda.post(at("households:consents"), an_answer(home, cast)).status_code == 302
    consent = home.household.consents.get()
    assert {(voice.giver, voice.capacity, voice.agreed) for voice in consent.voices.all()} == {
        (home.roos, "PARENT", True), (home.bas, "PARENT", True),
    }  # fmt: skip


def test_nothing_is_ticked_beforehand(jolanda, at):
    page = Page(jolanda.get(at("households:consents")))
    assert not {name for name in ("residents", "items", "recipient") if page.fields.get(name)}
    assert {value for name, value in page.fields.items() if name.startswith("voice_")} == {""}


def wrong_answers(home, cast) -> dict[str, dict]:
    return {
        "Kies over wie het gaat.": an_answer(home, cast, residents=[]),
        "Er is geen toestemming voor alles.": an_answer(home, cast, items=[]),
        "Schrijf op waarvoor het is.": an_answer(home, cast, purpose=""),
        "Kies wie het mag weten.": an_answer(home, cast, recipient=""),
        "Kies vandaag of een eerdere dag.": an_answer(home, cast, given_on=f"{TODAY + timedelta(days=1)}"),
        "De einddatum ligt vóór": an_answer(home, cast, valid_until=f"{TODAY - timedelta(days=1)}"),
        "Hooguit twee jaar.": an_answer(home, cast, valid_until=f"{TODAY + timedelta(days=3 * 366)}"),
        "Fien beslist niet over Pip.": an_answer(home, cast, **{f"voice_{home.fien.pk}": "ja"}),
        "Kies bij minstens één persoon": an_answer(
            home, cast, **{f"voice_{home.roos.pk}": "", f"voice_{home.bas.pk}": ""}
        ),
    }


@pytest.mark.parametrize("number", range(9))
def test_a_consent_that_is_not_right_says_so_and_keeps_what_was_typed(number, jolanda, at, home, cast):
    sentence, typed = list(wrong_answers(home, cast).items())[number]
    answer = jolanda.post(at("households:consents"), typed)
    assert answer.status_code == 422
    page = Page(answer)
    assert sentence in page.text
    kept = {name: typed[name] for name in ("purpose", "valid_until", "given_on") if typed[name]}
    assert page.still_holds(kept)
    assert not home.household.consents.exists()


def test_a_child_without_known_authority_is_said(jolanda, at, home, cast):
    for custody in home.pip.custody.all():
        jolanda.post(at("households:end_custody", custody.pk))
    answer = jolanda.post(at("households:consents"), an_answer(home, cast))
    assert answer.status_code == 422
    assert "Schrijf eerst op wie gezag heeft over Pip." in answer.content.decode()


def test_authority_of_a_parent_who_lives_elsewhere(jolanda, at, home):
    facts = {"resident": home.pip.pk, "kind": "PARENT", "source": "REGISTER", "checked_on": f"{TODAY}"}
    assert jolanda.post(at("households:custody"), facts).status_code == 422
    assert jolanda.post(at("households:custody"), facts | {"first_name": "Joep"}).status_code == 302
    assert "Joep" in {one.holder.first_name for one in home.pip.custody.all()}
    for holder in (home.pip.pk, home.max.pk):  # nobody over himself, no child over a child
        assert jolanda.post(at("households:custody"), facts | {"holder": holder}).status_code == 422


def test_the_missing_voice_completes_a_consent_and_a_stranger_can_not(jolanda, at, home, cast):
    (consent,) = agree(home, [home.pip], cast.dennis.organisation, ("MONEY",), answers={home.roos: True})
    voice = at("households:voice", consent.pk)
    jolanda.post(voice, {"giver": home.fien.pk, "answer": "ja"})
    assert consent.voices.count() == 1
    jolanda.post(voice, {"giver": home.bas.pk, "answer": "ja"})
    assert consent.voices.count() == 2
    assert "iedereen zei ja" in jolanda.get(at("households:consents")).content.decode()


def test_the_card_on_paper_says_who_may_know_what(jolanda, at, home, cast, asked):
    asked("roos")
    agree(home, [home.pip], cast.greet.organisation, ("PARENTING",), answers={home.roos: True})
    answer = jolanda.get(at("households:consent_card"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    text = " ".join(read(answer.content))
    assert "Schuldhulp Wilgenrade" in text
    assert "Taalhuis" not in text  # not everybody said yes
    assert "Nergenspad" not in text
    assert cast.jolanda.phone in text


# ---- what stands in the database


def test_a_consent_to_share_names_a_recipient(home):
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(
            household=home.household, resident=home.roos, kind="SHARE_INFO", given_on=TODAY, valid_until=TODAY,
            recorded_by=home.by,
        )  # fmt: skip


def test_somebody_who_was_invited_comes_in_with_the_link_and_a_code(jolanda, at, home, cast):
    """From the mail with the link, by the mail with the code, to the own page: without a password or an account."""
    jolanda.post(at("desk:invite"), an_invitation(cast))
    link = re.search(r"/uitnodiging/\w+/", mails(cast.greet.email)[-1])
    assert link
    browser = Client()
    assert browser.get(link[0]).status_code == 200
    code_page = browser.post(link[0]).headers["Location"]
    code = re.search(r"\b\d{6}\b", mails(cast.greet.email)[-1])
    assert code
    wrong = browser.post(code_page, {"code": "000000" if code[0] != "000000" else "111111"})
    assert "Deze code klopt niet" in wrong.content.decode()
    page = browser.post(code_page, {"code": code[0]}, follow=True)
    assert page.redirect_chain[-1][0] == "/mijn-gezinnen/"
    text = page.content.decode()
    assert "U bent uitgenodigd" in text
    assert "Leren lezen." in text
    assert "Zonnedauw" not in text
    participant = home.household.circle.get()
    page = browser.post(reverse("desk:accept_invitation", args=[participant.pk]), follow=True)
    assert "Fijn dat u helpt." in page.content.decode()
    assert "Zonnedauw" in page.content.decode()
    assert browser.get(link[0]).status_code == 404
