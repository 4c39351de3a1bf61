"""Every paper of a household: what it says, what it never says, and that it can be made of anything that people type."""

import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config import printing
from desk.papers import PAPERS, Kind
from desk.readers import readers_of
from households import actions, consent_card, letters
from households.models import Household
from partners.models import Professional
from plans import actions as plan_actions
from plans.models import Action
from plans.papers import fridge, full
from tests.helpers import Page
from tests.paper import read
from tests.papers.working import SECRETS, choice, every_paper, full_house, plan_of, printed
from tests.test_pdf import HOSTILE, add_action, add_goal

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(cast):
    return full_house(cast)


@pytest.mark.walk
def test_no_secret_stands_on_any_paper(house):
    papers = every_paper(house.household)
    assert len(papers) == len(Kind) == 10
    found = [(kind, what) for kind, text in papers.items() for what, word in SECRETS.items() if word in text]
    assert found == []
    assert all(any(name in text for name in ("Papierberg", "Wilma", "Otto")) for text in papers.values())


def test_the_whole_plan_has_sixteen_parts_and_what_is_in_them(house):
    text = printed(house.household, Kind.FULL)
    parts = [
        "About this plan",
        "Who we are",
        "Our story in our own words",
        "This goes well",
        "Our people",
        "How it goes",
    ]
    parts += ["Who helps now", "Safety", "What we want to reach", "Who does what, and when?", "How we work together"]
    parts += ["Who may know what?", "Looking back", "When this plan is done", "Our rights", "Signature"]
    places = [text.index(f"{number} {_(part)}") for number, part in enumerate(parts, start=1)]
    assert places == sorted(places)
    for words in (
        "Wilma Papierberg",
        "Wij willen rust.",
        "Ik wandel elke dag.",
        "Schulden tellen",
        "Dennis Achterkamp",
    ):
        assert words in text


def test_the_whole_plan_leaves_out_the_consents_of_who_decides_alone_and_is_no_adult(house):
    young = actions.add_resident(
        household=house.household,
        by=house.by,
        first_name="Joost",
        birth_date=timezone.localdate() - timedelta(days=6100),
    )
    actions.record_consent(
        household=house.household, residents=[young], kind="SHARE_INFO", by=house.by, given_on=timezone.localdate(),
        recipient=house.participant.professional.organisation, items=["MENTAL_HEALTH"], purpose="Stil", answers={young: True},
    )  # fmt: skip
    assert any(row["purpose"] == "Stil" for row in consent_card.agreed(house.household))
    assert not any(row["purpose"] == "Stil" for row in full.content(plan_of(house.household))["agreed"])


def test_the_whole_plan_tells_the_version_who_agreed_and_what_was_said_when_they_looked_back(house):
    plan = plan_of(house.household)
    plan_actions.put_forward(plan=plan, by=house.by)
    version = plan.versions.get()
    plan_actions.sign(signature=version.signatures.get(resident=house.wilma), stand="ORAL", seen=True, by=house.by)
    said = dict.fromkeys(plan.goals.all(), ("PARTLY", SECRETS["safety, the goal"]))
    said[house.money] = ("REACHED", "Er blijft elke maand iets over.")
    said[house.health] = ("PARTLY", "Niet elke dag.")
    plan_actions.evaluate(
        plan=plan, held_on=timezone.localdate(), present="Wij", results=said, keep="De blauwe bak", change="Minder tegelijk",
        marks={house.wilma: (8, "Ik slaap weer."), house.otto: (None, "")}, by=house.by,
    )  # fmt: skip
    text = printed(house.household, Kind.FULL)
    for words in ("Er blijft elke maand iets over.", "Niet elke dag.", "De blauwe bak", "Minder tegelijk", "Ik slaap weer.",
                  "wilde geen cijfer geven", "mondeling", "Versie"):  # fmt: skip
        assert words in text, words
    assert SECRETS["safety, the goal"] not in text


def test_a_participant_reads_what_was_shared_and_nothing_else(house):
    text = printed(house.household, Kind.PARTICIPANT)
    assert "Schulden tellen" in text
    assert "Wij houden geld over." in text
    assert "Rekening openen" in text
    for other in ("Ik wandel elke dag.", "Blokje om", "Wij wonen hier lang.", "Wij willen rust.", "Fien"):
        assert other not in text
    consent = house.household.consents.valid().filter(resident=house.wilma).in_full().get()
    actions.withdraw_consent(consent=consent, giver=house.wilma, by=house.by)
    text = printed(house.household, Kind.PARTICIPANT)
    assert "Schulden tellen" in text  # the own action
    assert "Wij houden geld over." not in text


def test_the_fridge_holds_no_goals_and_nothing_about_health(house):
    text = printed(house.household, Kind.FRIDGE)
    assert "Rekening openen" in text
    for other in ("Wij houden geld over.", "Blokje om", "Wij willen rust.", "Papierberg"):
        assert other not in text


