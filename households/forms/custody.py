from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of, not_to_come
from households.authority import objection
from households.models import Custody, Household, Resident


class CustodyForm(forms.Form):
    """Who has authority over a child, or decides for an adult, and where we know it from."""

    resident = forms.ModelChoiceField(
        label=_("About whom?"),
        queryset=Resident.objects.none(),
        empty_label=_("Choose one person"),
        error_messages={"required": _("Choose about whom it is.")},
    )
    kind = forms.ChoiceField(label=_("Which authority?"), choices=Custody.Kind, widget=forms.RadioSelect)
    holder = forms.ModelChoiceField(
        label=_("Who?"),
        queryset=Resident.objects.none(),
        required=False,
        empty_label=_("Somebody who does not live here"),
    )
    first_name = forms.CharField(label=_("First name"), max_length=60, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    decides_about = LongText(
        label=_("What does this person decide about?"),
        help_text=_("Of an adult: as it stands in the decision."),
        required=False,
        rows=2,
        max_length=500,
    )
    reached_by = forms.CharField(
        label=_("How can we reach this person?"), help_text=_("Of an adult only."), max_length=120, required=False
    )
    source = forms.ChoiceField(label=_("How do you know?"), choices=Custody.Source, widget=forms.RadioSelect)
    checked_on = DayField(label=_("Looked up on"), error_messages={"required": _("Choose a day.")})
    started_on = DayField(label=_("From which day?"), required=False)
    ended_on = DayField(label=_("Until which day?"), required=False)

    def __init__(self, *args, household: Household, **kwargs):
        kwargs.setdefault("initial", {"kind": Custody.Kind.PARENT, "checked_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        members = Resident.objects.filter(memberships__household=household)
        choices_of(self, "resident").queryset = members
        choices_of(self, "holder").queryset = members | Resident.objects.filter(custody_of__resident__in=members)
        choices_of(self, "holder").queryset = choices_of(self, "holder").queryset.distinct()
        for name in ("kind", "source"):
            self.fields[name].error_messages["required"] = _("Choose one of these.")

    def clean_checked_on(self):
        return not_to_come(self.cleaned_data["checked_on"])

    def clean_started_on(self):
        return not_absurd(self.cleaned_data["started_on"])

    def clean_ended_on(self):
        day = not_absurd(self.cleaned_data["ended_on"])
        if day and day <= timezone.localdate():
            raise ValidationError(
                _("Choose a later day than today. Is it over already? Then it need not be written down.")
            )
        return day

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        holder, resident, kind = cleaned.get("holder"), cleaned.get("resident"), cleaned.get("kind")
        if holder is None and "holder" not in self.errors and not cleaned.get("first_name"):
            self.add_error("first_name", _("Write the name of the person who has authority."))
        starts, ends = cleaned.get("started_on"), cleaned.get("ended_on")
        if starts and ends and ends < starts:
            self.add_error("ended_on", _("The end lies before the beginning. Choose a later day."))
        if kind in Custody.FOR_CHILDREN:
            for name in ("decides_about", "reached_by"):
                if cleaned.get(name):
                    self.add_error(name, _("Leave this empty for a child: the other parent can read it too."))
        if resident and kind and "started_on" not in self.errors:
            against = objection(resident=resident, holder=holder, kind=kind, on=starts or timezone.localdate())
            if against:
                self.add_error("holder" if against.is_about_holder else "kind", against.label)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """As `record_custody` takes it, without the name of a holder who is new."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("first_name", "last_name")}

    def new_holder(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("first_name", "last_name")}


def not_absurd(day):
    if day and not 1900 <= day.year < 2200:
        raise ValidationError(_("This can not be right. Look at the year."))
    return day
