"""What several tests need: a form as somebody fills it in and as a page shows it, the mails that wait, and two people at
the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from html.parser import HTMLParser
from threading import Barrier, BrokenBarrierError
from typing import Any
from uuid import uuid4

import pgtrigger
from django.db import connection, connections
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from post_office.models import Email

from config.mail import readable
from desk.demo import secrets
from households.models import Household
from partners.models import PartnerLink


def filled_in(**changes: str | None) -> dict[str, str]:
    """The form of a reporter, with these answers different. None leaves one out. An e-mail address and a phone number have
    one field; the phone number goes there when there is no e-mail address."""
    answers = {
        "submission": str(uuid4()),
        "danger_now": "nee",
        "observation": "De gang staat vol dozen & zij lacht “het” weg.",
        "discussed": "AGREED",
        "about_name": "Familie Zonnedauw",
        "about_address": "Nergenspad 99",
        "reporter_name": "Kees <Mandemaker>",
        "reporter_function": "sociaal beheerder",
        "reporter_email": "kees@sleutelbrug.example",
        "reporter_phone": "000-000 03 02",
    } | changes
    email = answers.pop("reporter_email")
    answers = {"reporter_contact": email or answers.pop("reporter_phone")} | answers
    return {name: value for name, value in answers.items() if value is not None}


def link_of(organisation: str) -> PartnerLink:
    return PartnerLink.objects.by_token(secrets.link_token(organisation)).get()


def mails(to: str | None = None) -> list[str]:
    """The mails in the outbox as their readers get them, oldest first."""
    waiting = Email.objects.order_by("pk") if to is None else Email.objects.filter(to=[to]).order_by("pk")
    return [f"{mail.subject}\n{readable(mail.message)}" for mail in waiting]


def sql(query: str, *values: object) -> list[tuple]:
    """Straight to the database, past everything that the app checks."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def everything() -> dict[str, str]:
    """All tables, history and outbox included, each as one long text."""
    tables = sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1")
    return {
        table: sql(
            f"SELECT coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '') FROM {connection.ops.quote_name(table)} t"
        )[0][0]
        for (table,) in tables
    }


def parameters(patterns: Any = None, namespace: str = "", above: frozenset[str] = frozenset()) -> dict[str, set[str]]:
    """Every named route, with the names of what stands in its address."""
    found: dict[str, set[str]] = {}
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        own = above | set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found |= parameters(pattern.url_patterns, inner, frozenset(own))
        elif isinstance(pattern, URLPattern):
            found[f"{namespace}{pattern.name}"] = own
    return found


def put_household(household: Household, status: Household.Status) -> None:
    """Closed, or open again, without what must come before that: for what follows from it."""
    with pgtrigger.ignore("households.Household:household_closed_in_order"):
        Household.objects.filter(pk=household.pk).update(
            status=status, next_step="", next_step_on=None, deputy=None, deputy_from=None, deputy_until=None
        )


# ---- what stands on a page


class Page(HTMLParser):
    """A page taken apart: its elements, its visible texts, and what is filled in in its fields."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.fields: dict[str, str] = {}
        self.options: dict[str, list[str]] = {}
        self._open: str | None = None
        self._silent = 0
        self.feed(response.content.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        name, value = given.get("name", ""), given.get("value", "")
        if tag in ("script", "style", "title"):
            self._silent += 1
        elif tag == "input" and name:
            if given.get("type") in ("radio", "checkbox"):
                value = given.get("value", "on")
                self.options.setdefault(name, []).append(value)
                if "checked" in given:
                    self.fields[name] = value
            else:
                self.fields[name] = value
        elif tag == "textarea":
            self._open, self.fields[name] = name, ""
        elif tag == "select":
            self._open = name
        elif tag == "option" and self._open:
            self.options.setdefault(self._open, []).append(value)
            if "selected" in given:
                self.fields[self._open] = value

    def handle_endtag(self, tag):
        if tag in ("textarea", "select"):
            self._open = None
        elif tag in ("script", "style", "title"):
            self._silent -= 1

    def handle_data(self, data):
        if self._open and self._open in self.fields and self.lasttag == "textarea":
            self.fields[self._open] += data.removeprefix("\n")
        elif data.strip() and not self._silent:
            self.texts.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    def still_holds(self, typed: dict[str, str]) -> bool:
        """Is everything that was typed still there?"""
        return {name: self.fields.get(name) for name in typed} == typed


# ---- at the same moment


class Meeting:
    """Stands where two threads must not be together. Each waits here for the other: when nothing keeps them apart, both
    are past the check before either of them writes."""

    def __init__(self, seconds: float = 0.4) -> None:
        self.barrier = Barrier(2)
        self.seconds = seconds

    def __call__(self, *_args: object, **_kwargs: object) -> None:
        with suppress(BrokenBarrierError):
            self.barrier.wait(self.seconds)

    def before(self, function: Callable) -> Callable:
        """The same function, with the meeting just before it."""

        def meeting(*args: Any, **kwargs: Any) -> Any:
            self()
            return function(*args, **kwargs)

        return meeting


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all of these at the same moment, each in a thread and on a connection of its own. Gives what came out of each:
    what it returned, or the exception."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            start.wait(10)
            return deed()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))
