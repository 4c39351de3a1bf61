"""How wide words are in the typeface of the house, and where their lines end: for drawings, in which nothing flows."""

from functools import lru_cache

from fontTools.ttLib import TTFont

from config.printing import FONTS

# Of a letter of another script, and of one as wide as it is high or an emoji: rather too wide than over the edge.
ELSEWHERE, BROAD, FIRST_BROAD = 0.75, 1.3, "\u2e80"


@lru_cache
def letters(weight: int) -> dict[str, float]:
    """The width of each Latin letter, where the size of the letters is 1."""
    face = TTFont(FONTS / f"noto-sans-latin-{weight}-normal.woff2", lazy=True)
    metrics, size = face["hmtx"], face["head"].unitsPerEm
    return {chr(code): metrics[glyph][0] / size for code, glyph in face.getBestCmap().items()}


def width_of(text: str, *, strong: bool = False) -> float:
    known = letters(700 if strong else 400)
    return sum(known.get(letter, BROAD if letter >= FIRST_BROAD else ELSEWHERE) for letter in text)


def lines_of(text: str, *, width: float, strong: bool = False, most: int = 2) -> list[str]:
    """At most so many lines of this width. What does not fit ends on three dots."""
    lines, line = [], ""
    for word in pieces(text, width, strong):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, strong=strong) > width:
            lines.append(line)
            longer = word
        line = longer
    lines += [line] if line else []
    if len(lines) > most:
        lines[most - 1 :] = [f"{fitting(lines[most - 1], width, strong, '…').rstrip(' -')}…"]
    return lines


def pieces(text: str, width: float, strong: bool) -> list[str]:
    """The words. Dutch makes long ones: what is longer than a line is cut, after its own hyphen when that helps."""
    found = []
    for word in text.split():
        while width_of(word, strong=strong) > width:
            head = fitting(word, width, strong, "-")
            hyphen = head.rfind("-") + 1
            found.append(head[:hyphen] or f"{head}-")
            word = word[hyphen or len(head) :]
        found.append(word)
    return found


def fitting(text: str, width: float, strong: bool, end: str) -> str:
    """As much of the beginning as fits before this end, one letter at least."""
    while len(text) > 1 and width_of(text + end, strong=strong) > width:
        text = text[:-1]
    return text
