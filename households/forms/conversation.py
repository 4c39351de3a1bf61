from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import AsTyped, DayField, choices_of, no_bsn, not_to_come
from households.actions import Typed
from households.domains import Level
from households.guide import Place, Step
from households.models import Conversation, Household, Resident, Story, Written

VERSION = "versie-"  # before the name of a field: which version of it the page shows
WHOLE = ""


class BeginForm(forms.Form):
    """When, who is there, and whether somebody supports them."""

    about = forms.ChoiceField(
        label=_("With whom do you talk?"),
        help_text=_("Words from a talk with one person stay in that talk."),
        required=False,
    )
    held_on = DayField(label=_("On which day?"), error_messages={"required": _("Choose a day.")})
    present = forms.CharField(
        label=_("Who are there?"),
        max_length=300,
        help_text=_("For example: Ruud, Samira, and Karin on the phone."),
        validators=[no_bsn],
        error_messages={"required": _("Write who are there.")},
    )
    supporter = forms.ChoiceField(
        label=_("Client supporter"),
        help_text=_("Free and independent. Offer one before every talk (Wmo)."),
        choices=Conversation.Supporter,
        initial=Conversation.Supporter.NOT_YET,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, household: Household, talk: Conversation | None = None, **kwargs):
        known = {"held_on": timezone.localdate()}
        if talk:
            known = {name: getattr(talk, name) for name in ("held_on", "present", "supporter")}
        super().__init__(*args, **kwargs | {"initial": known})
        members = household.members.select_related("resident")
        self.residents: dict[str, Resident] = {str(one.resident_id): one.resident for one in members}
        choices_of(self, "about").choices = [
            (WHOLE, _("The whole household")),
            *((pk, _("Only %(name)s") % {"name": one.first_name}) for pk, one in self.residents.items()),
        ]
        if talk:  # with whom it is, stays
            del self.fields["about"]

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day.year < 1900:
            raise ValidationError(_("This is too long ago. Look at the year."))
        return not_to_come(day)

    def facts(self) -> dict[str, Any]:
        facts = {name: value for name, value in self.cleaned_data.items() if name != "about"}
        if "about" in self.fields:
            facts["resident"] = self.residents.get(self.cleaned_data["about"])
        return facts


def field_of(place: Place) -> forms.Field:
    if place.is_level:
        best_first = [(str(level.value), level.label) for level in Level.scale()]
        refused = (str(Level.REFUSED.value), Level.REFUSED.label)
        return forms.ChoiceField(
            label=str(place.label),
            help_text=str(place.help),
            choices=[("", _("Not discussed")), *best_first, refused],
            required=False,
        )
    return AsTyped(label=str(place.label), help_text=str(place.help), rows=place.rows, validators=[no_bsn])


class StepForm(forms.Form):
    """The places of one step. Each comes with the version that the page shows, and with which window of a browser it is."""

    def __init__(self, data: Any, *, step: Step, rows: dict[str, list[Written]]):
        self.rows = {key: of_place[0] for key, of_place in rows.items()}
        super().__init__(data, initial={key: row.value for key, row in self.rows.items()}, auto_id="%s")
        self.step = step
        self.fields = {place.key: field_of(place) for place in step.places}
        self.clashes: dict[str, Written] = {}
        self.window = uuid_of(self.data.get("venster", "")) or uuid4()
        self.turn = number_of(self.data.get("beurt", ""))

    def typed(self) -> dict[str, Typed]:
        """Only what the browser sent: a page that saves by itself sends what changed."""
        return {
            name: Typed(value=self.cleaned_data[name], seen=number_of(self.data.get(f"{VERSION}{name}", "")))
            for name in self.fields
            if name in self.data and name in self.cleaned_data
        }

    def clash(self, clashes: dict[str, Written]) -> None:
        """Show the words of the other beside the own: sent once more, the own ones stand in their place. That is the next
        turn of this window, so it does not clash with what was kept of this one."""
        self.clashes = clashes
        self.rows |= clashes
        self.turn += 1

    @property
    def parts(self) -> list[dict]:
        """Each place with its field, the version that is shown, and whether it is closed."""
        return [
            {
                "place": place,
                "bound": self[place.key],
                "version": self.rows[place.key].version if place.key in self.rows else 0,
                "clash": self.clashes.get(place.key),
                "closed": self.is_closed(place),
                "filled": bool(self[place.key].value()),
            }
            for place in self.step.places
        ]

    @property
    def all_closed(self) -> bool:
        return all(self.is_closed(place) for place in self.step.places if place.after)

    def is_closed(self, place: Place) -> bool:
        """Waits for own words. What holds words, or was typed just now, is shown."""
        if not place.after or self[place.key].value():
            return False
        if place.after in self.fields:
            return not (self[place.after].value() or "").strip()
        return place.after not in self.rows or not self.rows[place.after].value.strip()


class EndForm(forms.Form):
    """Whose story it is, and whether it was read aloud and right."""

    told_by = forms.CharField(label=_("Who told the story?"), max_length=120, required=False, validators=[no_bsn])
    read_aloud = forms.BooleanField(label=_("I read it aloud and it was right"), required=False)
    agreed_by = forms.CharField(
        label=_("Who said that it is right?"),
        max_length=120,
        required=False,
        validators=[no_bsn],
        help_text=_("Empty: who told it."),
    )
    agreed_on = DayField(label=_("Read aloud on"), required=False, help_text=_("Empty: on the day it was told."))

    def __init__(self, *args, talk: Conversation, told: Story | None, **kwargs):
        super().__init__(*args, **kwargs)
        story = talk.rows().get("story") if talk.resident_id is None else None
        text = story[0].value if story else ""
        self.is_new = bool(text) and (told is None or told.text != text)
        if told:
            self.initial = {"told_by": told.told_by}
        if not self.is_new and (not text or (told and told.read_aloud)):
            self.fields = {}  # nothing was told that is not known

    def clean_agreed_on(self):
        day = self.cleaned_data["agreed_on"]
        if day and (day > timezone.localdate() or day.year < 1900):
            raise ValidationError(_("Choose today or an earlier day."))
        return day

    def clean(self):
        super().clean()
        if self.is_new and not self.cleaned_data.get("told_by") and "told_by" not in self.errors:
            self.add_error("told_by", _("Write who told the story."))
        return self.cleaned_data


class CorrectForm(forms.Form):
    """One place of a talk that ended."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, place: Place, row: Written | None, **kwargs):
        known = {"value": row.value if row else "", "seen": row.correction if row else 0}
        super().__init__(*args, **kwargs | {"initial": known})
        self.fields["value"] = field_of(place)


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def number_of(text: str) -> int:
    """A count that a page of ours sent; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
