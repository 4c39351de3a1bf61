"""How much room a plan takes on the kitchen table, counted in lines: with which letters to try first. To lay a paper out takes
far longer than to count, so a good guess is worth a lot; only the paper itself tells whether it fits."""

from math import ceil
from typing import Any

# So many letters fit on a line, at the size at which it is printed.
LARGE, WIDE, HALF, SMALL = 40, 62, 32, 78
WHO, WHAT, WHEN = 20, 31, 21  # in the columns of an action
HEADING, ROW, SIGNER = 3.0, 1.6, 1.6
BESIDE = 1.15  # with another language beside the Dutch


def lines_on(facts: dict[str, Any], language: str = "") -> tuple[float, float]:
    """Of the story and of the doing, each a page when it fits."""
    more = BESIDE if language else 1
    return story_lines(facts) * more, doing_lines(facts) * more


def story_lines(facts: dict[str, Any]) -> float:
    told = lines(facts["request"], LARGE) * 1.5 + (lines(facts["story"].text, WIDE) if facts["story"] else 0)
    good = sum(lines(strength, HALF) for strength in facts["strengths"]) / 2
    goals = sum(lines(one["goal"].title, WIDE) + 0.9 * lines(about(one), SMALL) + 0.4 for one in facts["goals"])
    done = sum(lines(f"{one['name']} {one['what']}", SMALL) for one in facts["done"])
    return 8 + 3 * HEADING + told + good + goals + (HEADING + done if done else 0)


def about(one: dict[str, Any]) -> str:
    goal = one["goal"]
    return f"{goal.get_domain_display()} {goal.for_whom} {one['by']} {goal.how_we_see_it} "


def doing_lines(facts: dict[str, Any]) -> float:
    rows = sum(ROW + sum(map(row_lines, actions)) for _title, actions in facts["groups"] if actions)
    return 3 * HEADING + rows + SIGNER * (len(facts["signers"]) + 1)


def row_lines(action: dict[str, Any]) -> float:
    who = lines(f"{action['name']} {action['of']}", WHO) + bool(action["ask"])
    return 0.3 + 0.9 * max(lines(action["what"], WHAT), who, lines(action["when"], WHEN))


def lines(text: str, wide: int) -> int:
    return sum(max(1, ceil(len(line) / wide)) for line in text.splitlines())
