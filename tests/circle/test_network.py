"""The network: who is close and how good that is, who helps from work, and all of it as a picture and as a table, on one day or
on two."""

import os
import re
import subprocess
import sys
from datetime import date, timedelta
from io import BytesIO
from itertools import combinations, pairwise

import pikepdf
import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from desk.ecogram import LETTER, NARROW, PAPER, WIDE, Box, draw, sheets
from desk.lettering import lines_of, width_of
from desk.network import context_of
from desk.ties import Side, Tie, ties_on
from households import actions
from households.models import NetworkContact, Resident
from partners.models import Organisation, Professional
from plans import actions as plan_actions
from plans.forms.action import ActionForm
from plans.workflow import Status
from tests.circle.working import invite
from tests.helpers import Page
from tests.paper import read

TODAY = timezone.localdate()
DAY = timedelta(days=1)
HEADS = ("Naasten", "Huishouden", "Beroeps")


def at(name: str, home, *keys: int) -> str:
    room = "desk" if name.startswith("network") and name != "network_card" else "households"
    return reverse(f"{room}:{name}", args=[home.household.number, *keys])


def close(home, name: str = "Karin", **facts) -> NetworkContact:
    known = {"relation": "zus van Roos", "quality": "STRONG"} | facts
    return actions.add_contact(household=home.household, by=home.by, name=name, **known)


def typed(contact: NetworkContact, **changes: object) -> dict:
    names = ("name", "relation", "phone", "quality", "offers", "too_much")
    return {name: getattr(contact, name) for name in names} | changes


# ---- writing it down


def test_all_of_a_tie_can_be_written_down(home, as_):
    data = {
        "name": "Karin", "relation": "zus van Roos", "phone": "000-000 07 99", "quality": "STRAINED",
        "offers": "Haalt Pip op.", "too_much": "Nachten.", "informal_carer": "on", "of_residents": [home.roos.pk],
        "since": f"{TODAY - 400 * DAY}",
    }  # fmt: skip
    assert as_("jolanda").post(at("add_contact", home), data).status_code == 302
    contact = home.household.network.get()
    assert (contact.quality, contact.of_residents, contact.informal_carer) == ("STRAINED", [home.roos.pk], True)
    page = Page(as_("jolanda").get(reverse("desk:household", args=[home.household.number]))).text
    for said in ("Karin", "mantelzorger", "Haalt Pip op.", "Te veel: Nachten.", "De band is gespannen"):
        assert said in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"since": f"{TODAY + DAY}"}, "Kies vandaag of een eerdere dag."),
        ({"until": f"{TODAY + DAY}"}, "Kies vandaag of een eerdere dag."),
        ({"since": f"{TODAY - DAY}", "until": f"{TODAY - 2 * DAY}"}, "Kies de dag waarop het begon, of een latere."),
        ({"since": "0001-01-01"}, "Kies vandaag of een eerdere dag."),
        ({"name": ""}, "Schrijf een naam op."),
        ({"of_residents": "999999999"}, "999999999"),
        ({"quality": "HEEL ERG"}, "HEEL ERG"),
    ],
)
def test_what_can_not_be_is_told_and_nothing_typed_is_lost(changes, sentence, home, as_):
    contact = close(home, offers="Haalt Pip op.")
    data = typed(contact, too_much="Nachten.") | changes
    page = as_("jolanda").post(at("change_contact", home, contact.pk), data)
    assert page.status_code == 422
    assert sentence in Page(page).text
    assert Page(page).fields["too_much"] == "Nachten."
    contact.refresh_from_db()
    assert (contact.too_much, contact.until) == ("", None)


def test_a_contact_of_another_household_is_not_changed_here(home, as_, bakelaar):
    other = bakelaar.network.first()
    data = typed(other, name="Anders")
    assert as_("jolanda").post(at("change_contact", home, other.pk), data).status_code == 404
    other.refresh_from_db()
    assert other.name != "Anders"


def test_who_is_not_close_any_more_leaves_the_list_and_keeps_the_own_action(home, as_):
    contact = close(home)
    action = plan_actions.add_action(goal=home.goals["roos"], what="Bellen", owner=contact, due_on=TODAY, by=home.by)
    jolanda = as_("jolanda")
    data = typed(contact, until=f"{TODAY}")
    assert jolanda.post(at("change_contact", home, contact.pk), data).status_code == 302
    assert "Karin" not in jolanda.get(reverse("households:network", args=[home.household.number])).content.decode()
    assert "Karin" in jolanda.get(reverse("desk:household", args=[home.household.number])).content.decode()
    name = f"networkcontact-{contact.pk}"
    assert name in dict(ActionForm(household=home.household, action=action).people)
    assert name not in dict(ActionForm(household=home.household).people)


