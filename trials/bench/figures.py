"""What a page takes at one client and at eight, and how heavy it is for who opens it for the first time."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat
from statistics import median

from trials.clients import Answer, Client, all_at_once, slowest

LOOKS = 48
MANY = 8
# What a browser asks for by itself, beside the page.
PARTS = re.compile(
    r'<(?:link[^>]*rel="(?:stylesheet|icon|preload|modulepreload)"[^>]*href|script[^>]*src|img[^>]*src)="(/[^"]+)"'
)


@dataclass(frozen=True)
class Figures:
    what: str
    one: list[float]
    many: list[float]
    per_second: float
    kilobytes: float
    requests: int

    @property
    def cells(self) -> list[str]:
        times = [f"{part * 1000:.1f}" for took in (self.one, self.many) for part in (median(took), slowest(took))]
        return [self.what, *times, f"{self.per_second:.1f}", f"{self.kilobytes:.1f}", f"{self.requests}"]


HEAD = ["page", "p50, 1 client", "p95", f"p50, {MANY} clients", "p95", "requests/s", "KB compressed", "requests"]


def of_page(what: str, new_client: Callable[[], Client], ask: Callable[[Client], Answer]) -> Figures:
    clients = [new_client() for _ in range(MANY)]
    page = ask(clients[0])
    parts = [clients[0].get(path) for path in sorted(set(PARTS.findall(page.text)))]
    _per_second, one = all_at_once(clients[:1], repeat(ask), LOOKS, 200)
    per_second, many = all_at_once(clients, repeat(ask), LOOKS, 200)
    weight = sum(len(answer.body) for answer in (page, *parts)) / 1024
    return Figures(what, one, many, per_second, weight, 1 + len(parts))
