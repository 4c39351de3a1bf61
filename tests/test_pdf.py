"""The plan on paper. What stands on it is read back from the bytes of the PDF, as a reader program does."""

import io
import time
from datetime import date, timedelta
from threading import Thread
from types import SimpleNamespace

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from config import printing
from households import actions as household_actions
from households.domains import LifeDomain
from households.models import Household, Resident
from plans import pdf
from plans.actions import make_plan
from plans.models import Action, Goal, SupportPlan
from plans.papers import room
from tests.paper import read

HOSTILE = {
    "long word": "Arbeidsongeschiktheids" * 10,
    "html": '<script>alert(1)</script><img src="file:///etc/passwd"><style>@import "http://example.org/x.css"</style>{{ plan }}',
    "backwards": "om\u202edraai\u202c \u2067iso\u2069 bel\x07 ster\u2028nieuw zacht\u00adkoppel \U000e0041",
    "other scripts": "Łukasz Đặng Ελένη Олена سلام ሰላም 你好 😀👍🏽 👨‍👩‍👧",
    "empty lines": "a\r\n" * 20 + " \n" * 3000 + "z",
}


def printed(plan: SupportPlan) -> list[str]:
    return read(pdf.kitchen_table(in_full(plan)))


def in_full(plan: SupportPlan) -> SupportPlan:
    return SupportPlan.objects.in_full().select_related("household__team", "household__coordinator").get(pk=plan.pk)


@pytest.fixture
def plan(bakelaar) -> SupportPlan:
    """The plan of Ruud and Samira, coordinated by Jolanda."""
    return bakelaar.plans.open().get()


@pytest.fixture
def new_plan(cast) -> SupportPlan:
    """A plan in which nothing has been written yet."""
    team = Household.objects.get(name="Bakelaar-Idrissi").team
    household = household_actions.make_household(
        name="Geheimzinnig", team=team, coordinator=cast.jolanda, by=cast.jolanda, address="Dwarspad 3"
    )
    return make_plan(household=household, by=cast.jolanda)


def add_goal(plan: SupportPlan, title: str = "Rust in huis", **facts) -> Goal:
    facts = {"domain": LifeDomain.HOME_RELATIONS, "rank": plan.goals.count() + 1} | facts
    return Goal.objects.create(plan=plan, title=title, **facts)


def add_action(goal: Goal, what: str, owner=None, **facts) -> Action:
    by = goal.household.coordinator
    facts = {"status": Action.Status.ACCEPTED, "due_on": timezone.localdate() + timedelta(days=9)} | facts
    column = {Resident: "owner_resident"}.get(type(owner), "owner_professional")
    return Action.objects.create(goal=goal, what=what, proposed_by=by, **{column: owner or by}, **facts)


def add_resident(plan: SupportPlan, first_name: str, age: int | None = None, last_name: str = "") -> Resident:
    today = timezone.localdate()
    born = None if age is None else date(today.year - age, today.month, 1)
    return household_actions.add_resident(
        household=plan.household,
        by=plan.made_by,
        first_name=first_name,
        last_name=last_name,
        birth_date=born,
    )


# ---- the file


def test_every_reader_can_use_it(plan):
    with pikepdf.open(io.BytesIO(pdf.kitchen_table(in_full(plan)))) as file:
        facts = file.Root.Metadata.read_bytes().decode()
        assert file.Root.MarkInfo.Marked
        assert file.Root.StructTreeRoot.K
        assert str(file.Root.Lang) == "nl"
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert "<pdfuaid:part>1</pdfuaid:part>" in facts
        assert 'pdfaid:part="2"' in facts
        assert 'pdfaid:conformance="A"' in facts
        assert str(file.docinfo["/Title"]) == f"{_('Our plan')}. Ruud, Samira, Noor {_('and')} Milan"


def test_fonts_are_in_the_file_and_drawings_say_what_they_are(plan):
    with pikepdf.open(io.BytesIO(pdf.kitchen_table(in_full(plan)))) as file:
        fonts = [font for page in file.pages for font in page.resources.Font.values()]
        drawings = [
            item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        assert fonts
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)
        assert drawings
        assert all(str(drawing.Alt) for drawing in drawings)


