"""The picture of a network: the household in the middle, people close on the left, professionals on the right.

Columns, and no ring: on a phone the names around a ring lie on top of each other, and here none can. Each tie is a box as high
as its words need, and all lines run in the two strips between the columns. The same ties give the same picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot
from textwrap import wrap

from desk.ties import Side, Tie
from households.models import Resident, TieQuality

# In units of the picture; as wide as a card on a small phone, so that a letter there is as big as the text around it.
WIDTH, BOX, MIDDLE = 340, 104, 76
LEFT, CENTRE, RIGHT = 1, (WIDTH - MIDDLE) // 2, WIDTH - BOX - 1
LETTERS = {BOX: 14, MIDDLE: 9}  # of the widest kind that fit beside each other
LINE, PADDING, GAP, HEAD = 15, 6, 10, 26
PAPER = (180, 225)  # millimetres


@dataclass(frozen=True)
class Words:
    text: str
    x: int
    y: int
    strong: bool


@dataclass(frozen=True)
class Box:
    kind: str  # close, work or resident
    x: int
    y: int
    width: int
    height: int
    words: list[Words]

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


@dataclass(frozen=True)
class Stroke:
    """One line, and on a broken tie the cross over it."""

    style: str
    path: str
    cross: str = ""


@dataclass(frozen=True)
class Picture:
    height: int
    frame: Box
    boxes: list[Box]
    strokes: list[Stroke]
    heads: list[Words]
    width: int = WIDTH

    @property
    def paper(self) -> tuple[str, str]:
        """How wide and high on a page: as big as fits."""
        scale = min(PAPER[0] / self.width, PAPER[1] / self.height)
        return f"{self.width * scale:.1f}mm", f"{self.height * scale:.1f}mm"


def draw(residents: list[Resident], ties: list[Tie], heads: tuple[str, str, str]) -> Picture:
    """`heads` are the words above the three columns."""
    columns = {side: in_order([tie for tie in ties if tie.side == side], residents) for side in Side}
    words = {tie.key: words_of(tie) for tie in ties}
    high = [sum(height_of(words[tie.key]) + GAP for tie in column) for column in columns.values()]
    people = [lines_of([(resident.first_name, True)], MIDDLE) for resident in residents]
    height = max(*high, sum(height_of(lines) + 2 * GAP for lines in people), 120)
    middle = stack("resident", CENTRE, MIDDLE, people, height)
    at = {resident.pk: box for resident, box in zip(residents, middle, strict=True)}
    frame = Box("frame", CENTRE - 6, HEAD, MIDDLE + 12, height, [])
    boxes, strokes = list(middle), []
    for side, column in columns.items():
        x = LEFT if side == Side.CLOSE else RIGHT
        placed = stack(side.lower(), x, BOX, [words[tie.key] for tie in column], height)
        boxes += placed
        for tie, box in zip(column, placed, strict=True):
            strokes += [stroke(tie, box, end) for end in ends(tie, box, at, frame)]
    titles = [
        Words(head, x + width // 2, 15, True)
        for head, x, width in zip(heads, (LEFT, CENTRE, RIGHT), (BOX, MIDDLE, BOX), strict=True)
    ]
    return Picture(height=HEAD + height + 2, frame=frame, boxes=boxes, strokes=strokes, heads=titles)


def in_order(ties: list[Tie], residents: list[Resident]) -> list[Tie]:
    """Beside those whose tie it is, so that few lines cross; those of everybody in the middle."""
    rank = {resident.pk: place for place, resident in enumerate(residents)}

    def place(tie: Tie) -> float:
        mine = [rank[key] for key in tie.residents if key in rank]
        return sum(mine) / len(mine) if mine else (len(residents) - 1) / 2

    return sorted(ties, key=lambda tie: (place(tie), tie.name.casefold(), tie.key))


# ---- boxes

Lines = list[tuple[str, bool]]


def words_of(tie: Tie) -> Lines:
    return lines_of([(tie.name, True), (tie.what, False), (tie.word, False)], BOX)


def lines_of(texts: Iterable[tuple[str, bool]], width: int) -> Lines:
    """Each text in at most two lines; what does not fit stands in the table."""
    letters = LETTERS[width]
    return [
        (line, strong)
        for text, strong in texts
        for line in wrap(hyphenated(text, letters), letters, max_lines=2, placeholder="…")
    ]


def hyphenated(text: str, letters: int) -> str:
    """Dutch makes long words: one that is longer than a line is cut, and shows it."""
    words = []
    for word in text.split():
        while len(word) > letters:
            words.append(f"{word[: letters - 1]}-")
            word = word[letters - 1 :]
        words.append(word)
    return " ".join(words)


def height_of(lines: Lines) -> int:
    return len(lines) * LINE + 2 * PADDING


def stack(kind: str, x: int, width: int, all_lines: list[Lines], height: int) -> list[Box]:
    """Boxes under each other, with as much room between them as there is."""
    free = height - sum(map(height_of, all_lines))
    gap = free // (len(all_lines) + 1)
    boxes, y = [], HEAD + gap
    for lines in all_lines:
        words = [
            Words(text, x + width // 2, y + PADDING + LINE * rank + 11, strong)
            for rank, (text, strong) in enumerate(lines)
        ]
        boxes.append(Box(kind, x, y, width, height_of(lines), words))
        y += height_of(lines) + gap
    return boxes


# ---- lines

Point = tuple[float, float]


def ends(tie: Tie, box: Box, at: dict[int, Box], frame: Box) -> list[Point]:
    """Where the lines of a tie go: to each of its residents, else straight to the frame around all of them."""
    whose = [at[key] for key in sorted(tie.residents) if key in at] or [frame]
    inner = box.x < CENTRE
    return [(one.x if inner else one.x + one.width, box.middle if one is frame else one.middle) for one in whose]


def stroke(tie: Tie, box: Box, end: Point) -> Stroke:
    return between(tie.style, (box.x + box.width if box.x < CENTRE else box.x, box.middle), end)


def between(style: str, start: Point, end: Point) -> Stroke:
    if style == TieQuality.STRAINED:
        return Stroke(style, zigzag(start, end))
    path = f"M{point(start)}L{point(end)}"
    if style != TieQuality.BROKEN:
        return Stroke(style, path)
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    cross = f"M{point((x - 5, y - 5))}L{point((x + 5, y + 5))}M{point((x - 5, y + 5))}L{point((x + 5, y - 5))}"
    return Stroke(style, path, cross)


def zigzag(start: Point, end: Point) -> str:
    length = hypot(end[0] - start[0], end[1] - start[1])
    teeth = max(3, round(length / 6))
    along = ((end[0] - start[0]) / teeth, (end[1] - start[1]) / teeth)
    aside = (-(end[1] - start[1]) / length * 4, (end[0] - start[0]) / length * 4)
    points = [start]
    for tooth in range(teeth):
        way = 1 if tooth % 2 else -1
        x, y = start[0] + along[0] * (tooth + 0.5), start[1] + along[1] * (tooth + 0.5)
        points.append((x + aside[0] * way, y + aside[1] * way))
    return "M" + "L".join(map(point, [*points, end]))


def point(at: Point) -> str:
    return f"{at[0]:.1f} {at[1]:.1f}"


def sample(style: str) -> Stroke:
    """A short piece of a line, for the list of what each means."""
    return between(style, (2, 7), (46, 7))
