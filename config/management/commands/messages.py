"""Texts: what the code says in English, and the Dutch of it in locale/nl. Without GNU gettext, so that it runs anywhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

ROOMS = ("config", "partners", "households", "signals", "plans", "desk")
PO = Path(settings.BASE_DIR, "locale", "nl", "LC_MESSAGES", "django.po")
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2)}
STRING = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"\b(?:_|gettext|(ngettext))\(\s*{STRING}(?:\s*,\s*{STRING})?", re.S)


class Command(BaseCommand):
    help = "Collect the texts in locale/nl. --check fails when a text has no Dutch; --compile makes the .mo file."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--compile", action="store_true")

    def handle(self, *args, check: bool, compile: bool, **options):
        catalog = read()
        if compile:
            with PO.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalog)
        elif check:
            self.check_all(catalog)
        else:
            self.collect(catalog)

    def collect(self, catalog: Catalog) -> None:
        template = Catalog()
        for message, place in texts():
            template.add(message, locations=[(place, 0)])
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with PO.open("wb") as file:
            write_po(file, catalog, width=120, sort_output=True, omit_header=False, no_location=True)
        missing = sum(not translated(message) for message in catalog if message.id)
        self.stdout.write(f"{len(catalog)} texts, {missing} without Dutch")

    def check_all(self, catalog: Catalog) -> None:
        wanted = {message if isinstance(message, str) else message[0] for message, _place in texts()}
        known = {key_of(message): message for message in catalog if message.id}
        wrong = [f"no Dutch: {text!r}" for text in sorted(wanted) if text not in known or not translated(known[text])]
        wrong += [f"fuzzy: {text!r}" for text, message in known.items() if message.fuzzy]
        wrong += [f"used nowhere: {text!r}" for text in sorted(known.keys() - wanted)]
        wrong += [
            f"other variables: {text!r}"
            for text, message in known.items()
            if variables(message.id) != variables(message.string)
        ]
        if wrong:
            raise CommandError("\n".join([*wrong, "Run manage.py messages and complete locale/nl."]))


def read() -> Catalog:
    if not PO.exists():
        return Catalog(locale="nl", project="Huisplan", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="nl")


def texts() -> Iterator[tuple[str | tuple[str, str], str]]:
    """Every text in the code and the templates, with the file it stands in."""
    for room in ROOMS:
        for path in sorted(Path(settings.BASE_DIR, room).rglob("*.py")):
            with path.open("rb") as file:
                for _line, message, _comments, _context in extract("python", file, keywords=KEYWORDS):
                    yield (message if isinstance(message, str) else (message[0], message[1])), path.name
    for path in sorted(Path(settings.BASE_DIR, "templates").rglob("*.html")):
        for found in CALL.finditer(templatize(path.read_text(), origin=str(path))):
            plural, first, second = found.groups()
            one = ast.literal_eval(first)
            yield ((one, ast.literal_eval(second)) if plural else one), path.name


def key_of(message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def translated(message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def variables(text) -> set[str]:
    joined = text if isinstance(text, str) else " ".join(text)
    return set(re.findall(r"%\((\w+)\)", joined))
