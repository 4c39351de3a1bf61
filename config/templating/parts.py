"""What pages are put together from: icons, states, and form fields in the design system's markup."""

import json
from functools import lru_cache

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment

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


@lru_cache(maxsize=500)
def icon(name: str, extra: str = "") -> SafeString:
    """An icon, always next to the word that says the same. Raises KeyError when it is not in static/src/icons.json."""
    return format_html(
        '<svg class="hp-icon{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        f" {extra}" if extra else "",
        mark_safe(drawings()[name]),  # our own file
    )


def badge(kind: str, drawing: str, text: str) -> SafeString:
    """A state: `kind` is safe, warning, danger, neutral or info; without an icon when `drawing` is empty."""
    return state(kind, drawing, str(text))


@lru_cache(maxsize=500)
def state(kind: str, drawing: str, text: str) -> SafeString:
    """The same few words stand on a page a hundred times."""
    return format_html(
        '<span class="utrecht-status-badge utrecht-status-badge--{}">{}{}</span>', kind, drawing and icon(drawing), text
    )


def field(pages: Environment, bound: BoundField, question: bool = False, asked: bool = False) -> SafeString:
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
    drawn = pages.get_template("forms/field.html").render(
        bound=bound,
        kind=kind,
        question=question,
        described=" ".join(described),
        control="" if group else bound.as_widget(attrs=attrs),
        options=list(bound.subwidgets) if group else [],
        required=bound.field.required or asked,
    )
    return mark_safe(drawn)  # a template has escaped it


def css_class(kind: str, invalid: bool) -> str:
    if kind == "file":
        return "hp-file"
    if kind == "checkbox":
        return "utrecht-custom-checkbox utrecht-custom-checkbox--html-input utrecht-form-field__input"
    return f"utrecht-{kind} utrecht-{kind}--html-{'input' if kind == 'textbox' else kind}" + (
        f" utrecht-{kind}--invalid" if invalid else ""
    )