@pytest.mark.parametrize("actions_on_it", [0, 1, 12, 60, 500])
def test_the_fridge_is_one_page_and_says_what_it_leaves_out(house, actions_on_it):
    due = timezone.localdate() + timedelta(days=3)
    Action.objects.filter(goal__plan__household=house.household).delete()
    Action.objects.bulk_create(
        Action(
            goal=house.money, what=f"Ding {number} " + "met een lang verhaal " * 8, proposed_by=house.by, due_on=due,
            status=Action.Status.ACCEPTED, owner_resident=house.wilma,
        )
        for number in range(actions_on_it)
    )  # fmt: skip
    start = time.process_time()
    pages = read(fridge.agreements(plan_of(house.household)))
    assert time.process_time() - start < 30
    assert len(pages) == 1
    shown = pages[0].count("Ding ")
    left = actions_on_it - shown
    assert shown == actions_on_it if actions_on_it < 10 else shown > 5
    assert (f"{left} afspraken" in pages[0]) is (left > 1)


def test_the_report_of_a_talk_asks_for_three_things_apart(house):
    text = printed(house.household, Kind.REPORT)
    assert "Otto belt de bank." in text
    for tick in (
        "I have read this report, or somebody read it to me.",
        "I agree with what stands here.",
        "This is also my application for help from the municipality.",
    ):
        assert text.count(_(tick)) == 1


def test_the_card_of_one_resident_holds_only_what_this_person_said(house):
    otto = house.household.members.get(resident=house.otto)
    both, one = printed(house.household, Kind.CARD, bewoner=None), printed(house.household, Kind.CARD, bewoner=otto)
    assert both.count("Om te helpen.") == 1  # they said the same
    assert "Wilma en Otto" in both
    assert "Wilma" not in one
    assert one.count("Om te helpen.") == 1


def test_letters_say_when_and_where_and_hold_no_protected_address(house):
    invited = printed(house.household, Kind.INVITATION)
    for words in ("donderdag 3 december 2026", "14.30 uur", _("at your home"), "Otto Papierberg", "000-000 01 11"):
        assert words in invited
    assert "Otto belt de bank." in printed(house.household, Kind.RESULT)
    Household.objects.filter(pk=house.household.pk).update(address_protected=False)
    assert SECRETS["protected address"] in printed(house.household, Kind.REMINDER)
    member = choice(house.household)["bewoner"]
    member.lives_here = False
    elsewhere = letters.to_resident(member)
    assert SECRETS["protected address"] not in printed(house.household, Kind.REMINDER, aan=elsewhere)


def test_letters_to_others_name_nobody_and_hold_only_their_own_steps(as_, house):
    """To somebody close, and to who helps without a mail address: what the app can mail to nobody."""
    by, due = house.by, timezone.localdate() + timedelta(days=3)
    karin = actions.add_contact(household=house.household, by=by, name="Karin Zus", relation="zus van Wilma")
    sem = Professional.objects.create(first_name="Sem", last_name="Zondermail", organisation=by.organisation)
    for owner, what in ((karin, "Samen de post doen"), (sem, "De tuin omspitten")):
        plan_actions.add_action(goal=house.money, what=what, owner=owner, due_on=due, by=by)
    safety = house.money.plan.goals.get(domain="SAFETY_JUSTICE")
    plan_actions.add_action(goal=safety, what=SECRETS["safety, the action"], owner=karin, due_on=due, by=by)
    readers = readers_of(house.household)
    assert [one.name for one in readers.values()] == [
        "Otto Papierberg", "Wilma Papierberg", "Fien Papierberg", "Karin Zus", "Sem Zondermail",
    ]  # fmt: skip
    for key, own, other in (
        (f"naaste-{karin.pk}", "Samen de post doen", "De tuin omspitten"),
        (f"hulp-{sem.pk}", "De tuin omspitten", "Samen de post doen"),
    ):
        result = printed(house.household, Kind.RESULT, aan=readers[key], gesprek=None)
        assert own in result
        assert other not in result
        for text in (result, printed(house.household, Kind.INVITATION, aan=readers[key])):
            assert readers[key].name in text
            for name in ("Papierberg", "Wilma", "Otto", SECRETS["safety, the action"]):
                assert name not in text
        asked = {"aan": key}
        answer = as_("jolanda").get(reverse("desk:paper", args=[house.household.number, "uitkomst"]), asked)
        assert answer["Content-Type"] == "application/pdf"
    answer = as_("jolanda").get(
        reverse("desk:paper", args=[house.household.number, "uitkomst"]),
        {"aan": f"bewoner-{choice(house.household)['bewoner'].pk}"},
        follow=True,
    )
    assert _("Choose which talk.") in Page(answer).text


