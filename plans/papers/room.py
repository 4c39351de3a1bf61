"""How much paper a plan takes on the kitchen table, counted before it is laid out: to lay it out takes a hundred times as long.
All is in millimetres, and as `static/print/keukentafel.css` says; only the paper itself tells for certain whether it fits."""

import re
from dataclasses import dataclass
from math import ceil
from typing import Any

from config.printing import BOLD, REGULAR, breadth, clean

POINT = 25.4 / 72
HEIGHT, WIDTH = 297 - 11 - 20, 210 - 2 * 13  # of a page, without its margins
BESIDE = 35  # more for either part, with another language beside the Dutch
DOUBT = 1.01  # it may take so much less than was counted
SPACE = re.compile(r"[ \t\r\n]+")
PIECE = re.compile(r"[^ -]*[ -]|[^ -]+")  # with what a line can be broken after

Run = tuple[str, float, int]  # a text, the size of its letters in points, and their weight


@dataclass(frozen=True)
class Layout:
    """The size of the letters in points, how many lines there are to write on, and whether the parts stand closer together. The
    doing starts on a page of its own, unless it flows on."""

    size: float
    lines: int
    close: bool = False
    flow: bool = False

    @property
    def style(self) -> str:
        return " ".join(name for name in ("close", "flow") if getattr(self, name))

    @property
    def line(self) -> float:
        return self.size * (1.3 if self.close else 1.36) * POINT

    @property
    def between(self) -> float:
        """Two parts."""
        return 2.6 if self.flow else 3.2 if self.close else 4

    @property
    def heading(self) -> float:
        """With the room above it."""
        return self.between + 17 * 1.15 * POINT + (2.4 if self.close else 3.2)


def pages(facts: dict[str, Any], layout: Layout, language: str = "") -> int:
    """That it takes at least."""
    more = BESIDE if language else 0
    parts = [(part(facts, layout) + more) / DOUBT / HEIGHT for part in (story, doing)]
    return ceil(sum(parts)) if layout.flow else sum(map(ceil, parts))


# ---- the story


def story(facts: dict[str, Any], layout: Layout) -> float:
    parts = [head(facts, layout), own_words(facts, layout), strengths(facts, layout), goals(facts, layout)]
    if facts["done"]:
        parts.append(layout.heading + sum(done_line(action, layout) for action in facts["done"]))
    return sum(parts)


def head(facts: dict[str, Any], layout: Layout) -> float:
    """The title, or whom to call when that is higher."""
    size, words, team = layout.size, facts["words"], facts["team"]
    title = 32 * 1.05 * POINT * lines(90, (dutch(words.our_plan), 32, BOLD))
    if facts["names"]:
        title += 1.5 + 17 * 1.2 * POINT * lines(90, (facts["names"], 17, BOLD))
    talk = [(f"{dutch(words.talk_again)} ", size, REGULAR), (whole(facts["talk_day"]), size, BOLD)]
    title += 1.5 + layout.line * lines(90, *talk) + (0 if facts["talk_on"] else 8)
    wide = 71 - 2 * 3.5 - 3.2 * POINT
    contact = layout.line * lines(wide, (dutch(words.call), size, BOLD)) + 22 * 1.2 * POINT + 5.2 + 3.2 * POINT
    contact += 12 * 1.3 * POINT * sum(lines(wide, (text, 12, REGULAR)) for text in (team.name, team.days))
    return max(title, contact)


def own_words(facts: dict[str, Any], layout: Layout) -> float:
    request, told, wide = facts["request"], facts["story"], WIDTH - 5 - 3 * POINT
    if not (request or told):
        return layout.heading + empty(len(facts["few"]))
    high = layout.heading + 1
    if request:
        size, leading = (1.15 * layout.size, 1.3) if len(request) > 160 else (23, 1.2)
        high += size * leading * POINT * typed_lines(wide, f"“{request}”", size, BOLD)
    if told:
        text = f"“{told.text}” {whole(f'– {told.told_by}')}"
        high += 1.2 + 1.08 * layout.line * typed_lines(wide, text, 1.08 * layout.size, REGULAR)
    return high


def strengths(facts: dict[str, Any], layout: Layout) -> float:
    """In two columns, as even as can be."""
    if not facts["strengths"]:
        return layout.heading + empty(len(facts["few"]))
    high = [check(layout, 80, (strength, layout.size, REGULAR)) for strength in facts["strengths"]]
    return layout.heading + min(max(sum(high[:first]), sum(high[first:])) for first in range(len(high) + 1))


