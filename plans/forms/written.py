"""A form that knows what stood there when somebody began to write."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from config.templating.words import short_day
from plans.actions import WrittenMeanwhile
from plans.actions.written import print_of, prints_of
from plans.models import Appointment


class WrittenTogether(forms.Form):
    """Carries prints of what was seen, so that a colleague who writes in the same thing loses nothing."""

    seen = forms.JSONField(required=False, widget=forms.HiddenInput)

    def begins_with(self, values: Mapping[str, Any]) -> None:
        self.initial["seen"] = prints_of(dict(values))

    def clean_seen(self):
        seen = self.cleaned_data["seen"]
        known = isinstance(seen, dict) and all(isinstance(one, str) for one in seen.values())
        return seen if known else {}

    def show_theirs(self, meanwhile: WrittenMeanwhile, *, fields: Mapping[str, str] | None = None) -> None:
        """What a colleague wrote stands beside the own words; who saves after that has seen both. `fields` names where a
        thing that is no field of this form is shown."""
        seen = self.cleaned_data["seen"] | {name: print_of(value) for name, value in meanwhile.theirs.items()}
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("seen")] = json.dumps(seen)
        for name, value in meanwhile.theirs.items():
            field = (fields or {}).get(name, name)
            words = self.in_words(field, value)
            self.add_error(
                field,
                _("A colleague just wrote here: “%(words)s”. Choose, or put both together, and save again.")
                % {"words": words}
                if words
                else _("A colleague just made this empty. Choose, and save again."),
            )

    def in_words(self, name: str, value: Any) -> str:
        if isinstance(value, dict):
            return Appointment(**value).words
        if isinstance(value, date):
            return short_day(value)
        if isinstance(value, list):
            return ", ".join(map(str, value))
        choices = dict(getattr(self.fields[name], "choices", None) or {}) if isinstance(value, str) else {}
        return str(choices.get(value, value) or "")
