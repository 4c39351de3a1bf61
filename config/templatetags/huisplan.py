"""What templates of every room use: icons, form fields in the design system's markup, dates as people say them."""

import json
from functools import lru_cache

from django import forms, template
from django.conf import settings
from django.forms import BoundField
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

KINDS = [  # the first that fits
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radio"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.ClearableFileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.Widget, "textbox"),
]


@lru_cache
def drawings() -> dict[str, str]:
    return json.loads((settings.BASE_DIR / "static" / "dist" / "icons.json").read_text())


@register.simple_tag
def icon(name: str, extra: str = "") -> str:
    """An icon, always next to the word that says the same. Raises KeyError when it is not in static/src/icons.json."""
    return format_html(
        '<svg class="hp-icon{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        f" {extra}" if extra else "",
        mark_safe(drawings()[name]),  # our own file
    )


@register.inclusion_tag("forms/badge.html")
def badge(kind: str, icon: str, text: str) -> dict:
    """A state: `kind` is safe, warning, danger, neutral or info."""
    return {"kind": kind, "icon": icon, "text": text}


@register.inclusion_tag("forms/field.html")
def field(bound: BoundField, question: bool = False, asked: bool = False) -> dict:
    """A form field with its label, help and error, tied together for a screen reader. `asked`: another answer makes this
    one needed, so it does not say that it may stay empty."""
    widget = bound.field.widget
    kind = next(name for kind_of, name in KINDS if isinstance(widget, kind_of))
    described = [f"{bound.auto_id}-uitleg"] if bound.help_text else []
    described += [f"{bound.auto_id}-fout"] if bound.errors else []
    # The browser would mark an empty field as wrong before anything is typed; the server says what is missing.
    bound.form.use_required_attribute = False
    attrs: dict[str, str | bool] = {"class": css_class(kind, bool(bound.errors))}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if bound.field.required:
        attrs["aria-required"] = "true"
    group = kind in ("radio", "checkboxes")
    return {
        "bound": bound,
        "kind": kind,
        "question": question,
        "described": " ".join(described),
        "control": "" if group else bound.as_widget(attrs=attrs),
        "options": list(bound.subwidgets) if group else [],
        "required": bound.field.required or asked,
    }


def css_class(kind: str, invalid: bool) -> str:
    if kind == "file":
        return "hp-file"
    if kind == "checkbox":
        return "utrecht-custom-checkbox utrecht-custom-checkbox--html-input utrecht-form-field__input"
    return f"utrecht-{kind} utrecht-{kind}--html-{'input' if kind == 'textbox' else kind}" + (
        f" utrecht-{kind}--invalid" if invalid else ""
    )


@register.filter
def day(value) -> str:
    """vrijdag 27 november 2026"""
    return format_date(value, "l j F Y") if value else ""


@register.filter
def short_day(value) -> str:
    """vr 27 november, with the year when it is not this one"""
    if not value:
        return ""
    return format_date(value, "D j F" if value.year == timezone.localdate().year else "D j F Y").lower()


@register.filter
def moment(value) -> str:
    """vrijdag 27 november 2026 10.05 uur"""
    return f"{format_date(timezone.localtime(value), 'l j F Y G.i')} uur" if value else ""


@register.filter
def short_moment(value) -> str:
    """vr 27 november 10.05 uur"""
    return (
        f"{short_day(timezone.localtime(value))} {format_date(timezone.localtime(value), 'G.i')} uur" if value else ""
    )


@register.filter
def initials(name: str) -> str:
    """RB for Ruud Bakelaar"""
    words = str(name).split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else ""


@register.filter
def digits(phone: str) -> str:
    """A phone number as a dialling address wants it."""
    return "".join(character for character in phone if character.isdigit() or character == "+")


@register.filter
def in_groups(code: str) -> str:
    """A personal code in groups of four, so that it can be copied from a screen."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