def test_the_coordinator_opens_it(as_, plan):
    answer = as_("jolanda").get(reverse("desk:paper", args=[plan.household.number, "keukentafel"]))
    assert answer["Content-Type"] == "application/pdf"
    assert "Ik wil rust in huis." in read(answer.content)[0]


# ---- what stands on it


@pytest.mark.parametrize("name", ["Bakelaar-Idrissi", "Kortland-Van Asselt", "Hoogstraten"])
def test_an_ordinary_plan_is_two_pages(db, name):
    assert len(printed(SupportPlan.objects.get(household__name__startswith=name))) == 2


def test_own_words_come_first(plan):
    story, doing = printed(plan)
    order = ["Ruud, Samira, Noor", "Ik wil rust in huis.", "Ik leg de brieven in de kast.", "Samira heeft vast werk."]
    assert sorted(order, key=story.index) == order
    assert story.index("Samira heeft vast werk.") < story.index("Ik lees over 6 maanden zelf een korte brief.")
    own, near, others = (doing.index(name) for name in ("Samira", "Karin , zus van Ruud", "Dennis"))
    assert own < near < others


def test_the_coordinator_can_be_called_from_every_page(plan):
    goals = [add_goal(plan, f"Doel {number}") for number in range(12)]
    for goal in goals:
        add_action(goal, "Iets doen")
    pages = printed(plan)
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert "Jolanda Terpstra" in text
        assert "000-000 01 11" in text
        assert f"{_('Page')} {number} {_('of')} {len(pages)}" in text
        assert _("Example, not real.") in text


def test_without_a_number_of_her_own_the_number_of_the_team(new_plan):
    new_plan.household.coordinator.phone = ""
    new_plan.household.coordinator.save()
    assert all("000-000 01 01" in text for text in printed(new_plan))


def test_outside_the_demonstration_it_does_not_say_example(new_plan, settings):
    settings.DEMO = False
    assert _("Example, not real.") not in " ".join(printed(new_plan))


def test_safety_leaves_no_trace(new_plan):
    before = printed(new_plan)
    goal = add_goal(new_plan, "Niemand slaat", domain=LifeDomain.SAFETY_JUSTICE, why="Om gisteren")
    add_action(goal, "De politie bellen")
    add_action(goal, "Een tas klaarzetten", status=Action.Status.DONE)
    assert printed(new_plan) == before


def test_no_address_and_no_last_name(new_plan):
    lisa = add_resident(new_plan, "Lisa", 31, last_name="Winterdaal")
    add_action(add_goal(new_plan), "De tuin opruimen", lisa)
    text = " ".join(printed(new_plan))
    assert "Lisa" in text
    for secret in ("Winterdaal", "Dwarspad", "Geheimzinnig", new_plan.household.number):
        assert secret not in text


def test_each_action_in_its_own_state(new_plan):
    goal, lisa = add_goal(new_plan), add_resident(new_plan, "Lisa", 31)
    add_action(goal, "Loopt al", lisa, rhythm="elke dag")
    add_action(goal, "Wacht nog", lisa, status=Action.Status.PROPOSED, due_on=date(2099, 10, 23))
    add_action(goal, "Is klaar", lisa, status=Action.Status.DONE)
    add_action(goal, "Vervallen", lisa, status=Action.Status.DROPPED)
    story, doing = printed(new_plan)
    assert f"Lisa {_('still to ask')} Wacht nog" in doing
    assert _("before %(day)s") % {"day": "23 oktober 2099"} in doing
    assert doing.count(_("still to ask")) == 1
    assert "Loopt al elke dag" in doing
    assert "Lisa : Is klaar" in story
    assert "Is klaar" not in doing
    assert "Vervallen" not in story + doing


