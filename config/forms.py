"""Fields that several rooms ask for."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.bsn import looks_like_bsn


class DayField(forms.DateField):
    """A date, with the picker of the browser."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("error_messages", {"invalid": _("Write the date as day, month and year, such as 27-11-2026.")})
        super().__init__(**kwargs)


class LongText(forms.CharField):
    """Several lines, at most 4,000 characters."""

    def __init__(self, *, rows: int = 3, **kwargs):
        kwargs.setdefault("max_length", 4000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class NoBsn:
    """For a form of outsiders: refuses a number that looks like a BSN in any of `free_text`."""

    free_text: tuple[str, ...] = ()

    def clean(self):
        cleaned = super().clean()  # type: ignore[misc]  # mixed into a form
        for name in self.free_text:
            if looks_like_bsn(cleaned.get(name, "")):
                self.add_error(name, ValidationError(_("This looks like a BSN. Take the number out; we do not need it.")))  # type: ignore[attr-defined]
        return cleaned
