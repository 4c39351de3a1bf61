"""The budgets beside what was measured."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@cache
def budgets() -> dict[str, dict[str, float]]:
    return tomllib.loads(Path(__file__).with_name("budgets.toml").read_text())


@dataclass(frozen=True)
class Line:
    """One thing that was measured. `rounds` are the single ratios, where there are some."""

    what: str
    budget: str
    value: float
    detail: str = ""
    rounds: tuple[float, ...] = ()

    @property
    def met(self) -> bool:
        allowed = budgets()[self.budget]
        return allowed.get("at_least", self.value) <= self.value <= allowed.get("at_most", self.value)

    @property
    def verdict(self) -> str:
        """Nothing for what is only shown."""
        return ("met" if self.met else "NOT MET") if budgets()[self.budget] else ""

    @property
    def cells(self) -> list[str]:
        allowed = budgets()[self.budget]
        limit = f">= {allowed['at_least']}" if "at_least" in allowed else ""
        limit = f"<= {allowed['at_most']:g}" if "at_most" in allowed else limit
        aim = f", aim {allowed['aim']}" if "aim" in allowed else ""
        spread = f"{min(self.rounds):.2f}-{max(self.rounds):.2f}" if self.rounds else ""
        value = f"{self.value:.2f}" if self.rounds else f"{self.value:.3g}"
        return [self.what, value, spread, limit + aim, self.verdict, self.detail]


def show(lines: list[Line]) -> None:
    show_rows([["what", "measured", "rounds", "budget", "", "in this run"], *(line.cells for line in lines)])


def show_rows(rows: list[list[str]]) -> None:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def say(*words: Any) -> None:
    print(*words, flush=True)