def test_the_database_ends_no_tie_before_it_begins(home):
    contact = close(home, since=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        NetworkContact.objects.filter(pk=contact.pk).update(until=TODAY - DAY)


# ---- on two days


def words_on(home, *days: date) -> list[dict[str, str]]:
    with override("nl"):
        return [{tie.name: tie.word for tie in ties} for ties in ties_on(home.household, *days)]


def test_what_it_was_before_stays(home, as_):
    contact = close(home)
    with time_machine.travel(timezone.now() + 10 * DAY):
        actions.change_contact(contact=contact, by=home.by, quality="BROKEN")
        close(home, "Henk", quality="THIN")
        before, now = words_on(home, TODAY, TODAY + 10 * DAY)
        assert (before["Karin"], now["Karin"]) == ("sterk", "verbroken")
        assert ("Henk" in before, now["Henk"]) == (False, "dun")
        page = as_("jolanda").get(at("network", home), {"eerder": f"{TODAY}", "dag": f"{TODAY + 10 * DAY}"})
        text = Page(page).text
        assert page.content.decode().count('<svg class="hp-ecogram"') == 2
        for said in ("sterk", "verbroken", "gewijzigd", "nieuw", "er niet"):
            assert said in text, said
    with time_machine.travel(timezone.now() + 20 * DAY):
        actions.change_contact(contact=contact, by=home.by, until=TODAY + 15 * DAY)
        before, now = words_on(home, TODAY + 12 * DAY, TODAY + 15 * DAY)
        assert ("Karin" in before, "Karin" in now) == (True, False)


def test_a_tie_that_began_before_it_was_written_down_stands_on_that_day(home):
    close(home, since=TODAY - 30 * DAY)
    close(home, "Henk")
    before, now = words_on(home, TODAY - 20 * DAY, TODAY)
    assert ("Karin" in before, "Henk" in before) == (True, False)
    assert {"Karin", "Henk"} <= now.keys()


def test_professionals_are_not_typed_again(home, dennis, bianca, cast):
    somebody = Professional.objects.create(
        first_name="Dokter", last_name="Pil", function="huisarts", organisation=Organisation.objects.first()
    )
    action = plan_actions.add_action(goal=home.goals["roos"], what="Recept", owner=somebody, due_on=TODAY, by=home.by)
    (ties,) = ties_on(home.household, TODAY)
    sides = {tie.name: tie.side for tie in ties}
    assert sides == {
        "Jolanda Terpstra": Side.WORK, str(cast.dennis): Side.WORK, str(cast.bianca): Side.CLOSE,
    }  # fmt: skip
    plan_actions.move_action(action=action, to=Status.ACCEPTED, by=home.by)
    assert "Dokter Pil" in words_on(home, TODAY)[0]
    actions.end_participation(participant=dennis, by=home.by)
    with time_machine.travel(timezone.now() + DAY):
        before, now = words_on(home, TODAY - DAY, TODAY + DAY)
        assert str(cast.dennis) not in now
        assert "Jolanda Terpstra" not in before


def test_who_was_invited_and_did_not_come_is_no_tie(home, cast):
    invite(home, cast.dennis, comes=False)
    assert str(cast.dennis) not in words_on(home, TODAY)[0]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"dag": f"{TODAY + DAY}"}, "Kies vandaag of een eerdere dag."),
        ({"eerder": f"{TODAY}", "dag": f"{TODAY - DAY}"}, "Kies een dag na de eerdere dag."),
        ({"eerder": "gisteren"}, "Schrijf de datum als dag, maand en jaar"),
        ({"dag": "1066-10-14"}, "Kies een dag tussen 2000 en 2100."),
    ],
)
def test_days_that_can_not_be_are_told(asked, sentence, home, as_):
    page = as_("jolanda").get(at("network", home), asked)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert as_("jolanda").get(at("network_pdf", home), asked).status_code == 302


# ---- the picture


def many(number: int, residents: list[Resident]) -> list[Tie]:
    """Ties with names as long as people have them, of every style and on both sides."""
    styles = ["STRONG", "SUPPORTIVE", "THIN", "STRAINED", "BROKEN", "UNKNOWN"]
    return [
        Tie(
            key=f"c{rank}", name="Wilhelmina-Alexandra van der Boogaard-Oosterhuis"[: 8 + rank * 2],
            what="buurvrouw van de overkant en vriendin van oma"[: 4 + rank], style=styles[rank % 6], word="niet besproken",
            side=Side.WORK if rank % 3 == 0 else Side.CLOSE,
            residents=frozenset({residents[rank % len(residents)].pk} if rank % 2 else ()),
        )
        for rank in range(number)
    ]  # fmt: skip


