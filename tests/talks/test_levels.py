"""How it goes: levels in words over time, marks in own hand, and the words of a municipality."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from households import actions, charts, labels
from households.actions import Typed
from households.domains import Level, LifeDomain, Side
from households.models import OwnMark
from tests.helpers import Page
from tests.stage import PROJECT

TODAY = timezone.localdate


def talk(home, days_ago: int, *, resident=None, **levels: str):
    """A talk that ended, with these levels: MONEY="2"."""
    found = actions.begin_conversation(
        household=home.household,
        resident=resident,
        held_on=TODAY() - timedelta(days=days_ago),
        present="Roos",
        by=home.anna,
    )
    typed = {f"{domain}-level": Typed(level, seen=0) for domain, level in levels.items()}
    actions.write_in_conversation(conversation=found, typed=typed, by=home.anna)
    actions.end_conversation(conversation=found, by=home.anna)
    return found


def page_of(home) -> Page:
    return Page(home.browser.get(reverse("households:levels", args=[home.household.number])))


def drawn(home) -> dict[tuple[str, str], charts.Picture]:
    return {(str(one.title), one.whom): one for one in charts.of_domains(home.household)}


def test_a_picture_says_the_same_as_its_table_in_words(home):
    talk(home, 40, MONEY="2")
    talk(home, 1, MONEY="4")
    page = page_of(home)
    assert "Van Gaat niet goed naar Gaat redelijk" in page.text
    (title,) = (one.title for one in charts.of_domains(home.household))
    assert str(title) == "Geld"
    labels_in_table = [text for text in page.texts if text in ("Gaat niet goed", "Gaat redelijk")]
    assert labels_in_table.count("Gaat niet goed") == 2  # beside the picture, and in the table
    roles = [given for tag, given in page.elements if tag == "svg" and given.get("role") == "img"]
    assert len(roles) == 1
    named = roles[0]["aria-labelledby"]
    assert [given["id"] for tag, given in page.elements if tag == "title" and "id" in given] == [named]
    picture = drawn(home)["Geld", ""]
    assert [(dot.x, dot.y) for dot in picture.drawn] == [(charts.FIRST, 78), (charts.LAST, 34)]


def test_an_own_label_that_is_too_long_for_the_picture_stands_whole_beside_it(home, monkeypatch):
    monkeypatch.setattr(Level.MIXED, "_label_", "Het gaat met steun")
    talk(home, 1, MONEY="3")
    texts = page_of(home).texts
    assert "Het gaat met …" in texts
    assert texts.count("Het gaat met steun") == 2  # above the picture, and in the table


def test_a_level_is_never_a_number_on_the_page(home):
    talk(home, 40, MONEY="2", HOUSING="5")
    talk(home, 1, MONEY="3", HOUSING="5")
    texts = page_of(home).texts
    assert not {"1", "2", "3", "4", "5", "2,5", "3,5"} & set(texts)


def test_what_was_not_discussed_or_refused_breaks_the_line_and_stands_in_the_table(home):
    for days_ago, level in ((40, "2"), (30, "3"), (20, ""), (10, "0"), (5, "3"), (1, "4")):
        talk(home, days_ago, MONEY=level, HOUSING="3")
    picture = drawn(home)["Geld", ""]
    assert len(picture.strokes) == 2
    assert [str(dot.said) for dot in picture.dots] == [
        "Gaat niet goed", "Wisselend", "", "Wil ik niet bespreken", "Wisselend", "Gaat redelijk",
    ]  # fmt: skip
    assert "Niet besproken" in page_of(home).texts


def test_only_domains_that_were_talked_about_have_a_picture_and_each_person_an_own_one(home):
    talk(home, 3, MONEY="2")
    talk(home, 2, resident=home.pip, MONEY="4", PARENTING="0")
    assert set(drawn(home)) == {("Geld", ""), ("Geld", "Pip"), ("Opvoeden en opgroeien", "Pip")}


def test_it_asks_the_same_number_of_queries_for_a_long_life(home):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(home)
        return len(asked)

    page_of(home)
    talk(home, 60, MONEY="2")
    few = queries()
    for days_ago in range(29):
        talk(home, days_ago, MONEY="3", HOUSING="4", PARENTING="1")
    page_of(home)  # a session that lasts more than a minute is written down anew
    assert queries() == few == 10


def test_nobody_in_the_circle_sees_a_level_or_a_talk(as_, cast, bakelaar):
    """Dennis sees money, and still no level of it."""
    assert bakelaar.circle.active().filter(professional=cast.dennis).exists()
    for name in ("talks", "levels", "story"):
        assert as_("dennis").get(reverse(f"households:{name}", args=[bakelaar.number])).status_code == 404
    page = as_("dennis").get("/mijn-gezinnen/").content.decode()
    for level in Level.scale():
        assert str(level.label) not in page


# ---- in own hand


@pytest.fixture
def page(home):
    member = home.household.members.get(resident=home.roos)
    actions.change_resident(member=member, by=home.anna, email="roos@thuis.example")
    return actions.give_own_page(member=home.household.members.get(resident=home.roos), by=home.anna)


def test_marks_are_drawn_with_their_table(home, page):
    actions.give_own_marks(page=page, marks={"BODY": 4, "MIND": 3})
    pictures = charts.of_own_marks(home.household)
    assert [(str(one.title), one.whom, one.dots[0].said) for one in pictures] == [
        ("Mijn lichaam", "Roos", "4"), ("Mijn gedachten en gevoel", "Roos", "3"),
    ]  # fmt: skip
    assert "Zoals zij het zelf zien" in page_of(home).text


@pytest.mark.parametrize("wrong", [{"mark": 11}, {"side": "LUCK"}, {"resident": "pip"}, {"ended": True}])
def test_the_database_takes_a_mark_from_the_resident_alone(wrong, home, page):
    if wrong.get("ended"):
        actions.end_own_page(member=page.member, by=home.anna)
    facts = {"mark": 7, "side": "BODY", "resident": home.roos} | {
        name: getattr(home, value) if name == "resident" else value for name, value in wrong.items() if name != "ended"
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnMark.objects.create(household=home.household, page=page, **facts)
    mark = (
        None
        if wrong.get("ended")
        else OwnMark.objects.create(household=home.household, page=page, resident=home.roos, side="BODY", mark=7)
    )
    if mark:
        with pytest.raises(IntegrityError, match="only the resident"), transaction.atomic():
            OwnMark.objects.filter(pk=mark.pk).update(mark=9)


def test_no_page_of_the_team_takes_a_mark(home, page):
    step = actions.begin_conversation(household=home.household, held_on=TODAY(), present="Roos", by=home.anna)
    address = reverse("households:talk_step", args=[home.household.number, step.pk, "money"])
    home.browser.post(address, dict.fromkeys(Side.values, "9"))
    home.browser.post(reverse("households:levels", args=[home.household.number]), dict.fromkeys(Side.values, "9"))
    assert not OwnMark.objects.filter(household=home.household).exists()


# ---- the words of a municipality


def written(path, text: str) -> str:
    path.write_text(text)
    return str(path)


def test_a_municipality_loads_its_own_labels(tmp_path):
    path = written(tmp_path / "labels.toml", '[domains]\nMONEY = "Inkomen"\n[levels]\n3 = "Met steun"\n')
    assert labels.read(path) == {"domains": {"MONEY": "Inkomen"}, "levels": {"3": "Met steun"}}
    assert labels.read("") == {"domains": {}, "levels": {}}
    assert {
        "domains": tuple(LifeDomain.values),
        "levels": tuple(str(one) for one in Level.values if one),
    } == labels.KNOWN


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[domains", "can not be read as TOML"),
        ('[domains]\nLUCK = "Geluk"', "In [domains] there is no LUCK"),
        ('[levels]\n0 = "Niets"', "In [levels] there is no 0"),
        ('[people]\nA = "B"', "There is no part [people]"),
        ('domains = "x"', "There is no part [domains]"),
        ('[levels]\n3 = ""', "3 in [levels] must be a text"),
        ("[levels]\n3 = 7", "3 in [levels] must be a text"),
        (f'[levels]\n3 = "{"x" * 41}"', "must be a text of 1 to 40 characters"),
        ('[levels]\n3 = "Zo"\n4 = "Zo"', "the same"),
        ('[levels]\n3 = "Zo "\n4 = "zo"', "the same"),
        ('[levels]\n3 = "Zo\\nen zo"', "3 in [levels] must be a text of 1 to 40 characters, on one line."),
    ],
)
def test_a_mistake_in_the_file_is_said(text, fault, tmp_path):
    with pytest.raises(ImproperlyConfigured, match="HUISPLAN_LABELS") as said:
        labels.read(written(tmp_path / "labels.toml", text))
    assert fault in str(said.value)


def test_a_file_from_a_notepad_is_read_too(tmp_path):
    path = tmp_path / "labels.toml"
    path.write_bytes('\ufeff[domains]\r\nMONEY = " Financiën "\r\n'.encode())
    assert labels.read(str(path))["domains"] == {"MONEY": "Financiën"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[levels]\n3 = "Met steun"', ""),
        ('[levels]\n9 = "Top"', "In [levels] there is no 9"),
        ('[domains]\nMONEY = "wonen"', 'two in [domains] would be called "wonen"'),
        ('[levels]\n1 = "Gaat goed"', 'two in [levels] would be called "gaat goed"'),
        ('[domains]\nMONEY = "Wonen"\nHOUSING = "Geld"', ""),
    ],
)
def test_it_is_said_before_anything_starts(text, fault, tmp_path):
    starts = not fault
    place = {"HUISPLAN_PLACE": "none", "HUISPLAN_LABELS": written(tmp_path / "labels.toml", text)}
    show = "from households.domains import Level; print(Level.MIXED.label)"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "shell", "-c", show], env=os.environ | place, cwd=PROJECT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode == 0) == starts
    assert ("Met steun" in done.stdout) == ("Met steun" in text)
    assert fault in done.stderr


def test_a_visitor_without_a_household_sees_nothing(home):
    assert Client().get(reverse("households:levels", args=[home.household.number])).status_code == 302
