from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import AsTyped, DayField, LongText, choices_of, not_to_come
from households.models import Household, NetworkContact, TieQuality


class FactsForm(forms.ModelForm):
    """The name and the address. Who moves keeps the address before, with its days; who corrects a typing error does not."""

    moved_on = DayField(
        label=_("Did they move? On which day?"),
        required=False,
        help_text=_("The address before is kept. Did you only correct the address? Then leave this empty."),
    )

    class Meta:
        model = Household
        fields = ("name", "address", "address_protected", "district")
        labels = {
            "name": _("Name of the household"),
            "address": _("Street and house number"),
            "address_protected": _("This address is protected"),
            "district": _("District"),
        }
        help_texts = {"address_protected": _("It is never shown, printed or mailed.")}
        error_messages = {"name": {"required": _("Give the household a name.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices_of(self, "district").queryset = self.instance.team.districts.all()
        choices_of(self, "district").empty_label = _("Not known")
        self.address_before = self.instance.address
        if self.instance.address_protected:  # not even in its own form
            self.initial["address"] = ""
            self.fields["address"].help_text = _("It is kept and shown nowhere. Fill in only to write another one.")

    def clean_address(self) -> str:
        return self.cleaned_data["address"] or (self.instance.address if self.instance.address_protected else "")

    def clean_moved_on(self):
        day = not_to_come(self.cleaned_data["moved_on"])
        if day and day.year < 1900:
            raise ValidationError(_("This is too long ago. Look at the year."))
        last = self.instance.earlier_addresses.first() if day else None
        if last and day < last.moved_out_on:
            raise ValidationError(_("They moved before on a later day. Choose that day or a later one."))
        return day

    def clean(self):
        super().clean()
        moved, address = self.cleaned_data.get("moved_on"), self.cleaned_data.get("address")
        if moved and address is not None and address == self.address_before:
            self.add_error("address", _("Write the new address: this is the one they lived at."))
        return self.cleaned_data


class ContactForm(forms.ModelForm):
    """Somebody close, as the household tells about the tie. `until` is asked only of who was written down before."""

    relation = forms.CharField(
        label=_("Who is this for the household?"),
        max_length=120,
        help_text=_("For example: sister of Ruud, neighbour."),
        error_messages={"required": _("Write who this is for the household.")},
    )
    quality = forms.ChoiceField(
        label=_("How is the tie?"),
        help_text=_("Ask it, and use their words."),
        choices=TieQuality.choices,
        initial=TieQuality.UNKNOWN,
        required=False,
    )
    offers = LongText(label=_("What does this person do?"), required=False, rows=2)
    too_much = LongText(label=_("What is too much for this person?"), required=False, rows=2)
    of_residents = forms.TypedMultipleChoiceField(
        label=_("Of whom is this a tie?"),
        help_text=_("Nobody chosen: of everybody in the household."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    since = DayField(
        label=_("Since when?"), required=False, help_text=_("Empty: from the day on which it is written down.")
    )
    until = DayField(
        label=_("Is it over? Since which day?"),
        required=False,
        help_text=_("The tie stays to be seen on the days before it."),
    )

    class Meta:
        model = NetworkContact
        fields = (
            "name", "relation", "phone", "quality", "offers", "too_much", "informal_carer", "of_residents", "since", "until",
        )  # fmt: skip
        labels = {
            "name": _("Name"),
            "phone": _("Phone"),
            "informal_carer": _("Gives informal care (mantelzorg)"),
        }
        error_messages = {"name": {"required": _("Write a name.")}}

    def __init__(self, *args, household: Household, **kwargs):
        super().__init__(*args, **kwargs)
        people = [member.resident for member in household.members.select_related("resident")]
        choices_of(self, "of_residents").choices = [(person.pk, person.first_name) for person in people]
        if self.instance.pk is None:
            del self.fields["until"]

    def clean_quality(self) -> str:
        return self.cleaned_data["quality"] or TieQuality.UNKNOWN

    def clean_since(self):
        return in_living_memory(self.cleaned_data["since"])

    def clean_until(self):
        day, since = in_living_memory(self.cleaned_data["until"]), self.cleaned_data.get("since")
        if day and since and day < since:
            raise ValidationError(_("Choose the day on which it began, or a later one."))
        return day


def in_living_memory(day: date | None) -> date | None:
    """Raises ValidationError for a day that nobody can know about yet, or that nobody means."""
    if day and not date(1900, 1, 1) <= day <= timezone.localdate():
        raise ValidationError(_("Choose today or an earlier day."))
    return day


class OwnWordsForm(forms.Form):
    """The story and the request, as the residents say them themselves."""

    request = LongText(
        label=_("What do they ask, in their own words?"),
        help_text=_("Exactly as it was said. One sentence is enough."),
        rows=2,
        error_messages={"required": _("Write what they ask.")},
    )
    story = AsTyped(label=_("Their story"), help_text=_("Told once, so that nobody has to ask it again."), rows=5)
    told_by = forms.CharField(label=_("Who told it?"), max_length=120, required=False)
    told_on = DayField(label=_("On which day?"), required=False)
    read_aloud = forms.BooleanField(label=_("I read it aloud and it was right"), required=False)
    agreed_by = forms.CharField(
        label=_("Who said that it is right?"), max_length=120, required=False, help_text=_("Empty: who told it.")
    )
    agreed_on = DayField(label=_("Read aloud on"), required=False, help_text=_("Empty: on the day it was told."))
    strengths = LongText(label=_("What goes well?"), help_text=_("One thing on each line."), required=False)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("story"):
            if not cleaned.get("told_by"):
                self.add_error("told_by", _("Write who told the story."))
            if not cleaned.get("told_on") and "told_on" not in self.errors:
                self.add_error("told_on", _("Choose on which day it was told."))
        for name in ("told_on", "agreed_on"):
            if cleaned.get(name) and cleaned[name] > timezone.localdate():
                self.add_error(name, _("Choose today or an earlier day."))
            elif cleaned.get(name) and cleaned[name].year < 2000:
                self.add_error(name, _("This is too long ago. Look at the year."))
        return cleaned


class NextStepForm(forms.Form):
    next_step = forms.CharField(
        label=_("Next step"), max_length=300, error_messages={"required": _("Write the next step.")}
    )
    next_step_on = DayField(label=_("Before which day?"), error_messages={"required": _("Choose a day.")})

    def clean_next_step_on(self):
        day = self.cleaned_data["next_step_on"]
        if day < timezone.localdate():
            raise ValidationError(_("Choose today or a later day."))
        return day
