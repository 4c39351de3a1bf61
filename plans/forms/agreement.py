from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText
from plans.models import Agreement


class AgreementForm(forms.ModelForm):
    """One thing that everybody keeps to."""

    what = LongText(
        label=_("What do we agree?"),
        help_text=_("It stands in the plan, on paper too. What concerns safety belongs in the safety plan."),
        rows=2,
        max_length=500,
        error_messages={"required": _("Write what you agree.")},
    )
    who = forms.CharField(
        label=_("Who keep to it?"), max_length=200, error_messages={"required": _("Write who keep to it.")}
    )
    how_told = forms.CharField(
        label=_("How do we tell each other?"),
        help_text=_("For example: Karin calls Jolanda on Monday."),
        max_length=200,
        required=False,
    )
    until = DayField(label=_("Until when?"), required=False)

    def clean_until(self):
        day = self.cleaned_data["until"]
        if day and day < timezone.localdate() and day != self.initial.get("until"):
            raise ValidationError(_("Choose today or a later day."))
        return day

    class Meta:
        model = Agreement
        fields = ("what", "who", "how_told", "until")
