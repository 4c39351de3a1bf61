"""The story with its versions, the questions of a team, and the guide on paper."""

import io

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from households import actions, pdf
from households.domains import LifeDomain
from households.guide import STEPS, cards_of, our_cards
from households.models import AccessLogEntry, QuestionCard, Story
from partners.models import TeamMembership
from partners.permissions import Role
from tests.helpers import Page
from tests.paper import read

TODAY = timezone.localdate
CARDS = "/gesprekskaarten/"


# ---- the story


def tell(home, story: str, **more: str):
    typed = {"request": "Rust.", "story": story, "told_by": "Roos", "told_on": f"{TODAY()}", "strengths": ""} | more
    return home.browser.post(reverse("households:change_own_words", args=[home.household.number]), typed)


def test_every_version_of_the_story_can_be_read_with_who_agreed_and_when(home):
    tell(home, "Eerste verhaal.")
    tell(home, "Tweede verhaal.", read_aloud="on")
    tell(home, "Tweede verhaal.", read_aloud="on", agreed_by="Roos en Pip")  # the same again is no new version
    page = Page(home.browser.get(reverse("households:story", args=[home.household.number]))).text
    assert page.index("Tweede verhaal.") < page.index("Wat hier eerder stond") < page.index("Eerste verhaal.")
    assert "Roos zei dat het klopt." in page
    assert "Dit hoeven zij niet nog eens te vertellen" in page
    assert [(one.version, one.read_aloud, one.agreed_by) for one in Story.objects.filter(household=home.household)] == [
        (1, False, ""), (2, True, "Roos"),
    ]  # fmt: skip


def test_a_long_story_is_kept_whole_and_a_longer_one_is_refused_in_words(home):
    text = "Regel één, ﷽ en 😀.\n" * 10_000
    assert tell(home, text[:200_000]).status_code == 302
    assert Story.objects.get(household=home.household).text == text[:200_000].replace("\r\n", "\n")
    answer = tell(home, "ß" * 200_001)
    assert answer.status_code == 422
    assert "hooguit 200.000 tekens" in answer.content.decode()
    assert len(Page(answer).fields["story"]) == 200_001
    card = Page(home.browser.get(reverse("desk:household", args=[home.household.number]))).text
    assert len(card) < 20_000  # the page of the household shows the beginning, and where the rest is
    assert "Het hele verhaal" in card
    timeline = home.browser.get(reverse("desk:timeline", args=[home.household.number]))
    assert len(Page(timeline).text) < 20_000
    assert reverse("households:story", args=[home.household.number]) in timeline.content.decode()
    assert tell(home, "Nu.", told_on="0001-01-01").status_code == 422


def test_reading_the_story_is_a_line_and_is_for_who_sees_the_household(home):
    address = reverse("households:story", args=[home.household.number])
    assert "Er is nog geen verhaal verteld." in home.browser.get(address).content.decode()
    assert AccessLogEntry.objects.latest("pk").event == "story"
    colleague = Client()
    colleague.force_login(home.omar)
    assert colleague.get(address).status_code == 403


# ---- the cards


def test_there_are_questions_for_every_step():
    assert our_cards().keys() == {step.key for step in STEPS}
    assert {step.key for step in STEPS} > set(LifeDomain.values)
    for step, asked in our_cards().items():
        assert 3 <= len(asked) <= 6, step
        for question in asked:
            assert question.endswith("?")
            assert len(question.split()) <= 15, question
            assert " je " not in question


def test_a_team_writes_its_own_questions_and_gets_ours_back(home):
    typed = Page(home.browser.get(CARDS)).fields | {"MONEY": "Wat is er met de post?\n\n  Wie betaalt de huur? "}
    assert home.browser.post(CARDS, typed).status_code == 302
    (card,) = QuestionCard.objects.filter(team=home.team)
    assert (card.step, card.changed_by) == ("MONEY", home.anna)
    assert cards_of(home.team)["MONEY"] == ("Wat is er met de post?", "Wie betaalt de huur?")
    assert cards_of(home.team)["HOUSING"] == our_cards()["HOUSING"]
    talk = actions.begin_conversation(household=home.household, held_on=TODAY(), present="Roos", by=home.anna)
    step = reverse("households:talk_step", args=[home.household.number, talk.pk, "money"])
    assert "Wie betaalt de huur?" in Page(home.browser.get(step)).text
    assert "Wie betaalt de huur?" in " ".join(read(pdf.talk_guide(home.household)))
    home.browser.post(CARDS, typed | {"MONEY": ""})
    assert cards_of(home.team) == our_cards()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.MANAGER, 200), (Role.LEAD, 200), (Role.MEMBER, 403), (Role.POLICY, 403)]
)
def test_who_may_write_the_questions(role, status, home):
    TeamMembership.objects.filter(professional=home.omar).update(role=role)
    browser = Client()
    browser.force_login(home.omar)
    assert browser.get(CARDS).status_code == status
    assert browser.get(f"{CARDS}?team=999999").status_code == (404 if status == 200 else 403)


# ---- on paper


def test_the_guide_on_paper_has_every_card_and_names_nobody_by_the_last_name(home):
    file = pdf.talk_guide(home.household)
    pages = read(file)
    text = " ".join(pages)
    for step in STEPS:
        assert our_cards()[step.key][0] in text
    assert "Roos en Pip" in pages[0]
    assert "Zonnedauw" not in text
    assert "Wil ik niet bespreken" in text
    for domain in LifeDomain:  # each on one page, to lay on the table
        assert (
            sum(our_cards()[domain][0] in page and "Wat blijft over voor een professional?" in page for page in pages)
            == 1
        )
    with pikepdf.open(io.BytesIO(file)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.StructTreeRoot.K
        assert "<pdfuaid:part>1</pdfuaid:part>" in opened.Root.Metadata.read_bytes().decode()


def test_printing_it_is_a_line(home):
    answer = home.browser.get(reverse("households:print_guide", args=[home.household.number]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert (AccessLogEntry.objects.latest("pk").action, AccessLogEntry.objects.latest("pk").event) == (
        "PRINT",
        "print talk",
    )
