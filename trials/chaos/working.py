"""Somebody of the team at work, in two windows at once: each household gets its plan, and its next step is changed."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event
from typing import Any

from trials.clients import Client

BETWEEN_TRIES = 0.5  # seconds
PATIENCE = 120  # seconds, for one change
PAUSE = 0.3


class Working:
    """`changes` is how many changes of a next step were heard to be saved."""

    def __init__(self, address: str, told: dict[str, Any]) -> None:
        self.windows = [Client(address, dict(told["session"])) for _ in range(2)]
        self.homes: list[str] = told["households"]
        self.changes = 0
        self.enough = Event()

    def run(self) -> None:
        with ThreadPoolExecutor(len(self.windows)) as pool:
            for home in self.homes:
                list(pool.map(lambda window, home=home: self.make_plan(window, home), self.windows))
                self.change(home)
            while not self.enough.wait(PAUSE):
                self.change(self.homes[self.changes % len(self.homes)])

    def make_plan(self, window: Client, home: str) -> None:
        self.until_it_is_saved(window, home, "plan/maken/", {}, at="")

    def change(self, home: str) -> None:
        form = {"next_step": f"Stap {self.changes}.", "next_step_on": f"{date.today() + timedelta(days=7)}"}
        self.until_it_is_saved(self.windows[0], home, "volgende-stap/wijzigen/", form, at="volgende-stap/wijzigen/")
        self.changes += 1

    def until_it_is_saved(self, window: Client, home: str, to: str, form: dict[str, str], *, at: str) -> None:
        path, answer = f"/huishoudens/{home}/", "nothing"
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                page = window.look_and_post(path + at, form, to=path + to)
                answer = f"{page.status}"
                if page.status == 302 and re.search(rf"^location: {path}", page.headers, re.IGNORECASE | re.MULTILINE):
                    return
            except OSError as error:
                window.close()
                answer = type(error).__name__
            time.sleep(BETWEEN_TRIES)
        raise AssertionError(f"{path}{to} was not saved in {PATIENCE} seconds: {answer}")
