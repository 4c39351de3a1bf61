from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from config.forms import DayField
from desk.papers import PAPERS, Kind, Paper
from desk.readers import readers_of
from households.letters import Reader, Where
from households.models import Household
from households.words import Language


class PaperForm(forms.Form):
    """Which paper, and what it asks. By GET it stands in the address: kinds, keys, a day and a time, never words about people."""

    soort = forms.ChoiceField(
        label=_("What do you print?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a paper."), "invalid_choice": _("Choose a paper.")},
    )

    def __init__(self, data: Any, *, household: Household) -> None:
        super().__init__(data)
        kind = self.data.get("soort", "")
        self.kind = Kind(kind) if kind in Kind.values else Kind.KITCHEN
        self.paper: Paper = PAPERS[self.kind]
        for name in (*self.paper.asks, *self.paper.may_ask):
            self.fields[name] = field_of(name, household, required=name in self.paper.asks)

    def clean(self) -> dict[str, Any]:
        """A resident reads what came out of a talk; anybody else reads of no talk."""
        data = super().clean() or {}
        if self.kind == Kind.RESULT and "aan" in data and data["aan"].member and not data.get("gesprek"):
            self.add_error("gesprek", _("Choose which talk."))
        return data

    @property
    def asked(self) -> list[forms.BoundField]:
        """What this paper asks besides its kind."""
        return [self[name] for name in self.fields if name != "soort"]

    @property
    def hint(self) -> str:
        return str(self.paper.hint)

    @property
    def query(self) -> str:
        """What the address of the paper itself says after its kind."""
        return urlencode({field.name: field.data for field in self.asked if field.data})


def field_of(name: str, household: Household, *, required: bool) -> forms.Field:
    if name == "deelnemer":
        circle = household.circle.active().with_grants().select_related("household__team", "household__coordinator")
        return choice_of(circle, _("For whom?"), _("Choose for whom it is."))
    if name == "gesprek":
        talks = household.conversations.in_full().select_related("household__team", "household__coordinator")
        return choice_of(talks, _("Which talk?"), _("Choose which talk."), required=required)
    if name == "bewoner":
        members = household.members.select_related("resident", "household__team", "household__coordinator")
        field = choice_of(members, _("For which resident?"), _("Choose for which resident."), required=required)
        if not required:
            field.empty_label = _("Everybody")
        return field
    if name == "aan":
        return ReaderField(readers_of(household))
    if name == "taal":
        return forms.ChoiceField(
            label=_("In which language beside the Dutch?"),
            help_text=_("Only the fixed words. What people wrote stays as they wrote it."),
            choices=[("", _("Only Dutch")), *Language.choices],
            required=False,
            error_messages={"invalid_choice": _("Choose one of the list.")},
        )
    if name == "dag":
        return DayField(label=_("On which day?"), error_messages={"required": _("Choose the day.")})
    if name == "tijd":
        wrong = _("Write the time as hours and minutes, such as 14.30.")
        return forms.TimeField(
            label=_("At what time?"),
            input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={"required": _("Choose the time."), "invalid": wrong},
        )
    return forms.ChoiceField(
        label=_("Where?"),
        choices=Where.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where."), "invalid_choice": _("Choose where.")},
    )


class ReaderField(forms.TypedChoiceField):
    """To whom a letter goes, by the kind of tie."""

    GROUPS: ClassVar = {
        "bewoner": _("Who lives here"),
        "naaste": _("Who is close"),
        "hulp": _("Who helps and has no mail"),
    }

    def __init__(self, readers: dict[str, Reader]) -> None:
        missing = _("Choose for whom it is.")
        groups = [
            (title, [(key, one.name) for key, one in readers.items() if key.startswith(f"{kind}-")])
            for kind, title in self.GROUPS.items()
        ]
        super().__init__(
            label=_("For whom?"),
            choices=[("", _("Choose")), *((title, names) for title, names in groups if names)],
            coerce=readers.__getitem__,
            error_messages={"required": missing, "invalid_choice": missing},
        )


class ByName(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """Of a talk the day, with whom it was alone."""
        held_on = getattr(obj, "held_on", None)
        if held_on is None:
            return str(obj)
        return " ".join(filter(None, [f"{held_on:%d-%m-%Y}", str(obj.resident or "")]))


def choice_of(found: Any, label: Any, missing: Any, *, required: bool = True) -> ByName:
    return ByName(
        found,
        label=label,
        required=required,
        empty_label=_("Choose"),
        error_messages={"required": missing, "invalid_choice": missing},
    )
