"""A plan that a family or a resident makes: offered first, chosen, made, and the base of the plan."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from desk.day import day_of
from desk.dossier import content as dossier
from households import actions as household_actions
from households.models import Resident
from households.models.people import on_being
from plans import actions
from plans.models import Action, OwnPlan, SupportPlan
from plans.own_plan import Choice
from plans.papers.full import full_plan
from tests import paper
from tests.helpers import Page, sql
from tests.plans.working import SOON, to

TODAY = timezone.localdate()
FIRST = "Bied eerst een familiegroepsplan aan"
FAMILY = OwnPlan.Kind.FAMILY
WORDS = "- Wij eten samen.\n• Oma haalt <Pip> op.\n\nWij eten samen."


@pytest.fixture
def offered(household, cast) -> OwnPlan:
    return actions.offer_own_plan(
        household=household, kind=FAMILY, offered_on=TODAY, told_by="Jolanda", until=SOON, by=cast.jolanda
    )


@pytest.fixture
def made(offered, cast) -> OwnPlan:
    actions.hand_in_own_plan(own_plan=offered, made_on=TODAY, made_by="Roos & oma", text=WORDS, by=cast.jolanda)
    offered.refresh_from_db()
    return offered


@pytest.fixture
def pip(household, cast) -> Resident:
    born = TODAY - timedelta(days=9 * 366)
    return household_actions.add_resident(household=household, by=cast.jolanda, first_name="Pip", birth_date=born)


def titles(professional) -> list[str]:
    day = day_of(professional)
    return [task.title for task in day.can_not_wait + day.today + day.soon]


def test_help_under_the_youth_act_waits_for_a_family_plan_that_was_offered(household, pip, plan, goal, jolanda, cast):
    asked = {"goal": goal, "what": "Samen praten.", "owner": cast.jolanda, "due_on": SOON, "by": cast.jolanda}
    actions.add_action(**asked, frame="WMO")
    assert FIRST not in titles(cast.jolanda)
    action = actions.add_action(**asked, frame="YOUTH")
    assert FIRST in titles(cast.jolanda)
    home = jolanda.get(reverse("desk:household", args=[household.number]))
    assert "nog niet aangeboden" in Page(home).text
    assert "Dat gaat voor." in Page(jolanda.get(to("own_plans", household))).text
    said = {"offered": "no", "because": "Vader is <gevaarlijk>."}
    assert jolanda.post(to("own_plans", household), said | {"because": ""}).status_code == 422
    assert jolanda.post(to("own_plans", household), said).status_code == 302
    assert FIRST not in titles(cast.jolanda)
    kept = household.own_plans.get()
    assert "Vader is <gevaarlijk>." in Page(jolanda.get(to("own_plan", household, kept.pk))).text
    whole = SupportPlan.objects.in_full().get(pk=plan.pk)
    assert "gevaarlijk" not in " ".join(paper.read(full_plan(whole)))
    facts, warnings = dossier(household, household.members.first().resident)
    assert "gevaarlijk" not in str(facts["parts"])
    assert any("familiegroepsplan" in warning for warning in warnings)
    kept.delete()
    actions.move_action(action=action, to=Action.Status.DROPPED, by=cast.jolanda)
    assert FIRST not in titles(cast.jolanda)


def test_offering_choosing_and_what_waits(household, pip, jolanda, cast):
    page = Page(jolanda.get(to("own_plans", household)))
    said = {name: page.fields[name] for name in ("offered_on", "told_by", "until", "because")} | {"offered": "yes"}
    wrong = Page(jolanda.post(to("own_plans", household), said | {"told_by": "", "until": "2020-01-01"}))
    assert "Schrijf op wie het vertelde." in wrong.text
    assert "binnen zes maanden" in wrong.text
    assert wrong.still_holds({"offered_on": said["offered_on"]})
    assert jolanda.post(to("own_plans", household), said).status_code == 302
    assert jolanda.post(to("own_plans", household), said).status_code == 302  # a second time is one
    (own_plan,) = household.own_plans.all()
    waits = "Wat zeggen ze over een eigen plan?"
    assert waits in titles(cast.jolanda)
    door = to("own_plan", household, own_plan.pk)
    yes = {"choice": "YES", "they_say": "Graag, met oma.", "chosen_on": f"{TODAY}", "until": ""}
    assert "Kies tot wanneer het wacht." in Page(jolanda.post(door, yes)).text
    assert jolanda.post(door, yes | {"until": f"{SOON}"}).status_code == 302
    own_plan.refresh_from_db()
    assert (own_plan.choice, own_plan.until, own_plan.they_say) == (Choice.YES, SOON, "Graag, met oma.")
    assert jolanda.post(door, yes | {"choice": "NO", "until": f"{SOON}"}).status_code == 302
    own_plan.refresh_from_db()
    assert (own_plan.choice, own_plan.until) == (Choice.NO, None)
    assert waits not in titles(cast.jolanda)
    assert jolanda.post(door, yes | {"until": f"{SOON}"}, follow=True).status_code == 200
    own_plan.refresh_from_db()
    assert own_plan.choice == Choice.NO  # that would be a new offer


def test_without_children_no_family_plan_is_offered_and_what_was_written_stays(household, offered, jolanda, cast):
    actions.choose_own_plan(own_plan=offered, choice=Choice.NO, they_say="", chosen_on=TODAY, by=cast.jolanda)
    not_here, said = (
        "Hier wordt geen familiegroepsplan aangeboden",
        {"offered": "no", "because": "Vader is gevaarlijk."},
    )
    answer = jolanda.get(to("own_plans", household))
    page = Page(answer)
    assert not_here in page.text
    assert "persoonlijk plan" in page.text
    assert "offered" not in page.options
    assert to("own_plan", household, offered.pk) in answer.text
    assert jolanda.post(to("own_plans", household), said).status_code == 422
    assert list(household.own_plans.all()) == [offered]
    household_actions.add_resident(
        household=household, by=cast.jolanda, first_name="Pip", birth_date=on_being(TODAY, -18, 0) + timedelta(days=1)
    )
    page = Page(jolanda.get(to("own_plans", household)))
    assert not_here not in page.text
    assert "offered" in page.options


def test_what_they_made_is_kept_and_becomes_goals_word_for_word(offered, household, jolanda, cast):
    door = to("hand_in", household, offered.pk)
    facts = {"made_by": "Roos & oma", "made_on": f"{TODAY}", "text": ""}
    assert "Schrijf hun plan op" in Page(jolanda.post(door, facts)).text
    nonsense = SimpleUploadedFile("x.jpg", b"geen plaatje")
    assert jolanda.post(door, facts | {"file": nonsense}).status_code == 422
    assert not OwnPlan.objects.made().exists()
    white = BytesIO()
    Image.new("RGB", (9, 9), "white").save(white, "PNG")
    drawn = SimpleUploadedFile("plan.png", white.getvalue())
    assert jolanda.post(door, facts | {"text": WORDS, "file": drawn}).status_code == 302
    offered.refresh_from_db()
    assert (offered.choice, offered.until, offered.made_by) == (Choice.MADE, None, "Roos & oma")
    fetched = jolanda.get(to("own_plan_paper", household, offered.pk))
    assert fetched["Content-Type"] == "image/jpeg"
    assert fetched["Content-Disposition"].startswith("attachment")
    take, page = to("take_over", household, offered.pk), to("own_plan", household, offered.pk)
    assert "Er is nog geen plan" in Page(jolanda.get(page)).text
    plan = actions.make_plan(household=household, by=cast.jolanda)
    fields = Page(jolanda.get(page)).fields
    assert "Kies bij minstens één regel" in Page(jolanda.post(take, {"seen": fields["seen"]})).text
    chosen = {"seen": fields["seen"], "domain1": "PARENTING"}
    assert jolanda.post(take, chosen).status_code == 302
    goal = plan.goals.get()
    assert (goal.title, goal.domain, goal.taken_from) == ("Oma haalt <Pip> op.", "PARENTING", offered)
    assert jolanda.post(take, chosen).status_code == 422  # what was seen is no longer so
    assert "Uit hun eigen plan" in Page(jolanda.get(to("goal", household, goal.pk))).text


def test_the_whole_plan_on_paper_begins_with_their_plan(made, household, plan, cast):
    actions.take_over_goals(own_plan=made, goals=[("Wij eten samen.", "HOME_RELATIONS")], by=cast.jolanda)
    text = " ".join(paper.read(full_plan(SupportPlan.objects.in_full().get(pk=plan.pk))))
    assert "Dit plan begint met het plan van Roos & oma." in text
    assert "Oma haalt <Pip> op." in text
    assert "uit ons eigen plan" in text


@pytest.mark.parametrize(
    "change",
    [
        "choice = 'NO'", "choice = 'HARM'", "choice = 'MADE', until = NULL", "told_by = ''", "offered_on = NULL",
        "until = NULL", "not_offered_because = 'x'",
    ],
)  # fmt: skip
def test_the_database_keeps_it_whole(change, offered):
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f"UPDATE plans_ownplan SET {change} WHERE id = %s", offered.pk)


def test_a_colleague_and_a_participant_see_nothing_of_it(made, household, as_):
    for name, status in (("amir", 403), ("dennis", 404), ("stranger", 404)):
        for door in ("own_plan", "own_plan_paper"):
            assert as_(name).get(to(door, household, made.pk)).status_code == status
        assert as_(name).get(to("own_plans", household)).status_code == status
