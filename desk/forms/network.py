from datetime import date
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, in_our_time, not_to_come


class NetworkForm(forms.Form):
    """On which day, and beside which earlier one. By GET it stands in the address: dates only."""

    eerder = DayField(label=_("On an earlier day"), required=False)
    dag = DayField(label=_("And on this day"), required=False)

    def clean_eerder(self):
        return in_our_time(not_to_come(self.cleaned_data["eerder"]))

    def clean_dag(self):
        day, earlier = in_our_time(not_to_come(self.cleaned_data["dag"])), self.cleaned_data.get("eerder")
        if day and earlier and day <= earlier:
            raise ValidationError(_("Choose a day after the earlier one."))
        return day

    @property
    def days(self) -> list[date]:
        """One day or two, in the order of time. Without a good choice: today."""
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        last = chosen.get("dag") or timezone.localdate()
        earlier = chosen.get("eerder")
        return [earlier, last] if earlier and earlier < last else [last]

    @property
    def query(self) -> str:
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})
