"""Two servers in turn."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Measure = Callable[[], float]


@dataclass(frozen=True)
class Ratio:
    """Ours in that of the bare view, round by round."""

    ours: list[float]
    bare: list[float]

    @property
    def rounds(self) -> list[float]:
        return [ours / bare for ours, bare in zip(self.ours, self.bare, strict=True)]

    @property
    def median(self) -> float:
        return median(self.rounds)


def compare(ours: Measure, bare: Measure, *, rounds: int) -> Ratio:
    """Measure both in turn, the other one first each time. One round before that does not count."""
    ours(), bare()
    pairs = []
    for number in range(rounds):
        if number % 2:
            first, second = bare(), ours()
            pairs.append((second, first))
        else:
            pairs.append((ours(), bare()))
    return Ratio([pair[0] for pair in pairs], [pair[1] for pair in pairs])
