"""What a colleague fills in to take a signal further."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.forms import DayField
from households.forms.household import NewHouseholdForm
from partners.models import Professional
from signals.models import Signal


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


class HouseholdForm(NewHouseholdForm):
    """A new household for a signal. What the reporter wrote is filled in already."""

    def __init__(self, *args, signal: Signal, by: Professional, **kwargs):
        kwargs["initial"] = {
            "name": signal.about_name[:120],
            "address": signal.about_address,
            "next_step": _("Make contact and tell about the signal"),
        }
        super().__init__(*args, team=signal.team, by=by, **kwargs)