def check(layout: Layout, wide: float, *runs: Run) -> float:
    leading, below = (1.24, 0.4) if layout.close else (1.36, 1)
    return layout.size * leading * POINT * lines(wide, *runs) + below


def goals(facts: dict[str, Any], layout: Layout) -> float:
    return layout.heading + (sum(goal(one, facts, layout) for one in facts["goals"]) or empty(len(facts["more"])))


def goal(one: dict[str, Any], facts: dict[str, Any], layout: Layout) -> float:
    it, wide = one["goal"], WIDTH - 12
    about = ", ".join(filter(None, (it.get_domain_display(), it.for_whom and f"voor {it.for_whom}", one["by"])))
    how = f"{dutch(facts['words'].how_we_see)} {it.how_we_see_it}" if it.how_we_see_it else ""
    title = (f"{it.title} ", layout.size, BOLD)
    small = [(f"{text} ", 12, REGULAR) for text in (f"{about}.", how) if text]
    if layout.close:
        high = layout.size * 1.2 * POINT * lines(wide, title, *small) + 1.8
    else:
        high = layout.size * 1.2 * POINT * lines(wide, title) + 2.4
        high += 12 * 1.25 * POINT * sum(lines(wide, text) for text in small)
    return max(high + 0.5 * POINT, 11)


def done_line(action: dict[str, Any], layout: Layout) -> float:
    name, what = (action["name"], layout.size, BOLD), (f": {action['what']}", layout.size, REGULAR)
    return check(layout, WIDTH - 8, name, what)


# ---- the doing


def doing(facts: dict[str, Any], layout: Layout) -> float:
    groups = [actions for _title, actions in facts["groups"] if actions]
    below = 1.8 if layout.close else 2.4
    table = 1.05 * layout.line + 0.8 + 1.5 * POINT + below
    rows = sum(table + sum(row(action, facts, layout) for action in actions) for actions in groups)
    rows = rows or 12 * 1.36 * POINT + 10.5 * len(facts["more"]) + below
    names = [f"{one['name']}, {one['age']} jaar" if one["age"] else one["name"] for one in facts["signers"]]
    signed = sum(signer(name, layout) for name in (*names, facts["coordinator"].get_full_name()))
    sign = 12 * 1.15 * POINT + 1.6 + 0.8 * POINT + signed
    headings = 3 * layout.heading - (0 if layout.flow else layout.between)
    return headings + rows + empty(layout.lines) + sign


def row(action: dict[str, Any], facts: dict[str, Any], layout: Layout) -> float:
    size, who = layout.size, [(action["name"], layout.size, BOLD)]
    if action["of"]:
        who.append((f", {action['of']}", 12, REGULAR))
    who.append((" ", size, REGULAR))
    if action["ask"]:
        who.append((whole(f"{dutch(facts['words'].to_ask)}   "), 12, REGULAR))  # in a box
    what, when = (action["what"], size, REGULAR), (str(action["when"]), size, BOLD)
    most = max(lines(44, *who), lines(74, what), lines(51, when))
    return max(size * 1.18 * POINT * most, 6.5) + (1.2 if layout.close else 1.8) + 0.5 * POINT


def signer(name: str, layout: Layout) -> float:
    return max(9.6 if layout.close else 10, 12.5 * 1.15 * POINT * lines(48, (name, 12.5, BOLD)) + 2 + 0.8 * POINT)


# ---- lines


def empty(count: int) -> float:
    """Lines to write on."""
    return 8.6 * count


def typed_lines(wide: float, text: str, size: float, weight: int) -> int:
    """The lines that somebody typed stay lines."""
    return sum(lines(wide, (line, size, weight)) for line in clean(text).split("\n"))


def lines(wide: float, *runs: Run) -> int:
    """How many it takes to print this one after another. A word that is longer than a line breaks."""
    count, left = 1, wide
    for text, size, weight in runs:
        space = breadth(" ", weight) * size * POINT
        for word in PIECE.findall(SPACE.sub(" ", text)):
            long = breadth(word.rstrip(" "), weight) * size * POINT
            if long > left and left < wide:
                count, left = count + 1, wide
            if long > wide:
                count, long = count + ceil(long / wide) - 1, long % wide
            left -= long + (space if word.endswith(" ") else 0)
    return count


def dutch(words: str) -> str:
    """Without what stands beside it in another language."""
    return words.partition("<span")[0]


def whole(text: str) -> str:
    """What is never broken."""
    return dutch(text).replace(" ", "\u00a0")
