from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of
from households.actions.household import OF_THE_PERSON
from households.models import Household, HouseholdMember, NetworkContact, Resident
from partners.models import Professional


class OwnPageForm(forms.Form):
    """Somebody else in the house may read along in a mailbox: that is asked before anything is sent to it."""

    reads_alone = forms.BooleanField(
        error_messages={"required": _("Ask this first. Does somebody read along? Then print the plan.")}
    )

    def __init__(self, *args, name: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reads_alone"].label = _("I asked: nobody but %(name)s reads this mailbox") % {"name": name}


class FactsForm(forms.ModelForm):
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
        if self.instance.address_protected:  # not even in its own form
            self.initial["address"] = ""
            self.fields["address"].help_text = _("It is kept and shown nowhere. Fill in only to write another one.")

    def clean_address(self) -> str:
        return self.cleaned_data["address"] or (self.instance.address if self.instance.address_protected else "")


class ResidentForm(forms.ModelForm):
    """Somebody who lives here, and how to reach this person in this household."""

    first_name = forms.CharField(
        label=_("First name"), max_length=60, error_messages={"required": _("Write a first name.")}
    )
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    birth_date = DayField(
        label=_("Born on"), required=False, help_text=_("From 12 and 16 years a child decides itself too.")
    )
    contact_note = forms.CharField(
        label=_("Good to know"), max_length=120, required=False, help_text=_("For example: rather call, no letter.")
    )
    lives_here = forms.BooleanField(label=_("Lives at this address"), required=False, initial=True)
    same_person = forms.ChoiceField(
        label=_("Somebody with this name and birth date is known in the team. Is it the same person?"),
        help_text=_("A child of divorced parents lives in two households. Neither sees what is known in the other."),
        choices=[("ja", _("Yes, the same person")), ("nee", _("No, somebody else"))],
        widget=forms.RadioSelect,
        required=False,
    )

    class Meta:
        model = HouseholdMember
        fields = ("contact_by", "contact_note", "phone", "email", "lives_here")
        labels = {"contact_by": _("Likes to be reached by"), "phone": _("Phone"), "email": _("E-mail")}

    def __init__(self, *args, household: Household, by: Professional, **kwargs):
        member = kwargs.get("instance")
        if member is not None:
            kwargs["initial"] = {name: getattr(member.resident, name) for name in OF_THE_PERSON}
        super().__init__(*args, **kwargs)
        self.household, self.by = household, by
        self.known: Resident | None = None

    def clean_birth_date(self):
        day = self.cleaned_data["birth_date"]
        if day and not (timezone.localdate().year - 120 <= day.year and day <= timezone.localdate()):
            raise ValidationError(_("Choose today or an earlier day, at most 120 years ago."))
        return day

    def clean(self):
        """A child of divorced parents is written down once: the same name and birth date are asked about."""
        super().clean()
        cleaned = self.cleaned_data
        if self.instance.pk is None and cleaned.get("birth_date"):
            same = Resident.objects.filter(
                first_name__iexact=cleaned.get("first_name", ""),
                last_name__iexact=cleaned.get("last_name", ""),
                birth_date=cleaned["birth_date"],
                memberships__household__in=Household.objects.within_reach(self.by),
            )
            if same.filter(memberships__household=self.household).exists():
                self.add_error("first_name", _("This person is written down here already."))
                return cleaned
            self.known = same.first()
            if self.known and not cleaned.get("same_person"):
                self.add_error("same_person", _("Choose whether this is the same person."))
            if cleaned.get("same_person") != "ja":
                self.known = None if cleaned.get("same_person") else self.known
        return cleaned

    @property
    def asks_same_person(self) -> bool:
        return self.known is not None

    def facts(self) -> dict[str, Any]:
        """What was filled in, as `add_resident` and `change_resident` take it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "same_person"}


class ContactForm(forms.ModelForm):
    relation = forms.CharField(
        label=_("Who is this for the household?"),
        max_length=120,
        help_text=_("For example: sister of Ruud, neighbour."),
        error_messages={"required": _("Write who this is for the household.")},
    )
    offers = LongText(label=_("What does this person do?"), required=False, rows=2)

    class Meta:
        model = NetworkContact
        fields = ("name", "relation", "phone", "offers")
        labels = {"name": _("Name"), "phone": _("Phone")}
        error_messages = {"name": {"required": _("Write a name.")}}


class OwnWordsForm(forms.Form):
    """The story and the request, as the residents say them themselves."""

    request = LongText(
        label=_("What do they ask, in their own words?"),
        help_text=_("Exactly as it was said. One sentence is enough."),
        rows=2,
        error_messages={"required": _("Write what they ask.")},
    )
    story = LongText(
        label=_("Their story"), help_text=_("Told once, so that nobody has to ask it again."), required=False, rows=5
    )
    told_by = forms.CharField(label=_("Who told it?"), max_length=120, required=False)
    told_on = DayField(label=_("On which day?"), required=False)
    read_aloud = forms.BooleanField(label=_("I read it aloud and it was right"), required=False)
    strengths = LongText(label=_("What goes well?"), help_text=_("One thing on each line."), required=False)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("story"):
            if not cleaned.get("told_by"):
                self.add_error("told_by", _("Write who told the story."))
            if not cleaned.get("told_on") and "told_on" not in self.errors:
                self.add_error("told_on", _("Choose on which day it was told."))
        if cleaned.get("told_on") and cleaned["told_on"] > timezone.localdate():
            self.add_error("told_on", _("Choose today or an earlier day."))
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