@pytest.mark.walk
@pytest.mark.parametrize("text", [*HOSTILE.values(), "Zin na zin. " * 3300], ids=[*HOSTILE, "40,000 characters"])
def test_anything_that_people_type_prints(house, text):
    """On one paper after the other, and each within its time."""
    plan = plan_of(house.household)
    add_action(add_goal(plan, text, why=text, how_we_see_it=text), text)
    actions.change_household(household=house.household, by=house.by, request_in_own_words=text, strengths=text)
    actions.tell_story(household=house.household, text=text, told_by="Wilma", told_on=timezone.localdate(), by=house.by)
    actions.write_in_conversation(conversation=house.talk, typed={"MONEY-says": actions.Typed(text, 0)}, by=house.by)
    for kind in (Kind.FULL, Kind.FRIDGE, Kind.REPORT, Kind.RESULT, Kind.PARTICIPANT):
        start = time.process_time()
        assert printed(house.household, kind)
        assert time.process_time() - start < 60, kind


@pytest.mark.walk
def test_a_plan_of_five_hundred_actions_is_printed_whole(house):
    due = timezone.localdate() + timedelta(days=3)
    Action.objects.bulk_create(
        Action(goal=house.money, what=f"Ding {number}.", proposed_by=house.by, due_on=due, owner_resident=house.wilma)
        for number in range(500)
    )
    start = time.process_time()
    text = printed(house.household, Kind.FULL)
    assert time.process_time() - start < 60
    assert all(f"Ding {number}." in text for number in range(500))


# ---- on the page


def test_the_page_offers_every_paper_and_shows_the_first_page(as_, house):
    jolanda, here = as_("jolanda"), [house.household.number]
    page = Page(jolanda.get(reverse("desk:papers", args=here)))
    assert page.options["soort"] == Kind.values
    (image,) = [attrs for tag, attrs in page.elements if tag == "img"]
    assert image["src"] == reverse("desk:preview", args=[*here, "keukentafel"])
    assert image["alt"]
    picture = jolanda.get(image["src"])
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert picture["Cache-Control"].find("no-store") >= 0


@pytest.mark.walk
@pytest.mark.parametrize("kind", Kind.values)
def test_each_paper_comes_from_its_address(as_, house, kind):
    jolanda = as_("jolanda")
    chosen = choice(house.household)
    chosen["aan"] = f"bewoner-{chosen['bewoner'].pk}"
    asked = (*PAPERS[kind].asks, *PAPERS[kind].may_ask)
    asks = {name: getattr(chosen[name], "pk", chosen[name]) for name in asked}
    answer = jolanda.get(reverse("desk:paper", args=[house.household.number, kind]), asks)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("deelnemer", {}),
        ("deelnemer", {"deelnemer": "999999"}),
        ("deelnemer", {"deelnemer": "\x00"}),
        ("gespreksverslag", {"gesprek": "nee"}),
        ("uitnodiging", {"aan": "bewoner-0", "dag": "morgen", "tijd": "half drie", "waar": "maan"}),
    ],
)
def test_what_is_missing_or_wrong_is_said_on_the_page(as_, house, kind, asked):
    jolanda = as_("jolanda")
    answer = jolanda.get(reverse("desk:paper", args=[house.household.number, kind]), asked, follow=True)
    assert answer.redirect_chain
    assert answer["Content-Type"].startswith("text/html")
    assert "img" not in {tag for tag, _attrs in Page(answer).elements}
    assert jolanda.get(reverse("desk:preview", args=[house.household.number, kind]), asked).status_code == 404


def test_somebody_of_another_household_is_not_to_be_chosen(as_, house, bakelaar):
    elsewhere = bakelaar.circle.active().first().pk
    answer = as_("jolanda").get(
        reverse("desk:paper", args=[house.household.number, "deelnemer"]), {"deelnemer": elsewhere}
    )
    assert answer.status_code == 302


def test_without_a_plan_the_page_says_so(as_, cast):
    household = actions.make_household(
        name="Leeg", team=cast.jolanda.teams.get(), coordinator=cast.jolanda, by=cast.jolanda
    )
    jolanda, address = as_("jolanda"), reverse("desk:papers", args=[household.number])
    assert Page(jolanda.get(address)).fields["soort"] == "gespreksleidraad"
    assert _("There is no plan yet. Make the plan first.") in Page(jolanda.get(address, {"soort": "volledig"})).text
    assert jolanda.get(reverse("desk:paper", args=[household.number, "volledig"])).status_code == 302
    plan_actions.ask_light(
        household=household, question="Waar?", domain="MONEY", what="Bellen", due_on=timezone.localdate(),
        owner=cast.jolanda, by=cast.jolanda,
    )  # fmt: skip
    assert jolanda.get(reverse("desk:paper", args=[household.number, "volledig"])).status_code == 302


def test_papers_are_wide_as_asked_and_of_the_first_page_only(house):
    file = PAPERS[Kind.FULL].make(Household.objects.get(pk=house.household.pk), {})
    picture = printing.first_page(file, width=300)
    assert int.from_bytes(picture[16:20], "big") in (300, 301)
