from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, in_our_time, not_to_come
from households.domains import Side

MARKS = [("", _("No mark")), ("10", _("10, very well")), *((str(one), str(one)) for one in range(9, 0, -1)), ("0", _("0, very bad"))]  # fmt: skip
QUESTIONS = {
    Side.BODY: _("How is your body?"),
    Side.MIND: _("How are your thoughts and feelings?"),
    Side.MEANING: _("Is there room for what matters to you?"),
    Side.JOY: _("Can you enjoy things?"),
    Side.TOGETHER: _("Do you belong somewhere, and do you join in?"),
    Side.DAILY: _("Do you manage your day?"),
}


class OwnMarksForm(forms.Form):
    """A mark from 0 to 10 on each side of the own life, or on a few of them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {
            side.value: forms.ChoiceField(label=question, choices=MARKS, required=False)
            for side, question in QUESTIONS.items()
        }

    def clean(self):
        super().clean()
        if not self.errors and not self.marks():
            raise ValidationError(_("Choose a mark. One is enough."))
        return self.cleaned_data

    def marks(self) -> dict[str, int]:
        return {side.value: int(mark) for side in Side if (mark := self.cleaned_data.get(side.value))}


class SaidMarksForm(OwnMarksForm):
    """What a resident without an own page says, as asked: today, or on an earlier day."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["said_on"] = DayField(label=_("On which day?"), initial=timezone.localdate)

    def clean_said_on(self) -> date | None:
        return in_our_time(not_to_come(self.cleaned_data["said_on"]))
