"""Fields that several rooms ask for."""

from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.bsn import looks_like_bsn


def choices_of(form: forms.BaseForm, name: str) -> Any:
    """The field of a form whose choices are known only when the form is made."""
    return form.fields[name]


def key_in(typed: str) -> int:
    """The key of a row that a button sends; 0, which is of none, when it sends something else."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else 0


FARTHEST = 50  # years; a later day is a typing error


class DayField(forms.DateField):
    """A date, with the picker of the browser."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        invalid = {"invalid": _("Write the date as day, month and year, such as 27-11-2026.")}
        kwargs["error_messages"] = invalid | kwargs.get("error_messages", {})
        super().__init__(**kwargs)

    def validate(self, value):
        super().validate(value)
        if value and value.year > timezone.localdate().year + FARTHEST:
            raise ValidationError(_("This day is very far away. Look at the year again."))


def no_bsn(text: str) -> None:
    """Raises ValidationError on a number that looks like a BSN: we never keep it."""
    if looks_like_bsn(text):
        raise ValidationError(_("This looks like a BSN. Take the number out; we do not need it."))


class LongText(forms.CharField):
    """Several lines, at most 4,000 characters."""

    def __init__(self, *, rows: int = 3, **kwargs):
        kwargs.setdefault("max_length", 4000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class AsTyped(LongText):
    """What somebody said, with every space and line as it was typed. May stay empty."""

    def __init__(self, **kwargs):
        too_long = _("This is too long: at most 200,000 characters. Write the rest in another place.")
        super().__init__(
            max_length=200_000, strip=False, required=False, error_messages={"max_length": too_long}, **kwargs
        )

    def widget_attrs(self, widget):
        """No `maxlength`: a browser would cut off what was pasted, without a word."""
        return {}

    def to_python(self, value):
        """A browser sends other ends of lines than were typed."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


class CodeForm(forms.Form):
    """The code from a mail, or the pin from paper, at a door."""

    code = forms.CharField(
        label=_("Code of six digits"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Fill in the code of six digits.")},
    )


class PeriodForm(forms.Form):
    """From which day, up to and including which day; both may stay empty. By GET it stands in the address: dates only."""

    van = DayField(label=_("From"), required=False)
    tot = DayField(label=_("Up to and including"), required=False)

    @property
    def query(self) -> str:
        """What was chosen, as it stands in the address."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})

    def clean_van(self):
        return in_our_time(self.cleaned_data["van"])

    def clean_tot(self):
        last, first = in_our_time(self.cleaned_data["tot"]), self.cleaned_data.get("van")
        if first and last and last < first:
            raise ValidationError(_("Choose the same day as the first, or a later one."))
        return last


def in_our_time(day: date | None) -> date | None:
    """The database knows no moment in the year 1, and nobody means it. Raises ValidationError."""
    if day and not 2000 <= day.year < 2100:
        raise ValidationError(_("Choose a day between 2000 and 2100."))
    return day


Day = TypeVar("Day", date, date | None)


def not_to_come(day: Day) -> Day:
    """Raises ValidationError on a day that nobody can know about yet."""
    if day and day > timezone.localdate():
        raise ValidationError(_("Choose today or an earlier day."))
    return day


class SearchForm(forms.Form):
    """Words to search for: short, and nothing that a database can not hold."""

    q = forms.CharField(max_length=100, required=False)

    @classmethod
    def words(cls, data: Any, name: str = "q") -> str:
        form = cls({"q": data.get(name, "")})
        return form.cleaned_data["q"] if form.is_valid() else ""


class NoBsn(forms.Form):
    """A form of outsiders: refuses a number that looks like a BSN in any of `free_text`."""

    free_text: tuple[str, ...] = ()

    def clean(self):
        super().clean()
        for name in self.free_text:
            try:
                no_bsn(self.cleaned_data.get(name, ""))
            except ValidationError as wrong:
                self.add_error(name, wrong)
        return self.cleaned_data