DRAWN_ELSEWHERE = """
import django
django.setup()
from tests.circle.test_network import HEADS, Resident, draw, many
residents = [Resident(pk=key, first_name="Roos") for key in (1, 2, 3)]
print(draw(residents, many(25, residents), HEADS))
"""


def apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.width <= other.x or other.x + other.width <= one.x
        or one.y + one.height <= other.y or other.y + other.height <= one.y
    )  # fmt: skip


@pytest.mark.parametrize("shape", [NARROW, WIDE])
@pytest.mark.parametrize("number", [0, 1, 2, 25, 60])
@pytest.mark.parametrize("people", [1, 7])
def test_no_two_boxes_lie_on_each_other_and_every_word_fits(number, people, shape):
    residents = [Resident(pk=key, first_name="Maximiliaan") for key in range(1, people + 1)]
    picture = draw(residents, many(number, residents), HEADS, shape)
    assert len(picture.boxes) == people + number
    assert all(apart(one, other) for one, other in combinations(picture.boxes, 2))
    for box in picture.boxes:
        assert box.x >= 0
        assert box.x + box.width <= shape.width
        assert box.y >= 0
        assert box.y + box.height <= picture.height
        for words in box.words:
            assert box.y < words.y < box.y + box.height
            assert width_of(words.text, strong=words.strong) * LETTER <= box.width
        rows = [words.y for words in box.words]
        assert all(later - earlier >= 14.9 for earlier, later in pairwise(rows))


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


def test_lines_run_beside_the_boxes_and_end_at_whose_tie_it_is():
    residents = [Resident(pk=key, first_name="Roos") for key in (1, 2, 3)]
    ties = many(25, residents)
    picture = draw(residents, ties, HEADS)
    assert len(picture.strokes) == 25
    ends = {box.x + box.width for box in picture.boxes if box.kind == "close"}
    starts = {box.x for box in picture.boxes if box.kind == "work"}
    middle = [box for box in picture.boxes if box.kind == "resident"]
    for stroke in picture.strokes:
        across = [x for x, _y in points(stroke.path)]
        left = max(ends) - 5 <= min(across) and max(across) <= middle[0].x + 5
        right = max(across) <= min(starts) + 5 and min(across) >= middle[0].x + middle[0].width - 5
        assert left or right
    for tie in ties:
        alone = draw(residents, [tie], HEADS)
        whose = [box for box in alone.boxes if box.kind == "resident"]
        at = {one.pk: box for one, box in zip(residents, whose, strict=True)}
        (stroke,) = alone.strokes
        x, y = points(stroke.path)[-1]
        mine = at[next(iter(tie.residents))] if tie.residents else alone.frame
        assert x == (mine.x if tie.side == Side.CLOSE else mine.x + mine.width)
        assert mine.y < y < mine.y + mine.height


def test_on_paper_letters_stay_big_enough_and_nobody_is_left_out():
    residents = [Resident(pk=key, first_name="Roos") for key in (1, 2, 3)]
    ties = many(60, residents)
    pages = sheets(residents, ties, HEADS)
    assert len(pages) > 1
    for page in pages:
        assert float(page.paper[0].removesuffix("mm")) / page.width * LETTER >= 3  # millimetres
        assert page.height <= PAPER.highest
    drawn = sorted(box.words[0].text for page in pages for box in page.boxes if box.kind != "resident")
    assert drawn == sorted(
        box.words[0].text for box in draw(residents, ties, HEADS, WIDE).boxes if box.kind != "resident"
    )
    assert len(sheets(residents, many(15, residents), HEADS)) == 1


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("Karin", ["Karin"]),
        ("Mien van der Boogaard", ["Mien van", "der", "Boogaard"]),
        ("Bakelaar-Idrissi", ["Bakelaar-", "Idrissi"]),
        ("Hottentottententen", ["Hottentot-", "tententen"]),
        ("een twee drie vier vijf zes zeven acht", ["een twee", "drie vier", "vijf zes…"]),
    ],
)
def test_words_are_broken_where_they_can_be(text, lines):
    assert lines_of(text, width=5, most=3) == lines


def test_the_same_network_gives_the_same_picture_in_any_order():
    residents = [Resident(pk=key, first_name="Roos") for key in (1, 2, 3)]
    ties = many(25, residents)
    assert draw(residents, ties, HEADS) == draw(residents, list(reversed(ties)), HEADS)


