"""A new household, from a signal or without one. What looks like it is shown before it is made."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, choices_of
from config.workdays import add_workdays
from households import access
from households.alike import Wanted
from households.forms.people import day_of_birth
from households.models import Household
from partners.models import District, Professional, Team
from partners.permissions import Permission

FIRST_CONTACT_WORKDAYS = 10
MOST_SHOWN = 8
OF_RESIDENT = ("first_name", "last_name", "birth_date")


class NewHouseholdForm(forms.Form):
    """A household with its one coordinator, and somebody who lives there when that is known."""

    name = forms.CharField(
        label=_("Name of the household"), max_length=120, error_messages={"required": _("Give the household a name.")}
    )
    address = forms.CharField(label=_("Street and house number"), max_length=200, required=False)
    address_protected = forms.BooleanField(
        label=_("This address is protected"), required=False, help_text=_("It is never shown, printed or mailed.")
    )
    district = forms.ModelChoiceField(
        label=_("District"), queryset=District.objects.none(), required=False, empty_label=_("Not known")
    )
    first_name = forms.CharField(label=_("First name"), max_length=60, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    birth_date = DayField(label=_("Born on"), required=False)
    coordinator = forms.ModelChoiceField(
        label=_("Who is the coordinator?"),
        queryset=Professional.objects.none(),
        help_text=_("One person, for everybody."),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose a colleague.")},
    )
    next_step = forms.CharField(
        label=_("Next step"), max_length=300, error_messages={"required": _("Write the next step.")}
    )
    next_step_on = DayField(label=_("Before which day?"), error_messages={"required": _("Choose a day.")})
    # The numbers of the households that were shown, and are another one.
    looked_at = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def __init__(self, *args, team: Team, by: Professional, **kwargs):
        kwargs["initial"] = {
            "coordinator": by.pk if by.may(Permission.COORDINATE, team=team) else None,
            "next_step_on": add_workdays(timezone.localdate(), FIRST_CONTACT_WORKDAYS),
        } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.team, self.by = team, by
        self.alike: list[Household] = []
        choices_of(self, "district").queryset = team.districts.all()
        choices_of(self, "coordinator").queryset = Professional.objects.with_permission(
            Permission.COORDINATE, team=team
        ).order_by("first_name", "last_name")

    def clean_next_step_on(self):
        day = self.cleaned_data["next_step_on"]
        if day < timezone.localdate():
            raise ValidationError(_("Choose today or a later day."))
        return day

    def clean_birth_date(self):
        return day_of_birth(self.cleaned_data["birth_date"])

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if (cleaned.get("last_name") or cleaned.get("birth_date")) and not cleaned.get("first_name"):
            self.add_error("first_name", _("Write a first name."))
        if not self.errors:
            found = access.suggest_households(self.by, self.wanted, team=self.team)[:MOST_SHOWN]
            if not {one.number for one in found} <= set(cleaned["looked_at"].split()):
                self.alike = found
                self.add_error(None, _("Perhaps this household is here already. Look first, then choose."))
        return cleaned

    @property
    def wanted(self) -> Wanted:
        """Whom this may be, to look whether it is there already. Of a protected address nothing is looked up."""
        cleaned = self.cleaned_data
        name = " ".join(dict.fromkeys(f"{cleaned['name']} {cleaned['last_name']} {cleaned['first_name']}".split()))
        return Wanted(name, "" if cleaned["address_protected"] else cleaned["address"], cleaned["birth_date"])

    def facts(self) -> dict[str, Any]:
        """As `make_household` takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name not in (*OF_RESIDENT, "looked_at")}

    def resident(self) -> dict[str, Any]:
        """As `add_resident` takes it; empty when nobody was filled in."""
        return {name: self.cleaned_data[name] for name in OF_RESIDENT} if self.cleaned_data["first_name"] else {}
