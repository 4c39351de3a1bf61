"""Dates, names and codes as people say them."""

from django.template.defaultfilters import date as format_date
from django.utils import timezone


def day(value) -> str:
    """vrijdag 27 november 2026"""
    return format_date(value, "l j F Y") if value else ""


def short_day(value) -> str:
    """vr 27 november, with the year when it is not this one"""
    if not value:
        return ""
    return format_date(value, "D j F" if value.year == timezone.localdate().year else "D j F Y").lower()


def moment(value) -> str:
    """vrijdag 27 november 2026 10.05 uur"""
    return f"{format_date(timezone.localtime(value), 'l j F Y G.i')} uur" if value else ""


def short_moment(value) -> str:
    """vr 27 november 10.05 uur"""
    return (
        f"{short_day(timezone.localtime(value))} {format_date(timezone.localtime(value), 'G.i')} uur" if value else ""
    )


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