def test_from_twelve_years_on_they_sign(new_plan):
    for name, age in (("Elf", 11), ("Twaalf", 12), ("Zeventien", 17), ("Achttien", 18), ("Leeftijdloos", None)):
        add_resident(new_plan, name, age)
    signed = printed(new_plan)[1].partition(_("Signature and date"))[2]
    assert "Elf" not in signed
    for text in ("Twaalf , 12", "Zeventien , 17", "Achttien", "Leeftijdloos", "Jolanda Terpstra"):
        assert text in signed
    assert "Achttien , 18" not in signed


@pytest.mark.parametrize(("days", "stands"), [(30, True), (0, True), (-1, False), (None, False)])
def test_the_next_talk_when_it_is_still_to_come(new_plan, days, stands):
    new_plan.evaluate_on = days if days is None else timezone.localdate() + timedelta(days=days)
    assert (pdf.content(new_plan)["talk_on"] is not None) is stands


def test_an_empty_plan_has_room_to_write(new_plan):
    story, doing = printed(new_plan)
    for heading in ("This is what we say ourselves", "This goes well", "This is what we want to reach"):
        assert _(heading) in story
    for heading in ("Who does what, and when?", "What do we still want to say or ask?", "Signature"):
        assert _(heading) in doing


# ---- how it fits


@pytest.mark.parametrize(
    ("needed", "lengths", "tried"),
    [
        ([2, 2, 2, 2, 2], [2], [0]),  # it fits at once
        ([3, 2, 2, 2, 2], [9, 2], [1]),  # what does not fit is not tried
        ([2, 2, 2, 2, 2], [3, 2], [0, 1]),  # what may just fit is
        ([3, 3, 2, 2, 3], [9, 9, 3, 2], [2, 3]),
        ([3, 3, 3, 3, 3], [3], [0]),  # two pages are out of reach: large letters
        ([3, 3, 3, 2, 3], [3, 9, 9, 3], [3, 0]),  # it nearly fitted
        ([3, 4, 4, 3, 3], [4, 9, 9, 3, 4], [0, 3, 4]),  # fewer pages
        ([4, 4, 4, 3, 3], [9, 9, 9, 3, 3], [3, 4]),  # with what is left of the last one to write on
        ([4, 4, 4, 3, 4], [9, 9, 9, 3], [3]),
        ([4, 4, 4, 3, 4], [4, 9, 9, 4], [3, 0]),
        ([6, 6, 6, 5, 6], [7], [0]),
    ],
)
def test_the_first_layout_that_makes_two_pages(monkeypatch, needed, lengths, tried):
    layouts, made = [*pdf.LAYOUTS, pdf.WITH_ROOM], []

    def paper(facts, layout):
        made.append(layouts.index(layout))
        return SimpleNamespace(pages=range(lengths[made[-1]]))

    monkeypatch.setattr(pdf, "content", lambda plan: {})
    monkeypatch.setattr(pdf, "in_words", lambda facts, language: facts)
    monkeypatch.setattr(room, "pages", lambda facts, layout, language: needed[layouts.index(layout)])
    monkeypatch.setattr(pdf, "paper", paper)
    shortest = min(lengths[number] for number in tried)
    assert len(pdf.pages(None).pages) == shortest
    assert made == tried


@override("nl")
def test_what_is_counted_of_a_plan_that_grows_is_what_it_takes(new_plan):
    """Near two pages: where it surely fits, and where it surely does not."""
    lisa, seen = add_resident(new_plan, "Lisa", 31), []
    for number in range(18):
        goal = add_goal(
            new_plan, f"Elke maand blijft er {number} euro over.", how_we_see_it="De brieven liggen op tafel."
        )
        for what in ("De rekeningen bij elkaar zoeken en ze in de map doen.", "Bellen."):
            add_action(goal, what, lisa)
        facts = pdf.in_words(pdf.content(in_full(new_plan)), "")
        counted = (room.story(facts, pdf.TIGHT) + room.doing(facts, pdf.TIGHT)) / room.HEIGHT
        if 1.7 < counted < 2.3:
            seen.append((counted, len(pdf.paper(facts, pdf.TIGHT).pages)))
    assert {pages for counted, pages in seen if counted < 1.9} == {2}
    assert {pages for counted, pages in seen if counted > room.DOUBT * 2} == {3}


