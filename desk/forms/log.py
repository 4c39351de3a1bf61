from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from config.forms import PeriodForm
from households.models import AccessLogEntry


class LogForm(PeriodForm):
    """Which lines of the access log to show. `blad`, the page, may stand beside it in the address."""

    soort = forms.ChoiceField(
        label=_("What was done"),
        choices=[("", _("Everything")), *AccessLogEntry.Action.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    def chosen(self, lines: Any) -> QuerySet[AccessLogEntry]:
        wanted = lines.since(self.cleaned_data["van"]).until(self.cleaned_data["tot"])
        return wanted.filter(action=self.cleaned_data["soort"]) if self.cleaned_data["soort"] else wanted


class RegisterForm(PeriodForm):
    """Of which household. By POST, so that no number stands in an address."""

    number = forms.CharField(
        label=_("Number of the household"),
        max_length=16,
        error_messages={"required": _("Write the number of the household.")},
    )
    field_order = ("number", "van", "tot")
