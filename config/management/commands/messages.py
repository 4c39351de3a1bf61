"""Texts: what the code says in English, and the Dutch of it in locale/nl. Without GNU gettext, so that it runs anywhere."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import engines

ROOMS = ("config", "partners", "households", "signals", "plans", "desk")
LOCALE = Path(settings.BASE_DIR, "locale")
PO = LOCALE / "nl" / "LC_MESSAGES" / "django.po"
# Papers for residents, and only those, are in other languages too: the fixed words that stand in this file.
WORDS = Path(settings.BASE_DIR, "households", "words.py")
BESIDE = ("ar", "pl", "tr", "uk")
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2)}


class Command(BaseCommand):
    help = (
        "Collect the texts in locale/nl, and those of papers for residents in the other languages. --check fails when a "
        "text has no Dutch, or a word on paper is not in each language; --compile makes the .mo files."
    )

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--compile", action="store_true")

    def handle(self, *args, check: bool, compile: bool, **options):
        every = [("nl", texts)] + [(language, words) for language in BESIDE]
        wrong: list[str] = []
        for language, source in every:
            catalog = read(language)
            if compile:
                with po(language).with_suffix(".mo").open("wb") as file:
                    write_mo(file, catalog)
            elif check:
                wrong += self.what_is_wrong(catalog, source(), language)
            else:
                self.collect(catalog, source(), language)
        if wrong:
            raise CommandError("\n".join([*wrong, "Run manage.py messages and complete locale."]))

    def collect(self, catalog: Catalog, source: Iterator, language: str) -> None:
        template = Catalog()
        for message, place in source:
            template.add(message, locations=[(place, 0)])
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        po(language).parent.mkdir(parents=True, exist_ok=True)
        with po(language).open("wb") as file:
            write_po(file, catalog, width=120, sort_output=True, omit_header=False, no_location=True)
        missing = sum(not translated(message) for message in catalog if message.id)
        self.stdout.write(f"{len(catalog)} texts, {missing} missing in {language}")

    def what_is_wrong(self, catalog: Catalog, source: Iterator, language: str) -> list[str]:
        wanted = {message if isinstance(message, str) else message[0] for message, _place in source}
        known = {key_of(message): message for message in catalog if message.id}
        wrong = [f"not there: {text!r}" for text in sorted(wanted) if text not in known or not translated(known[text])]
        wrong += [f"fuzzy: {text!r}" for text, message in known.items() if message.fuzzy]
        wrong += [f"used nowhere: {text!r}" for text in sorted(known.keys() - wanted)]
        wrong += [
            f"other variables: {text!r}"
            for text, message in known.items()
            if variables(message.id) != variables(message.string)
        ]
        return [f"{language}: {line}" for line in wrong]


def po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    if not po(language).exists():
        return Catalog(locale=language, project="Huisplan", charset="utf-8")
    with po(language).open("rb") as file:
        return read_po(file, locale=language)


def words() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """The fixed words of papers for residents."""
    with WORDS.open("rb") as file:
        for _line, message, _comments, _context in extract("python", file, keywords=KEYWORDS):
            yield message, WORDS.name


def texts() -> Iterator[tuple[str | tuple[str, str], str]]:
    """Every text in the code and the templates, with the file it stands in."""
    for room in ROOMS:
        for path in sorted(Path(settings.BASE_DIR, room).rglob("*.py")):
            with path.open("rb") as file:
                for _line, message, _comments, _context in extract("python", file, keywords=KEYWORDS):
                    yield (message if isinstance(message, str) else (message[0], message[1])), path.name
    for path in sorted(Path(settings.BASE_DIR, "templates").rglob("*.html")):
        for message in texts_in(path.read_text()):
            yield message, path.name


def texts_in(template: str) -> list[str | tuple[str, str]]:
    """Every text in the source of a template, one with a plural as a pair."""
    calls = engines["jinja2"].env.extract_translations(template)  # type: ignore[attr-defined]  # of this engine
    said = [[call] if isinstance(call, str) else [part for part in call if part] for _line, _name, call in calls]
    return [parts[0] if len(parts) == 1 else (parts[0], parts[1]) for parts in said]


def key_of(message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def translated(message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def variables(text) -> set[str]:
    joined = text if isinstance(text, str) else " ".join(text)
    return set(re.findall(r"%\((\w+)\)", joined))