def test_a_large_plan_is_printed_whole(new_plan, django_assert_num_queries):
    lisa = add_resident(new_plan, "Lisa", 31)
    due = timezone.localdate() + timedelta(days=9)
    for number in range(40):
        goal = add_goal(new_plan, f"Doel {number}.")
        Action.objects.bulk_create(
            Action(
                goal=goal,
                what=f"Doet ding {number}.{turn}.",
                proposed_by=new_plan.made_by,
                due_on=due,
                status=Action.Status.DONE if turn == 0 else Action.Status.ACCEPTED,
                **({"owner_resident": lisa} if turn % 2 else {"owner_professional": new_plan.made_by}),
            )
            for turn in range(10)
        )
    plan = in_full(new_plan)
    with django_assert_num_queries(3):
        pdf.content(plan)
    start = time.process_time()
    text = " ".join(read(pdf.kitchen_table(plan)))
    assert time.process_time() - start < 60
    for number in range(40):
        assert f"Doel {number}." in text
        assert all(f"ding {number}.{turn}." in text for turn in range(10))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_prints_safely(new_plan, text):
    household, line = new_plan.household, " ".join(text.split())
    household_actions.change_household(
        household=household, by=new_plan.made_by, request_in_own_words=text, strengths=text
    )
    household_actions.tell_story(
        household=household, text=text, told_by=line[:120], told_on=date(2026, 1, 1), by=new_plan.made_by
    )
    lisa = add_resident(new_plan, line[:60])
    add_action(
        add_goal(
            new_plan,
            text,
            why=text,
            how_we_see_it=text,
        ),
        text,
        lisa,
        rhythm=line[:80],
    )
    start = time.process_time()
    pages = printed(new_plan)
    assert time.process_time() - start < 30
    assert len(pages) < 12
    assert all("Jolanda Terpstra" in page for page in pages)


def test_what_looks_like_html_is_text(new_plan):
    add_goal(new_plan, "<b>vet</b> &amp; {{ plan }} <script>alert(1)</script>")
    assert "<b>vet</b> &amp; {{ plan }} <script>alert(1)</script>" in printed(new_plan)[0]


def test_only_letters_that_we_have():
    assert printing.clean("om\u202edraai \u2067iso \x00\x07bel") == "omdraai iso bel"
    assert printing.clean("e\u0301e\u0301n") == "één"
    assert printing.clean("ሰላም") == "���"
    assert printing.clean("a\u2028b\u202fc\u2060d") == "a\nb cd"
    assert printing.clean("a\r\n \r\n\t\r\n\r\nb") == "a\n\nb"
    assert printing.clean("Łukasz Ελένη سلام 😀") == "Łukasz Ελένη سلام 😀"


# ---- what it can reach


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://example.org/x.css",
        "https://127.0.0.1/",
        "data:text/css,p{}",
        "static:///css/../../manage.py",
        "static:///css/../print.css",
        "static:///etc/passwd",
        "static:///fonts/%2e%2e/x.woff2",
    ],
)
def test_no_other_address_is_read(address):
    files = printing.OwnFiles()
    for ask in (files.fetch, files, files.open):
        with pytest.raises(ValueError, match="not a file of ours"):
            ask(address)


def test_our_own_files_are_read():
    files = printing.OwnFiles()
    assert b"@page" in files.fetch("static:///css/print.css").read()
    assert files.fetch("static:///fonts/noto-sans-latin-400-normal.woff2").read()[:4] == b"\x00\x01\x00\x00"
    assert b"<title>" in files.fetch("static:///icons/check.svg").read()


def test_prints_of_a_thread_share_their_fonts_for_a_while():
    fonts, elsewhere = printing.Fonts(), []
    used = [fonts.for_a_print() for _print in range(printing.PRINTS_WITH_THE_SAME_FONTS + 1)]
    other = Thread(target=lambda: elsewhere.append(fonts.for_a_print()))
    other.start()
    other.join()
    assert all(one is used[0] for one in used[:-1])
    assert used[-1] is not used[0]
    assert elsewhere[0] not in used
