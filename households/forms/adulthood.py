from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText
from households.adulthood import Part, State
from households.models import HouseholdMember

FACTS = ("state", "who", "note", "by_when")


class AdulthoodForm(forms.Form):
    """The five parts of the list, each with how it stands, who does it, by when, and what was said."""

    def __init__(self, *args, member: HouseholdMember, **kwargs):
        known = {one.part: one for one in member.adulthood.all()}
        kwargs["initial"] = {
            f"{part}-{name}": getattr(known[part], name) if part in known else {"state": State.OPEN}.get(name)
            for part in Part
            for name in FACTS
        }
        super().__init__(*args, **kwargs)
        for part in Part:
            self.fields[f"{part}-state"] = forms.ChoiceField(
                label=_("How does it stand?"),
                choices=State,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose how it stands.")},
            )
            self.fields[f"{part}-who"] = forms.CharField(label=_("Who does this?"), max_length=120, required=False)
            self.fields[f"{part}-by_when"] = DayField(label=_("Before which day?"), required=False)
            self.fields[f"{part}-note"] = LongText(label=_("What was agreed?"), required=False, rows=2)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """For the page: each part with its fields."""
        return [{"part": part, "label": part.label} | {name: self[f"{part}-{name}"] for name in FACTS} for part in Part]

    def clean(self):
        super().clean()
        for part in Part:
            day = self.cleaned_data.get(f"{part}-by_when")
            if day and not 2000 <= day.year < 2100:
                self.add_error(f"{part}-by_when", ValidationError(_("Choose a day between 2000 and 2100.")))
            elif self.has_been(part, day):
                self.add_error(f"{part}-by_when", ValidationError(_("Choose today or a later day.")))
        return self.cleaned_data

    def has_been(self, part: str, day: date | None) -> bool:
        """Whether this is to be arranged before a day that is over. What was late already is no mistake of today."""
        late = day is not None and day < timezone.localdate() and day != self.initial[f"{part}-by_when"]
        return late and self.cleaned_data.get(f"{part}-state") == State.OPEN

    def facts(self) -> dict[str, dict[str, Any]]:
        """As `walk_through` takes them."""
        return {part: {name: self.cleaned_data[f"{part}-{name}"] for name in FACTS} for part in Part}
