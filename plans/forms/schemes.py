"""The list of schemes as a team writes it, and as it is walked through with one household."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, in_our_time, not_to_come
from plans.forms.written import WrittenTogether
from plans.models import Scheme, SchemeCheck
from plans.models.scheme import SchemeState
from plans.schemes import Said, places


class SchemeForm(forms.Form):
    title = forms.CharField(
        label=_("What is it called?"), max_length=120, error_messages={"required": _("Write what it is called.")}
    )
    what_for = LongText(label=_("For whom, or for what?"), required=False, rows=2, max_length=300)
    where = LongText(label=_("Where is it asked for?"), required=False, rows=2, max_length=300)

    def __init__(self, *args, scheme: Scheme | None = None, **kwargs):
        kwargs.setdefault("initial", scheme.facts if scheme else {})
        super().__init__(*args, **kwargs)


class SchemesForm(WrittenTogether):
    """Two places for each scheme. What was put away stands here only where something was said of it."""

    on = DayField(label=_("On which day did you look?"), error_messages={"required": _("Choose a day.")})

    def __init__(self, *args, schemes: dict[str, Scheme], checks: dict[str, SchemeCheck], **kwargs):
        self.schemes = {key: one for key, one in schemes.items() if one.in_use or key in checks}
        self.schemes |= {key: Scheme(key=key, title=one.name) for key, one in checks.items() if key not in schemes}
        self.checks = checks
        known = {key: Said(checks[key].state, checks[key].remark) if key in checks else Said() for key in self.schemes}
        kwargs.setdefault("initial", places(known) | {"on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        self.begins_with(places(known))
        for key in self.schemes:
            self.fields[f"state-{key}"] = forms.ChoiceField(
                label=_("How far is it?"),
                choices=[("", _("not looked at yet")), *SchemeState.choices],
                required=False,
            )
            self.fields[f"remark-{key}"] = forms.CharField(
                label=_("Good to know"), required=False, max_length=300,
            )  # fmt: skip

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "scheme": one,
                "check": self.checks.get(key),
                "state": self[f"state-{key}"],
                "remark": self[f"remark-{key}"],
            }
            for key, one in self.schemes.items()
        ]

    def clean_on(self):
        return not_to_come(in_our_time(self.cleaned_data["on"]))

    def clean(self):
        super().clean()
        for key in self.schemes:
            if self.cleaned_data.get(f"remark-{key}") and self.cleaned_data.get(f"state-{key}") == "":
                self.add_error(f"state-{key}", _("Choose how far it is."))
        return self.cleaned_data

    def said(self) -> dict[str, Said]:
        return {
            key: Said(self.cleaned_data[f"state-{key}"], self.cleaned_data[f"remark-{key}"]) for key in self.schemes
        }
