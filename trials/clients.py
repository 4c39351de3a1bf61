"""Clients that keep their connection, and cost so little that it is the server that is measured."""

import gzip
import re
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from statistics import quantiles
from threading import Lock
from urllib.parse import urlencode, urlsplit

GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: str
    body: bytes

    @property
    def text(self) -> str:
        return (gzip.decompress(self.body) if self.body[:2] == GZIP else self.body).decode()

    @property
    def cookies(self) -> dict[str, str]:
        return dict(re.findall(r"^set-cookie: ([^=]+)=([^;]*)", self.headers, re.IGNORECASE | re.MULTILINE))


class Client:
    """One connection, kept. It opens anew when the server closed it. `token` is that of the form it looked at."""

    token: str

    def __init__(self, address: str, cookies: dict[str, str] | None = None) -> None:
        self.place, self.cookies = urlsplit(address), cookies or {}
        self.connection: socket.socket | None = None

    def get(self, path: str) -> Answer:
        return self.ask(f"GET {path} HTTP/1.1\r\n{self.common()}\r\n".encode())

    def post(self, path: str, form: dict[str, str], more: str = "") -> Answer:
        """`more` headers, each with its end of line."""
        body = urlencode(form).encode()
        head = f"POST {path} HTTP/1.1\r\n{self.common()}{more}Content-Type: application/x-www-form-urlencoded\r\n"
        return self.ask(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    def look_and_post(self, path: str, form: dict[str, str], *, to: str = "") -> Answer:
        """As a browser does: look at the page first, and send its token along when it has one, `to` another address or the
        same. Gives the page when there is no form to send."""
        page = self.get(path)
        if page.status != 200:
            return page
        self.cookies |= page.cookies
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        return self.post(to or path, form | ({"csrfmiddlewaretoken": token[1]} if token else {}))

    def common(self) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return f"Host: {self.place.netloc}\r\nAccept-Encoding: gzip\r\nCookie: {cookies}\r\n"

    def ask(self, request: bytes) -> Answer:
        """Send it and read the whole answer. Raises OSError when the server goes away."""
        connection = self.connection or self.connect()
        connection.sendall(request)
        came = b""
        while (end := came.find(b"\r\n\r\n")) < 0:
            came += self.more(connection)
        headers, body = came[:end].decode("latin-1"), came[end + 4 :]
        length = re.search(r"^content-length: (\d+)", headers, re.IGNORECASE | re.MULTILINE)
        while length and len(body) < int(length[1]):
            body += self.more(connection)
        if not length or "\r\nconnection: close" in headers.lower():
            self.close()
        return Answer(int(headers.split(" ", 2)[1]), headers, body)

    def connect(self) -> socket.socket:
        self.connection = socket.create_connection((self.place.hostname or "", self.place.port or 80), timeout=30)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.connection

    def more(self, connection: socket.socket) -> bytes:
        if came := connection.recv(65536):
            return came
        self.close()
        raise ConnectionError("the server closed the connection")

    def close(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None


Deed = Callable[[Client], Answer]


def all_at_once(clients: list[Client], deeds: Iterator[Deed], number: int, expected: int) -> tuple[float, list[float]]:
    """Do this many deeds with all clients side by side. Gives the requests per second, and how long each took.

    Raises AssertionError on any other answer than `expected`: what fails fast is not fast."""
    todo, lock, took = islice(deeds, number), Lock(), []

    def work(client: Client) -> None:
        client.close()  # the server has done so, if it was still for long
        while True:
            with lock:
                deed = next(todo, None)
            if deed is None:
                return
            began = time.perf_counter()
            answer = deed(client)
            took.append(time.perf_counter() - began)
            assert answer.status == expected, f"{answer.status}: {answer.text[:300]}"

    began = time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(work, clients))
    return number / (time.perf_counter() - began), took


def slowest(took: list[float]) -> float:
    """In twenty; of one, that one."""
    return quantiles(took, n=20)[-1] if len(took) > 1 else max(took)
