"""Partners who post, and who send the same form again until they hear that it came."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from uuid import uuid4

from trials.clients import Client
from trials.form import filled_in

PARTNERS = 4
BETWEEN_TRIES = 0.5  # seconds
PATIENCE = 120  # seconds, for one form


class Posting:
    """`sent` holds the forms whose sender was told that they came: submission and address. `answers` counts every answer
    that was heard."""

    def __init__(self, address: str, link: str, number: int) -> None:
        self.address, self.link, self.number = address, link, number
        self.sent: dict[str, str] = {}
        self.answers: Counter[str] = Counter()
        self.lock, self.hurry = Lock(), Event()
        self.forms = iter([(str(uuid4()), f"melder-{rank}@post.example") for rank in range(number)])

    def run(self, seconds: float) -> None:
        """Spread over so many seconds, or faster when there is nothing left to wait for."""
        pause = seconds * PARTNERS / self.number
        with ThreadPoolExecutor(PARTNERS) as pool:
            for one in [pool.submit(self.partner, pause) for _ in range(PARTNERS)]:
                one.result()

    def partner(self, pause: float) -> None:
        client = Client(self.address)
        for submission, email in self.mine():
            self.until_it_came(client, filled_in(submission, email=email))
            with self.lock:
                self.sent[submission] = email
            self.hurry.wait(pause)

    def mine(self) -> Iterator[tuple[str, str]]:
        while True:
            with self.lock:
                form = next(self.forms, None)
            if form is None:
                return
            yield form

    def until_it_came(self, client: Client, form: dict[str, str]) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer = str(client.look_and_post(self.link, form).status)
            except OSError as error:
                client.close()
                answer = type(error).__name__
            with self.lock:
                self.answers[answer] += 1
            if answer == "302":
                return
            time.sleep(BETWEEN_TRIES)
        raise AssertionError(f"a form did not come in {PATIENCE} seconds: {self.answers}")