def test_the_same_network_gives_the_same_picture_in_another_process():
    """Also where everything stands elsewhere in memory."""
    told = {
        subprocess.run(
            [sys.executable, "-c", f"kept = [object() for _ in range({many})]\n{DRAWN_ELSEWHERE}"],
            capture_output=True, check=True, text=True, cwd=settings.BASE_DIR, env=os.environ | {"PYTHONHASHSEED": str(many)},
        ).stdout
        for many in (1, 70_001)
    }  # fmt: skip
    assert len(told) == 1
    assert "resident" in told.pop()


def test_the_page_shows_the_picture_with_its_title_and_the_same_as_a_table(home, dennis, as_):
    for quality in NetworkContact.Quality:
        close(home, f"Naaste {quality.lower()}", quality=quality, of_residents=[home.roos.pk])
    actions.change_contact(contact=home.household.network.last(), by=home.by, offers="Haalt Pip.", too_much="Nachten.")
    page = as_("jolanda").get(at("network", home)).content.decode()
    picture = page[page.index('<svg class="hp-ecogram"') : page.index("</svg>", page.index('hp-ecogram"'))]
    assert "<title>Het netwerk op" in picture
    assert "style=" not in picture
    table = page[page.index("<table") :]
    for word in ("sterk", "steunend", "dun", "gespannen", "verbroken", "niet", "Dennis", "Roos", "Haalt", "Nachten"):
        assert word in picture, word
        assert word in table, word


def test_an_empty_network_says_what_to_ask_and_where_to_write_it(home, as_):
    page = as_("jolanda").get(at("network", home)).content.decode()
    assert "wie belt u als er iets is?" in page
    assert reverse("households:network", args=[home.household.number]) in page


def test_words_in_the_picture_are_safe(home, as_):
    close(home, "<b>Karin</b>", relation="<script>")
    page = as_("jolanda").get(at("network", home)).content.decode()
    assert "<b>Karin" not in page
    assert "&lt;b&gt;Karin" in page


def test_a_protected_address_stands_in_none_of_it(home, as_):
    home.household.address_protected = True
    home.household.save()
    close(home)
    assert "Nergenspad" not in as_("jolanda").get(at("network", home)).content.decode()
    assert "Nergenspad" not in " ".join(read(as_("jolanda").get(at("network_pdf", home)).content))


@pytest.mark.parametrize(("name", "status"), [("amir", 403), ("pascal", 403), ("els", 404), ("dennis", 404)])
def test_it_is_for_who_sees_the_whole_household(name, status, home, dennis, as_):
    close(home)
    for page in ("network", "network_pdf"):
        answer = as_(name).get(at(page, home))
        assert answer.status_code == status
        assert "Karin" not in answer.content.decode()


def test_on_paper_it_is_tagged_and_says_all_of_it(home, dennis, as_):
    close(home, offers="Haalt Pip op.", too_much="Nachten.")
    today = " ".join(read(as_("jolanda").get(at("network_pdf", home)).content))
    assert "Nachten." in today
    file = as_("jolanda").get(at("network_pdf", home), {"eerder": f"{TODAY - DAY}", "dag": f"{TODAY}"}).content
    text = " ".join(read(file))
    for said in ("Netwerk van Zonnedauw", "Karin", "sterk", "Haalt Pip op.", "Nachten.", "Jolanda Terpstra"):
        assert said in text
    with pikepdf.open(BytesIO(file)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()
        assert len(pdf.pages) == 2  # both days beside each other, and the table
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
        assert all("noto-" in font for font in fonts)


def test_on_paper_a_name_stands_in_the_picture_as_it_is_written(home, as_):
    """Arabic from right to left, as in the table; a family as one emoji."""
    close(home, "محمد", relation="oom 👩‍👩‍👧")
    picture, table = read(as_("jolanda").get(at("network_pdf", home)).content)
    for drawn in ("محمد"[::-1], "👩‍👩‍👧"):
        assert drawn in picture
        assert drawn in table
    assert picture.index("Naasten") < picture.index("Roos") < picture.index("oom")


@pytest.mark.parametrize("number", [1, 30])
def test_it_asks_the_same_at_any_size(number, home, as_, django_assert_num_queries):
    for rank in range(number):
        close(home, f"Naaste {rank}", of_residents=[home.roos.pk])
    household = home.household
    with django_assert_num_queries(6):
        context_of(household, [TODAY - DAY, TODAY])
