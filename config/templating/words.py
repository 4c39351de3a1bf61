"""Dates, names and codes as people say them."""

from datetime import date, datetime
from functools import lru_cache

from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import get_language, override


def day(value) -> str:
    """vrijdag 27 november 2026"""
    return written(value, "l j F Y") if value else ""


def short_day(value) -> str:
    """vr 27 november, with the year when it is not this one"""
    if not value:
        return ""
    return written(value, "D j F" if value.year == timezone.localdate().year else "D j F Y").lower()


def moment(value) -> str:
    """vrijdag 27 november 2026 10.05 uur"""
    return f"{day(timezone.localtime(value))} {clock(value)}" if value else ""


def short_moment(value) -> str:
    """vr 27 november 10.05 uur"""
    return f"{short_day(timezone.localtime(value))} {clock(value)}" if value else ""


def clock(value: datetime) -> str:
    """10.05 uur"""
    local = timezone.localtime(value)
    return f"{local.hour}.{local.minute:02} uur"


def written(value: date, as_: str) -> str:
    return written_in(get_language(), value.date() if isinstance(value, datetime) else value, as_)


@lru_cache(maxsize=5000)
def written_in(language: str | None, value: date, as_: str) -> str:
    with override(language):
        return format_date(value, as_)


def initials(name: str) -> str:
    """RB for Ruud Bakelaar"""
    words = str(name).split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else ""


def digits(phone: str) -> str:
    """A phone number as a dialling address wants it."""
    return "".join(character for character in phone if character.isdigit() or character == "+")


def in_groups(code: str) -> str:
    """A personal code in groups of four, so that it can be copied from a screen."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
