"""Who does what and when, on one page for the fridge. It hangs where visitors read it: so it holds no goals, nothing about
health or safety, and first names only."""

from collections.abc import Callable

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import override
from weasyprint import Document

from config import printing
from households.pdf import on_every_paper
from households.words import day_beside, words
from plans.models import Action, SupportPlan
from plans.papers.described import may_stand_here, short_row

SIZES = ("20pt", "17pt", "15pt", "13pt")  # never smaller
MOST = 30  # what can be read on one page at all
LONGEST = 500  # as long as an action can be; the fridge is no place for more
LETTERS = 140  # of one action, when it is tight


@override("nl")
def agreements(plan: SupportPlan, language: str = "") -> bytes:
    """As a PDF of one page."""
    return printing.pdf(one_page(content(plan, language)))


def content(plan: SupportPlan, language: str = "") -> dict:
    goals = [goal for goal in plan.goals.all() if may_stand_here(goal, in_sight=True)]
    actions = []
    for goal in goals:
        for action in goal.actions.all():
            action.goal = goal
            if action.status in (Action.Status.ACCEPTED, Action.Status.PROPOSED):
                actions.append(action)
    today = timezone.localdate()
    kinds = list(Action.Kind)
    rows = [
        short_row(action) | {"what": Truncator(action.what).chars(LONGEST)}
        for action in sorted(actions, key=lambda one: (kinds.index(one.kind), one.due_on))
    ]
    talk_on = plan.evaluate_on if plan.evaluate_on and plan.evaluate_on >= today else None
    return on_every_paper(plan.household) | {
        "rows": rows,
        "words": words(language, name=plan.household.coordinator.get_full_name()),
        "talk_on": talk_on,
        "talk_day": day_beside(talk_on, language) if talk_on else "",
        "few": range(6),
    }


def one_page(facts: dict) -> Document:
    """As large as it fits. When even small letters do not, the first ones in short, and how many there are besides."""
    for size in SIZES:
        if len(facts["rows"]) > MOST:
            break
        document = paper(facts, size, facts["rows"])
        if len(document.pages) == 1:
            return document
    rows = [row | {"what": Truncator(row["what"]).chars(LETTERS)} for row in facts["rows"][:MOST]]
    rows = [row | {name: Truncator(row[name]).chars(40) for name in ("name", "of", "when")} for row in rows]
    return paper(facts, SIZES[-1], rows[: most_that_fit(lambda count: fits(facts, rows[:count]), len(rows))])


def fits(facts: dict, rows: list[dict]) -> bool:
    return len(paper(facts, SIZES[-1], rows).pages) == 1


def most_that_fit(fits: Callable[[int], bool], most: int) -> int:
    """By halving: a handful of tries."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if fits(middle) else (least, middle - 1)
    return least


def paper(facts: dict, size: str, rows: list[dict]) -> Document:
    groups = [
        (title, [row for row in rows if row["kind"] == kind])
        for kind, title in (
            (Action.Kind.OWN, facts["words"].own_do),
            (Action.Kind.CLOSE, facts["words"].close_do),
            (Action.Kind.PROFESSIONAL, facts["words"].others_do),
        )
    ]
    shown = {"size": size, "groups": groups, "shown": rows, "left": len(facts["rows"]) - len(rows)}
    return printing.layout(render_to_string("plans/papers/fridge.html", facts | shown))
