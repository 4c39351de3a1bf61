from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from config.forms import DayField
from plans.models import Action, Appointment
from plans.models.appointment import EVERY


class AppointmentFields(forms.Form):
    """A meeting that comes back. Without a weekday there is none."""

    weekday = forms.TypedChoiceField(
        label=_("On which weekday?"),
        choices=[("", _("No fixed appointment")), *Appointment.Weekday.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    starts = forms.TimeField(label=_("From what time?"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("Until what time?"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    every_weeks = forms.TypedChoiceField(
        label=_("How often?"),
        choices=[
            (weeks, ngettext_lazy("every week", "every %(weeks)s weeks", weeks) % {"weeks": weeks}) for weeks in EVERY
        ],
        coerce=int,
        initial=1,
        required=False,
    )
    from_on = DayField(label=_("From which day?"), required=False, help_text=_("Empty: from today."))
    place = forms.CharField(label=_("Where?"), max_length=120, required=False)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("weekday") is None:
            if "weekday" not in self.errors and (cleaned.get("starts") or cleaned.get("ends")):
                self.add_error("weekday", _("Choose the weekday of the appointment."))
            return cleaned
        for name, missing in (("starts", _("Fill in when it starts.")), ("ends", _("Fill in when it ends."))):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, missing)
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", _("It ends after it starts. Fill in a later time."))
        return cleaned

    def appointment(self) -> dict[str, Any] | None:
        if self.cleaned_data["weekday"] is None:
            return None
        names = ("weekday", "starts", "ends", "every_weeks", "from_on", "place")
        facts = {name: self.cleaned_data[name] for name in names}
        today = timezone.localdate()
        return facts | {"every_weeks": facts["every_weeks"] or 1, "from_on": facts["from_on"] or today}


def known_appointment(action: Action) -> dict[str, Any]:
    """What stands in these fields of an action that has an appointment."""
    if not hasattr(action, "appointment"):
        return {}
    meeting = action.appointment
    return {
        name: getattr(meeting, name) for name in ("weekday", "every_weeks", "from_on", "place")
    } | {"starts": f"{meeting.starts:%H:%M}", "ends": f"{meeting.ends:%H:%M}"}  # fmt: skip
