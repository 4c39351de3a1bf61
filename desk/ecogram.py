"""The picture of a network: the household in the middle, people close on the left, professionals on the right.

Columns, and no ring: on a phone the names around a ring lie on top of each other. No box lies on another, each
is beside those whose tie it is, and all lines run in the two strips between the columns. The same ties give the same picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from math import hypot
from operator import itemgetter
from typing import NamedTuple

from desk.lettering import lines_of
from desk.ties import Side, Tie
from households.models import Resident, TieQuality

LETTER, LINE, PADDING, GAP, HEAD = 12.5, 15, 6, 10, 26


@dataclass(frozen=True)
class Shape:
    """How wide all of it, a box and the middle are; a letter is as big as the text around the picture."""

    width: int
    box: int
    middle: int
    highest: float | None = None  # a page of paper ends


NARROW = Shape(width=340, box=108, middle=70)
WIDE = Shape(width=620, box=216, middle=104)
PAPER = Shape(width=620, box=216, middle=104, highest=900)
SHEET, BESIDE = (180, 232), 88  # millimetres


Size = tuple[str, str, str]


@dataclass(frozen=True)
class Words:
    text: str
    x: float
    y: float
    strong: bool


@dataclass(frozen=True)
class Box:
    kind: str  # close, work, resident, or the frame around them
    x: float
    y: float
    width: float
    height: float
    words: list[Words]


@dataclass(frozen=True)
class Stroke:
    """One line, and on a broken tie the cross over it."""

    style: str
    path: str
    cross: str = ""


@dataclass(frozen=True)
class Picture:
    width: int
    height: float
    frame: Box
    boxes: list[Box]
    strokes: list[Stroke]
    heads: list[Words]

    @property
    def words(self) -> list[Words]:
        return [*self.heads, *(words for box in self.boxes for words in box.words)]

    @property
    def paper(self) -> Size:
        """How wide and high on a page, and how big a letter: as big as fits."""
        return self.sized(min(SHEET[0] / self.width, SHEET[1] / self.height))

    @property
    def paper_beside(self) -> Size:
        """The same on half of it."""
        return self.sized(BESIDE / self.width)

    @property
    def fits_beside(self) -> bool:
        return self.height * BESIDE / self.width <= SHEET[1]

    def sized(self, scale: float) -> Size:
        return f"{self.width * scale:.1f}mm", f"{self.height * scale:.1f}mm", f"{LETTER * scale:.2f}mm"


Heads = tuple[str, str, str]  # the words above the three columns


def draw(residents: list[Resident], ties: list[Tie], heads: Heads, shape: Shape = NARROW) -> Picture:
    left, centre, right = 1, (shape.width - shape.middle) // 2, shape.width - shape.box - 1
    people = [lines([(resident.first_name, True, 2)], shape.middle) for resident in residents]
    at = {resident.pk: place for place, resident in enumerate(residents)}
    columns, stacks = [], []
    for side in Side:
        column = in_order([tie for tie in ties if tie.side == side], residents)
        said = [lines(words_of(tie), shape.box) for tie in column]
        whose = [sorted(at[key] for key in tie.residents if key in at) for tie in column]
        columns.append((column, said))
        stacks.append(Stack([height_of(words) for words in said], whose))
    placed = place([height_of(words) for words in people], stacks)
    frame = Box("frame", centre - 6, HEAD, shape.middle + 12, placed.bottom - HEAD, [])
    boxes = [
        box("resident", centre, shape.middle, top, bottom - top, words)
        for (top, bottom), words in zip(placed.people, people, strict=True)
    ]
    strokes = []
    for (column, said), tops, ends in zip(columns, placed.tops, placed.ends, strict=True):
        for tie, words, top, lands in zip(column, said, tops, ends, strict=True):
            close = tie.side == Side.CLOSE
            boxes.append(box(tie.side.lower(), left if close else right, shape.box, top, height_of(words), words))
            start = (left + shape.box if close else right, top + height_of(words) / 2)
            for whose_end, y in lands:
                edge = boxes[whose_end] if whose_end is not None else frame
                strokes.append(between(tie.style, start, (edge.x if close else edge.x + edge.width, y)))
    titles = [
        Words(head, x + width / 2, 15, True)
        for head, x, width in zip(heads, (left, centre, right), (shape.box, shape.middle, shape.box), strict=True)
    ]
    return Picture(shape.width, placed.bottom + 2, frame, boxes, strokes, titles)


def sheets(residents: list[Resident], ties: list[Tie], heads: Heads, shape: Shape = PAPER) -> list[Picture]:
    """On paper: as many pictures as it takes to keep the letters big enough to read, each with the household."""
    columns = [in_order([tie for tie in ties if tie.side == side], residents) for side in Side]
    pages: list[Picture] = []
    for number in range(1, max(len(ties), 1) + 1):
        shares = [[tie for column in columns for tie in share(column, page, number)] for page in range(number)]
        pages = [draw(residents, mine, heads, shape) for mine in shares]
        if shape.highest is None or all(page.height <= shape.highest for page in pages):
            break
    return pages


def share(column: list[Tie], page: int, number: int) -> list[Tie]:
    return column[len(column) * page // number : len(column) * (page + 1) // number]


def in_order(ties: list[Tie], residents: list[Resident]) -> list[Tie]:
    """Beside those whose tie it is, so that few lines cross; those of everybody in the middle."""
    rank = {resident.pk: place for place, resident in enumerate(residents)}

    def place(tie: Tie) -> float:
        mine = [rank[key] for key in tie.residents if key in rank]
        return sum(mine) / len(mine) if mine else (len(residents) - 1) / 2

    return sorted(ties, key=lambda tie: (place(tie), tie.name.casefold(), tie.key))


# ---- words


Said = list[tuple[str, bool]]  # lines, and whether they are strong


def words_of(tie: Tie) -> Iterable[tuple[str, bool, int]]:
    """What stands in a box, and in how many lines at most; what does not fit stands in the table."""
    return [(tie.name, True, 3), (tie.what, False, 2), (tie.word, False, 2), (tie.can, False, 3), (tie.much, False, 3)]


def lines(texts: Iterable[tuple[str, bool, int]], width: int) -> Said:
    room = (width - 10) / LETTER
    return [
        (line, strong)
        for text, strong, most in texts
        for line in lines_of(text, width=room, strong=strong, most=most)
    ]  # fmt: skip


def height_of(said: Said) -> int:
    return len(said) * LINE + 2 * PADDING


def box(kind: str, x: float, width: float, top: float, height: float, said: Said) -> Box:
    """The words stand in the middle of it."""
    first = top + (height - len(said) * LINE) / 2 + 11
    words = [
        Words(text, x + width / 2, round(first + LINE * rank, 1), strong) for rank, (text, strong) in enumerate(said)
    ]
    return Box(kind, x, top, width, round(height, 1), words)


# ---- where everything stands

Lands = list[tuple[int | None, float]]  # at which resident a line ends, or at the frame, and how high


@dataclass(frozen=True)
class Placed:
    bottom: float
    people: list[tuple[float, float]]
    tops: list[list[float]]
    ends: list[list[Lands]]


class Stack(NamedTuple):
    """A column of boxes, from above to below: how high each is, and which residents its tie is of; of none is of everybody."""

    heights: list[int]
    whose: list[list[int]]


def place(heights: list[int], stacks: list[Stack]) -> Placed:
    """Columns of boxes with the residents between them. A resident is a block, as high as what ties it to others asks; a box
    stands as near to the middle of its own blocks as those above and below it leave."""
    people, bottom = blocks(heights, stacks)
    tops = [pushed(stack.heights, wished(stack, people, bottom), bottom) for stack in stacks]
    ends = [
        [lands(top + height / 2, mine, people, bottom) for top, height, mine in zip(column, *stack, strict=True)]
        for column, stack in zip(tops, stacks, strict=True)
    ]
    return Placed(bottom, people, tops, ends)


def blocks(heights: list[int], stacks: list[Stack]) -> tuple[list[tuple[float, float]], float]:
    """Above and below of each resident, and the bottom of all. What no tie asks for is shared among them."""
    asked = [float(height) for height in heights]
    for stack in stacks:
        own = [0.0] * len(asked)
        for height, mine in zip(*stack, strict=True):
            if len(mine) == 1:
                own[mine[0]] += height + GAP
        asked = [max(one, other - GAP) for one, other in zip(asked, own, strict=True)]
    needed = sum(one + GAP for one in asked)
    bottom = HEAD + GAP + max(120 - GAP, needed, *(sum(high + GAP for high in stack.heights) for stack in stacks))
    left = bottom - HEAD - GAP - needed
    people, edge = [], float(HEAD)
    for one in asked:
        top = edge + GAP
        edge = round(top + one + left / len(asked), 1)
        people.append((top, edge))
    return people, round(bottom, 1)


def wished(stack: Stack, people: list[tuple[float, float]], bottom: float) -> list[float]:
    """Where each box would stand alone: those of the same people below each other, around the middle of these."""
    found: list[float] = []
    for mine, group in groupby(zip(*stack, strict=True), key=itemgetter(1)):
        high = [height for height, _mine in group]
        beside = [people[one] for one in mine] or [(HEAD, bottom)]
        top = (beside[0][0] + beside[-1][1] - sum(high) - GAP * (len(high) - 1)) / 2
        for height in high:
            found.append(top)
            top += height + GAP
    return found


def pushed(heights: list[int], wished: list[float], bottom: float) -> list[float]:
    """Not on each other, and inside: first pushed down by who is above, then up by who is below."""
    tops, edge = [], float(HEAD)
    for height, top in zip(heights, wished, strict=True):
        tops.append(max(top, edge + GAP))
        edge = tops[-1] + height
    edge = bottom
    for rank in reversed(range(len(tops))):
        tops[rank] = round(min(tops[rank], edge - GAP - heights[rank]), 1)
        edge = tops[rank]
    return tops


def lands(middle: float, mine: list[int], people: list[tuple[float, float]], bottom: float) -> Lands:
    """As level as the block, or the frame, is high."""
    if not mine:
        return [(None, within(middle, HEAD, bottom))]
    return [(one, within(middle, *people[one])) for one in mine]


def within(middle: float, top: float, bottom: float) -> float:
    return round(min(max(middle, top + GAP / 2), bottom - GAP / 2), 1)


# ---- lines

Point = tuple[float, float]


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
