"""Agreements about safety are read by the coordinator and by whom they were shown to, and stand nowhere else."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from households import actions as household_actions
from households.models import HouseholdMember
from plans import actions
from plans.models import SafetyPlan
from tests import paper
from tests.circle.working import agree, invite
from tests.coming_in import behind_code
from tests.helpers import Page, parameters
from tests.plans.working import to

TODAY = timezone.localdate()
SECRET = "Kwetterpoel"
WORDS = {
    name: f"{SECRET} {name}" for name in ("unsafe", "agreed", "keeps_safe", "early_signs", "whom_to_call", "if_broken")
}


@pytest.fixture
def home(home, cast) -> SimpleNamespace:
    for guest in (cast.dennis, cast.bianca):
        actions.add_action(goal=home.goals["roos"], what="Iets", owner=guest, by=home.by, due_on=TODAY)
    home.dennis, home.bianca = invite(home, cast.dennis), invite(home, cast.bianca, volunteer=True)
    return home


@pytest.fixture
def safety(home, cast) -> SafetyPlan:
    facts = {"about": [home.roos, home.pip], "check_on": TODAY + timedelta(days=9), "by": cast.jolanda}
    return actions.write_safety_plan(household=home.household, **facts, **WORDS)


def member_of(home, name: str) -> HouseholdMember:
    member = home.household.members.get(resident=getattr(home, name))
    HouseholdMember.objects.filter(pk=member.pk).update(email=f"{name}@thuis.example", contact_by="EMAIL")
    member.refresh_from_db()
    return member


def own_page(home, name: str) -> tuple[Client, str]:
    page = household_actions.give_own_page(member=member_of(home, name), by=home.by)
    door = reverse("desk:own_page", args=[page.token])
    return behind_code(door, f"{name}@thuis.example"), door


def everywhere(home) -> list[str]:
    """Every address of this household that is looked at, but those of the safety plan itself."""
    routes = [
        name
        for name, params in parameters().items()
        if params == {"number"} and ":" in name and name not in ("plans:safety", "plans:write_safety")
    ]
    return [reverse(name, args=[home.household.number]) for name in sorted(routes)]


def test_it_stands_on_no_page_and_no_paper_of_the_household(home, safety, cast, as_):
    actions.put_forward(plan=home.plan, by=cast.jolanda)
    jolanda, read = as_("jolanda"), 0
    pages = [*everywhere(home), "/", "/huishoudens/"]
    pages += [to("version", home.household, version.pk) for version in home.plan.versions.all()]
    for address in pages:
        answer = jolanda.get(address)
        if answer.status_code != 200:
            continue
        read += 1
        pdf = answer["Content-Type"] == "application/pdf"
        text = " ".join(paper.read(answer.content)) if pdf else answer.content.decode()
        assert SECRET not in text, address
    assert read > 25
    assert SECRET in jolanda.get(to("safety_plan", home.household, safety.pk)).content.decode()


@pytest.mark.parametrize("visitor", ["amir", "pascal", "fadoua", "els", "bart", "dennis", "bianca", "stranger"])
def test_nobody_else_reads_it_or_learns_that_it_is_there(visitor, home, safety, as_):
    client = as_(visitor)
    for pk in (safety.pk, safety.pk + 1000):
        assert client.get(to("safety_plan", home.household, pk)).status_code == 404
        assert client.get(reverse("desk:family_safety", args=[pk])).status_code == 404
    assert client.get(to("safety", home.household)).status_code in (403, 404)
    assert SECRET not in client.get("/mijn-gezinnen/").content.decode()


def test_who_opened_the_household_with_a_reason_does_not_read_it(home, safety, as_, cast):
    household_actions.break_glass(household=home.household, reason="Een goede reden.", by=cast.wietske)
    wietske = as_("wietske")
    page = wietske.get(f"/huishoudens/{home.household.number}/")
    assert page.status_code == 200
    assert "/veiligheid/" not in page.content.decode()
    assert wietske.get(to("safety_plan", home.household, safety.pk)).status_code == 404
    assert wietske.get(to("safety", home.household)).status_code == 403


def test_a_participant_reads_it_only_on_consent_of_all_and_as_long_as_that_lasts(home, safety, as_, cast):
    jolanda, dennis = as_("jolanda"), as_("dennis")
    address, show = reverse("desk:family_safety", args=[safety.pk]), to("show_safety", home.household, safety.pk)
    who = {"who": f"participant-{home.dennis.pk}"}
    refused = jolanda.post(show, who)
    assert refused.status_code == 422
    assert "Er is hier nog geen toestemming voor." in Page(refused).text or "toestemming" in Page(refused).text
    (first,) = agree(home, [home.roos], cast.dennis.organisation, ("SAFETY_JUSTICE",))
    assert jolanda.post(show, who).status_code == 302
    assert dennis.get(address).status_code == 404  # of Pip nobody agreed
    assert "leest het nu niet" in Page(jolanda.get(to("safety_plan", home.household, safety.pk))).text
    agree(home, [home.pip], cast.dennis.organisation, ("SAFETY_JUSTICE",))
    assert jolanda.post(show, who).status_code == 302
    assert SECRET in dennis.get(address).content.decode()
    assert address in dennis.get("/mijn-gezinnen/").content.decode()
    household_actions.withdraw_consent(consent=first, by=cast.jolanda)
    assert dennis.get(address).status_code == 404
    assert address not in dennis.get("/mijn-gezinnen/").content.decode()


def test_a_volunteer_is_not_on_the_list(home, safety, as_, cast):
    fields = Page(as_("jolanda").get(to("safety_plan", home.household, safety.pk))).options["who"]
    assert f"participant-{home.dennis.pk}" in fields
    assert f"participant-{home.bianca.pk}" not in fields
    with pytest.raises(actions.NotOfThisHousehold):
        actions.show_safety_plan(safety_plan=safety, participant=home.bianca, by=cast.jolanda)


def test_of_two_parents_only_the_one_to_whom_it_was_shown_reads_it(home, safety, as_, cast):
    roos, hers = own_page(home, "roos")
    bas, his = own_page(home, "bas")
    for browser, door in ((roos, hers), (bas, his)):
        assert browser.get(f"{door}veiligheid/").status_code == 404
        assert "veiligheid/" not in browser.get(door).content.decode()
    jolanda, mother = as_("jolanda"), home.household.members.get(resident=home.roos)
    show = to("show_safety", home.household, safety.pk)
    assert jolanda.post(show, {"who": f"member-{mother.pk}"}).status_code == 302
    assert SECRET in roos.get(f"{hers}veiligheid/").content.decode()
    assert bas.get(f"{his}veiligheid/").status_code == 404
    for page in ("", "akkoord/", "wie-keek-mee/", "hoe-gaat-het/"):
        assert SECRET not in bas.get(f"{his}{page}").content.decode()
    reader = safety.readers.get()
    hide = to("hide_safety", home.household, safety.pk)
    assert jolanda.post(hide, {"who": f"member-{reader.pk}"}).status_code == 302
    assert roos.get(f"{hers}veiligheid/").status_code == 404


def test_who_looked_does_not_tell_that_it_is_there(home, safety, as_, cast):
    jolanda, mother = as_("jolanda"), home.household.members.get(resident=home.roos)
    jolanda.post(to("show_safety", home.household, safety.pk), {"who": f"member-{mother.pk}"})
    roos, hers = own_page(home, "roos")
    roos.get(f"{hers}veiligheid/")
    bas, his = own_page(home, "bas")
    told = Page(bas.get(f"{his}wie-keek-mee/")).text
    father = home.household.members.get(resident=home.bas)
    printed = jolanda.get(f"/huishoudens/{home.household.number}/bewoners/{father.resident_id}/wie-keek-mee.pdf")
    team = Page(jolanda.get(f"/huishoudens/{home.household.number}/wie-keek-mee/")).text
    for text in (told, " ".join(paper.read(printed.content)), team):
        assert not re.search("veiligheid|safety", text, re.IGNORECASE)
    assert cast.jolanda.get_full_name() in team


def test_when_it_is_over_only_the_coordinator_still_reads_it(home, safety, as_, cast):
    agree(home, [home.roos, home.pip], cast.dennis.organisation, ("SAFETY_JUSTICE",))
    actions.show_safety_plan(safety_plan=safety, participant=home.dennis, by=cast.jolanda)
    roos, hers = own_page(home, "roos")
    actions.show_to_resident(safety_plan=safety, member=home.household.members.get(resident=home.roos), by=cast.jolanda)
    jolanda = as_("jolanda")
    assert jolanda.post(to("end_safety", home.household, safety.pk)).status_code == 302
    assert as_("dennis").get(reverse("desk:family_safety", args=[safety.pk])).status_code == 404
    assert roos.get(f"{hers}veiligheid/").status_code == 404
    assert SECRET in jolanda.get(to("safety_plan", home.household, safety.pk)).content.decode()
    assert jolanda.post(to("change_safety", home.household, safety.pk), {}).status_code == 404


def test_it_is_written_and_changed_with_all_its_parts(home, as_):
    jolanda = as_("jolanda")
    typed = WORDS | {"about": f"{home.roos.pk}", "check_on": f"{TODAY + timedelta(days=30)}"}
    for missing in ("about", "unsafe", "agreed", "keeps_safe", "whom_to_call", "check_on"):
        refused = jolanda.post(to("write_safety", home.household), typed | {missing: ""})
        assert refused.status_code == 422, missing
        assert Page(refused).still_holds({name: value for name, value in typed.items() if name != missing})
    late = jolanda.post(to("write_safety", home.household), typed | {"check_on": f"{TODAY + timedelta(days=400)}"})
    assert "Kies een dag binnen een jaar." in Page(late).text
    assert jolanda.post(to("write_safety", home.household), typed).status_code == 302
    one = SafetyPlan.objects.get(household=home.household)
    assert jolanda.post(to("change_safety", home.household, one.pk), typed | {"agreed": "Anders."}).status_code == 302
    one.refresh_from_db()
    assert one.agreed == "Anders."


def test_the_day_to_look_again_stands_in_my_day(home, safety, as_):
    jolanda = as_("jolanda")
    words = "Kijk of de veiligheidsafspraken nog werken"
    assert words not in Page(jolanda.get("/")).text
    SafetyPlan.objects.filter(pk=safety.pk).update(check_on=TODAY)
    assert words in Page(jolanda.get("/")).text
