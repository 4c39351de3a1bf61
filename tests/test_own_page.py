"""A resident reads the own plan, the own consents and who looked: by an own address and a code by mail. No account."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk.demo import small
from desk.demo.bakelaar import SAMIRA
from households import actions
from households.forms.consent import QUESTIONS
from households.models import AccessLogEntry, Consent, Household, HouseholdMember, OwnPage, Resident
from partners.models import Organisation, Professional
from plans import actions as plan_actions
from signals import actions as signal_actions
from signals.models import Signal
from tests.circle.working import invite
from tests.helpers import Page, mails, parameters, put_household

MAIL = "roos@thuis.example"


class Reader:
    """Somebody with the address of an own page, in a browser of its own."""

    def __init__(self, page: OwnPage):
        self.page, self.browser = page, Client()
        self.door = reverse("desk:own_page", args=[page.token])

    def ask(self) -> str:
        assert self.browser.post(f"{self.door}code/").status_code == 302
        found = re.search(r"code is (\d{3} \d{3})\.", mails(self.page.member.email)[-1])
        assert found
        return found[1]

    def type(self, code: str):
        return self.browser.post(self.door, {"code": code})

    def come_in(self) -> "Reader":
        assert self.type(self.ask()).status_code == 302
        return self

    def read(self, more: str = "") -> str:
        return " ".join(Page(self.browser.get(f"{self.door}{more}")).texts)

    @property
    def reads(self) -> bool:
        return "Wie mag wat weten?" in self.read()


@pytest.fixture
def samira(bakelaar) -> Reader:
    return Reader(OwnPage.objects.open().get(member__household=bakelaar, member__email=SAMIRA.email))


def member_of(household: Household, name: str, **facts: str) -> HouseholdMember:
    household.members.filter(resident__first_name=name).update(**facts)
    return household.members.get(resident__first_name=name)


def wrong(code: str) -> str:
    return f"{(int(code.replace(' ', '')) + 1) % 1_000_000:06}"


# ---- the door


@pytest.mark.parametrize("token", ["NOSUCHPAGE", "0", "ë' OR 1=1"])
def test_an_address_that_nobody_has_gives_nothing(token, db, settings):
    browser = Client()
    answers = [browser.get(reverse(f"desk:{name}", args=[token])) for name in ("own_page", "own_page_who_looked")]
    answers += [browser.post(reverse(f"desk:{name}", args=[token])) for name in ("own_page", "own_code")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({Page(answer).text for answer in answers}) == 1
    assert settings.PHONE in Page(answers[0]).text


def test_the_door_tells_nothing_of_the_household(samira, bakelaar):
    page = samira.browser.get(samira.door).content.decode()
    secrets = [
        "Samira",
        "Bakelaar",
        "Idrissi",
        "Jolanda",
        bakelaar.number,
        bakelaar.address,
        SAMIRA.email,
        "rust in huis",
    ]
    assert [secret for secret in secrets if secret in page] == []


def test_a_mailed_code_opens_it_once(samira):
    code = samira.ask()
    assert not samira.reads
    assert samira.type(wrong(code)).status_code == 422
    assert samira.type(code).url == samira.door
    assert samira.reads
    other = Reader(samira.page)
    assert other.type(code).status_code == 422
    assert not other.reads


def test_who_looked_stands_behind_the_same_door(samira):
    answer = samira.browser.get(f"{samira.door}wie-keek-mee/")
    assert (answer.status_code, answer.url) == (302, samira.door)


def test_after_twenty_minutes_without_a_click_and_after_leaving_a_code_is_asked_again(samira):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        samira.come_in()
        for _ in range(4):
            clock.shift(timedelta(minutes=19))
            assert samira.reads
        clock.shift(timedelta(minutes=21))
        assert not samira.reads
        samira.come_in()
        assert samira.reads
        samira.browser.post(f"{samira.door}klaar/")
        assert not samira.reads


def test_ten_wrong_codes_lock_the_door_for_a_quarter_of_an_hour(samira):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = samira.ask()
        for _ in range(10):
            assert samira.type(wrong(code)).status_code == 422
        assert "Te veel verkeerde codes." in samira.read()
        samira.type(code)
        assert not samira.reads
        clock.shift(timedelta(minutes=16))
        assert samira.come_in().reads


def test_the_code_of_another_resident_does_not_open_it(samira, bakelaar, cast):
    noor = actions.give_own_page(member=member_of(bakelaar, "Noor", email="noor@thuis.example"), by=cast.jolanda)
    assert samira.type(Reader(noor).ask()).status_code == 422
    assert not samira.reads


def test_no_more_than_three_codes_a_minute_are_mailed(samira):
    before = len(mails())
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(6):
            samira.browser.post(f"{samira.door}code/")
        assert len(mails()) == before + 3
        assert "Wacht één minuut" in Page(samira.browser.post(f"{samira.door}code/")).text


def test_a_locked_door_mails_no_codes_and_says_once_in_the_log_that_it_was_locked(samira):
    code = samira.ask()
    for _ in range(14):
        samira.type(wrong(code))
    before = len(mails())
    samira.browser.post(f"{samira.door}code/")
    assert len(mails()) == before
    refused = AccessLogEntry.objects.filter(action="DENIED", actor_role="RESIDENT").order_by("pk")
    assert [line.event for line in refused] == ["wrong code"] * 9 + ["too many wrong codes"]


def test_half_a_year_later_it_is_over(samira, settings):
    with time_machine.travel(samira.page.given_at + timedelta(days=settings.OWN_PAGE_DAYS + 1)):
        assert samira.browser.get(samira.door).status_code == 404


@pytest.mark.parametrize("end", ["closed by the coordinator", "a new address", "household closed", "no mail address"])
def test_it_ends_at_the_next_click(end, samira, bakelaar, cast):
    samira.come_in()
    match end:
        case "closed by the coordinator":
            actions.end_own_page(member=samira.page.member, by=cast.jolanda)
        case "a new address":
            actions.give_own_page(member=samira.page.member, by=cast.jolanda)
        case "household closed":
            put_household(bakelaar, Household.Status.CLOSED)
        case _:
            member_of(bakelaar, "Samira", email="")
    assert samira.browser.get(samira.door).status_code == 404
    assert samira.browser.get(f"{samira.door}wie-keek-mee/").status_code == 404


@pytest.mark.parametrize(
    "change",
    [{"email": "ander@thuis.example"}, {"email": ""}, {"birth_date": timezone.localdate() - timedelta(days=8 * 366)}],
)
def test_another_mail_address_or_an_age_under_twelve_ends_it(change, samira, cast):
    """A code that is under way to the old box opens nothing, and neither does the old address after a change back."""
    code = samira.ask()
    actions.change_resident(member=samira.page.member, by=cast.jolanda, **change)
    assert samira.type(code).status_code == 404
    back = {"email": SAMIRA.email, "birth_date": timezone.localdate() - timedelta(days=40 * 366)}
    actions.change_resident(member=samira.page.member, by=cast.jolanda, **back)
    assert samira.browser.get(samira.door).status_code == 404


def test_it_ends_for_who_moves_out(samira, bakelaar, as_):
    samira.come_in()
    form = {"first_name": "Samira", "last_name": "Idrissi", "contact_by": "EMAIL", "email": SAMIRA.email}
    change = reverse("households:change_resident", args=[bakelaar.number, samira.page.member.resident_id])
    assert as_("jolanda").post(change, form | {"lives_here": "on"}).status_code == 302
    assert samira.reads
    assert as_("jolanda").post(change, form).status_code == 302
    assert samira.browser.get(samira.door).status_code == 404


# ---- what stands there


def test_the_plan_stands_there_as_on_paper(samira, bakelaar, cast):
    plan = bakelaar.plans.open().get()
    goal = plan_actions.add_goal(
        plan=plan, by=cast.jolanda, domain="SAFETY_JUSTICE", title="Geen politie meer aan de deur."
    )
    page = samira.come_in().read()
    assert "Ik wil rust in huis." in page
    shown = [one.title for one in plan.goals.exclude(pk=goal.pk)]
    assert shown
    assert [title for title in shown if title not in page] == []
    assert goal.title not in page  # nor whatever else concerns police and justice
    assert bakelaar.address not in page
    assert "Jolanda Terpstra" in page


def test_only_own_consents_stand_there(bakelaar, samira, cast):
    noor = Reader(
        actions.give_own_page(member=member_of(bakelaar, "Noor", email="noor@thuis.example"), by=cast.jolanda)
    )
    hers, mothers = noor.come_in().read(), samira.come_in().read()
    for consent in bakelaar.consents.filter(kind="SHARE_INFO"):
        voices = {voice.giver.first_name for voice in consent.voices.all()} | {consent.resident.first_name}
        about = f"Over {consent.resident.first_name}"
        assert (about in hers) or "Noor" not in voices
        assert (about in mothers) or "Samira" not in voices
    assert "Over Noor" in hers
    assert "Over Ruud" not in hers
    assert "Over Ruud" not in mothers


def test_a_consent_taken_back_is_gone_at_the_next_click(samira, bakelaar, cast):
    consent = bakelaar.consents.get(kind="SHARE_INFO", resident__first_name="Samira", items=["MONEY"])
    purpose = consent.purpose
    assert purpose in samira.come_in().read()
    for each in bakelaar.consents.filter(kind="SHARE_INFO", resident=consent.resident, items=["MONEY"]):
        actions.withdraw_consent(consent=each, giver=consent.resident, by=cast.jolanda)
    assert purpose not in samira.read()


def test_who_looked_stands_there_and_the_own_look_is_in_the_log(samira, bakelaar, cast, as_):
    as_("jolanda").get(reverse("desk:household", args=[bakelaar.number]))
    samira.come_in()
    samira.read()
    page = samira.read("wie-keek-mee/")
    assert "Bekeek uw gegevens en uw plan" in page
    assert "u zelf" in page
    lines = AccessLogEntry.objects.filter(household=bakelaar, actor_role="RESIDENT")
    assert {line.event for line in lines} == {"ask code", "own page", "own page who looked"}
    assert {tuple(line.subject_ids) for line in lines} == {(samira.page.member.resident_id,)}


def test_what_must_be_told_first_does_not_stand_there(samira, bakelaar, cast):
    """That somebody told us something, and that something was shared without consent: not from a list, when alone."""
    assert Signal.objects.filter(household=bakelaar).exists()
    actions.write_override(
        household=bakelaar, about=[samira.page.member.resident], items=["MONEY"], second_person=cast.fadoua,
        recipient=Organisation.objects.exclude(pk=cast.jolanda.organisation_id).first(), not_informed_because="Gevaar.",
        review_on=timezone.localdate() + timedelta(days=9), by=cast.jolanda, **dict.fromkeys(QUESTIONS, "Zo."),
    )  # fmt: skip
    signal = Signal.objects.filter(household=None, status="RECEIVED").first()
    signal_actions.take_up(signal=signal, by=cast.jolanda)
    signal_actions.link_to_household(signal=signal, household=bakelaar, by=cast.jolanda)
    page = samira.come_in().read("wie-keek-mee/").lower()
    assert [
        word for word in ("wat iemand ons vertelde", "vertelde", "zonder toestemming", "melder") if word in page
    ] == []
    assert "niet alles staat op deze lijst" in page


def test_who_helps_without_consent_is_not_on_the_list(samira, bakelaar, cast, as_):
    """Nor the invitation, the yes and the looks: from each of them the rest can be guessed."""
    override = actions.write_override(
        household=bakelaar, about=[samira.page.member.resident], items=["MENTAL_HEALTH"], second_person=cast.fadoua,
        recipient=cast.stranger.organisation, not_informed_because="Gevaar.",
        review_on=timezone.localdate() + timedelta(days=9), by=cast.jolanda, **dict.fromkeys(QUESTIONS, "Zo."),
    )  # fmt: skip
    actions.approve_override(override=override, by=cast.fadoua)
    guest = invite(SimpleNamespace(household=bakelaar, by=cast.jolanda), cast.stranger)
    actions.share(participant=guest, domain="MENTAL_HEALTH", sure=True, override=override, by=cast.jolanda)
    before = samira.come_in().read("wie-keek-mee/").count("Bekeek wat er gedeeld is")
    assert as_("stranger").get(reverse("desk:my_families")).status_code == 200
    assert samira.read("wie-keek-mee/").count("Bekeek wat er gedeeld is") == before
    actions.end_participation(participant=guest, by=cast.jolanda)
    assert samira.read("wie-keek-mee/").count("Bekeek wat er gedeeld is") == before
    assert as_("dennis").get(reverse("desk:my_families")).status_code == 200
    assert samira.read("wie-keek-mee/").count("Bekeek wat er gedeeld is") == before + 1


def test_what_a_child_of_sixteen_agreed_to_alone_its_parents_do_not_read(samira, bakelaar, cast, as_):
    fien = actions.add_resident(
        household=bakelaar,
        first_name="Fien",
        birth_date=timezone.localdate() - timedelta(days=17 * 366),
        by=cast.jolanda,
    )
    actions.record_consent(
        household=bakelaar, residents=[fien], kind=Consent.Kind.SHARE_INFO, recipient=cast.stranger.organisation,
        items=["MENTAL_HEALTH"], purpose="Haar eigen gesprek.", given_on=timezone.localdate(), answers={fien: True},
        by=cast.jolanda,
    )  # fmt: skip
    guest = invite(SimpleNamespace(household=bakelaar, by=cast.jolanda), cast.stranger)
    shared = "deelde een onderdeel"
    before = samira.come_in().read("wie-keek-mee/").lower().count(shared)
    actions.share(participant=guest, domain="MENTAL_HEALTH", sure=True, by=cast.jolanda)
    as_("stranger").get(reverse("desk:my_families"))
    assert samira.read("wie-keek-mee/").lower().count(shared) == before


def test_a_goal_about_the_health_of_somebody_else_stands_on_paper_only(samira, bakelaar, cast):
    plan, ruud = bakelaar.plans.get(), bakelaar.members.get(resident__first_name="Ruud").resident
    goal = plan_actions.add_goal(
        plan=plan, domain="MENTAL_HEALTH", title="Ik praat over de nachtmerries.", about=[ruud], by=cast.jolanda
    )
    plan_actions.add_action(
        goal=goal, what="Bellen met de ggz.", owner=ruud, due_on=timezone.localdate(), by=cast.jolanda
    )
    page = samira.come_in().read()
    assert "nachtmerries" not in page
    assert "ggz" not in page
    plan_actions.change_goal(goal=goal, about=[ruud, samira.page.member.resident], by=cast.jolanda)
    assert "nachtmerries" in samira.read()


def test_that_a_reporter_may_hear_something_stands_with_the_own_consents(bakelaar, cast):
    noor = member_of(bakelaar, "Noor", email="noor@thuis.example")
    page = Reader(actions.give_own_page(member=noor, by=cast.jolanda)).come_in()
    assert "of er contact met ons is" not in page.read()
    samira = Reader(OwnPage.objects.open().get(member__email=SAMIRA.email)).come_in()
    assert "of er contact met ons is" in samira.read()


def test_a_child_of_divorced_parents_reads_one_home_only(cast):
    """Lisa has a page in each home; each shows nothing of the other."""
    Resident.objects.filter(first_name="Lisa").update(birth_date=timezone.localdate() - timedelta(days=13 * 366))
    homes = [Household.objects.get(name=home.name) for home in (small.HOME, small.HIS_HOME)]
    hers, his = (
        Reader(
            actions.give_own_page(
                member=member_of(home, "Lisa", email=f"lisa-{home.number}@thuis.example"), by=home.coordinator
            )
        ).come_in()
        for home in homes
    )
    for one, others in ((hers, ("Havikspad", "goede vader", "om het weekend", "Opa Cor")), (his, ("Sneeuwbespad", "Truus", "zonder bang"))):  # fmt: skip
        for more in ("", "wie-keek-mee/"):
            page = one.read(more)
            assert [word for word in (*others, "Sneeuwbespad") if word in page] == []
    assert "Wie mag wat weten?" not in " ".join(Page(hers.browser.get(his.door)).texts)


def test_a_resident_who_reads_opens_no_other_page(samira, bakelaar):
    """Whoever came in here is nobody everywhere else."""
    samira.come_in()
    nobody = Client()
    for name, params in parameters().items():
        if params <= {"number"} and not name.startswith("signals:post"):
            address = reverse(name, kwargs={"number": bakelaar.number} if params else {})
            assert samira.browser.get(address).status_code == nobody.get(address).status_code, address


def test_the_page_asks_the_same_number_of_queries_for_a_large_household(samira, bakelaar, cast):
    asked = []
    samira.come_in()
    samira.read()
    for more in (1, 20):
        goal = bakelaar.plans.open().get().goals.first()
        for _ in range(more):
            owner = actions.add_resident(household=bakelaar, by=cast.jolanda, first_name="Nog iemand")
            plan_actions.add_action(goal=goal, what="Tellen", owner=owner, due_on=timezone.localdate(), by=cast.jolanda)
        for path in ("", "wie-keek-mee/"):
            with CaptureQueriesContext(connection) as queries:
                samira.read(path)
            asked.append(len(queries))
    assert asked[:2] == asked[2:]
    assert max(asked) <= 21


# ---- giving it


@pytest.fixture
def give(bakelaar, as_):
    def post(name: str, answers: dict | None = None, by: str = "jolanda"):
        pk = bakelaar.members.get(resident__first_name=name).resident_id
        address = reverse("households:own_page", args=[bakelaar.number, pk])
        browser = as_(by)
        return browser.get(address) if answers is None else browser.post(address, answers)

    return post


def test_the_coordinator_mails_an_address_and_no_name(give, bakelaar):
    member = member_of(bakelaar, "Ruud", email="ruud@thuis.example")
    assert give("Ruud", {"reads_alone": "on"}).status_code == 302
    mail = mails("ruud@thuis.example")[-1]
    assert [word for word in ("Ruud", "Bakelaar", "Jolanda", bakelaar.number, "schuld") if word in mail] == []
    page = OwnPage.objects.open().get(member=member)
    assert reverse("desk:own_page", args=[page.token]) in mail
    assert Reader(page).come_in().reads


def test_first_is_asked_whether_somebody_reads_along(give, bakelaar):
    member_of(bakelaar, "Ruud", email="ruud@thuis.example")
    answer = give("Ruud", {"reads_alone": ""})
    assert answer.status_code == 422
    assert "Leest er iemand mee?" in Page(answer).text
    assert mails("ruud@thuis.example") == []


def test_a_child_under_twelve_and_who_has_no_mail_get_none(give, bakelaar):
    member_of(bakelaar, "Milan", email="milan@thuis.example")
    for name in ("Milan", "Ruud"):
        assert "reads_alone" not in Page(give(name)).options
        give(name, {"reads_alone": "on"})
        assert not OwnPage.objects.filter(member__resident__first_name=name).exists()


def test_a_colleague_gives_and_closes_nothing(give, bakelaar, as_, samira):
    assert give("Samira", {"reads_alone": "on"}, by="amir").status_code == 403
    pk = samira.page.member.resident_id
    end = reverse("households:end_own_page", args=[bakelaar.number, pk])
    assert as_("amir").post(end).status_code == 403
    assert samira.come_in().reads
    assert as_("jolanda").post(end).status_code == 302
    assert not OwnPage.objects.open().filter(pk=samira.page.pk).exists()


def test_of_a_resident_of_another_household_it_can_not_be_given(bakelaar, as_, cast):
    other = (
        Household.objects.exclude(pk=bakelaar.pk).filter(coordinator=Professional.objects.get(pk=cast.amir.pk)).first()
    )
    pk = other.members.exclude(resident__memberships__household=bakelaar).first().resident_id
    answer = as_("jolanda").post(reverse("households:own_page", args=[bakelaar.number, pk]), {"reads_alone": "on"})
    assert answer.status_code == 404
