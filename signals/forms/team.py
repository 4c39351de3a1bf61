"""What a colleague fills in to take a signal further."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, choices_of
from config.workdays import add_workdays
from partners.models import District, Professional
from partners.permissions import Permission
from signals.models import Signal

FIRST_CONTACT_WORKDAYS = 10


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why do we not go on with this?"),
        choices=Signal.Decline,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason. The reporter hears it.")},
    )


class HouseholdSearchForm(forms.Form):
    """What a colleague knows of the people. By POST: no name ever stands in an address."""

    q = forms.CharField(label=_("Name, address or number"), max_length=100, required=False)
    born = DayField(label=_("Birth date, when you know it"), required=False)


class HouseholdForm(forms.Form):
    """A new household for a signal. What the reporter wrote is filled in already."""

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
    coordinator = forms.ModelChoiceField(
        label=_("Who is the coordinator?"),
        queryset=Professional.objects.none(),
        help_text=_("One person, for everybody."),
    )
    next_step = forms.CharField(
        label=_("Next step"), max_length=300, error_messages={"required": _("Write the next step.")}
    )
    next_step_on = DayField(label=_("Before which day?"))

    def __init__(self, *args, signal: Signal, by: Professional, **kwargs):
        today = timezone.localdate()
        kwargs["initial"] = {
            "name": signal.about_name[:120],
            "address": signal.about_address,
            "coordinator": by.pk if by.may(Permission.COORDINATE, team=signal.team) else None,
            "next_step": _("Make contact and tell about the signal"),
            "next_step_on": add_workdays(today, FIRST_CONTACT_WORKDAYS),
        }
        super().__init__(*args, **kwargs)
        choices_of(self, "district").queryset = signal.team.districts.all()
        choices_of(self, "coordinator").queryset = Professional.objects.with_permission(
            Permission.COORDINATE, team=signal.team
        ).order_by("first_name", "last_name")

    def clean_next_step_on(self):
        day = self.cleaned_data["next_step_on"]
        if day < timezone.localdate():
            raise ValidationError(_("Choose today or a later day."))
        return day
