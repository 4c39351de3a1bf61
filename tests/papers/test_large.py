"""Large papers: made by a worker, for one person, for a day; and what of others is taken out of what we know of one."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from config.crypto import unseal_bytes
from desk import dossier, making, tasks, week
from desk.papers import MOST_AT_ONCE
from desk.views import papers as papers_view
from desk.views import prints
from households import actions
from households.models import AccessLogEntry, Household, Print
from plans import actions as plan_actions
from tests.helpers import Page, sql
from tests.paper import read
from tests.papers.working import SECRETS, dossier_of, full_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(cast):
    return full_house(cast)


def ask(house, kind=Print.Kind.DOSSIER, by=None):
    resident = house.wilma if kind == Print.Kind.DOSSIER else None
    return actions.ask_print(
        kind=kind, households=[house.household], resident=resident, by=by or house.by, make=lambda key: None
    )


def looks_again(page: Page) -> bool:
    return any(attrs.get("hx-trigger") == "every 2s" for _tag, attrs in page.elements)


# ---- what we know of one person


def test_of_one_person_all_is_there_and_others_are_out(house):
    text, checks = dossier_of(house.household, house.wilma)
    for own in ("Wilma Papierberg", "Wij willen rust.", SECRETS["a note"], "Rekening openen", "Wij houden geld over."):
        assert own in text
    for other in ("a note about another", "said alone in a talk", "protected address", "safety, the goal"):
        assert SECRETS[other] not in text, other
    assert SECRETS["safety, in a talk"] not in text
    assert f"Wilma en {_('[somebody else]')}: {SECRETS['a note']}" in text
    assert any("1 notitie over anderen" in line for line in checks)
    assert any("1 gesprek met iemand anders" in line for line in checks)
    assert any("namen zijn weggehaald" in line or "één naam" in line for line in checks)


def test_of_the_other_the_other_half(house):
    text, _checks = dossier_of(house.household, house.otto)
    assert SECRETS["said alone in a talk"] in text
    assert SECRETS["a note about another"] in text
    assert SECRETS["a note"] not in text
    assert "Ik wandel elke dag." not in text
    assert "Wilma" not in text.replace("Wilma:", "")


def test_who_told_something_is_never_named(bakelaar):
    """The household knows of the signals in the example; who told them gave a name."""
    ruud = bakelaar.members.get(resident__first_name="Ruud").resident
    text, checks = dossier_of(bakelaar, ruud)
    assert _("What others told us") in text
    for name in ("Mandemaker", "Ploegstra", "Wessum"):
        assert name not in text
    assert any("is te zien wie het vertelde" in line for line in checks)


# ---- asking, waiting, fetching


def test_a_dossier_is_asked_made_and_fetched(as_, house, cast, monkeypatch):
    monkeypatch.setattr(prints, "begin", lambda key: None)
    jolanda = as_("jolanda")
    member = house.household.members.get(resident=house.wilma)
    address = reverse("desk:dossier", args=[house.household.number])
    assert jolanda.post(address, {"member": "", "asked_on": "2999-01-01"}).status_code == 422
    answer = jolanda.post(address, {"member": member.pk, "asked_on": f"{timezone.localdate()}"})
    asked = Print.objects.get()
    assert answer["Location"] == reverse("desk:print", args=[asked.pk])
    waiting = Page(jolanda.get(answer["Location"]))
    assert looks_again(waiting)
    assert jolanda.get(reverse("desk:print_file", args=[asked.pk])).status_code == 302
    making.make(asked.pk)
    assert _("A print is ready") in Page(jolanda.get(reverse("desk:my_day"))).text
    assert _("Read it before you give it") in Page(jolanda.get(answer["Location"])).text
    file = jolanda.get(reverse("desk:print_file", args=[asked.pk]))
    assert "Wilma Papierberg" in " ".join(read(file.content))
    assert "attachment" in file["Content-Disposition"]
    assert _("A print is ready") not in Page(jolanda.get(reverse("desk:my_day"))).text
    lines = AccessLogEntry.objects.filter(household=house.household, action="EXPORT").order_by("pk")
    assert [(line.event, line.actor, line.subject_ids) for line in lines] == [
        ("ask dossier", cast.jolanda, [house.wilma.pk]),
        ("fetch dossier", cast.jolanda, [house.wilma.pk]),
    ]
    assert lines[0].basis == f"REQUEST {timezone.localdate()}"


def test_a_long_plan_is_made_by_a_worker_and_asking_twice_waits_for_the_same(as_, house, monkeypatch):
    monkeypatch.setattr(papers_view, "begin", lambda key: None)
    jolanda, number = as_("jolanda"), house.household.number
    address = reverse("desk:paper", args=[number, "volledig"])
    preview = reverse("desk:preview", args=[number, "volledig"])
    assert jolanda.get(address)["Content-Type"] == "application/pdf"  # a short one comes at once
    for rank in range(MOST_AT_ONCE):
        plan_actions.add_action(
            goal=house.money, what=f"Stap {rank} van veel.", owner=house.wilma, by=house.by, due_on=timezone.localdate()
        )
    first = jolanda.get(address)
    asked = Print.objects.get()
    assert first["Location"] == jolanda.get(address)["Location"] == reverse("desk:print", args=[asked.pk])
    assert jolanda.get(preview).status_code == 404
    page = Page(jolanda.get(reverse("desk:papers", args=[number]), {"soort": "volledig"}))
    assert "Dit plan is lang." in page.text
    assert [attrs for tag, attrs in page.elements if tag == "img" and preview in attrs.get("src", "")] == []
    making.make(asked.pk)
    text = " ".join(read(jolanda.get(reverse("desk:print_file", args=[asked.pk])).content))
    assert "Stap 0 van veel." in text
    assert f"Stap {MOST_AT_ONCE - 1} van veel." in text
    assert as_("amir").get(reverse("desk:print", args=[asked.pk])).status_code == 404


def test_the_privacy_officer_needs_the_number_and_the_name(as_, house, cast, monkeypatch):
    monkeypatch.setattr(prints, "begin", lambda key: None)
    els, address = as_("els"), reverse("desk:request_dossier")
    right = {
        "number": house.household.number, "first_name": "wilma", "last_name": "Papierberg",
        "asked_on": f"{timezone.localdate()}",
    }  # fmt: skip
    for wrong in ({"number": "H-0000"}, {"first_name": "Otilia"}, {"last_name": "Anders"}):
        answer = els.post(address, right | wrong)
        assert answer.status_code == 422
        assert _("Number and name do not fit together. Ask the coordinator for the number.") in Page(answer).text
    assert els.post(address, right).status_code == 302
    asked = Print.objects.get()
    making.make(asked.pk)
    assert els.get(reverse("desk:print_file", args=[asked.pk])).status_code == 200
    assert as_("jolanda").get(reverse("desk:print", args=[asked.pk])).status_code == 404
    line = AccessLogEntry.objects.filter(event="fetch dossier").get()
    assert (line.actor, line.basis) == (cast.els, "OVERSIGHT")


def test_only_who_asked_sees_it_and_only_while_the_household_is_theirs(as_, house, cast):
    asked = ask(house)
    actions.keep_print(asked=asked, file=b"%PDF", to_check=[])
    here = reverse("desk:print_file", args=[asked.pk])
    for other in ("amir", "pascal", "els", "dennis"):
        assert as_(other).get(here).status_code == 404
    assert as_("jolanda").get(here).status_code == 200
    Household.objects.filter(pk=house.household.pk).update(coordinator=cast.amir)
    assert as_("jolanda").get(here).status_code == 404
    assert as_("amir").get(here).status_code == 404


def test_the_plans_of_the_week_are_one_file_with_page_numbers_of_their_own(as_, house, monkeypatch):
    monkeypatch.setattr(prints, "begin", lambda key: None)
    jolanda = as_("jolanda")
    jolanda.post(reverse("desk:print_week"))
    asked = Print.objects.get()
    assert house.household in asked.households.all()
    assert {one.coordinator_id for one in asked.households.all()} == {house.by.pk}
    making.make(asked.pk)
    asked.refresh_from_db()
    pages = read(asked.file)
    assert sum(page.endswith("1 van 2") for page in pages) == len(asked.households.all())
    assert "Wilma" in " ".join(pages)
    for secret in SECRETS.values():
        assert secret not in " ".join(pages)


def test_without_anything_this_week_no_file_is_made(as_):
    answer = as_("pascal").post(reverse("desk:print_week"), follow=True)
    assert _("In none of your households something is due this week.") in Page(answer).text
    assert not Print.objects.exists()


# ---- how far it is


@pytest.mark.parametrize("kind", Print.Kind.values)
def test_whoever_waits_sees_how_far_it_is(as_, house, kind, monkeypatch):
    """The worker says it after each part, and at the end all parts are done."""
    asked, seen, finish = ask(house, kind), [], actions.finish_part
    jolanda, here = as_("jolanda"), reverse("desk:print", args=[asked.pk])
    assert "Hij staat in de rij en begint vanzelf." in Page(jolanda.get(here)).text

    def look(*, asked):
        finish(asked=asked)
        seen.append(bar_on(Page(jolanda.get(here))))

    monkeypatch.setattr(actions, "finish_part", look)
    making.make(asked.pk)
    asked.refresh_from_db()
    assert asked.parts == asked.parts_done == len(seen) >= 2
    assert [done for done, _parts, _words in seen] == list(range(1, asked.parts + 1))
    for done, parts, words in seen:
        assert parts == asked.parts
        assert f"{done} van {parts} delen zijn klaar." in words
    assert bar_on(Page(jolanda.get(here))) is None


def test_to_wait_is_one_look_and_what_is_ready_another(as_, house, cast):
    asked = ask(house)
    here, by_itself = reverse("desk:print", args=[asked.pk]), {"HX-Request": "true", "X-By-Itself": "1"}

    def looks() -> list[tuple[str, str]]:
        lines = AccessLogEntry.objects.filter(event="print").order_by("pk")
        return list(lines.values_list("actor__first_name", "action"))

    jolanda, amir = as_("jolanda"), as_("amir")
    page = Page(jolanda.get(here))
    assert looks_again(page)
    opened = looks()
    for _time in range(3):
        waits = jolanda.get(here, headers=by_itself)
        assert bar_on(Page(waits))
        assert "Wilma" not in waits.text
    assert looks() == opened == [("Jolanda", "VIEW")]
    jolanda.get(here, headers={"X-By-Itself": "1"})  # the whole page is a look, whatever it says of itself
    assert len(looks()) == 2
    assert amir.get(here, headers=by_itself).status_code == 404
    assert looks()[2:] == [("Amir", "DENIED")]
    making.make(asked.pk)
    assert not looks_again(Page(jolanda.get(here, headers=by_itself)))
    assert looks()[3:] == [("Jolanda", "VIEW")]


def bar_on(page: Page):
    """What the bar shows, with the words that name it."""
    bars = [attrs for tag, attrs in page.elements if tag == "progress"]
    if not bars:
        return None
    assert bars[0]["aria-labelledby"] == "hoever"
    return int(bars[0]["value"]), int(bars[0]["max"]), page.text


def test_in_a_week_each_plan_is_a_part(house):
    steps = []
    week.plans_of([house.household], step=lambda: steps.append(1))
    assert len(steps) == 2


def test_on_every_page_somebody_hears_that_it_is_ready(as_, house, monkeypatch):
    monkeypatch.setattr(prints, "begin", lambda key: None)
    jolanda, inbox, ready = as_("jolanda"), reverse("signals:inbox"), reverse("desk:prints_ready")
    by_itself = {"HTTP_HX_REQUEST": "true", "HTTP_X_BY_ITSELF": "1"}
    assert ready not in jolanda.get(inbox).text  # nothing is waited for
    jolanda.post(reverse("desk:print_week"))
    asked = Print.objects.get()
    assert ready in jolanda.get(inbox).text
    assert jolanda.get(ready, **by_itself).status_code == 204
    making.make(asked.pk)
    notice = jolanda.get(ready, **by_itself)
    assert notice.status_code == 286  # and not again
    assert _("A print is ready") in Page(notice).text
    assert reverse("desk:print", args=[asked.pk]) in notice.text
    without_script = jolanda.get(inbox)
    assert _("A print is ready") in Page(without_script).text
    assert ready not in without_script.text
    assert "Papierberg" not in notice.text
    assert as_("amir").get(ready, **by_itself).text.strip() == ""
    jolanda.get(reverse("desk:print", args=[asked.pk]))
    assert _("A print is ready") not in Page(jolanda.get(inbox)).text


# ---- what can go wrong


def test_it_is_cipher_in_the_database_and_gone_after_a_day(as_, house):
    asked = ask(house)
    actions.keep_print(asked=asked, file=b"%PDF geheim", to_check=["Papierberg"])
    ((stored, checks),) = sql("SELECT file, to_check FROM households_print")
    assert unseal_bytes(stored) == b"%PDF geheim"
    assert "Papierberg" not in checks
    jolanda, here = as_("jolanda"), reverse("desk:print_file", args=[asked.pk])
    tasks.purge_prints()
    assert Print.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert as_("jolanda").get(here).status_code == 404
        tasks.purge_prints()
    assert not Print.objects.exists()
    assert jolanda.get(here).status_code == 404


def test_with_a_dead_broker_it_waits_and_is_made_later(house, monkeypatch, caplog):
    def away(key):
        raise OperationalError

    asked, begun = ask(house), []
    monkeypatch.setattr(tasks.make_print, "delay", away)
    with caplog.at_level(logging.WARNING):
        prints.begin(asked.pk)
    monkeypatch.setattr(tasks.make_print, "delay", begun.append)
    tasks.make_left()
    assert begun == []  # somebody may just have begun
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        tasks.make_left()
    assert begun == [asked.pk]


def test_what_can_not_be_made_is_said_and_not_tried_for_ever(as_, house, monkeypatch):
    def broken(*_args, **_options):
        raise RuntimeError

    asked = ask(house)
    monkeypatch.setattr(dossier, "dossier", broken)
    making.make(asked.pk)
    page = Page(as_("jolanda").get(reverse("desk:print", args=[asked.pk])))
    assert _("A print could not be made") in Page(as_("jolanda").get(reverse("desk:my_day"))).text
    assert not looks_again(page)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        tasks.make_left()
    assert Print.objects.get().state == Print.State.FAILED


def test_made_twice_it_is_kept_once(house):
    asked = ask(house)
    actions.keep_print(asked=asked, file=b"%PDF een", to_check=[])
    actions.keep_print(asked=asked, file=b"%PDF twee", to_check=[])
    actions.give_up_print(asked=asked)
    asked.refresh_from_db()
    assert (asked.file, asked.state) == (b"%PDF een", "READY")
